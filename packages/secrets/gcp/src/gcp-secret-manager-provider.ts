import {
  createSecretValue,
  type SecretDeleteOptions,
  type SecretFetchOptions,
  type SecretProvider,
  type SecretReference,
  secretReferenceScheme,
  type SecretRotateOptions,
  type SecretRotationResult,
  type SecretValue,
  type SecretWriteOptions,
  type SecretWritePayload,
} from '@mortise/secrets';
import { ClientPool } from './client/client-pool.ts';
import type { GcpCallOptions } from './client/gcp-secret-manager-client.ts';
import { type CallLimits, runForCaller } from './client/run-for-caller.ts';
import { failure, type Subject } from './errors/subject.ts';
import {
  checkOptions,
  DEFAULT_TIMEOUT_MS,
  type GcpSecretManagerProviderOptions,
} from './gcp-secret-manager-options.ts';
import { deleteSecret } from './operations/delete-secret.ts';
import type { GcpOperation } from './operations/gcp-operation.ts';
import { promote } from './operations/promote-version.ts';
import { readLatestEnabled, readVersion } from './operations/read-version.ts';
import { retireOlder } from './operations/retire-older.ts';
import { runWrite, type WriteKind } from './operations/run-write.ts';
import { formatGcpSecretReference, GCP_SCHEME, parseReference } from './reference/gcp-secret-reference.ts';
import { formatVersionName, type SecretName } from './reference/resource-name.ts';
import { isSelector, isVersionNumber, LATEST } from './reference/selector.ts';

/**
 * Secrets in Google Cloud Secret Manager: `gcp://projects/P[/locations/L]/secrets/S[?version=V]`, or `gcp://secrets/S` in the
 * provider's own project. Makes its clients at the first use, one for each location. Nothing is repeated by the SDK.
 *
 * @throws {SecretProviderError} From every method but `canHandle`; from the constructor with `INVALID`.
 */
export class GcpSecretManagerProvider implements SecretProvider {
  readonly id: string;
  readonly writable = true;
  readonly hostOwned = false;
  /** Only with `currentAlias`: without it, every version that is written becomes current. */
  readonly stageSecret?: NonNullable<SecretProvider['stageSecret']>;
  /** Only with `currentAlias`. */
  readonly promoteSecret?: NonNullable<SecretProvider['promoteSecret']>;
  readonly #options: GcpSecretManagerProviderOptions;
  readonly #clients: ClientPool;
  readonly #now: () => number;

