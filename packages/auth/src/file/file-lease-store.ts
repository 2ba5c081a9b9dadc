import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, link, lstat, mkdir, open, readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { AuthError } from '../errors/auth-error.ts';
import type { HeldLease, Lease, LeaseCallOptions, LeaseRequest, LeaseStore } from '../keeper/lease-store.ts';

export interface FileLeaseStoreOptions {
  /** Made, for this user alone, where it is not there. On a local disk: network file systems differ in what they promise. */
  readonly directory: string;
  /** Epoch milliseconds. Default `Date.now`. */
  readonly now?: () => number;
}

/** What a state file says. */
interface LeaseState {
  readonly holder: string;
  readonly fence: number;
  /** 0: it was given back. */
  readonly expiresAtMs: number;
}

interface Listing {
  /** Ascending. */
  readonly numbers: readonly number[];
  readonly newest: number;
}

const STATE_NAME = /^(\d{15})\.lease$/;
const DRAFT_NAME = /^\.draft-[0-9a-f]{32}$/;
const MAX_LOST_RACES = 100;
/** States behind the newest that are kept: removing them one by one would make every writer remove something. */
const KEPT_STATES = 8;
const MAX_STATE_BYTES = 4_096;

/**
 * Leases for the processes of one host, in a directory for each key.
 *
 * Every change is a new file with the next number, written under another name and published with `link`, which fails where
 * the number is taken. The newest file is the state of the lease; there is no lock that a process could leave behind, and a
 * file is whole or not there, wherever a process dies. Before old states are removed, all drafts are: a writer that listed
 * the directory before then can no longer publish.
 */
export class FileLeaseStore implements LeaseStore {
  readonly #directory: string;
  readonly #now: () => number;

  constructor({ directory, now = Date.now }: FileLeaseStoreOptions) {
    this.#directory = directory;
    this.#now = now;
  }

  async acquire(key: string, { holder, ttlMs, signal }: LeaseRequest): Promise<Lease | HeldLease> {
    const path = await this.#keyDirectory(key);
    return this.#change<Lease | HeldLease>(path, signal, (state, number) => {
      if (state !== undefined && state.expiresAtMs > this.#now()) {
        return { answer: { heldUntilMs: state.expiresAtMs } };
      }
      const next = { holder, fence: number, expiresAtMs: this.#now() + ttlMs };
      return { next, answer: { key, ...next } };
    });
  }

  async renew(lease: Lease, ttlMs: number, { signal }: LeaseCallOptions = {}): Promise<Lease | undefined> {
    const path = await this.#keyDirectory(lease.key);
    return this.#change<Lease | undefined>(path, signal, (state) => {
      if (!this.#isHeld(state, lease)) return { answer: undefined };
      const next = { holder: lease.holder, fence: lease.fence, expiresAtMs: this.#now() + ttlMs };
      return { next, answer: { key: lease.key, ...next } };
    });
  }

  async release(lease: Lease, { signal }: LeaseCallOptions = {}): Promise<void> {
    const path = await this.#keyDirectory(lease.key);
    await this.#change(path, signal, (state) => {
      if (!this.#isHeld(state, lease)) return { answer: undefined };
      return { next: { holder: lease.holder, fence: lease.fence, expiresAtMs: 0 }, answer: undefined };
    });
  }

  #isHeld(state: LeaseState | undefined, lease: Lease): boolean {
    return state?.holder === lease.holder && state.fence === lease.fence && state.expiresAtMs > this.#now();
  }

  /** Publishes what `decide` makes of the newest state, again whenever another process was faster. */
  async #change<Answer>(
    path: string,
    signal: AbortSignal | undefined,
    decide: (state: LeaseState | undefined, number: number) => { readonly next?: LeaseState; readonly answer: Answer },
  ): Promise<Answer> {
    for (let race = 0; race < MAX_LOST_RACES; race += 1) {
      signal?.throwIfAborted();
      // Most find that somebody has the lease, and need no draft to know.
      const seen = await readNewest(path);
      if (seen === 'again') continue;
      const early = decide(seen.state, seen.newest + 1);
      if (early.next === undefined) return early.answer;
      const answer = await this.#publish(path, decide);
      if (answer !== 'again') return answer.answer;
    }
    throw new AuthError({
      code: 'STORE_FAILED',
      message: `Other processes were faster ${MAX_LOST_RACES} times in a row in ${path}`,
    });
  }

  async #publish<Answer>(
    path: string,
    decide: (state: LeaseState | undefined, number: number) => { readonly next?: LeaseState; readonly answer: Answer },
  ): Promise<{ readonly answer: Answer } | 'again'> {
    // The draft comes first, the look second: see the class.
    const draft = join(path, `.draft-${randomBytes(16).toString('hex')}`);
    const file = await createFile(draft);
    try {
      const seen = await readNewest(path);
      if (seen === 'again') return 'again';
      const number = seen.newest + 1;
      const { next, answer } = decide(seen.state, number);
      if (next === undefined) return { answer };
      await file.writeFile(JSON.stringify(next));
      await file.sync();
      if (!(await linkUnlessTaken(draft, join(path, stateName(number))))) return 'again';
      await syncDirectory(path);
      if (seen.numbers.length > KEPT_STATES) await prune(path, number);
      return { answer };
    } finally {
      await file.close();
      await unlinkIfPresent(draft);
    }
  }

  async #keyDirectory(key: string): Promise<string> {
    // A digest: keys may hold what file systems do not take, and references that nobody else need see.
    const path = join(this.#directory, createHash('sha256').update(key).digest('hex').slice(0, 40));
    await mkdir(path, { recursive: true, mode: 0o700 });
    const stats = await lstat(this.#directory);
    const isOpen = process.platform !== 'win32' && (stats.mode & 0o022) !== 0;
    if (stats.isDirectory() && !isOpen) return path;
    throw new AuthError({
      code: 'STORE_FAILED',
      message: `${this.#directory} is no directory that only its owner can write to`,
      retry: 'never',
    });
  }
}

