import { readdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  assertPrivateDirectory,
  ensurePrivateDirectory,
  readPrivateFile,
  syncDirectory,
  unlinkIfPresent,
} from '../disk/durable-file.ts';
import { IntentFile, sweepIntents } from '../disk/intent-file.ts';
import type { PermissionPolicy } from '../disk/permissions.ts';
import { systemErrorCode } from '../disk/system-error.ts';
import { failure, type Subject } from '../reference/subject.ts';

/** Largest file that is read back: far above any payload limit, so that a planted file cannot fill the memory. */
const MAX_VERSION_FILE_BYTES = 32 * 1024 * 1024;
const VERSION_FILE = /^[0-9]{10}\.age$/;
const MAX_VERSION = 9_999_999_999;

const MAX_WAIT_MS = 50;
/** Age from which a file under construction is taken for a crashed writer's. */
const STALE_INTENT_MS = 10 * 60 * 1000;

/** What a writer saw before it decided what to write. */
export interface Listing {
  /** Ascending. */
  readonly versions: readonly number[];
  readonly newest: number | undefined;
}

/** Makes the content of a version; `again` if what it had to read is pruned meanwhile, `stop` to call the write off. */
export type ComposeVersion = (version: number, listing: Listing) => Promise<Uint8Array | 'again' | 'stop'>;

/** Time, waits and randomness, so that tests need none of them. */
export interface Contention {
  readonly now: () => number;
  /** Lost races after which a writer gives up. */
  readonly maxAttempts: number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly random: () => number;
}

/**
 * The versions of one secret, a file each: `0000000001.age` and on. A number is given out once and its file appears
 * whole under its name or not at all, whoever else writes and wherever a process dies:
 *
 * - A writer creates a file under construction, *then* lists the directory, takes the next number, and publishes with
 *   `link`, which fails if the number is taken. It holds no lock that could be left behind.
 * - A pruner removes all files under construction *before* it removes a version. A writer that listed before a number
 *   was taken, pruned and free again can therefore no longer publish under it.
 */
export class SecretDirectory {
  readonly path: string;
  readonly #policy: PermissionPolicy;
  readonly #contention: Contention;

  constructor(path: string, policy: PermissionPolicy, contention: Contention) {
    this.path = path;
    this.#policy = policy;
    this.#contention = contention;
  }

  /** Empty where the secret never existed. */
  async list(subject: Subject): Promise<Listing> {
    try {
      await assertPrivateDirectory(this.path, this.#policy, subject);
      const names = (await readdir(this.path)).filter((name) => VERSION_FILE.test(name)).sort();
      const versions = names.map((name) => Number.parseInt(name, 10));
      return { versions, newest: versions.at(-1) };
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return { versions: [], newest: undefined };
      throw error;
    }
  }

  /** The bytes of a version, or `undefined` where there is no such version (any more). */
  async read(version: number, subject: Subject): Promise<Uint8Array | undefined> {
    try {
      return await readPrivateFile(this.#file(version), MAX_VERSION_FILE_BYTES, this.#policy, subject);
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  /**
   * Publishes a new version on top of exactly the listing that `compose` was shown. Lost races are run again.
   *
   * @returns The version, which is on disk; `undefined` if `compose` called it off.
   * @throws {SecretProviderError} `UNAVAILABLE` if other writers were always faster; nothing is written then.
   */
  async append(compose: ComposeVersion, subject: Subject): Promise<number | undefined> {
    for (let attempt = 1; attempt <= this.#contention.maxAttempts; attempt += 1) {
      subject.signal?.throwIfAborted();
      const version = await this.#tryAppend(compose, subject);
      if (version !== 'again') return version;
      await this.#wait(attempt);
    }
    throw this.#crowded(subject);
  }

  async #tryAppend(compose: ComposeVersion, subject: Subject): Promise<number | 'again' | undefined> {
    await ensurePrivateDirectory(this.path, this.#policy, subject);
    const intent = await IntentFile.create(this.path);
    try {
      const listing = await this.list(subject);
      const version = (listing.newest ?? 0) + 1;
      if (version > MAX_VERSION) throw failure(subject, 'UNSUPPORTED', `it has had ${MAX_VERSION} versions`);
      const bytes = await compose(version, listing);
      if (bytes === 'stop') return undefined;
      if (bytes === 'again') return 'again';
      await intent.write(bytes);
      subject.signal?.throwIfAborted();
      if (!(await intent.publishAs(this.#file(version)))) return 'again';
      await syncDirectory(this.path);
      // The directory may be another writer's, which died before its name was on disk.
      if (version === 1) await syncDirectory(dirname(this.path));
      return version;
    } finally {
      await intent.dispose();
    }
  }

  /**
   * Replaces a version's file by one with the same meaning, such as the same secret under other keys.
   *
   * @param compose Makes the new content; `undefined` to leave the file as it is.
   * @returns Whether the file was replaced.
   */
  async rewrite(
    version: number,
    compose: (listing: Listing) => Promise<Uint8Array | undefined>,
    subject: Subject,
  ): Promise<boolean> {
    for (let attempt = 1; attempt <= this.#contention.maxAttempts; attempt += 1) {
      const intent = await IntentFile.create(this.path);
      try {
        // Listed after the file was created: whoever prunes this version from now on sweeps the file away first.
        const listing = await this.list(subject);
        if (!listing.versions.includes(version)) return false;
        const bytes = await compose(listing);
        if (bytes === undefined) return false;
        await intent.write(bytes);
        await rename(intent.path, this.#file(version));
        await syncDirectory(this.path);
        return true;
      } catch (error) {
        if (systemErrorCode(error) !== 'ENOENT') throw error;
      } finally {
        await intent.dispose();
      }
      await this.#wait(attempt);
    }
    throw this.#crowded(subject);
  }

  /** Removes all versions below `floor` for good. The caller has seen the version that makes them superfluous. */
  async prune(floor: number, subject: Subject): Promise<void> {
    const { versions } = await this.list(subject);
    const superfluous = versions.filter((version) => version < floor);
    if (superfluous.length === 0) {
      await sweepIntents(this.path, this.#contention.now() - STALE_INTENT_MS);
      return;
    }
    await sweepIntents(this.path);
    for (const version of superfluous) await unlinkIfPresent(this.#file(version));
    await syncDirectory(this.path);
  }

  /** Removes one version for good. The caller has seen a newer one, which keeps its number from being given out again. */
  async remove(version: number): Promise<void> {
    await sweepIntents(this.path);
    await unlinkIfPresent(this.#file(version));
    await syncDirectory(this.path);
  }

  #file(version: number): string {
    return join(this.path, `${version.toString().padStart(10, '0')}.age`);
  }

  async #wait(attempt: number): Promise<void> {
    const limit = Math.min(2 ** attempt, MAX_WAIT_MS);
    await this.#contention.sleep(Math.ceil(this.#contention.random() * limit));
  }

  #crowded(subject: Subject): Error {
    return failure(
      subject,
      'UNAVAILABLE',
      `other writers were faster ${this.#contention.maxAttempts} times in a row; nothing is written`,
    );
  }
}
