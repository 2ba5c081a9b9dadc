import { constants } from 'node:fs';
import { mkdir, open, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ByokError } from '../byok-error.ts';
import type { ByokKeyRecord } from '../record/byok-key-record.ts';
import { parseByokKeyRecord } from '../record/parse-record.ts';
import { IntentFile, sweepIntents, unlinkIfPresent } from './intent-file.ts';
import { systemErrorCode } from './system-error.ts';

const REVISION_FILE = /^[0-9]{15}\.json$/;
const PRIVATE_DIRECTORY_MODE = 0o700;
/** Each lost race means that another writer published, so this many are a sign of something broken. */
const MAX_ATTEMPTS = 200;

/** What stands at the newest revision. */
interface Newest {
  /** 0 where there never was a record. */
  readonly revision: number;
  /** Absent where there never was one, or it was removed. */
  readonly record: ByokKeyRecord | undefined;
}

/**
 * The revisions of one record, a file each: `000000000000001.json` and on; the highest counts. A number is given out once
 * and its file appears whole under its name or not at all, whoever else writes and wherever a process dies:
 *
 * - A writer creates a file under construction, *then* looks for the highest revision, and publishes the next one with
 *   `link`, which fails if the number is taken. It holds no lock that could be left behind.
 * - Whoever removes an old revision removes all files under construction *before*. A writer that looked before a number
 *   was taken, removed and free again can therefore no longer publish under it.
 */
export class RecordDirectory {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async read(): Promise<ByokKeyRecord | undefined> {
    return (await this.#newest()).record;
  }

  /**
   * Publishes the revision after the newest one, if `compose` wants it to.
   *
   * @param compose Given the newest revision; the content of the next one, or `undefined` to leave all as it is.
   * @returns The new revision, which is on disk.
   */
  async publish(
    compose: (newest: Newest, next: number) => string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<number | undefined> {
    await this.#make();
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const intent = await IntentFile.create(this.#path);
      try {
        const newest = await this.#newest();
        const next = newest.revision + 1;
        const content = compose(newest, next);
        if (content === undefined) return undefined;
        await intent.write(content);
        signal?.throwIfAborted();
        if (!(await intent.publishAs(this.#file(next)))) continue;
        await syncDirectory(this.#path);
        // What cannot be removed now goes with the next save; the record itself is safe.
        await this.#removeBelow(next).catch(() => {});
        return next;
      } finally {
        await intent.dispose();
      }
    }
    throw new ByokError({
      code: 'STORE_FAILED',
      message: `Other writers were faster ${MAX_ATTEMPTS} times in a row in ${this.#path}; nothing was saved`,
    });
  }

  async #make(): Promise<void> {
    try {
      await mkdir(this.#path, { mode: PRIVATE_DIRECTORY_MODE });
      await syncDirectory(dirname(this.#path));
    } catch (error) {
      if (systemErrorCode(error) !== 'EEXIST') throw error;
    }
  }

  async #newest(): Promise<Newest> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const name = (await namesIn(this.#path))
        .filter((entry) => REVISION_FILE.test(entry))
        .sort()
        .at(-1);
      if (name === undefined) return { revision: 0, record: undefined };
      const text = await readIfPresent(join(this.#path, name));
      // Removed since it was listed, which takes a newer one.
      if (text === undefined) continue;
      return { revision: Number.parseInt(name, 10), record: parse(text, join(this.#path, name)) };
    }
    throw new ByokError({
      code: 'STORE_FAILED',
      message: `The record in ${this.#path} is replaced faster than it can be read`,
    });
  }

  async #removeBelow(revision: number): Promise<void> {
    const superfluous = (await readdir(this.#path)).filter(
      (name) => REVISION_FILE.test(name) && Number.parseInt(name, 10) < revision,
    );
    if (superfluous.length === 0) return;
    await sweepIntents(this.#path);
    for (const name of superfluous) await unlinkIfPresent(join(this.#path, name));
  }

  #file(revision: number): string {
    return join(this.#path, `${revision.toString().padStart(15, '0')}.json`);
  }
}

/** Stands where a record was removed, and keeps its number from being given out again. */
export const REMOVED = 'null';

/** Waits until the disk has the names in a directory, which is what makes a `link` last. */
export async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const directory = await open(path, constants.O_RDONLY);
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

export async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function parse(text: string, path: string): ByokKeyRecord | undefined {
  if (text === REMOVED) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ByokError({ code: 'STORE_CORRUPT', message: `${path} does not hold JSON`, cause: error });
  }
  return parseByokKeyRecord(value, path);
}
