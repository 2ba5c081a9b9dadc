import {
  databaseConformanceCases,
  describeDatabaseProvider,
  type DatabaseConformanceTarget,
} from '@mortise/provider-database/testing';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgresServer, type PostgresServer } from './__fixtures__/postgres-server.ts';
import { createPostgresDatabaseProvider } from './create-postgres-database-provider.ts';

let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgresServer();
}, 120_000);

afterAll(() => server.stop());

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const target: DatabaseConformanceTarget = {
  get capabilities() {
    return createPostgresDatabaseProvider({ client: server.createPool() }).capabilities;
  },
  offers: ['breakConnection', 'failToConnect'],
  async createContext() {
    const createProvider: Awaited<ReturnType<DatabaseConformanceTarget['createContext']>>['createProvider'] = ({
      maxConnections = 5,
      acquireTimeoutMs = 10_000,
    } = {}) => createPostgresDatabaseProvider({ client: server.createPool({ max: maxConnections }), acquireTimeoutMs });
    const database = createProvider();
    return {
      database,
      createProvider,
      // Ends the backend under the handle, as a restart of the server would.
      async breakConnection(handle) {
        const { rows } = await handle.query('select pg_backend_pid() as pid');
        await database.query('select pg_terminate_backend($1, 5000)', [Number(rows[0]?.['pid'])]);
      },
      async failToConnect() {
        const client = server.createPool({ connectionString: server.connectionString.replace('@', 'wrong@') });
        const stranger = createPostgresDatabaseProvider({ client });
        try {
          return await stranger.query('select 1');
        } finally {
          await stranger.close();
        }
      },
      secrets: [server.connectionString, server.password],
      measureMemory() {
        collectGarbage();
        return process.memoryUsage().heapUsed + process.memoryUsage().external;
      },
      close: () => database.close(),
    };
  },
};

describe('the adapter on a real PostgreSQL', () => {
  it.each(databaseConformanceCases.map(({ id, title }) => [id, title] as const))(
    '%s: %s',
    async (id) => {
      const check = describeDatabaseProvider(target).find((candidate) => candidate.id === id);
      expect(check?.skipReason).toBeUndefined();
      await check?.run();
    },
    60_000,
  );
});
