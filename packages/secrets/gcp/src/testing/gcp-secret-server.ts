import type { GcpClientOptions } from '../client/gcp-secret-manager-client.ts';
import { FaultQueue, type GcpFault, type InjectOptions } from './faults/gcp-fault.ts';
import { GcpSecretServerError } from './gcp-secret-server-error.ts';
import { gax } from './model/sdk-modules.ts';
import type { GcpRecordedCall, OpenCall } from './recorded-call.ts';
import { Permissions, type RevokeOptions } from './service/permissions.ts';
import { type GcpQuotas, QuotaMeter } from './service/quotas.ts';
import { SecretManagerService } from './service/secret-manager-service.ts';
import type { ServiceContext } from './service/service-context.ts';
import { createSecret } from './service/secret-service.ts';
import { addSecretVersion } from './service/version-service.ts';
import { Projects, readSecretName } from './store/resource-key.ts';
import { type GcpSecretSnapshot, toSnapshot } from './store/snapshot.ts';
import { SecretStore } from './store/stored-secret.ts';
import { CallHandler } from './wire/call-handler.ts';
import { GrpcEndpoint } from './wire/grpc-endpoint.ts';
import { HOST } from './wire/listen.ts';
import { RestEndpoint } from './wire/rest-endpoint.ts';

export interface GcpSecretServerOptions {
  /** The project of secrets that are named by their id alone. Default `demo`. */
  readonly project?: string;
  /** Locations of regional secrets; each has endpoints of its own, as with Google. Default none. */
  readonly locations?: readonly string[];
  /** Limits to keep to, `true` for Google's. Default: none. */
  readonly quotas?: GcpQuotas | true;
  /** Bearer token that REST calls have to carry. Absent: any or none will do. gRPC without TLS carries none. */
  readonly accessToken?: string;
  /** What the server's clock says at first, in epoch milliseconds; it goes on from there. Default: the time that it is. */
  readonly startMs?: number;
}

export interface GcpServerEndpoint {
  /** Default `grpc`. */
  readonly transport?: 'grpc' | 'rest';
  /** Absent: for global secrets. */
  readonly location?: string;
}

interface Endpoints {
  readonly grpc: GrpcEndpoint;
  readonly rest: RestEndpoint;
}

/**
 * Google Cloud Secret Manager on loopback, in memory: gRPC on one port and REST on another, for global secrets and for each
 * location. The SDK's own client talks to it. Requests and answers are held to the protos in the SDK's package.
 */
export class GcpSecretServer implements AsyncDisposable {
  readonly project: string;
  readonly #endpoints = new Map<string | undefined, Endpoints>();
  readonly #calls: OpenCall[] = [];
  readonly #faults = new FaultQueue();
  readonly #permissions = new Permissions();
  readonly #context: ServiceContext;
  readonly #service: SecretManagerService;
  readonly #accessToken: string | undefined;
  #skewMs: number;

