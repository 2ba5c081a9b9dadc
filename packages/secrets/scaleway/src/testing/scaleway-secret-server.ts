import { randomUUID } from 'node:crypto';
import { type FaultPlan, type FaultStep, TestingError } from '@mortise/testing';
import { type ProviderServer, type RecordedRequest, startProviderServer } from '@mortise/testing/server';
import { type DenyOptions, Gate, type RequestQuota } from './gate.ts';
import { damage, type ReadDamage } from './read-damage.ts';
import { type AddSecretOptions, addSecret, type StoredSecretView, viewOf } from './seed.ts';
import { ApiRefusal, invalidArgument } from './store/api-refusal.ts';
import { SecretStore, type StoreQuotas } from './store/secret-store.ts';
import { assertRequest, assertShapesMatchSdk } from './wire/check-request.ts';
import { findResponseFaults } from './wire/check-response.ts';
import { Query } from './wire/query.ts';
import { findRoute, type Route } from './wire/route.ts';

export interface ScalewaySecretServerOptions {
  /** The secret key that is let in. Default `11111111-1111-4111-8111-111111111111`. */
  readonly token?: string;
  /** Project of what `addSecret` puts there. Default `22222222-2222-4222-8222-222222222222`. Any project is served. */
  readonly projectId?: string;
  /** Default `fr-par`, `nl-ams`, `pl-waw`. The first one is that of what `addSecret` puts there. */
  readonly regions?: readonly string[];
  /** Absent: none. The vendor's own are 100 or 250 secrets, and 20 versions for each. */
  readonly quotas?: StoreQuotas & { readonly requests?: RequestQuota };
  /** Whether a name can be used again while its secret is scheduled for deletion. Default true; not documented by the vendor. */
  readonly isNameReusable?: boolean;
  /** Time at the start, in epoch milliseconds. Absent: the server's clock goes with the real one. */
  readonly startMs?: number;
  /** As of `startProviderServer`. */
  readonly faults?: FaultPlan | readonly FaultStep[];
  /** Default 0: any free port. */
  readonly port?: number;
}

const TOKEN = '11111111-1111-4111-8111-111111111111';
const PROJECT_ID = '22222222-2222-4222-8222-222222222222';
const REGIONS = ['fr-par', 'nl-ams', 'pl-waw'];

/**
 * Scaleway Secret Manager (`v1beta1`) on loopback, in memory: every operation of the SDK, with versions and their states,
 * scheduled deletion, protection, ephemeral policies, types, checksums, permissions, quotas and faults.
 *
 * Requests are checked against the fields that the SDK's marshallers send, answers are read by its unmarshallers before
 * they go out. Where the vendor documents no answer, the source says so.
 */
export class ScalewaySecretServer implements AsyncDisposable {
  readonly token: string;
  readonly projectId: string;
  readonly #regions: readonly string[];
  readonly #store: SecretStore;
  readonly #gate: Gate;
  readonly #damages: ReadDamage[] = [];
  readonly #violations: string[] = [];
  #server: ProviderServer | undefined;
  #clockMs: number | undefined;
  #skewMs = 0;

  /** Use `startScalewaySecretServer`. */
  constructor(options: ScalewaySecretServerOptions) {
    this.token = options.token ?? TOKEN;
    this.projectId = options.projectId ?? PROJECT_ID;
    this.#regions = options.regions ?? REGIONS;
    const { requests, ...quotas } = options.quotas ?? {};
    this.#store = new SecretStore({ quotas, isNameReusable: options.isNameReusable ?? true });
    this.#gate = new Gate(this.token, requests);
    this.#clockMs = options.startMs;
  }

  /** For the provider's `baseUrl`, such as `http://127.0.0.1:40123`. The same after a restart. */
  get url(): string {
    return this.#running.url;
  }

  get port(): number {
    return this.#running.port;
  }

  /** All requests that came in whole, oldest first. */
  get requests(): readonly RecordedRequest[] {
    return this.#running.requests;
  }

  /** The HTTP server underneath: kill, restart, connections. */
  get http(): ProviderServer {
    return this.#running;
  }

  /** What is stored now, those scheduled for deletion included; a copy. */
  get secrets(): readonly StoredSecretView[] {
    return this.#store.all().map(viewOf);
  }

