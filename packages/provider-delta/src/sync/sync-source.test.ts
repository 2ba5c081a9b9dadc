import { IntegrationError } from '@mortise/core';
import { FakeClock } from '@mortise/testing';
import { describe, expect, it, vi } from 'vitest';
import { approveSweep, pauseSource, replaySource, resumeSource, resyncSource } from '../control/control-source.ts';
import { receiveEnvelopes } from '../inbound/receive-envelopes.ts';
import { MemoryDeltaStore, type MemoryTransaction } from '../memory/memory-delta-store.ts';
import { INITIAL_PROGRESS } from '../store/progress.ts';
import type { ProviderDeltaEnvelope } from '../sync-state.ts';
import type { DeltaPage, DeltaSource, ScanPage } from './delta-source.ts';
import type { SyncEvent } from './sync-events.ts';
import type { DeltaBatch, SyncOptions } from './sync-options.ts';
import { syncSource } from './sync-source.ts';

const REF = { tenantId: 'acme', connectionId: 'c1', stream: 'contacts' };

const put = (sourceId: string, revision?: string): ProviderDeltaEnvelope<string> => ({
  providerKey: 'crm.example',
  sourceId,
  payload: `${sourceId}@${revision ?? ''}`,
  delta: revision === undefined ? {} : { providerRevision: revision },
});
const remove = (sourceId: string, revision: string): ProviderDeltaEnvelope<string> => ({
  ...put(sourceId),
  delta: { tombstone: { deletedAt: '2026-01-01T00:00:00.000Z', providerRevision: revision } },
});
const error = (code: 'cursor_expired' | 'unauthenticated' | 'unavailable' | 'rate_limited' | 'forbidden', more = {}) =>
  new IntegrationError({ code, message: `the provider says ${code}`, ...more });

/** A source that answers one thing after another, and says what it was asked. */
function scripted(answers: readonly (DeltaPage<string> | Error)[], more: Partial<DeltaSource<string>> = {}) {
  const asked: (string | undefined)[] = [];
  const queue = [...answers];
  const source: DeltaSource<string> = {
    providerKey: 'crm.example',
    revisionOrder: 'numeric',
    cursorOrder: 'numeric',
    pull: async ({ cursor, pageCursor }) => {
      asked.push(pageCursor ?? cursor?.cursor);
      const answer = queue.shift();
      if (answer === undefined || answer instanceof Error) throw answer ?? error('unavailable');
      return answer;
    },
    ...more,
  };
  return { source, asked };
}

function setUp(source: DeltaSource<string>, more: Partial<SyncOptions<string, MemoryTransaction>> = {}) {
  const clock = new FakeClock();
  const store = new MemoryDeltaStore(clock);
  const rows = new Map<string, string>();
  const batches: string[][] = [];
  const events: SyncEvent[] = [];
  const apply = ({ changes }: DeltaBatch<string>): void => {
    batches.push(changes.map(({ sourceId, delta }) => (delta.tombstone === undefined ? sourceId : `-${sourceId}`)));
    for (const { sourceId, payload, delta } of changes) {
      if (delta.tombstone !== undefined || payload === undefined) rows.delete(sourceId);
      else rows.set(sourceId, payload);
    }
  };
  const run = async (now: Partial<SyncOptions<string, MemoryTransaction>> = {}) =>
    clock.settle(
      syncSource<string, MemoryTransaction>({
        ref: REF,
        source,
        store,
        clock,
        random: () => 0.5,
        onEvent: (event) => void events.push(event),
        apply,
        ...more,
        ...now,
      }),
    );
  const progress = async () => (await store.load(REF))?.progress ?? INITIAL_PROGRESS;
  return { clock, store, rows, batches, events, run, progress };
}