  constructor(options: GcpSecretServerOptions = {}) {
    const { project = 'demo', locations = [], quotas, accessToken, startMs } = options;
    this.project = project;
    this.#accessToken = accessToken;
    this.#skewMs = startMs === undefined ? 0 : startMs - Date.now();
    this.#context = {
      store: new SecretStore(() => this.now()),
      projects: new Projects(),
      now: () => this.now(),
      isGranted: (permission, key) => this.#permissions.isGranted(permission, key),
    };
    this.#service = new SecretManagerService({
      context: this.#context,
      permissions: this.#permissions,
      quotas: quotas === undefined ? undefined : new QuotaMeter(quotas === true ? {} : quotas, () => this.now()),
    });
    const handler = new CallHandler({ service: this.#service, faults: this.#faults, calls: this.#calls, accessToken });
    for (const location of [undefined, ...locations]) {
      this.#endpoints.set(location, {
        grpc: new GrpcEndpoint(handler, location),
        rest: new RestEndpoint(handler, location),
      });
    }
  }

  /** Listens on free ports. `startGcpSecretServer` does it. */
  async start(): Promise<void> {
    await Promise.all([...this.#endpoints.values()].flatMap(({ grpc, rest }) => [grpc.start(), rest.start()]));
  }

  /** Base of the REST form, such as `http://127.0.0.1:40123`, without a slash at the end. */
  get url(): string {
    return this.#endpoint(undefined).rest.url;
  }

  /** Port of the REST form. */
  get port(): number {
    return this.#endpoint(undefined).rest.port;
  }

  /** Port of gRPC. */
  get grpcPort(): number {
    return this.#endpoint(undefined).grpc.port;
  }

  /** All calls, oldest first. */
  get requests(): readonly GcpRecordedCall[] {
    return this.#calls;
  }

  clearRequests(): void {
    this.#calls.length = 0;
  }

  /** Connections that are open now, of both transports and all locations. */
  async countConnections(): Promise<number> {
    const counts = await Promise.all([...this.#endpoints.values()].map(({ rest }) => rest.countConnections()));
    const grpc = [...this.#endpoints.values()].map((endpoint) => endpoint.grpc.connectionCount);
    return [...counts, ...grpc].reduce((sum, count) => sum + count, 0);
  }

  /**
   * Options with which the SDK's client talks to this server: no TLS, and a token that stands for credentials.
   *
   * @throws {GcpSecretServerError} `INVALID_ARGUMENT`: the server has no such location.
   */
  clientOptions({ transport = 'grpc', location }: GcpServerEndpoint = {}): GcpClientOptions {
    const { grpc, rest } = this.#endpoint(location);
    const authClient = new gax.googleAuthLibrary.OAuth2Client();
    authClient.setCredentials({ access_token: this.#accessToken ?? 'token-of-the-test-server' });
    const auth = new gax.GoogleAuth({ authClient, projectId: this.project });
    if (transport === 'grpc') {
      return { auth, apiEndpoint: HOST, port: grpc.port, sslCreds: gax.grpc.credentials.createInsecure() };
    }
    const plain = { protocol: 'http' };
    return { auth, apiEndpoint: HOST, port: rest.port, fallback: true, ...plain };
  }

  /** Options for a `GcpSecretManagerProvider` that talks to this server, its locations included. */
  providerOptions({ transport = 'grpc' }: Pick<GcpServerEndpoint, 'transport'> = {}): {
    readonly projectId: string;
    readonly clientOptions: GcpClientOptions;
    readonly regionalClientOptions: (location: string) => GcpClientOptions;
  } {
    return {
      projectId: this.project,
      clientOptions: this.clientOptions({ transport }),
      regionalClientOptions: (location) => this.clientOptions({ transport, location }),
    };
  }

  /** Lets something go wrong with the next call, or with those that the options choose. First come, first served. */
  inject(fault: GcpFault, options: InjectOptions = {}): void {
    this.#faults.inject(fault, options);
  }

  /** Forgets the faults that are still to come. */
  clearFaults(): void {
    this.#faults.clear();
  }

  /** Takes a permission away, such as `secretmanager.versions.access`. */
  revoke(permission: string, { secret, afterCalls = 0 }: RevokeOptions = {}): void {
    this.#permissions.revoke(permission, this.#keyOf(secret), afterCalls);
  }

  /** Gives back what was revoked in the same terms. */
  grant(permission: string, { secret }: Pick<RevokeOptions, 'secret'> = {}): void {
    this.#permissions.grant(permission, this.#keyOf(secret));
  }

  /** Epoch milliseconds by the server's clock. */
  now(): number {
    return Date.now() + this.#skewMs;
  }

  /** Moves the server's clock on, or back. */
  advance(ms: number): void {
    this.#skewMs += ms;
  }

  /**
   * Adds a version without a call, creating the secret where it is absent.
   *
   * @param secret Its id in the default project, or its resource name.
   * @returns The number of the version.
   */
  seed(secret: string, data: string | Uint8Array): string {
    const resource = readSecretName(secret, this.project);
    const key = this.#context.projects.keyOf(resource);
    if (this.#context.store.get(key) === undefined) {
      const parent = this.#context.projects.keyOf({ ...resource, secret: undefined });
      const policy = resource.location === undefined ? { replication: { automatic: {} } } : {};
      createSecret(this.#context, { parent, secretId: resource.secret ?? '', secret: policy });
    }
    addSecretVersion(this.#context, { parent: key, payload: { data: Buffer.from(data) } });
    return String(this.#context.store.get(key)?.versions.at(-1)?.number ?? '');
  }

  /** What is stored now, payloads included; `undefined` where there is no such secret. */
  secret(secret: string): GcpSecretSnapshot | undefined {
    const stored = this.#context.store.get(this.#keyOf(secret) ?? '');
    return stored === undefined ? undefined : toSnapshot(stored);
  }

  /**
   * Ends all connections and stops listening.
   *
   * @throws {GcpSecretServerError} `MODEL_VIOLATION`: one of its answers did not fit the protos.
   */
  async close(): Promise<void> {
    await Promise.all([...this.#endpoints.values()].flatMap(({ grpc, rest }) => [grpc.close(), rest.close()]));
    const { violations } = this.#service;
    if (violations.length > 0) throw new GcpSecretServerError('MODEL_VIOLATION', violations.join('; '));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #endpoint(location: string | undefined): Endpoints {
    const endpoint = this.#endpoints.get(location);
    if (endpoint !== undefined) return endpoint;
    throw new GcpSecretServerError(
      'INVALID_ARGUMENT',
      `The server has no location ${location}; name it in "locations"`,
    );
  }

  #keyOf(secret: string | undefined): string | undefined {
    return secret === undefined ? undefined : this.#context.projects.keyOf(readSecretName(secret, this.project));
  }
}

/** Starts a server; `close` it, or declare it with `await using`. */
export async function startGcpSecretServer(options: GcpSecretServerOptions = {}): Promise<GcpSecretServer> {
  const server = new GcpSecretServer(options);
  await server.start();
  return server;
}
