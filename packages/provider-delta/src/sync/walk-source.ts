import { IntegrationError, type JsonValue } from '@mortise/core';
import { DeltaError } from '../errors/delta-error.ts';
import { cursorMove } from '../rules/cursor-rules.ts';
import { decideSweep } from '../rules/generation-rules.ts';
import type { DeltaOrigin } from '../rules/record-rules.ts';
import type { ReceivedEvent } from '../store/commit.ts';
import type { DeltaProgress, DeltaWalk } from '../store/progress.ts';
import type { ProviderDeltaCursor, ProviderDeltaEnvelope } from '../sync-state.ts';
import { boundedRequest } from './bounded-request.ts';
import { classifyFailure } from './classify-failure.ts';
import {
  beginScan,
  beginSweep,
  changesWalk,
  completeWalk,
  forgetPage,
  forgetPosition,
  nextPage,
  withoutFailure,
} from './progress-steps.ts';
import { explicitKey, selectChanges, type SelectedChanges } from './select-changes.ts';
import type { SyncOutcome } from './sync-events.ts';
import type { SyncRun } from './sync-run.ts';

const EVENTS_AT_ONCE = 200;
const DELETIONS_AT_ONCE = 500;
/** A wait between attempts that is longer than this ends the run instead. */
const MAX_WAIT_IN_RUN_MS = 10_000;
const RETRY_BASE_MS = 500;

/** Applies what came in by itself, then walks until the provider has no more. */
export async function walkSource<TPayload, Tx>(run: SyncRun<TPayload, Tx>): Promise<SyncOutcome> {
  await drainEvents(run);
  for (;;) {
    if (run.pages >= run.settings.maxPages) return 'more';
    if (await beginScanIfNeeded(run)) continue;
    const walk = changesWalk(run.progress, run.now());
    if (walk.kind === 'scan') await scanPage(run, walk);
    else if (walk.kind === 'sweep') {
      if ((await sweep(run, walk)) === 'held') return 'paused';
    } else if (await changesPage(run, walk)) return 'synced';
  }
}

/** Without a position, everything is read; the position of now is asked for first, so that no change in between is lost. */
async function beginScanIfNeeded<TPayload, Tx>(run: SyncRun<TPayload, Tx>): Promise<boolean> {
  const { source } = run.options;
  const { cursor, walk } = run.progress;
  const currentCursor = source.currentCursor?.bind(source);
  if (cursor !== undefined || walk !== undefined || currentCursor === undefined) return false;
  const thenCursor = await request(run, (signal) => currentCursor({ signal }));
  const next = beginScan(run.progress, thenCursor, run.now());
  await run.commit({ progress: next });
  run.emit({ type: 'resync', generation: next.generation });
  return true;
}

/** One page of changes. True: it was the last. */
async function changesPage<TPayload, Tx>(run: SyncRun<TPayload, Tx>, walk: DeltaWalk): Promise<boolean> {
  const { source } = run.options;
  const { progress } = run;
  const { cursor } = progress;
  const at = {
    ...(cursor === undefined ? {} : { cursor }),
    ...(walk.pageCursor === undefined ? {} : { pageCursor: walk.pageCursor }),
  };
  let page;
  try {
    page = await request(run, (signal) => source.pull({ ...at, signal }));
  } catch (error) {
    await afterExpiredCursor(run, walk, error);
    return false;
  }
  const { nextPageCursor, nextCursor } = page;
  if ((nextPageCursor === undefined) === (nextCursor === undefined)) {
    throw invalidPage('nextCursor', 'A page needs exactly one of "nextPageCursor" and "nextCursor"');
  }
  const selected = await select(run, page.changes, 'page');
  const next =
    nextPageCursor === undefined
      ? complete(run, required(nextCursor))
      : nextPage(progress, walk, progressed(walk, nextPageCursor));
  await commitSelected(run, { selected, origin: 'page', progress: next, envelopes: page.changes });
  return nextPageCursor === undefined;
}

