import { DatabaseSync } from 'node:sqlite';
import { migrate, SCHEMA_VERSION, versionOf } from './schema.ts';
import { SqliteDeltaStore } from './sqlite-delta-store.ts';
import { SqliteDeltaStoreError, storeFailed } from './sqlite-store-error.ts';

export interface SqliteDeltaStoreOptions {
  /** The file; made if it is not there. On a local disk: SQLite's locks do not hold on network drives. */
  readonly path: string;
  /** Milliseconds for which a write waits for other processes. Default 10,000. */
  readonly busyTimeoutMs?: number;
  /**
   * `full`: a commit has reached the disk when it resolves. `normal`: a power cut may take the last commits, which then come
   * again; a crash of the process takes none. Default `full`.
   */
  readonly durability?: 'full' | 'normal';
  /** What expiry is judged by, in epoch milliseconds. Default the machine's clock, which all processes of a host share. */
  readonly now?: () => number;
}

/**
 * Opens the state of delta sync in a SQLite file, for any number of processes of one host.
 *
 * @throws {SqliteDeltaStoreError} `INVALID_OPTIONS`, `INCOMPATIBLE`: a newer version of this package made the file.
 */
export function openSqliteDeltaStore(options: SqliteDeltaStoreOptions): SqliteDeltaStore {
  const { path, busyTimeoutMs = 10_000, durability = 'full', now = Date.now } = options;
  if (path === '' || path.startsWith(':')) {
    const message = `"path" must name a file, since two connections share it, and is ${JSON.stringify(path)}`;
    throw new SqliteDeltaStoreError({ code: 'INVALID_OPTIONS', message });
  }
  const writer = open(path);
  try {
    writer.exec('PRAGMA journal_mode = WAL');
    writer.exec(`PRAGMA synchronous = ${durability === 'full' ? 'FULL' : 'NORMAL'}`);
    if (versionOf(writer) > SCHEMA_VERSION) {
      const message = `The file has version ${versionOf(writer)} of the tables; this package knows ${SCHEMA_VERSION}`;
      throw new SqliteDeltaStoreError({ code: 'INCOMPATIBLE', message });
    }
    if (versionOf(writer) < SCHEMA_VERSION) migrate(writer);
    // From here on the store waits by itself, without blocking the process.
    writer.exec('PRAGMA busy_timeout = 0');
    const reader = open(path);
    reader.exec('PRAGMA query_only = true');
    return new SqliteDeltaStore({ writer, reader, now, busyTimeoutMs });
  } catch (error) {
    writer.close();
    throw SqliteDeltaStoreError.is(error) ? error : storeFailed(`open ${path}`, error);
  }
}

function open(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path, { timeout: 10_000 });
  } catch (error) {
    throw storeFailed(`open ${path}`, error);
  }
}
