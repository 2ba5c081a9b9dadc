import { normalizeSecretPayload } from '../payload/normalize-secret-payload.ts';
import { describeSecretReference } from '../reference/describe-secret-reference.ts';
import { formatSecretUri } from '../reference/format-secret-uri.ts';
import { parseSecretUri } from '../reference/parse-secret-uri.ts';
import { secretReferenceScheme } from '../reference/secret-reference-scheme.ts';
import type {
  SecretDeleteOptions,
  SecretFetchOptions,
  SecretProvider,
  SecretReference,
  SecretRotateOptions,
  SecretRotationResult,
  SecretValue,
  SecretWriteOptions,
  SecretWritePayload,
} from '../secret-provider.ts';
import { SecretProviderError, type SecretProviderErrorCode } from '../secret-provider-error.ts';
import { createSecretValue } from '../value/create-secret-value.ts';
import { MemorySecret } from './memory-secret.ts';

export interface MemorySecretProviderOptions {
  /** Default `memory`. */
  readonly id?: string;
  /** Scheme of its references. Default `memory`. */
  readonly scheme?: string;
  /** Secrets that are there from the start, by reference. */
  readonly secrets?: Readonly<Record<SecretReference, string | Uint8Array>>;
  /** Largest payload in bytes. Default 65,536. */
  readonly maxBytes?: number;
  /** Days for which a deleted secret can be restored, unless its deletion says otherwise. Default 0: gone at once. */
  readonly recoveryWindowDays?: number;
  /** Epoch milliseconds. Default `Date.now`. */
  readonly now?: () => number;
}

/** How a version is written: whether the secret must be there, and whether the version becomes current. */
interface WriteMode {
  readonly operation: 'write' | 'rotate' | 'stage';
  readonly mustExist: boolean;
  readonly isStaged: boolean;
}

const SET: WriteMode = { operation: 'write', mustExist: false, isStaged: false };
const ROTATE: WriteMode = { operation: 'rotate', mustExist: true, isStaged: false };
const STAGE: WriteMode = { operation: 'stage', mustExist: true, isStaged: true };
const DAY_MS = 86_400_000;

/**
 * The reference implementation of `SecretProvider`, in memory and versioned: `memory://name[?version=n]`. For tests and
 * as the shortest complete backend to read; it has every optional operation. Content type and labels come back as
 * metadata. Versions stay readable for good, so that any overlap can be promised.
 */
export class MemorySecretProvider implements SecretProvider {
  readonly id: string;
  readonly #scheme: string;
  readonly #maxBytes: number;
  readonly #recoveryWindowDays: number;
  readonly #now: () => number;
  readonly #secrets = new Map<string, MemorySecret>();

  /** @throws {SecretProviderError} As `setSecret`, for what is there from the start. */
  constructor(options: MemorySecretProviderOptions = {}) {
    this.id = options.id ?? 'memory';
    this.#scheme = options.scheme ?? 'memory';
    this.#maxBytes = options.maxBytes ?? 65_536;
    this.#recoveryWindowDays = options.recoveryWindowDays ?? 0;
    this.#now = options.now ?? Date.now;
    for (const [reference, data] of Object.entries(options.secrets ?? {})) this.#write(SET, reference, { data });
  }

  canHandle(reference: SecretReference): boolean {
    return secretReferenceScheme(reference) === this.#scheme;
  }