  /** Epoch milliseconds on the server's clock. */
  readonly now = (): number => (this.#clockMs ?? Date.now()) + this.#skewMs;

  /** Moves the server's clock on: windows end, deletions and expiries fall due. Negative: back. */
  advance(ms: number): void {
    this.#skewMs += ms;
    this.#store.age(this.now());
  }

  /** Puts a secret there without a request. Returns its id. */
  addSecret(options: AddSecretOptions): string {
    const defaults = { region: this.#regions[0] ?? 'fr-par', projectId: this.projectId };
    return addSecret(this.#store, { ...defaults, ...options }, this.now());
  }

  /** The service locks a secret, which only it can, or lets go of it. */
  setLocked(secretId: string, isLocked: boolean): void {
    for (const secret of this.#store.all()) if (secret.properties.id === secretId) secret.isLocked = isLocked;
  }

  /** Takes a permission away, at once or after so many more requests. The result gives it back. */
  deny(options: DenyOptions = {}): () => void {
    return this.#gate.deny(options);
  }

  /** Lets another token in, or none. */
  setToken(token: string | undefined): void {
    this.#gate.setToken(token);
  }

  /** The next reads give answers that are damaged in these ways, one each. */
  damageReads(...damages: readonly ReadDamage[]): void {
    this.#damages.push(...damages);
  }

  /** Queues faults for the next requests; see `Fault` of `@mortise/testing`. */
  inject(...steps: readonly FaultStep[]): void {
    this.#running.inject(...steps);
  }

  /** Replaces the plan of faults and forgets what was queued. Absent: all goes well from now on. */
  setFaults(faults?: FaultPlan | readonly FaultStep[]): void {
    this.#running.setFaults(faults);
  }

  clearRequests(): void {
    this.#running.clearRequests();
  }

  /**
   * Ends for good.
   *
   * @throws {TestingError} `SERVER_STATE`: an answer of this server was none that the SDK knows. It went out as status 500.
   */
  async close(): Promise<void> {
    await this.#server?.close();
    const [first] = this.#violations;
    if (first !== undefined) throw new TestingError('SERVER_STATE', `The server broke the vendor's model: ${first}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Called once by `startScalewaySecretServer`. */
  async start({ faults, port }: Pick<ScalewaySecretServerOptions, 'faults' | 'port'>): Promise<void> {
    assertShapesMatchSdk();
    this.#server = await startProviderServer({
      handler: (request) => this.#answer(request),
      ...(faults === undefined ? {} : { faults }),
      ...(port === undefined ? {} : { port }),
    });
  }

  get #running(): ProviderServer {
    if (this.#server !== undefined) return this.#server;
    throw new TestingError('SERVER_STATE', 'Start the server with startScalewaySecretServer');
  }

  #answer(request: RecordedRequest): Response {
    const now = this.now();
    const headers = { 'x-request-id': randomUUID(), date: new Date(now).toUTCString() };
    try {
      this.#store.age(now);
      const body = this.#run(request, now);
      // The service names the type of what it does not send, too.
      if (body !== undefined) return Response.json(body, { headers });
      return new Response(null, { status: 204, headers: { ...headers, 'content-type': 'application/json' } });
    } catch (error) {
      if (error instanceof ApiRefusal) return Response.json(error.body, { status: error.status, headers });
      throw error;
    }
  }

  #run(request: RecordedRequest, now: number): Readonly<Record<string, unknown>> | undefined {
    const url = new URL(request.path, 'http://localhost');
    const route = findRoute(request.method, url.pathname);
    if (route === undefined || !this.#regions.includes(route.region)) throw new ApiRefusal('unknown_resource', {});
    this.#gate.assertWithinQuota(now);
    this.#gate.assertAuthenticated(request.headers['x-auth-token']);
    const { operation, secretId, region, revision } = route;
    this.#gate.assertPermitted(operation, secretId);
    const query = new Query(url.searchParams);
    const body = readBody(request, route);
    const answer = operation.run({ store: this.#store, region, secretId, revision, query, body, now });
    query.assertNothingElse();
    if (answer === undefined) return undefined;
    const faults = findResponseFaults(answer, operation.unmarshal ?? (() => {}));
    if (faults.length > 0) {
      const violation = `${operation.name}: ${faults.join('; ')}`;
      this.#violations.push(violation);
      throw new TestingError('SERVER_STATE', violation);
    }
    if (operation.action !== 'access') return answer;
    const next = this.#damages.shift();
    return next === undefined ? answer : damage(answer, next);
  }
}

/** Starts a server; `close` it, or declare it with `await using`. */
export async function startScalewaySecretServer(
  options: ScalewaySecretServerOptions = {},
): Promise<ScalewaySecretServer> {
  const server = new ScalewaySecretServer(options);
  await server.start(options);
  return server;
}

function readBody(request: RecordedRequest, { operation }: Route): Readonly<Record<string, unknown>> {
  if (operation.shape === undefined) {
    if (request.body.length > 0) throw invalidArgument('body', 'unknown', 'this operation has no body');
    return {};
  }
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) {
    throw invalidArgument('Content-Type', 'format', 'must be application/json');
  }
  let body: unknown;
  try {
    body = request.json();
  } catch {
    throw invalidArgument('body', 'format', 'must be JSON');
  }
  assertRequest(body, operation.shape);
  return body;
}
