import {
  createSecretValue,
  type SecretFetchOptions,
  type SecretProvider,
  type SecretReference,
  secretReferenceScheme,
  type SecretRotationResult,
  type SecretValue,
} from '@mortise/secrets';
import type { PermissionPolicy } from '../disk/permissions.ts';
import { failure, type Subject, subjectOf } from '../reference/subject.ts';
import { runForCaller, waitUnlessAborted } from '../run-for-caller.ts';
import { MOUNTED_SCHEME, parseMountedReference } from './mounted-reference.ts';
import { type MountedReading, readMounted } from './read-mounted.ts';

export interface MountedSecretOptions {
  /** Directory that the platform mounts secrets in. Default `/run/secrets`, where Docker puts them. */
  readonly directory?: string;
  /** Names the backend. Default `mounted`. */
  readonly id?: string;
  /** Takes one newline off the end of each file, as editors leave it. Default false: the bytes are the secret. */
  readonly trimTrailingNewline?: boolean;
  /** Largest file, and largest sum of a directory's files. Default 1 MiB, as in Kubernetes. */
  readonly maxBytes?: number;
  /** Default `enforce`: files and directories that users other than their owner can change are refused. */
  readonly permissions?: PermissionPolicy;
  /** Epoch milliseconds, for `retrievedAt`. Default `Date.now`. */
  readonly now?: () => number;
}

const DEFAULT_DIRECTORY = '/run/secrets';
const DEFAULT_MAX_BYTES = 1024 * 1024;

/**
 * Secrets that Kubernetes or Docker mounted as files, read-only: `mounted://name` is a file below the directory, or a
 * directory, whose files come as one JSON object of texts by file name. Every read looks afresh, so an update that the
 * platform swaps in is seen at once.
 *
 * The version is the name of the directory that the kubelet swapped in, or else a digest of when and where the files
 * were written. Only the present version can be read.
 *
 * @throws {SecretProviderError} From every method but `canHandle`.
 */
export class MountedSecretProvider implements SecretProvider {
  readonly id: string;
  readonly writable = false;
  /** These secrets are the host's own, never a tenant's. */
  readonly hostOwned = true;
  readonly #reading: MountedReading;
  readonly #now: () => number;

  constructor(options: MountedSecretOptions = {}) {
    this.id = options.id ?? 'mounted';
    this.#now = options.now ?? Date.now;
    this.#reading = {
      root: options.directory ?? DEFAULT_DIRECTORY,
      maxBytes: options.maxBytes ?? DEFAULT_MAX_BYTES,
      policy: options.permissions ?? 'enforce',
      trimTrailingNewline: options.trimTrailingNewline ?? false,
    };
  }

  canHandle(reference: SecretReference): boolean {
    return secretReferenceScheme(reference) === MOUNTED_SCHEME;
  }

  async getSecret(reference: SecretReference, options: SecretFetchOptions = {}): Promise<SecretValue> {
    const subject = subjectOf({ provider: this.id, operation: 'read', reference }, options);
    return runForCaller(subject, async () => {
      if (options.excludeHostOwned === true) {
        throw failure(subject, 'FORBIDDEN', "mounted secrets are the host's own, and the caller excludes those");
      }
      const { path, version: wanted } = parseMountedReference(subject, options.version);
      const { data, version } = await waitUnlessAborted(readMounted(path, this.#reading, subject), subject.signal);
      if (wanted !== undefined && wanted !== version) {
        throw failure(subject, 'NOT_FOUND', `only version ${version} is mounted`);
      }
      return createSecretValue({ data, version, retrievedAt: this.#now() });
    });
  }

  /** Always rejects with `READ_ONLY`. */
  async setSecret(reference: SecretReference): Promise<SecretRotationResult> {
    throw this.#readOnly('write', reference);
  }

  /** Always rejects with `READ_ONLY`. */
  async rotateSecret(reference: SecretReference): Promise<SecretRotationResult> {
    throw this.#readOnly('rotate', reference);
  }

  /** Always rejects with `READ_ONLY`. */
  async deleteSecret(reference: SecretReference): Promise<void> {
    throw this.#readOnly('delete', reference);
  }

  #readOnly(operation: string, reference: SecretReference): Error {
    const subject: Subject = { provider: this.id, operation, reference };
    return failure(subject, 'READ_ONLY', 'mounted secrets are changed where they come from, not here');
  }
}
