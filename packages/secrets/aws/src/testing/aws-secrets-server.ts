import { randomUUID } from 'node:crypto';
import type { SecretsManagerClientConfig } from '@aws-sdk/client-secrets-manager';
import { type FaultPlan, type FaultStep, TestingError } from '@mortise/testing';
import { type ProviderServer, type RecordedRequest, startProviderServer } from '@mortise/testing/server';
import { type AcceptedCredentials, checkSignature } from './access/check-signature.ts';
import { Permissions, type Revocation } from './access/permissions.ts';
import { type Quotas, Throttle } from './access/throttle.ts';
import { isOperationName, type OperationName } from './model/operations.ts';
import { runOperation } from './operations/run-operation.ts';
import type { OperationContext } from './operations/operation-context.ts';
import { type AnswerChange, type PlannedError, PlannedFaults } from './planned-faults.ts';
import { ServiceError } from './service-error.ts';
import { RegionStore } from './state/region-store.ts';
import { type SecretSnapshot, snapshotOf } from './state/secret-snapshot.ts';
import { type SecretSeed, seedSecret } from './state/seed-secret.ts';

const TARGET = /^secretsmanager\.([A-Za-z]+)$/;
const DEFAULT_REGION = 'us-east-1';
const DEFAULT_ACCOUNT = '123456789012';

export interface AwsSecretsServerOptions {
  /** Twelve digits. Default `123456789012`. */
  readonly account?: string;
  /** Who may sign requests; their signatures are verified. Absent: anyone, and of a signature only the form. */
  readonly credentials?: readonly AcceptedCredentials[];
  /** Requests in a second by operation, such as `{ GetSecretValue: 10 }`; more are throttled. Absent: no limits. */
  readonly quotas?: Quotas;
  /** Faults on the wire from the start; see `@mortise/testing/server`. */
  readonly faults?: FaultPlan | readonly FaultStep[];
  /** Default 0: any free port. */
  readonly port?: number;
}

/** A request that reached the service: which operation, where. */
export interface ServedOperation {
  readonly operation: string;
  readonly region: string;
}

/**
 * Secrets Manager on loopback, for the real SDK: AWS JSON 1.1, the semantics of the vendor's documentation, one store
 * for each region. Requests and answers are checked against the service model that ships in the SDK.
 */
export class AwsSecretsServer implements AsyncDisposable {
  readonly #options: AwsSecretsServerOptions;
  readonly #account: string;
  readonly #stores = new Map<string, RegionStore>();
  readonly #permissions = new Permissions();
  readonly #throttle: Throttle;
  readonly #planned = new PlannedFaults();
  readonly #served: ServedOperation[] = [];
  /** Where the server broke the model itself. */
  readonly #violations: Error[] = [];
  #http: ProviderServer | undefined;
  #advancedMs = 0;
  #skewMs = 0;