  constructor(options: GcpSecretManagerProviderOptions = {}) {
    this.id = options.id ?? 'gcp-secret-manager';
    checkOptions(options, this.#subject('be set up', ''));
    this.#options = options;
    this.#clients = new ClientPool(options);
    this.#now = options.now ?? Date.now;
    if (options.currentAlias !== undefined) {
      this.stageSecret = (reference, payload, more = {}) => this.#write('stage', reference, payload, more);
      this.promoteSecret = (reference, version, more = {}) => this.#promote(reference, version, more);
    }
  }

  canHandle(reference: SecretReference): boolean {
    return secretReferenceScheme(reference) === GCP_SCHEME;
  }

  /**
   * The current version, or the one asked for: a number, `latest` or an alias. One call where it is cold.
   *
   * @param callOptions For the SDK, beside what the provider sets: `otherArgs`, a shorter `timeout`, a `retry` of its own.
   */
  async getSecret(
    reference: SecretReference,
    options: SecretFetchOptions = {},
    callOptions?: GcpCallOptions,
  ): Promise<SecretValue> {
    const subject = this.#subject('read', reference);
    return this.#run(subject, options, async (begin) => {
      const asked = parseReference(subject);
      if (options.version !== undefined && !isSelector(options.version)) {
        throw failure(subject, 'INVALID', 'the version must be a number from 1, "latest" or an alias');
      }
      const selector = options.version ?? asked.version ?? this.#options.currentAlias;
      const operation = await begin(asked, callOptions);
      const { data, version, crc } =
        selector === undefined && this.#options.latestEnabled === true
          ? await readLatestEnabled(operation)
          : await readVersion(operation, selector ?? LATEST);
      return createSecretValue({
        data,
        version,
        metadata: {
          resource: formatVersionName(operation.name, version),
          ...(crc === undefined ? {} : { crc32c: crc }),
        },
        retrievedAt: this.#now(),
      });
    });
  }

  /**
   * Adds a version, creating the secret where it is absent. Labels are added to those that the secret has; the content
   * type becomes its annotation `content-type`.
   */
  async setSecret(
    reference: SecretReference,
    payload: SecretWritePayload,
    options: SecretWriteOptions = {},
  ): Promise<SecretRotationResult> {
    return this.#write('write', reference, payload, options);
  }

  /** Adds a version to a secret that exists. The one before stays readable until it is retired. */
  async rotateSecret(
    reference: SecretReference,
    payload: SecretWritePayload,
    options: SecretRotateOptions = {},
  ): Promise<SecretRotationResult> {
    return this.#write('rotate', reference, payload, options);
  }

  /** Deletes the secret with all its versions at once and for good: Google has no recovery window for secrets. */
  async deleteSecret(reference: SecretReference, options: SecretDeleteOptions = {}): Promise<void> {
    const subject = this.#subject('delete', reference);
    const { recoveryWindowDays = 0 } = options;
    return this.#run(subject, options, async (begin) => {
      const asked = this.#parseUnpinned(subject);
      if (!(recoveryWindowDays >= 0)) throw failure(subject, 'INVALID', 'recoveryWindowDays must be a number from 0');
      if (recoveryWindowDays > 0) {
        throw failure(subject, 'UNSUPPORTED', 'this backend deletes at once and for good; it has no recovery window');
      }
      await deleteSecret(await begin(asked));
    });
  }

  /** Disables the version, or destroys it with `retireBy: 'destroy'`. */
  async retireVersion(reference: SecretReference, version: string, options: SecretWriteOptions = {}): Promise<void> {
    const subject = this.#subject('retire a version of', reference);
    return this.#run(subject, options, async (begin) => {
      const asked = this.#parseUnpinned(subject);
      this.#assertNumber(version, subject);
      await retireOlder(await begin(asked), version, this.#options);
    });
  }

  /** Ends the clients that the provider made. Later calls are refused with `INVALID`. */
  async close(): Promise<void> {
    await this.#clients.close();
  }

  async #write(
    kind: WriteKind,
    reference: SecretReference,
    payload: SecretWritePayload,
    options: SecretRotateOptions,
  ): Promise<SecretRotationResult> {
    const subject = this.#subject(kind, reference);
    return this.#run(subject, options, async (begin) => {
      const asked = this.#parseUnpinned(subject);
      const write = { kind, payload, options, settings: this.#options };
      const { name, result } = await runWrite(write, subject, () => begin(asked));
      return { reference: formatGcpSecretReference(name), ...result };
    });
  }

  async #promote(
    reference: SecretReference,
    version: string,
    options: SecretRotateOptions,
  ): Promise<SecretRotationResult> {
    const subject = this.#subject('promote a version of', reference);
    return this.#run(subject, options, async (begin) => {
      const asked = this.#parseUnpinned(subject);
      this.#assertNumber(version, subject);
      const operation = await begin(asked);
      const result = await promote(operation, version, { settings: this.#options, options });
      return { reference: formatGcpSecretReference(operation.name), ...result };
    });
  }

  /** Runs a method. `begin` finds the client and the project, and is called once all that needs neither is checked. */
  async #run<Result>(
    subject: Subject,
    options: Partial<CallLimits>,
    run: (
      begin: (asked: Partial<SecretName>, callOptions?: GcpCallOptions) => Promise<GcpOperation>,
    ) => Promise<Result>,
  ): Promise<Result> {
    const timeoutMs = options.timeoutMs ?? this.#options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    return runForCaller(subject, { signal: options.signal, timeoutMs }, (call) =>
      run(async ({ project, location, secret = '' }, callOptions) => {
        const client = await this.#clients.clientFor(location, subject);
        const own = project ?? (await this.#clients.projectOf(client, this.#options.projectId, subject));
        const name = { project: own, ...(location === undefined ? {} : { location }), secret };
        return { call, client, name, callOptions };
      }),
    );
  }

  /** A reference to a secret as a whole; `latest` and the current alias are no pins. */
  #parseUnpinned(subject: Subject): Omit<ReturnType<typeof parseReference>, 'version'> {
    const { version, ...secret } = parseReference(subject);
    if (version === undefined || version === LATEST || version === this.#options.currentAlias) return secret;
    throw failure(subject, 'INVALID', 'it names a version, and a version is never changed; leave it out');
  }

  #assertNumber(version: string, subject: Subject): void {
    if (typeof version === 'string' && isVersionNumber(version)) return;
    throw failure(subject, 'INVALID', 'the version must be its number, such as "3"');
  }

  #subject(operation: string, reference: SecretReference): Subject {
    return { provider: this.id, operation, reference };
  }
}