describe('a run', () => {
  it('walks through pages, commits each, and keeps the last cursor', async () => {
    const { source, asked } = scripted([
      { changes: [put('a', '1'), put('b', '2')], nextPageCursor: 'p2' },
      { changes: [put('c', '3'), remove('a', '4')], nextCursor: { cursor: '4' } },
      { changes: [], nextCursor: { cursor: '4' } },
    ]);
    const { run, rows, progress, events } = setUp(source);
    expect(await run()).toEqual({ outcome: 'synced', applied: 4, skipped: 0, pages: 2 });
    expect([...rows]).toEqual([
      ['b', 'b@2'],
      ['c', 'c@3'],
    ]);
    expect(await progress()).toMatchObject({ status: 'idle', cursor: { cursor: '4' }, appliedCount: 4 });
    expect(await run()).toMatchObject({ outcome: 'synced', applied: 0 });
    expect(asked).toEqual([undefined, 'p2', '4']);
    expect(events.map(({ type }) => type)).toEqual([
      'started',
      'committed',
      'committed',
      'finished',
      'started',
      'committed',
      'finished',
    ]);
  });

  it('goes on in the middle of a walk that another one broke off', async () => {
    const { source, asked } = scripted([
      { changes: [put('a', '1')], nextPageCursor: 'p2' },
      error('forbidden'),
      { changes: [put('b', '2')], nextCursor: { cursor: '2' } },
    ]);
    const { run, clock } = setUp(source);
    expect(await run()).toMatchObject({ outcome: 'backoff', applied: 1 });
    await clock.advance(60_000);
    expect(await run()).toMatchObject({ outcome: 'synced', applied: 1 });
    expect(asked).toEqual([undefined, 'p2', 'p2']);
  });

  it('applies each record of a page once, in its newest state', async () => {
    const { source } = scripted([
      { changes: [put('a', '1'), put('b', '2'), put('a', '3'), put('a', '3')], nextCursor: { cursor: '3' } },
    ]);
    const { run, batches, rows } = setUp(source);
    expect(await run()).toMatchObject({ applied: 2, skipped: 1 });
    expect([batches, rows.get('a')]).toEqual([[['b', 'a']], 'a@3']);
  });

  it('does not apply what it applied before, as overlaps bring it', async () => {
    const { source } = scripted([
      { changes: [put('a', '1')], nextCursor: { cursor: '1' } },
      { changes: [put('a', '1'), put('b', '2')], nextCursor: { cursor: '2' } },
    ]);
    const { run, batches } = setUp(source);
    await run();
    await run();
    expect(batches).toEqual([['a'], ['b']]);
  });

  it('leaves after so many pages, and the next one goes on', async () => {
    const { source } = scripted([
      { changes: [put('a', '1')], nextPageCursor: 'p2' },
      { changes: [put('b', '2')], nextCursor: { cursor: '2' } },
    ]);
    const { run } = setUp(source, { maxPages: 1 });
    expect((await run()).outcome).toBe('more');
    expect((await run()).outcome).toBe('synced');
  });

  it('commits records in the transaction of their progress, or neither', async () => {
    const { source, asked } = scripted([
      { changes: [put('a', '1')], nextCursor: { cursor: '1' } },
      { changes: [put('a', '1')], nextCursor: { cursor: '1' } },
    ]);
    const written: string[] = [];
    const setup = setUp(source);
    let isFailing = true;
    const options = {
      apply: undefined,
      applyInTransaction: ({ changes }: DeltaBatch<string>, tx: MemoryTransaction) => {
        tx.onCommit(() => void written.push(...changes.map(({ sourceId }) => sourceId)));
        if (isFailing) throw new RangeError('disk full');
      },
    };
    const { apply: _none, ...inTransaction } = options;
    const run = async () =>
      setup.clock.settle(syncSource({ ref: REF, source, store: setup.store, clock: setup.clock, ...inTransaction }));
    expect(await run()).toMatchObject({ outcome: 'backoff', applied: 0, error: expect.any(RangeError) });
    expect([written, (await setup.progress()).cursor]).toEqual([[], undefined]);
    isFailing = false;
    await setup.clock.advance(60_000);
    expect(await run()).toMatchObject({ outcome: 'synced', applied: 1 });
    expect([written, asked]).toEqual([['a'], [undefined, undefined]]);
  });

  it('publishes what a step says, once it is committed', async () => {
    const { source } = scripted([{ changes: [put('a', '1')], nextCursor: { cursor: '1' } }]);
    const { run, store } = setUp(source, {
      apply: ({ publish, changes }) => publish({ id: 'm1', topic: 'contacts', payload: changes.length }),
    });
    await run();
    expect(await store.listOutbox(9)).toEqual([{ id: 'm1', topic: 'contacts', payload: 1 }]);
  });
});