  constructor(options: AwsSecretsServerOptions = {}) {
    this.#options = options;
    this.#account = options.account ?? DEFAULT_ACCOUNT;
    if (!/^\d{12}$/.test(this.#account)) throw new TestingError('INVALID_ARGUMENT', '"account" must be twelve digits');
    this.#throttle = new Throttle(options.quotas ?? {});
  }

  /** Listens; once only. `startAwsSecretsServer` has done it already. */
  async start(): Promise<void> {
    if (this.#http !== undefined) throw new TestingError('SERVER_STATE', 'The server was started already');
    const { port, faults } = this.#options;
    this.#http = await startProviderServer({
      handler: (request) => this.#answer(request),
      ...(port === undefined ? {} : { port }),
      ...(faults === undefined ? {} : { faults }),
    });
  }

  /** The HTTP server below: its recorded requests, `kill`, `restart`, `setFaults`, `countConnections`. */
  get http(): ProviderServer {
    if (this.#http === undefined) throw new TestingError('SERVER_STATE', 'The server was not started');
    return this.#http;
  }

  /** Such as `http://127.0.0.1:40123`; the `endpoint` of a client. */
  get url(): string {
    return this.http.url;
  }

  get port(): number {
    return this.http.port;
  }

  /** All requests as they came in, oldest first. */
  get requests(): readonly RecordedRequest[] {
    return this.http.requests;
  }

  /** The requests that reached an operation, refused ones included, oldest first. */
  get operations(): readonly ServedOperation[] {
    return this.#served;
  }

  /** Forgets `requests` and `operations`. */
  clearRequests(): void {
    this.http.clearRequests();
    this.#served.length = 0;
  }

  /** What a client of the SDK needs to use this server. Region `us-east-1`, and credentials that the server accepts. */
  get clientConfig(): SecretsManagerClientConfig & { region: string; endpoint: string } {
    const [accepted] = this.#options.credentials ?? [];
    const { accessKeyId = 'AKIAIOSFODNN7EXAMPLE', secretAccessKey = 'not-a-real-key', sessionToken } = accepted ?? {};
    const credentials = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
    return { region: DEFAULT_REGION, endpoint: this.url, credentials };
  }

  /**
   * Puts a secret there, or a new current version of one, without a request.
   *
   * @returns The version's id.
   * @throws {TestingError} `INVALID_ARGUMENT` for what the service would refuse.
   */
  seed(name: string, seed: SecretSeed | SecretSeed['value'], region: string = DEFAULT_REGION): string {
    const isValue = typeof seed === 'string' || seed instanceof Uint8Array;
    return seedSecret(this.#contextOf(this.#storeOf(region)), name, isValue ? { value: seed } : seed);
  }

  /** What is stored under a name or ARN. `undefined`: nothing. */
  secret(secretId: string, region: string = DEFAULT_REGION): SecretSnapshot | undefined {
    const secret = this.#storeOf(region).find(secretId);
    return secret === undefined ? undefined : snapshotOf(secret);
  }

  /** All that is stored in a region, oldest first, secrets that are scheduled for deletion included. */
  secrets(region: string = DEFAULT_REGION): SecretSnapshot[] {
    return this.#storeOf(region).list().map(snapshotOf);
  }

  /** Lets time pass for what is stored: recovery windows run out, versions grow old, quotas refill. */
  advance(ms: number): void {
    if (!(ms >= 0)) throw new TestingError('INVALID_ARGUMENT', 'Time passes forwards only');
    this.#advancedMs += ms;
  }

  /** Sets the server's clock apart from its clients': more than 5 minutes, and AWS refuses signatures. */
  setClockSkew(ms: number): void {
    this.#skewMs = ms;
  }

  /** Refuses an action from now on, or after some calls. @returns Grants it again. */
  revoke(revocation: Revocation): () => void {
    return this.#permissions.revoke(revocation);
  }

  /** Answers requests to come with an error of the service, such as `ThrottlingException`, instead of serving them. */
  failNext(error: PlannedError): void {
    this.#planned.addError(error);
  }

  /** Changes the next successful answer (of one operation) after the model has been checked, as a broken service would. */
  tamperNext(change: AnswerChange, operation?: OperationName): void {
    this.#planned.addChange(change, operation);
  }

  /** Queues faults on the wire for the next requests; see `@mortise/testing/server`. */
  inject(...steps: readonly FaultStep[]): void {
    this.http.inject(...steps);
  }

  /**
   * Ends for good.
   *
   * @throws {TestingError} `SERVER_STATE`: an answer of the server was not what the service model allows.
   */
  async close(): Promise<void> {
    await this.http.close();
    const [violation] = this.#violations.splice(0);
    if (violation !== undefined) throw violation;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #answer(request: RecordedRequest): Response {
    try {
      return this.#reply(200, this.#serve(request));
    } catch (error) {
      if (error instanceof ServiceError) return this.#refuse(error);
      const violation =
        error instanceof Error ? error : new TestingError('SERVER_STATE', `The server failed: ${String(error)}`);
      this.#violations.push(violation);
      return this.#refuse(new ServiceError('InternalFailure', violation.message, { status: 500 }));
    }
  }

  #serve(request: RecordedRequest): unknown {
    if (request.method !== 'POST' || request.path !== '/') {
      throw new ServiceError('UnknownOperationException', 'Requests go to POST /', { status: 404 });
    }
    const operation = TARGET.exec(request.headers['x-amz-target'] ?? '')?.[1] ?? '';
    if (!isOperationName(operation)) {
      throw new ServiceError('UnknownOperationException', 'The operation is not one that this server has.');
    }
    const nowMs = Date.now() + this.#skewMs;
    const { region, accessKeyId } = checkSignature(request, { nowMs, credentials: this.#options.credentials });
    this.#served.push({ operation, region });
    this.#planned.raise(operation);
    this.#throttle.check(operation, this.#nowMs());
    const type = request.headers['content-type'];
    if (type !== 'application/x-amz-json-1.1') {
      throw new ServiceError('SerializationException', 'The content type must be application/x-amz-json-1.1');
    }
    const context = this.#contextOf(this.#storeOf(region), accessKeyId);
    const output = runOperation(operation, parseJson(request), (input) => {
      context.authorize(`secretsmanager:${operation}`, targetOf(input));
      return context;
    });
    return this.#planned.change(operation, output);
  }

  #contextOf(store: RegionStore, accessKeyId = 'seed'): OperationContext {
    const principal = `arn:aws:iam::${this.#account}:user/${accessKeyId}`;
    return {
      store,
      authorize: (action, secretId) => {
        const name = store.find(secretId)?.name ?? secretId;
        if (accessKeyId !== 'seed') this.#permissions.check(action, name, principal);
      },
    };
  }

  #storeOf(region: string): RegionStore {
    let store = this.#stores.get(region);
    if (store === undefined) {
      store = new RegionStore(region, this.#account, () => this.#nowMs());
      this.#stores.set(region, store);
    }
    return store;
  }

  #nowMs(): number {
    return Date.now() + this.#advancedMs;
  }

  #refuse({ type, message, status, headers }: ServiceError): Response {
    return this.#reply(status, { __type: type, Message: message }, headers);
  }

  #reply(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Response {
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), {
      status,
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amzn-requestid': randomUUID(),
        date: new Date(Date.now() + this.#skewMs).toUTCString(),
        ...headers,
      },
    });
  }
}

/** Starts a server; `close` it, or declare it with `await using`. */
export async function startAwsSecretsServer(options: AwsSecretsServerOptions = {}): Promise<AwsSecretsServer> {
  const server = new AwsSecretsServer(options);
  await server.start();
  return server;
}

function parseJson(request: RecordedRequest): unknown {
  try {
    return request.json();
  } catch {
    throw new ServiceError('SerializationException', 'The request is not JSON.');
  }
}

/** The secret that a request is about; empty for a request about many. */
function targetOf(input: object): string {
  const id: unknown = Reflect.get(input, 'SecretId') ?? Reflect.get(input, 'Name');
  return typeof id === 'string' ? id : '';
}
