import type { ConformanceCase } from '@mortise/testing';
import { ByokError } from '../byok-error.ts';
import type { ByokKeyOwner, ByokKeyRecord } from '../record/byok-key-record.ts';
import type { ByokKeyStore } from '../record/byok-key-store.ts';

/**
 * A store under test, fresh and empty for each check. Capabilities decide which checks apply: `durable` (`reopen` gives the
 * same records, as another process would see them).
 */
export interface ByokKeyStoreSubject {
  readonly store: ByokKeyStore;
  /** Another store over the same records. */
  reopen?(this: void): Promise<ByokKeyStore>;
  close?(): Promise<void>;
}

const OWNER: ByokKeyOwner = { tenantId: 'acme', connectionId: 'conn-1' };
const AT = '2026-06-15T12:00:00.000Z';

/** What every `ByokKeyStore` keeps. Run them with `runConformance` of `@mortise/testing`, or loop over them. */
export const byokKeyStoreCases: readonly ConformanceCase<ByokKeyStoreSubject>[] = [
  {
    id: 'byok-store.1',
    title: 'has no record before one is saved',
    async run({ store }) {
      requireThat((await store.load(OWNER)) === undefined, 'load of an empty store: expected undefined');
      requireThat((await collect(store)).length === 0, 'list of an empty store: expected nothing');
    },
  },
  {
    id: 'byok-store.2',
    title: 'gives back what was saved, to the last field, with a revision above 0',
    async run({ store }) {
      const saved = await saveNew(store, fullRecord(OWNER));
      requireThat(saved.revision > 0, `save: expected a revision above 0, but ${saved.revision} came`);
      requireEqual('save', saved, { ...fullRecord(OWNER), revision: saved.revision });
      requireEqual('load', await store.load(OWNER), saved);
      requireEqual('list', await collect(store), [saved]);
    },
  },
  {
    id: 'byok-store.3',
    title: 'replaces a record that is at the stored revision, and raises it',
    async run({ store }) {
      const first = await saveNew(store, emptyRecord(OWNER));
      const second = await store.save({ ...first, generation: 7 });
      requireThat(second !== undefined, 'save at the stored revision: expected success');
      requireThat(second.revision > first.revision, 'save: expected a higher revision than before');
      requireThat((await store.load(OWNER))?.generation === 7, 'load: expected what was saved last');
    },
  },
  {
    id: 'byok-store.4',
    title: 'refuses a save from an older revision, and changes nothing',
    async run({ store }) {
      const first = await saveNew(store, emptyRecord(OWNER));
      const second = await store.save({ ...first, generation: 1 });
      requireThat(
        (await store.save({ ...first, generation: 2 })) === undefined,
        'save of an old revision: expected undefined',
      );
      requireEqual('load after a refused save', await store.load(OWNER), second);
    },
  },
  {
    id: 'byok-store.5',
    title: 'creates a record only where there is none, and replaces none that never was',
    async run({ store }) {
      const first = await saveNew(store, emptyRecord(OWNER));
      requireThat(
        (await store.save(emptyRecord(OWNER))) === undefined,
        'save of a second new record: expected undefined',
      );
      requireEqual('load', await store.load(OWNER), first);
      const ghost = { ...emptyRecord({ ...OWNER, connectionId: 'ghost' }), revision: 3 };
      requireThat((await store.save(ghost)) === undefined, 'save at a revision that never was: expected undefined');
      requireThat((await store.load(ghost)) === undefined, 'load of what was not saved: expected undefined');
    },
  },
  {
    id: 'byok-store.6',
    title: 'lets exactly one of many simultaneous saves succeed, round after round',
    async run({ store }) {
      let record = await saveNew(store, emptyRecord(OWNER));
      for (let round = 0; round < 8; round += 1) {
        const from = record;
        const saves = await Promise.all(
          Array.from({ length: 6 }, async (_, index) => store.save({ ...from, generation: 10 * round + index })),
        );
        const winners = saves.filter((saved) => saved !== undefined);
        requireThat(winners.length === 1, `of 6 saves from one revision, ${winners.length} succeeded`);
        const [winner] = winners;
        requireEqual('load after a race', await store.load(OWNER), winner);
        if (winner !== undefined) record = winner;
      }
    },
  },
  {
    id: 'byok-store.7',
    title: 'tells tenants and connections apart, whatever characters their ids have',
    async run({ store }) {
      const owners = [
        { tenantId: 'a', connectionId: 'b/c' },
        { tenantId: 'a/b', connectionId: 'c' },
        { tenantId: 'a', connectionId: 'B/C' },
        { tenantId: 'a\n', connectionId: 'b/c' },
        { tenantId: '..', connectionId: 'caf\u00e9' },
        { tenantId: '..', connectionId: 'cafe\u0301' },
        { tenantId: 'x'.repeat(300), connectionId: '\u{1f511}' },
      ];
      for (const owner of owners) await saveNew(store, emptyRecord(owner));
      for (const owner of owners) {
        const record = await store.load(owner);
        requireThat(
          record?.tenantId === owner.tenantId && record.connectionId === owner.connectionId,
          `load of ${JSON.stringify(owner)}: expected its own record`,
        );
      }
      requireThat((await collect(store)).length === owners.length, 'list: expected each record once');
    },
  },
  {
    id: 'byok-store.8',
    title: 'shares nothing with its callers',
    async run({ store }) {
      const scopes = ['read'];
      const saved = await saveNew(store, { ...emptyRecord(OWNER), metadata: metadata(scopes) });
      scopes.push('write');
      requireEqual('load after the caller changed its own record', await store.load(OWNER), saved);
    },
  },
  {
    id: 'byok-store.9',
    title: 'removes a record that is at the given revision, and only then',
    async run({ store }) {
      const first = await saveNew(store, emptyRecord(OWNER));
      const second = await store.save(first);
      requireThat(!(await store.remove(OWNER, first.revision)), 'remove at an old revision: expected false');
      requireEqual('load after a refused removal', await store.load(OWNER), second);
      requireThat(await store.remove(OWNER, second?.revision ?? 0), 'remove at the stored revision: expected true');
      requireThat((await store.load(OWNER)) === undefined, 'load after a removal: expected undefined');
      requireThat((await collect(store)).length === 0, 'list after a removal: expected nothing');
      requireThat(!(await store.remove(OWNER, second?.revision ?? 0)), 'remove of nothing: expected false');
    },
  },
  {
    id: 'byok-store.10',
    title: 'gives a record that is made after a removal a revision that none before it had',
    async run({ store }) {
      const first = await saveNew(store, emptyRecord(OWNER));
      const second = await store.save(first);
      requireThat(second !== undefined, 'save: expected success');
      await store.remove(OWNER, second.revision);
      requireThat((await store.save(second)) === undefined, 'save of a record that was removed: expected undefined');
      const again = await saveNew(store, emptyRecord(OWNER));
      requireThat(again.revision > second.revision, 'save after a removal: expected a revision above all before');
      requireThat((await store.save(second)) === undefined, 'save from before the removal: expected undefined');
    },
  },
  {
    id: 'byok-store.11',
    title: 'rejects with the signal’s reason when it is aborted, and changes nothing',
    async run({ store }) {
      const reason = new Error('left');
      const signal = AbortSignal.abort(reason);
      const saved = await saveNew(store, emptyRecord(OWNER));
      const calls: readonly (readonly [string, () => Promise<unknown>])[] = [
        ['load', async () => store.load(OWNER, { signal })],
        ['save', async () => store.save({ ...saved, generation: 5 }, { signal })],
        ['remove', async () => store.remove(OWNER, saved.revision, { signal })],
        ['list', async () => collect(store, signal)],
      ];
      for (const [name, call] of calls) {
        const thrown = await call().then(
          () => undefined,
          (error: unknown) => error,
        );
        requireThat(thrown === reason, `${name} with an aborted signal: expected its reason`);
      }
      requireEqual('load', await store.load(OWNER), saved);
    },
  },
  {
    id: 'byok-store.12',
    title: 'shows what was saved to whoever opens the same records',
    requires: 'durable',
    async run({ store, reopen }) {
      requireThat(reopen !== undefined, 'the subject needs "reopen" to declare "durable"');
      const saved = await saveNew(store, fullRecord(OWNER));
      const other = await reopen();
      requireEqual('load by another', await other.load(OWNER), saved);
      const second = await other.save({ ...saved, generation: 4 });
      requireThat((await store.save(saved)) === undefined, 'save after another saved: expected undefined');
      requireEqual('load of what another saved', await store.load(OWNER), second);
    },
  },
];

