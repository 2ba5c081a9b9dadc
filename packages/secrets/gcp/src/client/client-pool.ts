import { toCredentialsError } from '../errors/to-credentials-error.ts';
import { ClientOptionsError } from '../errors/client-options-error.ts';
import { failure, type Subject } from '../errors/subject.ts';
import { isProject } from '../reference/gcp-secret-reference.ts';
import type { GcpClientOptions, GcpSecretManagerClient } from './gcp-secret-manager-client.ts';

export interface ClientPoolOptions {
  /** Used for every location; the pool does not close it. */
  readonly client?: GcpSecretManagerClient | undefined;
  readonly clientOptions?: GcpClientOptions | undefined;
  readonly regionalClientOptions?: ((location: string) => GcpClientOptions) | undefined;
}

interface Entry {
  /** Once the client has its credentials. */
  client?: GcpSecretManagerClient;
  readonly ready: Promise<GcpSecretManagerClient>;
}

const GLOBAL = '';

/** One client for global secrets and one for each location, made at their first use. */
export class ClientPool {
  readonly #options: ClientPoolOptions;
  readonly #entries = new Map<string, Entry>();
  #isClosed = false;

  constructor(options: ClientPoolOptions) {
    this.#options = options;
  }

  /**
   * The client for a location, with its credentials found.
   *
   * @throws {SecretProviderError} `UNAUTHENTICATED` or `UNAVAILABLE`: there are no credentials; the next call tries
   *   again. `INVALID`: the pool is closed, or the options cannot work.
   */
  async clientFor(location: string | undefined, subject: Subject): Promise<GcpSecretManagerClient> {
    if (this.#isClosed) throw failure(subject, 'INVALID', 'the provider is closed');
    const key = this.#options.client === undefined ? (location ?? GLOBAL) : GLOBAL;
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      entry = this.#open(location);
      this.#entries.set(key, entry);
    }
    try {
      const client = await entry.ready;
      if (this.#isClosed) throw failure(subject, 'INVALID', 'the provider is closed');
      return client;
    } catch (error) {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
      throw toCredentialsError(error, subject);
    }
  }

  /**
   * The project of references that name none: the configured one, else that of the client's credentials.
   *
   * @throws {SecretProviderError} `INVALID`: there is none.
   */
  async projectOf(client: GcpSecretManagerClient, configured: string | undefined, subject: Subject): Promise<string> {
    const project = configured ?? this.#options.clientOptions?.projectId ?? (await findProject(client));
    if (project !== undefined && isProject(project)) return project;
    throw failure(
      subject,
      'INVALID',
      'the reference names no project, and neither projectId nor the credentials have one',
    );
  }

  /** Ends the clients that this pool made. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    await Promise.all(entries.map((entry) => this.#discard(entry)));
  }

  #open(location: string | undefined): Entry {
    const { client } = this.#options;
    const entry: Entry = { ready: client === undefined ? this.#create(location) : toReady(client) };
    void noteClient(entry);
    return entry;
  }

  async #create(location: string | undefined): Promise<GcpSecretManagerClient> {
    // Loaded at the first use only: that takes longer than all the rest of the package.
    const { SecretManagerServiceClient } = await import('@google-cloud/secret-manager');
    const options = this.#optionsFor(location);
    let client: GcpSecretManagerClient;
    try {
      client = new SecretManagerServiceClient(options);
    } catch {
      throw new ClientOptionsError();
    }
    return toReady(client);
  }

  #optionsFor(location: string | undefined): GcpClientOptions {
    // A copy, since the SDK writes into its options.
    const options: GcpClientOptions = { ...this.#options.clientOptions };
    if (location === undefined) return options;
    const own = this.#options.regionalClientOptions?.(location);
    if (own !== undefined) return { ...options, ...own };
    if (options.apiEndpoint !== undefined || options.servicePath !== undefined) return options;
    const universe = options.universeDomain ?? options.universe_domain ?? 'googleapis.com';
    return { ...options, apiEndpoint: `secretmanager.${location}.rep.${universe}` };
  }

  async #discard({ client, ready }: Entry): Promise<void> {
    if (client === undefined || client === this.#options.client) {
      // Not made yet: it is ended as soon as it is, and nobody waits for that.
      if (client === undefined && this.#options.client === undefined) void ready.then(endClient, ignore);
      return;
    }
    await endClient(client);
  }
}

/**
 * Lets the client find its credentials here and not in its first call, which would leave a failure behind as an unhandled
 * rejection. The SDK never looks a second time, so a client that found none is of no use any more.
 */
async function toReady(client: GcpSecretManagerClient): Promise<GcpSecretManagerClient> {
  await client.initialize?.();
  return client;
}

async function noteClient(entry: Entry): Promise<void> {
  try {
    entry.client = await entry.ready;
  } catch {
    // Whoever asked for the client gets to know.
  }
}

async function findProject(client: GcpSecretManagerClient): Promise<string | undefined> {
  try {
    return await client.getProjectId?.();
  } catch {
    // The SDK's own words are about files and variables that it looked into, and they do not help here.
    return undefined;
  }
}

async function endClient(client: GcpSecretManagerClient): Promise<void> {
  // It fails where the client never got ready, and then there is nothing to end.
  await client.close?.().catch(ignore);
}

function ignore(): void {}
