import { normalizeSecretPayload } from '../payload/normalize-secret-payload.ts';
import { describeSecretReference } from '../reference/describe-secret-reference.ts';
import { formatSecretUri } from '../reference/format-secret-uri.ts';
import { parseSecretUri } from '../reference/parse-secret-uri.ts';
import { secretReferenceScheme } from '../reference/secret-reference-scheme.ts';
import type {
  SecretFetchOptions,
  SecretProvider,
  SecretReference,
  SecretRotationResult,
  SecretValue,
  SecretWriteOptions,
  SecretWritePayload,
} from '../secret-provider.ts';
import { SecretProviderError, type SecretProviderErrorCode } from '../secret-provider-error.ts';
import { createSecretValue } from '../value/create-secret-value.ts';

export interface MemorySecretProviderOptions {
  /** Default `memory`. */
  readonly id?: string;
  /** Scheme of its references. Default `memory`. */
  readonly scheme?: string;
  /** Secrets that are there from the start, by reference. */
  readonly secrets?: Readonly<Record<SecretReference, string | Uint8Array>>;
  /** Largest payload in bytes. Default 65,536. */
  readonly maxBytes?: number;
  /** Epoch milliseconds. Default `Date.now`. */
  readonly now?: () => number;
}

interface StoredVersion {
  readonly bytes: Uint8Array;
  readonly contentType?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

interface StoredSecret {
  readonly versions: Map<string, StoredVersion>;
  /** Never goes back, also after a deletion: a version that was cached somewhere must not come to mean other bytes. */
  lastVersion: number;
}

/**
 * The reference implementation of `SecretProvider`, in memory and versioned: `memory://name[?version=n]`. For tests and
 * as the shortest complete backend to read. Content type and labels come back as metadata.
 */
export class MemorySecretProvider implements SecretProvider {
  readonly id: string;
  readonly #scheme: string;
  readonly #maxBytes: number;
  readonly #now: () => number;
  readonly #secrets = new Map<string, StoredSecret>();

  /** @throws {SecretProviderError} As `setSecret`, for what is there from the start. */
  constructor(options: MemorySecretProviderOptions = {}) {
    this.id = options.id ?? 'memory';
    this.#scheme = options.scheme ?? 'memory';
    this.#maxBytes = options.maxBytes ?? 65_536;
    this.#now = options.now ?? Date.now;
    for (const [reference, data] of Object.entries(options.secrets ?? {})) this.#store('write', reference, { data });
  }

  canHandle(reference: SecretReference): boolean {
    return secretReferenceScheme(reference) === this.#scheme;
  }

  async getSecret(reference: SecretReference, options: SecretFetchOptions = {}): Promise<SecretValue> {
    options.signal?.throwIfAborted();
    const target = this.#parse('read', reference);
    const secret = this.#secrets.get(target.path);
    const version = options.version ?? target.version ?? String(secret?.lastVersion);
    const stored = secret?.versions.get(version);
    if (stored === undefined) {
      const fault = secret === undefined || secret.versions.size === 0 ? 'there is none' : 'it has no such version';
      throw this.#failure('NOT_FOUND', 'read', reference, fault);
    }
    const { bytes, contentType, labels } = stored;
    const metadata = { ...labels, ...(contentType === undefined ? {} : { contentType }) };
    return createSecretValue({ data: bytes, version, metadata, retrievedAt: this.#now() });
  }

  async setSecret(
    reference: SecretReference,
    payload: SecretWritePayload,
    options?: SecretWriteOptions,
  ): Promise<SecretRotationResult> {
    options?.signal?.throwIfAborted();
    return this.#store('write', reference, payload);
  }

  async rotateSecret(
    reference: SecretReference,
    payload: SecretWritePayload,
    options?: SecretWriteOptions,
  ): Promise<SecretRotationResult> {
    options?.signal?.throwIfAborted();
    this.#existing('rotate', reference);
    return this.#store('rotate', reference, payload);
  }

  /** Removes every version. @throws {SecretProviderError} `NOT_FOUND`: there is none. */
  async deleteSecret(reference: SecretReference, options?: SecretWriteOptions): Promise<void> {
    options?.signal?.throwIfAborted();
    this.#existing('delete', reference).versions.clear();
  }

  #store(operation: string, reference: SecretReference, payload: SecretWritePayload): SecretRotationResult {
    const path = this.#parseForWrite(operation, reference);
    const bytes = normalizeSecretPayload(payload, { provider: this.id, reference });
    if (bytes.length > this.#maxBytes) {
      const fault = `the payload has ${bytes.length} bytes, more than ${this.#maxBytes}`;
      throw this.#failure('TOO_LARGE', operation, reference, fault);
    }
    const { contentType, labels } = payload;
    const secret = this.#secrets.get(path) ?? { versions: new Map(), lastVersion: 0 };
    secret.lastVersion += 1;
    const version = String(secret.lastVersion);
    secret.versions.set(version, {
      bytes,
      ...(contentType === undefined ? {} : { contentType }),
      ...(labels === undefined ? {} : { labels: { ...labels } }),
    });
    this.#secrets.set(path, secret);
    return { reference: formatSecretUri({ provider: this.#scheme, path }), version };
  }

  #existing(operation: string, reference: SecretReference): StoredSecret {
    const secret = this.#secrets.get(this.#parseForWrite(operation, reference));
    if (secret !== undefined && secret.versions.size > 0) return secret;
    throw this.#failure('NOT_FOUND', operation, reference, 'there is none');
  }

  #parseForWrite(operation: string, reference: SecretReference): string {
    const { path, version } = this.#parse(operation, reference);
    if (version === undefined) return path;
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
