import type { ByokKeyOwner, ByokKeyRecord } from '../record/byok-key-record.ts';
import type { ByokKeyStore, ByokStoreOptions } from '../record/byok-key-store.ts';
import { parseByokKeyRecord } from '../record/parse-record.ts';

/**
 * The reference implementation of `ByokKeyStore`, in memory: for tests, and as the shortest complete store to read. Records go
 * in and out as JSON, so that it holds nothing that a real store could not.
 */
export class MemoryByokKeyStore implements ByokKeyStore {
  readonly #records = new Map<string, { readonly revision: number; readonly json: string | undefined }>();

  async load(owner: ByokKeyOwner, options?: ByokStoreOptions): Promise<ByokKeyRecord | undefined> {
    options?.signal?.throwIfAborted();
    return toRecord(this.#records.get(keyOf(owner))?.json);
  }

  async save(record: ByokKeyRecord, options?: ByokStoreOptions): Promise<ByokKeyRecord | undefined> {
    options?.signal?.throwIfAborted();
    const stored = this.#records.get(keyOf(record));
    if ((stored?.json === undefined ? 0 : stored.revision) !== record.revision) return undefined;
    const revision = (stored?.revision ?? 0) + 1;
    const json = JSON.stringify({ ...record, revision });
    this.#records.set(keyOf(record), { revision, json });
    return toRecord(json);
  }

  async remove(owner: ByokKeyOwner, revision: number, options?: ByokStoreOptions): Promise<boolean> {
    options?.signal?.throwIfAborted();
    const stored = this.#records.get(keyOf(owner));
    if (stored?.json === undefined || stored.revision !== revision) return false;
    // The number stays, so that a save that was begun before the removal finds no record of its revision later.
    this.#records.set(keyOf(owner), { revision, json: undefined });
    return true;
  }

  async *list(options?: ByokStoreOptions): AsyncGenerator<ByokKeyRecord, void, undefined> {
    options?.signal?.throwIfAborted();
    for (const { json } of this.#records.values()) {
      options?.signal?.throwIfAborted();
      const record = toRecord(json);
      if (record !== undefined) yield record;
    }
  }
}

function toRecord(json: string | undefined): ByokKeyRecord | undefined {
  return json === undefined ? undefined : parseByokKeyRecord(JSON.parse(json), 'memory');
}

function keyOf({ tenantId, connectionId }: ByokKeyOwner): string {
  return JSON.stringify([tenantId, connectionId]);
}