describe('a failure', () => {
  it('that passes is tried again in the same run', async () => {
    const { source } = scripted([
      error('unavailable', { retry: 'transient' }),
      { changes: [], nextCursor: { cursor: '1' } },
    ]);
    const { run, events, progress } = setUp(source);
    expect((await run()).outcome).toBe('synced');
    expect(events.find(({ type }) => type === 'retrying')).toMatchObject({ code: 'unavailable', attempt: 1 });
    expect((await progress()).failure).toBeUndefined();
  });

  it('of throttling ends the run for as long as the provider asks', async () => {
    const throttled = error('rate_limited', { retry: 'throttled', retryAfterMs: 90_000 });
    const { source, asked } = scripted([throttled, { changes: [], nextCursor: { cursor: '1' } }]);
    const { run, clock, progress } = setUp(source);
    expect(await run()).toMatchObject({ outcome: 'backoff', retryAfterMs: 90_000, error: throttled });
    expect(await progress()).toMatchObject({ status: 'backoff', failure: { code: 'rate_limited', count: 1 } });
    await clock.advance(89_000);
    expect(await run()).toMatchObject({ outcome: 'backoff', retryAfterMs: 1000 });
    expect(asked).toHaveLength(1);
    await clock.advance(1000);
    expect((await run()).outcome).toBe('synced');
    expect(await progress()).toMatchObject({ status: 'idle' });
  });

  it('of the credential stops the source until somebody authorises it again', async () => {
    const { source, asked } = scripted([error('unauthenticated'), { changes: [], nextCursor: { cursor: '1' } }]);
    const { run, store, clock } = setUp(source);
    expect((await run()).outcome).toBe('auth_required');
    await clock.advance(86_400_000);
    expect((await run()).outcome).toBe('auth_required');
    expect(asked).toHaveLength(1);
    await resumeSource({ store, ref: REF, clock });
    expect((await run()).outcome).toBe('synced');
  });

  it('that comes again and again fails the source for good', async () => {
    const { source } = scripted(Array.from({ length: 9 }, () => error('forbidden')));
    const { run, clock, progress } = setUp(source, { maxFailures: 3 });
    const outcomes: string[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      outcomes.push((await run()).outcome);
      await clock.advance(3_600_000);
    }
    expect(outcomes).toEqual(['backoff', 'backoff', 'failed', 'failed']);
    expect((await progress()).failure).toMatchObject({ count: 3, code: 'forbidden' });
  });

  it('of an adapter that hangs is a time-out', async () => {
    const pull = vi.fn(async () => new Promise<never>(() => {}));
    const { run, clock } = setUp({ providerKey: 'crm.example', pull }, { attempts: 1, requestTimeoutMs: 5000 });
    expect(await run()).toMatchObject({ outcome: 'backoff', error: { code: 'timeout' } });
    expect(clock.pendingTimers).toBe(0);
  });

  it.each([
    ['neither cursor', { changes: [] }, 'nextCursor'],
    ['both cursors', { changes: [], nextCursor: {}, nextPageCursor: 'p' }, 'nextCursor'],
    ['a change without an id', { changes: [{ ...put('a'), sourceId: '' }], nextCursor: {} }, 'changes/0/sourceId'],
  ])('of a page with %s says where it is wrong, and commits nothing', async (_name, page, field) => {
    const { run, progress } = setUp(scripted([page]).source);
    expect(await run()).toMatchObject({ outcome: 'backoff', error: { code: 'INVALID_PAGE', field } });
    expect((await progress()).cursor).toBeUndefined();
  });

  it('of a page that names itself as the next one ends the run', async () => {
    const { source } = scripted([
      { changes: [], nextPageCursor: 'p' },
      { changes: [], nextPageCursor: 'p' },
    ]);
    expect(await setUp(source).run()).toMatchObject({ error: { code: 'INVALID_PAGE', field: 'nextPageCursor' } });
  });

  it('of a cursor that goes back is noticed where the provider orders its cursors', async () => {
    const { source } = scripted([
      { changes: [], nextCursor: { cursor: '10' } },
      { changes: [], nextCursor: { cursor: '9' } },
    ]);
    const { run, progress } = setUp(source);
    await run();
    expect(await run()).toMatchObject({ error: { code: 'INVALID_PAGE' } });
    expect((await progress()).cursor).toEqual({ cursor: '10' });
  });

  it('of a listener changes nothing', async () => {
    const { source } = scripted([{ changes: [put('a', '1')], nextCursor: { cursor: '1' } }]);
    const { run } = setUp(source, {
      onEvent: () => {
        throw new TypeError('broken listener');
      },
    });
    expect(await run()).toMatchObject({ outcome: 'synced', applied: 1 });
  });
});

