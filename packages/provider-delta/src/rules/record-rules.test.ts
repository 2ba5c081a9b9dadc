import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProviderDeltaEnvelope } from '../sync-state.ts';
import { decideRecord, type DeltaRecordMark, markRecord } from './record-rules.ts';

const DELETED = { deletedAt: '2026-01-01T00:00:00.000Z' };
const change = (revision?: string): ProviderDeltaEnvelope => ({
  providerKey: 'crm.example',
  sourceId: 'r1',
  payload: {},
  delta: revision === undefined ? {} : { providerRevision: revision },
});
const deletion = (revision?: string): ProviderDeltaEnvelope => ({
  ...change(),
  delta: { tombstone: { ...DELETED, ...(revision === undefined ? {} : { providerRevision: revision }) } },
});
const live = (revision?: string): DeltaRecordMark => ({
  sourceId: 'r1',
  generation: 1,
  ...(revision === undefined ? {} : { revision }),
});
const gone = (revision?: string, reason = 'deleted'): DeltaRecordMark => ({
  ...live(revision),
  tombstone: { ...DELETED, observedAt: DELETED.deletedAt, reason },
});

describe('a change in a page', () => {
  it.each([
    ['of a new record', undefined, change('5'), 'apply'],
    ['newer', live('4'), change('5'), 'apply'],
    ['the same', live('5'), change('5'), 'duplicate'],
    ['older', live('6'), change('5'), 'stale'],
    ['a newer deletion', live('4'), deletion('5'), 'apply'],
    ['the deletion of just this state', live('5'), deletion('5'), 'apply'],
    ['an older deletion', live('6'), deletion('5'), 'stale'],
    ['a deletion that says no revision', live('6'), deletion(), 'apply'],
    ['a deletion told twice', gone('5'), deletion('5'), 'duplicate'],
    ['a deletion without revision told twice', gone(), deletion(), 'duplicate'],
    ['newer than a deletion', gone('4'), change('5'), 'revive'],
    ['the state that was deleted', gone('5'), change('5'), 'stale'],
    ['older than a deletion', gone('6'), change('5'), 'stale'],
    ['the state that was hidden from us', gone('5', 'permission'), change('5'), 'revive'],
    ['the state that was put away', gone('5', 'trashed'), change('5'), 'revive'],
    ['the state that a scan did not see', gone('5', 'missing'), change('5'), 'revive'],
    ['without revisions', live(), change(), 'apply'],
    ['without revisions, of a deleted record', gone(), change(), 'revive'],
  ] as const)('%s: %j, then %j', (_name, known, envelope, expected) => {
    expect(decideRecord(known, envelope, { order: 'numeric', origin: 'page' })).toBe(expected);
  });

  it('is applied again in a replay, unless it is older than what is known', () => {
    const replay = { order: 'numeric', origin: 'page', isReplay: true } as const;
    expect(decideRecord(live('5'), change('5'), replay)).toBe('apply');
    expect(decideRecord(gone('5'), deletion('5'), replay)).toBe('apply');
    expect(decideRecord(live('6'), change('5'), replay)).toBe('stale');
    expect(decideRecord(gone('5'), change('5'), replay)).toBe('stale');
  });

  it('is trusted to come in order where revisions only tell equal from different', () => {
    const context = { order: 'none', origin: 'page' } as const;
    expect(decideRecord(live('a'), change('b'), context)).toBe('apply');
    expect(decideRecord(gone('a'), change('b'), context)).toBe('revive');
    expect(decideRecord(live('a'), change('a'), context)).toBe('duplicate');
  });
});

describe('an event', () => {
  it.each([
    ['of a record that nobody knows: it may be gone already', undefined, change('5'), 'pull'],
    ['of the deletion of a record that nobody knows', undefined, deletion('5'), 'apply'],
    ['newer than what is there', live('4'), change('5'), 'apply'],
    ['the same', live('5'), change('5'), 'duplicate'],
    ['older', live('6'), change('5'), 'stale'],
    ['of a newer deletion', live('4'), deletion('5'), 'apply'],
    ['newer than a deletion: it may be older than the next one', gone('4'), change('5'), 'pull'],
    ['the state that was hidden from us', gone('5', 'permission'), change('5'), 'stale'],
    ['without a revision', live('4'), change(), 'pull'],
    ['of a deletion without a revision: the record may be back', live('4'), deletion(), 'pull'],
  ] as const)('%s: %j, then %j', (_name, known, envelope, expected) => {
    expect(decideRecord(known, envelope, { order: 'numeric', origin: 'event' })).toBe(expected);
  });

  it('is never believed where revisions do not say what is newer', () => {
    expect(decideRecord(live('a'), change('b'), { order: 'none', origin: 'event' })).toBe('pull');
  });
});

it('ends with the newest state, in whatever order and however often changes of a page come', () => {
  const states = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 99 }), fc.boolean()), {
    minLength: 1,
    maxLength: 12,
    selector: ([revision]) => revision,
  });
  fc.assert(
    fc.property(states, fc.array(fc.nat(), { maxLength: 40 }), (history, order) => {
      const envelopes = history.map(([revision, isGone]) => (isGone ? deletion : change)(String(revision)));
      let mark: DeltaRecordMark | undefined;
      for (const index of [...order, ...envelopes.keys()]) {
        const envelope = envelopes[index % envelopes.length];
        if (envelope === undefined) continue;
        const decision = decideRecord(mark, envelope, { order: 'numeric', origin: 'page' });
        if (decision !== 'apply' && decision !== 'revive') continue;
        mark = markRecord(mark, envelope, { generation: 1, observedAt: DELETED.deletedAt });
      }
      const [newest, isGone] = history.toSorted(([left], [right]) => right - left)[0] ?? [0, false];
      expect([mark?.revision, mark?.tombstone !== undefined]).toEqual([String(newest), isGone]);
    }),
  );
});

describe('what is remembered', () => {
  const at = { generation: 3, observedAt: '2026-01-02T00:00:00.000Z' };

  it('of a change: its revision and the scan', () => {
    expect(markRecord(gone('4'), change('5'), at)).toEqual({ sourceId: 'r1', generation: 3, revision: '5' });
    expect(markRecord(live('4'), change(), at)).toEqual({ sourceId: 'r1', generation: 3 });
  });

  it('of a deletion: when it was, when we learnt of it, why, and the revision that it is of', () => {
    const envelope: ProviderDeltaEnvelope = {
      ...change(),
      delta: { tombstone: { deletedAt: new Date(DELETED.deletedAt), reason: 'purged' } },
    };
    expect(markRecord(live('4'), envelope, at)).toEqual({
      sourceId: 'r1',
      generation: 3,
      revision: '4',
      tombstone: { deletedAt: DELETED.deletedAt, observedAt: at.observedAt, reason: 'purged' },
    });
  });
});
