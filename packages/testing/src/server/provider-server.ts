import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultPlan, FaultStep } from '../faults/fault-plan.ts';
import { scriptFaults } from '../faults/fault-plan.ts';
import { TestingError } from '../testing-error.ts';
import { collectFaults } from './fault-set.ts';
import { readRequest } from './read-request.ts';
import type { RecordedRequest } from './recorded-request.ts';
import { sendResponse } from './send-response.ts';

const HOST = '127.0.0.1';

/** Answers one request. A throw becomes status 500 with the error's message. */
export type ProviderHandler = (request: RecordedRequest) => Response | Promise<Response>;

export interface ProviderServerOptions {
  /** By method and path without the query: `'POST /v1/chat/completions'`. Tried before `handler`. */
  readonly routes?: Readonly<Record<string, ProviderHandler>>;
  /** Answers what no route answers. Absent: status 404. */
  readonly handler?: ProviderHandler;
  /** A plan, or a script of steps for the first requests. Absent: all goes well. */
  readonly faults?: FaultPlan | readonly FaultStep[];
  /** Default 0: any free port. */
  readonly port?: number;
}

/**
 * An HTTP server on loopback that plays a provider: records what it gets, answers by routes and suffers planned faults,
 * all on real sockets.
 */
export class ProviderServer implements AsyncDisposable {
  readonly #options: ProviderServerOptions;
  #plan: FaultPlan;
  #server: Server | undefined;
  #port: number;
  #isClosed = false;
  readonly #requests: RecordedRequest[] = [];
  readonly #injected: FaultStep[] = [];
  #counted = 0;

  constructor(options: ProviderServerOptions) {
    this.#options = options;
    this.#plan = toPlan(options.faults);
    this.#port = options.port ?? 0;
  }

  /** Such as `http://127.0.0.1:40123`, without a slash at the end. The same after a restart. */
  get url(): string {
    return `http://${HOST}:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  get isListening(): boolean {
    return this.#server !== undefined;
  }

  /** All requests whose body was read, oldest first. */
  get requests(): readonly RecordedRequest[] {
    return this.#requests;
  }

  /** Forgets the recorded requests. Their count goes on. */
  clearRequests(): void {
    this.#requests.length = 0;
  }

  /** Queues steps for the next requests; they go before the plan. */
  inject(...steps: readonly FaultStep[]): void {
    this.#injected.push(...steps);
  }

  /** Replaces the plan and forgets what was injected. Absent: all goes well from now on. */
  setFaults(faults?: FaultPlan | readonly FaultStep[]): void {
    this.#injected.length = 0;
    this.#plan = toPlan(faults);
  }

  /** Connections that are open now. */
  async countConnections(): Promise<number> {
    const server = this.#server;
    if (server === undefined) return 0;
    return new Promise((resolve, reject) => {
      server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
    });
  }

  /**
   * Listens: the first time on a free port, after `kill` on the port it had.
   *
   * @throws {TestingError} `SERVER_STATE`: it listens already, or was closed. A taken port rejects with Node's error.
   */
  async restart(): Promise<void> {
    if (this.#isClosed) throw new TestingError('SERVER_STATE', 'The server was closed and cannot be restarted');
    if (this.#server !== undefined) throw new TestingError('SERVER_STATE', `The server listens already at ${this.url}`);
    const server = createServer((message, out) => {
      void this.#answer(message, out);
    });
    server.keepAliveTimeout = 1000;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, HOST, () => resolve());
    });
    this.#server = server;
    this.#port = portOf(server);
  }

  /** Dies as a crashed process does: every connection breaks and new ones are refused. `restart` brings it back. */
  async kill(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    const closed = new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    server.closeAllConnections();
    await closed;
  }

  /** Ends for good: no connection, timer or listener is left. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.kill();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #answer(message: IncomingMessage, out: ServerResponse): Promise<void> {
    const server = this.#server;
    try {
      const request = await readRequest(message, this.#counted++);
      out.on('close', () => {
        if (out.writableFinished) return;
        if (this.#server === server && !out.writableEnded && !endedByServer.has(out)) request.markClosedByClient();
        request.abort();
      });
      this.#requests.push(request.record);
      await this.#answerRecorded(request.record, out);
    } catch {
      // The connection broke, which is what this server is for; the client has seen it.
      out.destroy();
    }
  }

  async #answerRecorded(record: RecordedRequest, out: ServerResponse): Promise<void> {
    const step = this.#injected.shift();
    const plan = step === undefined ? this.#plan : scriptFaults([step]);
    const faults = collectFaults(plan({ index: record.index, method: record.method, path: record.path }));
    if (faults.delayMs > 0) await sleep(faults.delayMs, undefined, { signal: record.signal });
    if (faults.isHanging) return;
    if (faults.resetAfterBytes === -1) {
      endedByServer.add(out);
      out.socket?.resetAndDestroy();
      return;
    }
    if (faults.resetAfterBytes !== undefined || faults.truncateAfterBytes !== undefined) endedByServer.add(out);
    const response = faults.replacement ?? (await this.#handle(record));
    await sendResponse(response, out, faults, record.signal);
  }

  async #handle(record: RecordedRequest): Promise<Response> {
    const path = record.path.split('?', 1)[0] ?? '';
    const routes = this.#options.routes ?? {};
    const route = `${record.method} ${path}`;
    const handler = Object.hasOwn(routes, route) ? routes[route] : this.#options.handler;
    if (handler === undefined) return Response.json({ error: { message: `No route for ${route}` } }, { status: 404 });
    try {
      return await handler(record);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return Response.json({ error: { message: `The handler failed: ${message}` } }, { status: 500 });
    }
  }
}

/** Answers that this server cuts off on purpose, so that the client is not blamed for it. */
const endedByServer = new WeakSet<ServerResponse>();

/** Starts a server; `close` it, or declare it with `await using`. */
export async function startProviderServer(options: ProviderServerOptions = {}): Promise<ProviderServer> {
  const server = new ProviderServer(options);
  await server.restart();
  return server;
}

function toPlan(faults: FaultPlan | readonly FaultStep[] | undefined): FaultPlan {
  return typeof faults === 'function' ? faults : scriptFaults(faults ?? []);
}

function portOf(server: Server): number {
  const address: string | AddressInfo | null = server.address();
  if (address === null || typeof address === 'string') {
    throw new TestingError('SERVER_STATE', 'The server has no TCP port');
  }
  return address.port;
}