function stateName(number: number): string {
  return `${number.toString().padStart(15, '0')}.lease`;
}

async function list(path: string): Promise<Listing> {
  const numbers = (await readdir(path))
    .flatMap((name) => STATE_NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((left, right) => left - right);
  return { numbers, newest: numbers.at(-1) ?? 0 };
}

/** `again`: the newest was pruned between the listing and the reading, so that there is a newer one. */
async function readNewest(path: string): Promise<(Listing & { readonly state: LeaseState | undefined }) | 'again'> {
  const listing = await list(path);
  if (listing.newest === 0) return { ...listing, state: undefined };
  const text = await readIfPresent(join(path, stateName(listing.newest)));
  return text === undefined ? 'again' : { ...listing, state: parseState(text) };
}

/** @throws {AuthError} `STORE_FAILED`: something else has the name; whoever put it there must take it away. */
function parseState(text: string): LeaseState {
  try {
    const value: unknown = JSON.parse(text.slice(0, MAX_STATE_BYTES));
    if (
      typeof value === 'object' &&
      value !== null &&
      'holder' in value &&
      'fence' in value &&
      'expiresAtMs' in value
    ) {
      const { holder, fence, expiresAtMs } = value;
      if (typeof holder === 'string' && typeof fence === 'number' && typeof expiresAtMs === 'number') {
        return { holder, fence, expiresAtMs };
      }
    }
  } catch {
    // Said below.
  }
  throw new AuthError({ code: 'STORE_FAILED', message: 'A lease file holds no lease', retry: 'never' });
}

/** Removes old states; drafts first, so that no writer that saw less can take one of their numbers again. */
async function prune(path: string, newest: number): Promise<void> {
  for (const name of await readdir(path)) if (DRAFT_NAME.test(name)) await unlinkIfPresent(join(path, name));
  const { numbers } = await list(path);
  for (const number of numbers) if (number < newest) await unlinkIfPresent(join(path, stateName(number)));
}

async function createFile(path: string): Promise<FileHandle> {
  return open(path, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600);
}

async function linkUnlessTaken(draft: string, target: string): Promise<boolean> {
  try {
    await link(draft, target);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST') || hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function unlinkIfPresent(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}

/** Waits until the disk has the names in a directory, which is what makes a `link` last. */
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const directory = await open(path, constants.O_RDONLY);
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