/** A source with a list of everything. */
function scanned(pages: readonly ScanPage<string>[], pulls: readonly (DeltaPage<string> | Error)[]) {
  const queue = [...pages];
  const scan = vi.fn(async () => queue.shift() ?? { records: [] });
  const currentCursor = vi.fn(async () => ({ cursor: '100' }));
  return { ...scripted(pulls, { scan, currentCursor }), scan, currentCursor };
}

describe('an expired cursor', () => {
  it('leads to a scan of everything, which deletes what it does not see, and then to the changes since', async () => {
    const { source, asked } = scanned(
      [
        { records: [put('a', '1'), put('b', '1')] },
        { records: [put('b', '1'), put('c', '90')], nextPageCursor: 's2' },
        { records: [put('d', '91')] },
      ],
      [
        { changes: [], nextCursor: { cursor: '100' } },
        error('cursor_expired'),
        { changes: [put('c', '101')], nextCursor: { cursor: '101' } },
      ],
    );
    const { run, rows, batches, events, progress } = setUp(source);
    expect(await run()).toMatchObject({ outcome: 'synced', applied: 2 });
    expect(await run()).toMatchObject({ outcome: 'synced', applied: 4, skipped: 1 });
    expect([...rows.keys()].toSorted()).toEqual(['b', 'c', 'd']);
    expect(batches).toEqual([['a', 'b'], ['c'], ['d'], ['-a'], ['c']]);
    expect(asked).toEqual(['100', '100', '100']);
    expect(events.filter(({ type }) => type === 'resync')).toMatchObject([{ generation: 1 }, { generation: 2 }]);
    expect((await progress()).generation).toBe(2);
  });

  it('in the middle of a walk only starts the walk over', async () => {
    const { source, asked } = scripted([
      { changes: [], nextCursor: { cursor: '5' } },
      { changes: [put('a', '6')], nextPageCursor: 'p2' },
      error('cursor_expired'),
      { changes: [put('a', '6'), put('b', '7')], nextCursor: { cursor: '7' } },
    ]);
    const { run, batches } = setUp(source);
    await run();
    expect(await run()).toMatchObject({ outcome: 'synced', applied: 2 });
    expect([asked, batches]).toEqual([
      [undefined, '5', 'p2', '5'],
      [['a'], ['b']],
    ]);
  });

  it('where there is no cursor is a failure, not a loop', async () => {
    const { source, asked } = scripted([error('cursor_expired'), error('cursor_expired')]);
    expect(await setUp(source).run()).toMatchObject({ outcome: 'backoff', error: { code: 'provider_error' } });
    expect(asked).toHaveLength(1);
  });
});

describe('a scan that misses most records', () => {
  const many = Array.from({ length: 40 }, (_, index) => put(`r${index}`, '1'));
  const few = many.slice(0, 5);
  const pulls = Array.from({ length: 3 }, () => ({ changes: [], nextCursor: { cursor: '100' } }));

  it('deletes nothing, and pauses the source until somebody decides', async () => {
    const { source } = scanned([{ records: many }, { records: few }], pulls);
    const { run, store, rows, events, progress, clock } = setUp(source);
    await run();
    await resyncSource({ store, ref: REF, clock });
    expect((await run()).outcome).toBe('paused');
    expect([rows.size, (await progress()).pause?.reason]).toEqual([40, 'mass_deletion']);
    expect(events.find(({ type }) => type === 'sweep_held')).toMatchObject({ missing: 35, live: 40 });
    expect((await run()).outcome).toBe('paused');
    await approveSweep({ store, ref: REF, clock });
    expect((await run()).outcome).toBe('synced');
    expect(rows.size).toBe(5);
  });

  it('is asked for once: without a sweep there is nothing to approve', async () => {
    const { store, clock } = setUp(scripted([]).source);
    await expect(approveSweep({ store, ref: REF, clock })).rejects.toMatchObject({ code: 'INVALID_OPTIONS' });
  });
});

