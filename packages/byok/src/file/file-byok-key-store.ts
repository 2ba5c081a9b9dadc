import { createHash } from 'node:crypto';
import { lstat, mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ByokError } from '../byok-error.ts';
import type { ByokKeyOwner, ByokKeyRecord } from '../record/byok-key-record.ts';
import type { ByokKeyStore, ByokStoreOptions } from '../record/byok-key-store.ts';
import { parseByokKeyRecord } from '../record/parse-record.ts';
import { namesIn, RecordDirectory, REMOVED, syncDirectory } from './record-directory.ts';
import { systemErrorCode, toStoreError } from './system-error.ts';

export interface FileByokKeyStoreOptions {
  /** Made with mode 0700 at the first save if it is missing. On a local file system: it needs hard links. */
  readonly directory: string;
  /**
   * Default `enforce`: a directory that other users can write is refused, since who writes records decides which keys are
   * revoked. `ignore` is for file systems without modes.
   */
  readonly permissions?: 'enforce' | 'ignore';
}

const RECORD_DIRECTORY = /^[0-9a-f]{64}$/;
const PRIVATE_DIRECTORY_MODE = 0o700;
const WRITABLE_BY_OTHERS = 0o022;

/**
 * Records in files, for all the processes of one host. A save is on disk when it resolves, and a process that is killed
 * anywhere leaves the record as it was or as it was to be, and no lock.
 *
 * @throws {ByokError} From every method: `STORE_FAILED` when the file system fails, `STORE_CORRUPT` for a file that holds no
 *   record.
 */
export class FileByokKeyStore implements ByokKeyStore {
  readonly #directory: string;
  readonly #permissions: 'enforce' | 'ignore';

  /** @throws {ByokError} `INVALID_OPTIONS`: the directory is empty. */
  constructor(options: FileByokKeyStoreOptions) {
    if (options.directory === '') {
      throw new ByokError({ code: 'INVALID_OPTIONS', message: 'File store: "directory" is empty' });
    }
    this.#directory = resolve(options.directory);
    this.#permissions = options.permissions ?? 'enforce';
  }

  async load(owner: ByokKeyOwner, options: ByokStoreOptions = {}): Promise<ByokKeyRecord | undefined> {
    options.signal?.throwIfAborted();
    return this.#guarded(`load the record of connection "${owner.connectionId}"`, async () => {
      if (!(await this.#isThere())) return undefined;
      return this.#recordOf(owner).read();
    });
  }

  async save(record: ByokKeyRecord, options: ByokStoreOptions = {}): Promise<ByokKeyRecord | undefined> {
    options.signal?.throwIfAborted();
    return this.#guarded(`save the record of connection "${record.connectionId}"`, async () => {
      // Taken apart now: what the caller changes while this runs is not saved.
      const json = JSON.stringify(record);
      await this.#make();
      const revision = await this.#recordOf(record).publish((newest, next) => {
        const stored = newest.record === undefined ? 0 : newest.revision;
        return stored === record.revision ? withRevision(json, next) : undefined;
      }, options.signal);
      return revision === undefined
        ? undefined
        : parseByokKeyRecord(JSON.parse(withRevision(json, revision)), 'a save');
    });
  }

  async remove(owner: ByokKeyOwner, revision: number, options: ByokStoreOptions = {}): Promise<boolean> {
    options.signal?.throwIfAborted();
    return this.#guarded(`remove the record of connection "${owner.connectionId}"`, async () => {
      await this.#make();
      const removed = await this.#recordOf(owner).publish(
        (newest) => (newest.record !== undefined && newest.revision === revision ? REMOVED : undefined),
        options.signal,
      );
      return removed !== undefined;
    });
  }

  async *list(options: ByokStoreOptions = {}): AsyncGenerator<ByokKeyRecord, void, undefined> {
    const names = await this.#guarded('list the records', async () =>
      (await this.#isThere()) ? namesIn(this.#directory) : [],
    );
    for (const name of names) {
      options.signal?.throwIfAborted();
      if (!RECORD_DIRECTORY.test(name)) continue;
      const directory = new RecordDirectory(join(this.#directory, name));
      const record = await this.#guarded('list the records', async () => directory.read());
      if (record !== undefined) yield record;
    }
    options.signal?.throwIfAborted();
  }

  #recordOf({ tenantId, connectionId }: ByokKeyOwner): RecordDirectory {
    const name = createHash('sha256')
      .update(JSON.stringify([tenantId, connectionId]))
      .digest('hex');
    return new RecordDirectory(join(this.#directory, name));
  }

  async #make(): Promise<void> {
    if (await this.#isThere()) return;
    const first = await mkdir(this.#directory, { recursive: true, mode: PRIVATE_DIRECTORY_MODE });
    if (first === undefined) return;
    const stop = dirname(first);
    for (let path = dirname(this.#directory); path.length >= stop.length; path = dirname(path)) {
      await syncDirectory(path);
      if (path === dirname(path)) return;
    }
  }

  async #isThere(): Promise<boolean> {
    try {
      const stats = await lstat(this.#directory);
      if (!stats.isDirectory()) throw this.#refused('is not a directory');
      const hasModes = this.#permissions === 'enforce' && process.platform !== 'win32';
      if (hasModes && (stats.mode & WRITABLE_BY_OTHERS) !== 0) {
        throw this.#refused('can be written by other users; run "chmod go-w" on it');
      }
      return true;
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return false;
      throw error;
    }
  }

  #refused(fault: string): ByokError {
    return new ByokError({
      code: 'STORE_FAILED',
      message: `File store: ${this.#directory} ${fault}`,
      retry: 'never',
    });
  }

  async #guarded<Result>(what: string, run: () => Promise<Result>): Promise<Result> {
    try {
      return await run();
    } catch (error) {
      throw toStoreError(error, what);
    }
  }
}

function withRevision(json: string, revision: number): string {
  return JSON.stringify({ ...JSON.parse(json), revision });
}