  async getSecret(reference: SecretReference, options: SecretFetchOptions = {}): Promise<SecretValue> {
    options.signal?.throwIfAborted();
    const target = this.#parse('read', reference);
    const read = this.#secrets.get(target.path)?.read(options.version ?? target.version, this.#now());
    if (read === undefined || read.state === 'absent') {
      throw this.#failure('NOT_FOUND', 'read', reference, 'there is no such secret or version');
    }
    if (read.state === 'deleted') throw this.#failure('PENDING_DELETION', 'read', reference, 'it is deleted');
    if (read.state === 'retired') throw this.#failure('VERSION_DISABLED', 'read', reference, 'its version is retired');
    const { bytes, contentType, labels } = read.content;
    const metadata = { ...labels, ...(contentType === undefined ? {} : { contentType }) };
    return createSecretValue({ data: bytes, version: read.version, metadata, retrievedAt: this.#now() });
  }

  async setSecret(
    reference: SecretReference,
    payload: SecretWritePayload,
    options?: SecretWriteOptions,
  ): Promise<SecretRotationResult> {
    return this.#write(SET, reference, payload, options);
  }

  async rotateSecret(
    reference: SecretReference,
    payload: SecretWritePayload,
    options?: SecretRotateOptions,
  ): Promise<SecretRotationResult> {
    return this.#write(ROTATE, reference, payload, options);
  }

  async stageSecret(
    reference: SecretReference,
    payload: SecretWritePayload,
    options?: SecretWriteOptions,
  ): Promise<SecretRotationResult> {
    return this.#write(STAGE, reference, payload, options);
  }

  async promoteSecret(
    reference: SecretReference,
    version: string,
    options?: SecretRotateOptions,
  ): Promise<SecretRotationResult> {
    options?.signal?.throwIfAborted();
    const { path, secret } = this.#existing('promote', reference);
    this.#assertVersion('promote', reference, secret, version);
    if (secret.isRetired(version)) {
      throw this.#failure('VERSION_DISABLED', 'promote', reference, 'the version is retired');
    }
    const previous = secret.current;
    secret.promote(version);
    return this.#result(path, version, previous);
  }

  async retireVersion(reference: SecretReference, version: string, options?: SecretWriteOptions): Promise<void> {
    options?.signal?.throwIfAborted();
    const { secret } = this.#existing('retire', reference);
    this.#assertVersion('retire', reference, secret, version);
    if (secret.current === version) throw this.#failure('CONFLICT', 'retire', reference, 'the version is current');
    secret.retire(version);
  }

  /** @throws {SecretProviderError} `NOT_FOUND`: there is none. */
  async deleteSecret(reference: SecretReference, options: SecretDeleteOptions = {}): Promise<void> {
    options.signal?.throwIfAborted();
    const { path } = this.#parseForWrite('delete', reference);
    const secret = this.#secrets.get(path);
    const state = secret?.state(this.#now());
    if (secret === undefined || state === 'absent')
      throw this.#failure('NOT_FOUND', 'delete', reference, 'there is none');
    const days = options.force === true ? 0 : (options.recoveryWindowDays ?? this.#recoveryWindowDays);
    secret.remove(days > 0 ? this.#now() + days * DAY_MS : undefined);
  }

  /** @throws {SecretProviderError} `NOT_FOUND`: there is none any more. One that is not deleted stays as it is. */
  async restoreSecret(reference: SecretReference, options?: SecretWriteOptions): Promise<void> {
    options?.signal?.throwIfAborted();
    const { path } = this.#parseForWrite('restore', reference);
    const secret = this.#secrets.get(path);
    if (secret === undefined || secret.state(this.#now()) === 'absent') {
      throw this.#failure('NOT_FOUND', 'restore', reference, 'there is none');
    }
    secret.restore();
  }

  #write(
    mode: WriteMode,
    reference: SecretReference,
    payload: SecretWritePayload,
    options: SecretWriteOptions = {},
  ): SecretRotationResult {
    options.signal?.throwIfAborted();
    const { operation, mustExist, isStaged } = mode;
    const { path, secret } = mustExist ? this.#existing(operation, reference) : this.#present(operation, reference);
    const bytes = normalizeSecretPayload(payload, { provider: this.id, reference });
    if (bytes.length > this.#maxBytes) {
      const fault = `the payload has ${bytes.length} bytes, more than ${this.#maxBytes}`;
      throw this.#failure('TOO_LARGE', operation, reference, fault);
    }
    const before = secret.written(options.idempotencyKey, bytes);
    if (before?.isSame === false) {
      throw this.#failure('CONFLICT', operation, reference, 'its idempotency key stands for another payload');
    }
    if (before !== undefined) return this.#result(path, before.version, undefined);
    const { contentType, labels } = payload;
    const previous = secret.current;
    const version = secret.add(
      {
        bytes,
        ...(contentType === undefined ? {} : { contentType }),
        ...(labels === undefined ? {} : { labels: { ...labels } }),
      },
      options.idempotencyKey,
    );
    if (!isStaged) secret.promote(version);
    this.#secrets.set(path, secret);
    return this.#result(path, version, previous);
  }

  #result(path: string, version: string, previous: string | undefined): SecretRotationResult {
    const reference = formatSecretUri({ provider: this.#scheme, path });
    return { reference, version, ...(previous === undefined ? {} : { previousVersion: previous }) };
  }

  /** The secret, or a new one; not one that is deleted and could be restored. */
  #present(operation: string, reference: SecretReference): { path: string; secret: MemorySecret } {
    const { path } = this.#parseForWrite(operation, reference);
    const secret = this.#secrets.get(path) ?? new MemorySecret();
    if (secret.state(this.#now()) === 'deleted') {
      throw this.#failure('PENDING_DELETION', operation, reference, 'it is deleted; restore it first');
    }
    return { path, secret };
  }

  #existing(operation: string, reference: SecretReference): { path: string; secret: MemorySecret } {
    const found = this.#present(operation, reference);
    if (found.secret.state(this.#now()) === 'live') return found;
    throw this.#failure('NOT_FOUND', operation, reference, 'there is none');
  }

  #assertVersion(operation: string, reference: SecretReference, secret: MemorySecret, version: string): void {
    if (secret.has(version)) return;
    throw this.#failure('NOT_FOUND', operation, reference, `it has no version ${JSON.stringify(version.slice(0, 64))}`);
  }

  #parseForWrite(operation: string, reference: SecretReference): { path: string } {
    const { path, version } = this.#parse(operation, reference);
    if (version === undefined) return { path };
    throw this.#failure('INVALID', operation, reference, 'a write cannot choose its version');
  }

  #parse(operation: string, reference: SecretReference): { path: string; version: string | undefined } {
    const { provider, path, extras = {} } = parseSecretUri(reference);
    if (provider !== this.#scheme) {
      throw this.#failure('UNSUPPORTED', operation, reference, `it handles ${this.#scheme}:// only`);
    }
    const { version, ...others } = extras;
    if (Object.keys(others).length === 0) return { path, version };
    throw this.#failure('INVALID', operation, reference, 'the only key after "?" is "version"');
  }

  #failure(code: SecretProviderErrorCode, operation: string, reference: string, fault: string): SecretProviderError {
    const subject = JSON.stringify(describeSecretReference(reference));
    const message = `Memory backend "${this.id}" cannot ${operation} ${subject}: ${fault}`;
    return new SecretProviderError({ code, message, provider: this.id, reference });
  }
}
