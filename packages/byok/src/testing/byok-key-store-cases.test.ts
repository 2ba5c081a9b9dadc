import { runConformance } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import type { ByokKeyOwner, ByokKeyRecord } from '../record/byok-key-record.ts';
import type { ByokKeyStore, ByokStoreOptions } from '../record/byok-key-store.ts';
import { byokKeyStoreCases } from './byok-key-store-cases.ts';
import { MemoryByokKeyStore } from './memory-byok-key-store.ts';

async function failedChecks(createStore: () => ByokKeyStore): Promise<string[]> {
  const outcomes = await runConformance({
    cases: byokKeyStoreCases,
    createContext: async () => {
      const store = createStore();
      return { store, reopen: async () => store };
    },
    capabilities: ['durable'],
  });
  return outcomes.filter(({ status }) => status === 'failed').map(({ id }) => id.replace('byok-store.', ''));
}

/** Each breaks the contract in one way; the checks that catch it are named beside it. */
const BROKEN: readonly [defect: string, ids: readonly string[], store: () => ByokKeyStore][] = [
  [
    'overwrites whatever is stored',
    ['4', '5', '6', '10', '12'],
    () =>
      new (class extends MemoryByokKeyStore {
        override async save(record: ByokKeyRecord, options?: ByokStoreOptions): Promise<ByokKeyRecord> {
          const stored = await super.load(record, options);
          return (await super.save({ ...record, revision: stored?.revision ?? 0 })) ?? this.save(record);
        }
      })(),
  ],
  [
    'compares revisions first and writes later',
    ['6'],
    () =>
      new (class extends MemoryByokKeyStore {
        override async save(record: ByokKeyRecord, options?: ByokStoreOptions) {
          const stored = await super.load(record, options);
          return (stored?.revision ?? 0) === record.revision ? this.#write(record) : undefined;
        }

        async #write(record: ByokKeyRecord): Promise<ByokKeyRecord> {
          const stored = await super.load(record);
          return (await super.save({ ...record, revision: stored?.revision ?? 0 })) ?? this.#write(record);
        }
      })(),
  ],
  [
    'answers a lost race with the stored record',
    ['4', '5', '6', '10', '12'],
    () =>
      new (class extends MemoryByokKeyStore {
        override async save(record: ByokKeyRecord, options?: ByokStoreOptions) {
          return (await super.save(record, options)) ?? super.load(record);
        }
      })(),
  ],
  [
    'drops the lease',
    ['2'],
    () =>
      new (class extends MemoryByokKeyStore {
        override async save({ lease: _lease, ...record }: ByokKeyRecord, options?: ByokStoreOptions) {
          return super.save(record, options);
        }
      })(),
  ],
  [
    'takes ids that differ in case for one',
    ['7'],
    () =>
      new (class extends MemoryByokKeyStore {
        override async load(owner: ByokKeyOwner, options?: ByokStoreOptions) {
          return super.load({ ...owner, connectionId: owner.connectionId.toLowerCase() }, options);
        }

        override async save(record: ByokKeyRecord, options?: ByokStoreOptions) {
          return super.save({ ...record, connectionId: record.connectionId.toLowerCase() }, options);
        }
      })(),
  ],
  [
    'starts over with its revisions after a removal',
    ['10'],
    () =>
      new (class extends MemoryByokKeyStore {
        #removed = 0;

        override async remove(owner: ByokKeyOwner, revision: number, options?: ByokStoreOptions) {
          const isRemoved = await super.remove(owner, revision, options);
          if (isRemoved) this.#removed = revision;
          return isRemoved;
        }

        override async load(owner: ByokKeyOwner, options?: ByokStoreOptions) {
          const record = await super.load(owner, options);
          return record === undefined ? undefined : { ...record, revision: record.revision - this.#removed };
        }

        override async save(record: ByokKeyRecord, options?: ByokStoreOptions) {
          const revision = record.revision === 0 ? 0 : record.revision + this.#removed;
          const saved = await super.save({ ...record, revision }, options);
          return saved === undefined ? undefined : { ...saved, revision: saved.revision - this.#removed };
        }
      })(),
  ],
  [
    'removes whatever the revision',
    ['9'],
    () =>
      new (class extends MemoryByokKeyStore {
        override async remove(owner: ByokKeyOwner, _revision: number, options?: ByokStoreOptions) {
          options?.signal?.throwIfAborted();
          const stored = await super.load(owner);
          return stored !== undefined && super.remove(owner, stored.revision);
        }
      })(),
  ],
  [
    'lists what was removed',
    ['9'],
    () =>
      new (class extends MemoryByokKeyStore {
        readonly #removed: ByokKeyRecord[] = [];

        override async remove(owner: ByokKeyOwner, revision: number, options?: ByokStoreOptions) {
          const stored = await super.load(owner);
          const isRemoved = await super.remove(owner, revision, options);
          if (isRemoved && stored !== undefined) this.#removed.push(stored);
          return isRemoved;
        }

        override async *list(options?: ByokStoreOptions) {
          yield* super.list(options);
          yield* this.#removed;
        }
      })(),
  ],
  [
    'hands out and keeps the caller’s own objects',
    ['7', '8'],
    () =>
      new (class extends MemoryByokKeyStore {
        #kept: ByokKeyRecord | undefined;

        override async save(record: ByokKeyRecord, options?: ByokStoreOptions) {
          const saved = await super.save(record, options);
          if (saved !== undefined) this.#kept = { ...record, revision: saved.revision };
          return saved;
        }

        override async load(owner: ByokKeyOwner, options?: ByokStoreOptions) {
          const stored = await super.load(owner, options);
          return stored !== undefined && stored.revision === this.#kept?.revision ? this.#kept : stored;
        }
      })(),
  ],
  [
    'knows of no signals',
    ['11'],
    () =>
      new (class extends MemoryByokKeyStore {
        override async load(owner: ByokKeyOwner) {
          return super.load(owner);
        }

        override async save(record: ByokKeyRecord) {
          return super.save(record);
        }

        override async *list() {
          yield* super.list();
        }
      })(),
  ],
];

describe('byokKeyStoreCases', () => {
  it('hold for the reference store', async () => {
    expect(await failedChecks(() => new MemoryByokKeyStore())).toEqual([]);
  });

  it.each(BROKEN)('catch a store that %s', async (_defect, ids, createStore) => {
    expect(await failedChecks(createStore)).toEqual(ids);
  });

  it('catch a store whose saves nobody else sees', async () => {
    const outcomes = await runConformance({
      cases: byokKeyStoreCases,
      createContext: async () => ({
        store: new MemoryByokKeyStore(),
        reopen: async () => new MemoryByokKeyStore(),
      }),
      capabilities: ['durable'],
    });
    expect(outcomes.filter(({ status }) => status === 'failed').map(({ id }) => id)).toEqual(['byok-store.12']);
  });

  it('need a way to reopen what is declared durable', async () => {
    const check = byokKeyStoreCases.find(({ requires }) => requires === 'durable');
    await expect(check?.run({ store: new MemoryByokKeyStore() })).rejects.toMatchObject({ code: 'NOT_CONFORMING' });
  });
});