describe('events that came in by themselves', () => {
  const fromEvent = (payload: unknown): string | undefined => (typeof payload === 'string' ? payload : undefined);

  it('are applied by the rules of pages, before them', async () => {
    const { source } = scripted(
      [
        { changes: [put('a', '1'), put('b', '1')], nextCursor: { cursor: '1' } },
        { changes: [put('a', '5')], nextCursor: { cursor: '5' } },
      ],
      { fromEvent },
    );
    const { run, store, clock, batches } = setUp(source);
    await run();
    const event = (envelope: ProviderDeltaEnvelope<string>, id: string): ProviderDeltaEnvelope<string> => ({
      ...envelope,
      delta: { ...envelope.delta, providerEventId: id },
    });
    const events = [event(put('a', '5'), 'e1'), event(put('a', '4'), 'e0'), event(remove('b', '3'), 'e2')];
    expect(await receiveEnvelopes(events, { store, ref: REF, clock })).toEqual({
      accepted: 3,
      duplicates: 0,
      hints: 0,
      shouldSync: true,
    });
    expect(await receiveEnvelopes(events, { store, ref: REF, clock })).toMatchObject({ accepted: 0, duplicates: 3 });
    expect(await run()).toMatchObject({ applied: 2 });
    expect(batches).toEqual([
      ['a', 'b'],
      ['a', '-b'],
    ]);
    expect(await receiveEnvelopes(events, { store, ref: REF, clock })).toMatchObject({ shouldSync: false });
  });

  it('that cannot be told apart only say that there is something to pull', async () => {
    const { store, clock } = setUp(scripted([]).source);
    expect(await receiveEnvelopes([put('a')], { store, ref: REF, clock })).toEqual({
      accepted: 0,
      duplicates: 0,
      hints: 1,
      shouldSync: true,
    });
  });
});

describe('two workers', () => {
  it('do not work at once', async () => {
    const { source } = scripted([]);
    const { run, store } = setUp(source);
    await store.acquire(REF, { holder: 'other', ttlMs: 10_000 });
    expect(await run()).toMatchObject({ outcome: 'busy', retryAfterMs: 10_000 });
  });

  it('renew the lease for as long as the work takes', async () => {
    const clock = new FakeClock();
    const store = new MemoryDeltaStore(clock);
    const source: DeltaSource<string> = {
      providerKey: 'crm.example',
      pull: async ({ signal }) => {
        await clock.sleep(59_000, signal);
        return { changes: [put('a')], nextCursor: { cursor: '1' } };
      },
    };
    const first = syncSource({ ref: REF, source, store, clock, apply: async () => clock.sleep(100_000) });
    await clock.advance(120_000);
    expect((await store.acquire(REF, { holder: 'b', ttlMs: 1 })).isAcquired).toBe(false);
    expect(await clock.settle(first)).toMatchObject({ outcome: 'synced', applied: 1 });
    expect(clock.pendingTimers).toBe(0);
    expect((await store.acquire(REF, { holder: 'b', ttlMs: 1 })).isAcquired).toBe(true);
  });

  it('stop at once when the lease is lost, and write nothing', async () => {
    const clock = new FakeClock();
    const store = new MemoryDeltaStore(clock);
    const renew = vi.spyOn(store, 'renew').mockRejectedValue(new TypeError('cut off'));
    let signal: AbortSignal | undefined;
    const source: DeltaSource<string> = {
      providerKey: 'crm.example',
      pull: async (request) => {
        signal = request.signal;
        await clock.sleep(50_000, request.signal);
        return { changes: [put('a')], nextCursor: { cursor: '1' } };
      },
    };
    const apply = vi.fn();
    const result = await clock.settle(syncSource({ ref: REF, source, store, clock, apply, leaseTtlMs: 30_000 }));
    expect(result.outcome).toBe('lost');
    expect(clock.monotonicMs()).toBe(20_000);
    expect([signal?.aborted, apply.mock.calls.length, clock.pendingTimers]).toEqual([true, 0, 0]);
    expect(renew).toHaveBeenCalled();
  });
});

