import { createPostgresDatabaseProvider } from '@mortise/adapter-postgres';
import type { DatabaseProvider } from '@mortise/provider-database';
import type { supabasePostgresIntegrationSpec } from '@mortise/provider-database/specs';
import type { SlotExecutor } from '@mortise/runtime';
import { Pool } from 'pg';

type SqlExecutor<T> = SlotExecutor<T, typeof supabasePostgresIntegrationSpec>;

interface OpenDatabase {
  readonly databaseUrl: string;
  readonly database: DatabaseProvider;
}

/** One pool per connection, kept between calls and renewed when its credential was rotated. */
export class Databases {
  readonly #open = new Map<string, OpenDatabase>();

  /** Makes an executor that runs on the connection's pool. */
  run<T>(work: (database: DatabaseProvider, signal: AbortSignal) => Promise<T>): SqlExecutor<T> {
    return async (connection, { databaseUrl }, { signal }) => {
      const { maxConnections = 4 } = connection.config;
      const database = await this.#databaseOf(connection.meta.id, databaseUrl, maxConnections);
      return work(database, signal);
    };
  }

  async close(): Promise<void> {
    await Promise.all(Array.from(this.#open.values(), ({ database }) => database.close()));
    this.#open.clear();
  }

  async #databaseOf(connectionId: string, databaseUrl: string, maxConnections: number): Promise<DatabaseProvider> {
    const known = this.#open.get(connectionId);
    if (known?.databaseUrl === databaseUrl) return known.database;
    const client = new Pool({ connectionString: databaseUrl, max: maxConnections });
    // A connection that breaks while nobody uses it is replaced by the pool; unheard, it would end the process.
    client.on('error', () => {});
    const database = createPostgresDatabaseProvider({ client });
    this.#open.set(connectionId, { databaseUrl, database });
    await known?.database.close();
    return database;
  }
}
