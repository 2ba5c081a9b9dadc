export interface MemoryVersion {
  readonly bytes: Uint8Array;
  readonly contentType?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

type MemoryRead =
  | { readonly state: 'found'; readonly version: string; readonly content: MemoryVersion }
  | { readonly state: 'deleted' }
  | { readonly state: 'absent' }
  | { readonly state: 'retired' };

/** One secret: its versions, which of them is current, which are retired, and whether it is deleted. */
export class MemorySecret {
  readonly #versions = new Map<string, MemoryVersion>();
  readonly #retired = new Set<string>();
  readonly #writes = new Map<string, string>();
  #current: string | undefined;
  /** Never goes back, also after a deletion: a version that was cached somewhere must not come to mean other bytes. */
  #lastVersion = 0;
  /** Epoch milliseconds until which it can be restored. */
  #restorableUntil: number | undefined;

  get current(): string | undefined {
    return this.#current;
  }

  /** `deleted`: it can still be restored. */
  state(now: number): 'live' | 'deleted' | 'absent' {
    if (this.#restorableUntil !== undefined) {
      if (now < this.#restorableUntil) return 'deleted';
      this.#clear();
    }
    return this.#versions.size === 0 ? 'absent' : 'live';
  }

  read(version: string | undefined, now: number): MemoryRead {
    const state = this.state(now);
    if (state === 'deleted') return { state };
    if (state === 'absent') return { state };
    const wanted = version ?? this.#current;
    const content = wanted === undefined ? undefined : this.#versions.get(wanted);
    if (wanted === undefined || content === undefined) return { state: 'absent' };
    return this.#retired.has(wanted) ? { state: 'retired' } : { state: 'found', version: wanted, content };
  }

  /** What an earlier write under this key made, and whether from the same bytes. */
  written(key: string | undefined, bytes: Uint8Array): { version: string; isSame: boolean } | undefined {
    const version = key === undefined ? undefined : this.#writes.get(key);
    const before = version === undefined ? undefined : this.#versions.get(version)?.bytes;
    if (version === undefined || before === undefined) return undefined;
    const isSame = before.length === bytes.length && before.every((byte, index) => byte === bytes[index]);
    return { version, isSame };
  }

  add(content: MemoryVersion, key: string | undefined): string {
    this.#lastVersion += 1;
    const version = String(this.#lastVersion);
    this.#versions.set(version, content);
    if (key !== undefined) this.#writes.set(key, version);
    return version;
  }

  has(version: string): boolean {
    return this.#versions.has(version);
  }

  isRetired(version: string): boolean {
    return this.#retired.has(version);
  }

  promote(version: string): void {
    this.#current = version;
  }

  retire(version: string): void {
    this.#retired.add(version);
  }

  remove(restorableUntil: number | undefined): void {
    if (restorableUntil === undefined) this.#clear();
    else this.#restorableUntil = restorableUntil;
  }

  restore(): void {
    this.#restorableUntil = undefined;
  }

  #clear(): void {
    this.#versions.clear();
    this.#retired.clear();
    this.#writes.clear();
    this.#current = undefined;
    this.#restorableUntil = undefined;
  }
}