describe('an operator', () => {
  const idle = () => scripted(Array.from({ length: 5 }, () => ({ changes: [], nextCursor: { cursor: '1' } })));

  it('pauses a source and lets it go on', async () => {
    const { run, store, clock, progress } = setUp(idle().source);
    await pauseSource({ store, ref: REF, clock }, 'while the sink is moved');
    expect((await run()).outcome).toBe('paused');
    expect((await progress()).pause).toMatchObject({ reason: 'operator', message: 'while the sink is moved' });
    await resumeSource({ store, ref: REF, clock });
    expect((await run()).outcome).toBe('synced');
  });

  it('pauses a source that is worked on: the worker notices at its next commit', async () => {
    const clock = new FakeClock();
    const store = new MemoryDeltaStore(clock);
    const source: DeltaSource<string> = {
      providerKey: 'crm.example',
      pull: async () => {
        await pauseSource({ store, ref: REF, clock });
        return { changes: [put('a')], nextCursor: { cursor: '1' } };
      },
    };
    const applied: string[] = [];
    const applyInTransaction = ({ changes }: DeltaBatch<string>, tx: MemoryTransaction): void =>
      tx.onCommit(() => void applied.push(...changes.map(({ sourceId }) => sourceId)));
    const result = await clock.settle(syncSource({ ref: REF, source, store, clock, applyInTransaction }));
    expect([result.outcome, applied, (await store.load(REF))?.progress.status]).toEqual(['lost', [], 'paused']);
  });

  it('sees to channels without disturbing the worker', async () => {
    const clock = new FakeClock();
    const store = new MemoryDeltaStore(clock);
    const channel = {
      channelId: 'ch',
      expiresAt: '2026-01-08T00:00:00.000Z',
      createdAt: '2026-01-01T00:00:00.000Z',
      isConfirmed: true,
    };
    const source: DeltaSource<string> = {
      providerKey: 'crm.example',
      pull: async () => {
        const state = await store.load(REF);
        await store.update(
          REF,
          { ...(state?.progress ?? INITIAL_PROGRESS), channels: [channel] },
          state?.revision ?? 0,
        );
        return { changes: [put('a')], nextCursor: { cursor: '1' } };
      },
    };
    const result = await clock.settle(syncSource({ ref: REF, source, store, clock, apply: () => {} }));
    expect(result.outcome).toBe('synced');
    expect((await store.load(REF))?.progress).toMatchObject({ cursor: { cursor: '1' }, channels: [channel] });
  });

  it('plays changes again from a checkpoint', async () => {
    const { source, asked } = scripted([
      { changes: [put('a', '1')], nextCursor: { cursor: '1' } },
      { changes: [put('a', '2')], nextCursor: { cursor: '2' } },
      { changes: [put('a', '2')], nextCursor: { cursor: '2' } },
    ]);
    const { run, store, clock, batches, progress } = setUp(source);
    await run();
    await run();
    const [first] = (await progress()).checkpoints;
    await replaySource({ store, ref: REF, clock }, first?.checkpointId ?? '');
    expect(await run()).toMatchObject({ outcome: 'synced', applied: 1 });
    expect([asked, batches]).toEqual([
      [undefined, '1', '1'],
      [['a'], ['a'], ['a']],
    ]);
    expect((await progress()).isReplay).toBeUndefined();
    await expect(replaySource({ store, ref: REF, clock }, 'none')).rejects.toMatchObject({ field: 'checkpointId' });
  });
});

describe('options', () => {
  it.each([
    ['no apply', { apply: undefined }, 'apply'],
    ['a lease of no time', { leaseTtlMs: 0 }, 'leaseTtlMs'],
    ['pages without end', { maxPages: Infinity }, 'maxPages'],
    ['attempts that are no number', { attempts: Number.NaN }, 'attempts'],
    ['a ref without a tenant', { ref: { ...REF, tenantId: '' } }, 'tenantId'],
  ])('with %s are refused', async (_name, wrong, field) => {
    const options = { ref: REF, source: scripted([]).source, store: new MemoryDeltaStore(), apply: () => {}, ...wrong };
    // Callers without types can give anything.
    const given: SyncOptions<string, MemoryTransaction> = JSON.parse('{}');
    await expect(syncSource(Object.assign(given, options))).rejects.toMatchObject({ code: 'INVALID_OPTIONS', field });
  });

  it('with a scan and no position to go on from are refused', async () => {
    const source = { ...scripted([]).source, scan: async () => ({ records: [] }) };
    const options = { ref: REF, source, store: new MemoryDeltaStore(), apply: () => {} };
    await expect(syncSource(options)).rejects.toMatchObject({ code: 'INVALID_OPTIONS', field: 'source' });
  });

  it('that are aborted already begin nothing', async () => {
    const store = new MemoryDeltaStore();
    const { source } = scripted([]);
    const result = await syncSource({ ref: REF, source, store, apply: () => {}, signal: AbortSignal.abort() });
    expect([result.outcome, await store.load(REF)]).toEqual(['aborted', undefined]);
  });
});