async function scanPage<TPayload, Tx>(run: SyncRun<TPayload, Tx>, walk: DeltaWalk): Promise<void> {
  const { source } = run.options;
  const scan = source.scan?.bind(source);
  if (scan === undefined) {
    // The adapter scanned when the walk began, and does no more.
    await run.commit({ progress: forgetPosition(run.progress) });
    return;
  }
  const at = walk.pageCursor === undefined ? {} : { pageCursor: walk.pageCursor };
  let page;
  try {
    page = await request(run, (signal) => scan({ ...at, signal }));
  } catch (error) {
    await afterExpiredCursor(run, walk, error);
    return;
  }
  const { nextPageCursor } = page;
  const { progress } = run;
  const selected = await select(run, page.records, 'scan');
  const next =
    nextPageCursor === undefined
      ? beginSweep(progress, walk)
      : nextPage(progress, walk, progressed(walk, nextPageCursor));
  await commitSelected(run, { selected, origin: 'scan', progress: next, envelopes: page.records });
}

/** Deletes some of what a complete scan did not see, or ends the scan. */
async function sweep<TPayload, Tx>(run: SyncRun<TPayload, Tx>, walk: DeltaWalk): Promise<'held' | 'went on'> {
  const { store, ref, source, massDeletion } = run.options;
  const { progress } = run;
  if (progress.isSweepApproved !== true) {
    const counts = await store.countRecords(ref, progress.generation);
    if (!decideSweep(counts, massDeletion).isAllowed) {
      run.emit({ type: 'sweep_held', ...counts });
      const message = `A complete scan did not see ${counts.missing} of ${counts.live} records`;
      const pause = { reason: 'mass_deletion', at: run.now(), message } as const;
      await run.commit({ progress: { ...progress, status: 'paused', pause } });
      return 'held';
    }
    // Judged as a whole and once: later chunks are part of what was allowed.
    await run.commit({ progress: { ...progress, isSweepApproved: true } });
    return 'went on';
  }
  const missing = await store.listMissing(ref, progress.generation, DELETIONS_AT_ONCE);
  if (missing.length === 0) {
    await run.commit({ progress: complete(run, required(walk.thenCursor)) });
    return 'went on';
  }
  const deletedAt = run.now();
  const tombstone = { deletedAt, reason: 'missing' };
  const changes = missing.map(({ sourceId }) => ({
    providerKey: source.providerKey,
    sourceId,
    payload: undefined,
    delta: { tombstone },
  }));
  const records = missing.map((record) => ({
    ...record,
    generation: progress.generation,
    tombstone: { ...tombstone, observedAt: deletedAt },
  }));
  await run.commit({ progress, batch: { changes, origin: 'sweep' }, records });
  return 'went on';
}

/** Events that came in by themselves, through the same rules as pages. */
async function drainEvents<TPayload, Tx>(run: SyncRun<TPayload, Tx>): Promise<void> {
  const { store, ref } = run.options;
  for (;;) {
    const events = await store.listReceived(ref, EVENTS_AT_ONCE);
    if (events.length === 0) return;
    const envelopes = events.flatMap((event) => fromEvent(run, event) ?? []);
    const selected = await select(run, envelopes, 'event');
    await run.commit({
      progress: run.progress,
      batch: { changes: selected.changes, origin: 'event' },
      records: selected.records,
      announced: selected.announced,
      seen: events.map(({ id }) => id),
      handled: events.map(({ id }) => id),
      skipped: events.length - selected.changes.length,
    });
  }
}

function fromEvent<TPayload, Tx>(
  { options: { source } }: SyncRun<TPayload, Tx>,
  { id, envelope }: ReceivedEvent,
): ProviderDeltaEnvelope<TPayload | undefined> | undefined {
  const delta = { ...envelope.delta, dedupeKey: id };
  if (delta.tombstone !== undefined) return { ...envelope, payload: undefined, delta };
  const payload = source.fromEvent?.(envelope.payload satisfies JsonValue);
  return payload === undefined ? undefined : { ...envelope, payload, delta };
}

async function select<TPayload, Tx, Payload>(
  run: SyncRun<TPayload, Tx>,
  envelopes: readonly ProviderDeltaEnvelope<Payload>[],
  origin: DeltaOrigin,
): Promise<SelectedChanges<Payload>> {
  const { store, ref, source } = run.options;
  const { generation, isReplay = false } = run.progress;
  const keys = envelopes.flatMap((envelope) => explicitKey(envelope, ref.connectionId) ?? []);
  const ids = envelopes.map(({ sourceId }) => sourceId);
  const [known, seen] = await Promise.all([
    store.findRecords(ref, ids),
    // Events were told apart from what was seen when they were received.
    keys.length === 0 || origin === 'event' ? new Set<string>() : store.findSeen(ref, keys),
  ]);
  return selectChanges(envelopes, {
    order: source.revisionOrder ?? 'none',
    origin,
    generation,
    observedAt: run.now(),
    isReplay,
    connectionId: ref.connectionId,
    known,
    seen,
  });
}