function emptyRecord(owner: ByokKeyOwner): ByokKeyRecord {
  return {
    format: 1,
    ...owner,
    revision: 0,
    secretRef: 'memory://key',
    metadata: { createdAt: AT, validationStatus: 'unknown' },
    generation: 0,
    retiring: [],
    fence: 0,
  };
}

function metadata(scopes: readonly string[]): ByokKeyRecord['metadata'] {
  return { createdAt: AT, validationStatus: 'valid', lastValidatedAt: AT, scopes };
}

/** A record with every field that there is. */
function fullRecord(owner: ByokKeyOwner): ByokKeyRecord {
  return {
    ...emptyRecord(owner),
    metadata: {
      ...metadata(['read', 'schreiben äöü']),
      lastRotatedAt: AT,
      expiresAt: AT,
      quotaSnapshot: { tokens: 0.5, requests: 1e15 },
      lastError: 'quote " and \u2028 and 🔑',
    },
    generation: 3,
    keyVersion: 'v-1',
    validation: { outcome: 'missing_scope', checkedAt: AT, unknownsInARow: 2, notBefore: AT },
    rotation: {
      id: 'rotation1',
      reason: 'manual',
      source: { kind: 'reference', reference: 'memory://new', version: '4' },
      step: 'discarding',
      requestedAt: AT,
      deadlineAt: AT,
      overlapMs: 1000,
      placement: 'sibling',
      attempts: 2,
      nextAttemptAt: AT,
      lastError: 'no answer',
      baseVersion: '1',
      candidate: { reference: 'memory://key-byok-rotation1', version: '1' },
      promotionAt: AT,
      previous: { reference: 'memory://key', version: '1' },
      ownsPrevious: false,
      previousKeyValidUntil: AT,
      newKeyExpiresAt: AT,
      validation: { validatedAt: AT, scopes: [], quotaSnapshot: {}, expiresAt: AT },
      newVersion: '2',
      failure: { code: 'NEW_KEY_INVALID', message: 'refused' },
      oldKey: { endedAt: AT, isRevoked: true },
    },
    retiring: [
      {
        rotationId: 'rotation0',
        reason: 'scheduled',
        place: { reference: 'memory://key', version: '0' },
        isOwned: true,
        retireAt: AT,
        revokedAt: AT,
        attempts: 1,
        nextAttemptAt: AT,
        lastError: 'no answer',
      },
    ],
    lastRotation: {
      id: 'rotation0',
      reason: 'scheduled',
      status: 'rolled_back',
      finishedAt: AT,
      failure: { code: 'SAME_KEY', message: 'same' },
      failuresInARow: 2,
      oldKey: { endedAt: AT, isRevoked: false },
    },
    compromise: { reportedAt: AT, isReplaced: true },
    fence: 9,
    lease: { holder: 'runner-1', token: 9, expiresAt: AT },
  };
}

async function saveNew(store: ByokKeyStore, record: ByokKeyRecord): Promise<ByokKeyRecord> {
  const saved = await store.save(record);
  requireThat(saved !== undefined, 'save of a new record: expected success');
  return saved;
}

async function collect(store: ByokKeyStore, signal?: AbortSignal): Promise<ByokKeyRecord[]> {
  const records: ByokKeyRecord[] = [];
  for await (const record of store.list(signal === undefined ? {} : { signal })) records.push(record);
  return records;
}

function requireThat(condition: boolean, message: string): asserts condition {
  if (!condition) throw new ByokError({ code: 'NOT_CONFORMING', message });
}

function requireEqual(what: string, actual: unknown, expected: unknown): void {
  const [came, wanted] = [canonical(actual), canonical(expected)];
  requireThat(came === wanted, `${what}: expected ${wanted}, but ${came} came`);
}

/** JSON with the members of each object in order of their names. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_name, part: unknown) =>
      typeof part === 'object' && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
        : part,
    ) ?? 'undefined'
  );
}
