import type { SaveGrantOptions, StoredGrant, TokenStore, TokenStoreOptions, VersionedGrant } from './token-store.ts';

/** Grants in memory: for tokens that can be had again at any time, for tests, and as the shortest complete `TokenStore`. */
export class MemoryTokenStore implements TokenStore {
  readonly #grants = new Map<string, VersionedGrant>();
  #version = 0;

  async load(grantId: string, { signal }: TokenStoreOptions = {}): Promise<VersionedGrant | undefined> {
    signal?.throwIfAborted();
    const stored = this.#grants.get(grantId);
    return stored === undefined ? undefined : structuredClone(stored);
  }

  async save(grantId: string, grant: StoredGrant, { expected, signal }: SaveGrantOptions): Promise<string | undefined> {
    signal?.throwIfAborted();
    if (this.#grants.get(grantId)?.version !== expected) return undefined;
    this.#version += 1;
    const version = String(this.#version);
    this.#grants.set(grantId, { version, grant: structuredClone(grant) });
    return version;
  }

  async remove(grantId: string, { expected, signal }: SaveGrantOptions): Promise<boolean> {
    signal?.throwIfAborted();
    if (expected === undefined || this.#grants.get(grantId)?.version !== expected) return false;
    return this.#grants.delete(grantId);
  }
}