interface SelectedPage<TPayload> {
  readonly selected: SelectedChanges<TPayload>;
  readonly origin: DeltaOrigin;
  readonly progress: DeltaProgress;
  readonly envelopes: readonly ProviderDeltaEnvelope<TPayload>[];
}

async function commitSelected<TPayload, Tx>(
  run: SyncRun<TPayload, Tx>,
  { selected, origin, progress, envelopes }: SelectedPage<TPayload>,
): Promise<void> {
  const seen = envelopes.flatMap((envelope) => explicitKey(envelope, run.options.ref.connectionId) ?? []);
  await run.commit({
    progress: withoutFailure(progress),
    batch: { changes: selected.changes, origin },
    records: selected.records,
    announced: selected.announced,
    seen: [...new Set(seen)],
    skipped: selected.skipped,
    isPage: true,
  });
}

function complete<TPayload, Tx>(run: SyncRun<TPayload, Tx>, cursor: ProviderDeltaCursor): DeltaProgress {
  const { source } = run.options;
  const { progress } = run;
  // After a scan, the position is whatever the provider said before it began.
  const isAfterScan = progress.walk?.kind === 'sweep';
  if (!isAfterScan && cursorMove(progress.cursor, cursor, source.cursorOrder ?? 'none') === 'backward') {
    throw invalidPage('nextCursor', 'The new cursor lies before the one that was complete already');
  }
  return completeWalk(progress, cursor, { at: run.now(), maxCheckpoints: run.settings.maxCheckpoints });
}

/** A dead place in a walk starts the walk over; a dead cursor starts everything over. Anything else is thrown on. */
async function afterExpiredCursor<TPayload, Tx>(
  run: SyncRun<TPayload, Tx>,
  walk: DeltaWalk,
  error: unknown,
): Promise<void> {
  if (classifyFailure(error).kind !== 'cursor_expired') throw error;
  const { progress } = run;
  if (walk.pageCursor !== undefined) {
    run.emit({ type: 'page_cursor_expired' });
    await run.commit({ progress: walk.kind === 'scan' ? forgetPosition(progress) : forgetPage(progress) });
    return;
  }
  // There is nothing older to begin with.
  if (walk.kind === 'scan' || progress.cursor === undefined) throw permanent(error);
  run.emit({ type: 'cursor_expired' });
  await run.commit({ progress: forgetPosition(progress) });
}

/** One request of the adapter, tried again after passing failures. */
async function request<TPayload, Tx, Value>(
  run: SyncRun<TPayload, Tx>,
  ask: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const { clock, random, attempts, requestTimeoutMs } = run.settings;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await boundedRequest(ask, { clock, timeoutMs: requestTimeoutMs, signal: run.signal });
    } catch (error) {
      run.signal.throwIfAborted();
      const { kind, code, retryAfterMs } = classifyFailure(error);
      const delayMs = retryAfterMs ?? Math.round(RETRY_BASE_MS * 2 ** (attempt - 1) * (0.5 + random() / 2));
      if (kind !== 'transient' || attempt >= attempts || delayMs > MAX_WAIT_IN_RUN_MS) throw error;
      run.emit({ type: 'retrying', code, attempt, delayMs });
      await clock.sleep(delayMs, run.signal);
    }
  }
}

/** A provider that gives the same page again would be walked for ever. */
function progressed({ pageCursor }: DeltaWalk, nextPageCursor: string): string {
  if (nextPageCursor !== pageCursor) return nextPageCursor;
  throw invalidPage('nextPageCursor', 'A page names itself as the next one');
}

function required(cursor: ProviderDeltaCursor | undefined): ProviderDeltaCursor {
  if (cursor !== undefined) return cursor;
  throw invalidPage('nextCursor', 'There is no cursor to go on from');
}

function invalidPage(field: string, message: string): DeltaError {
  return new DeltaError({ code: 'INVALID_PAGE', message, field });
}

function permanent(cause: unknown): IntegrationError {
  const message = 'The provider says that a cursor has expired where none was sent';
  return new IntegrationError({ code: 'provider_error', message, retry: 'never', cause });
}
