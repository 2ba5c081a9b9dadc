/** Names a secret, such as `env://MISTRAL_API_KEY`. See `parseSecretUri` for the grammar. */
export type SecretReference = string;

/** What a backend holds under a reference. Made by `createSecretValue`, it can be printed without showing its bytes. */
export interface SecretValue {
  /** The reader's own bytes, which it may overwrite after use; a backend never hands the same ones out twice. */
  readonly data: Uint8Array;
  /** The concrete version that was read, never the alias that was asked for. Absent where the backend has none. */
  readonly version?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly retrievedAt: Date;
}

export interface SecretFetchOptions {
  /** Version, alias or stage to read. Wins over the reference's own selector. */
  readonly version?: string;
  /**
   * Default false. True: a backend that is `hostOwned` refuses with `FORBIDDEN`, and a manager does not ask it. For the
   * credentials of a tenant (BYOK), which must not come from the host's own.
   */
  readonly excludeHostOwned?: boolean;
  /** Ids of the backends that may answer; a manager asks no other. Absent: any. */
  readonly providers?: readonly string[];
  /** Aborting rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

export type SecretPayloadEncoding = 'utf-8' | 'base64' | 'base64url' | 'binary';

/** What is written. Text stays text where the backend tells text from bytes. */
export interface SecretWritePayload {
  readonly data: string | Uint8Array;
  /** How `data` is encoded when it is a string. Default `utf-8`. */
  readonly encoding?: SecretPayloadEncoding;
  readonly contentType?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

export interface SecretWriteOptions {
  readonly signal?: AbortSignal;
}

export interface SecretRotationResult {
  /** Reference under which the secret is read from now on, not pinned to the new version. */
  readonly reference: SecretReference;
  readonly version: string;
}

/** The reading half of a `SecretProvider`, for code that must not write. */
export type SecretReader = Pick<SecretProvider, 'id' | 'canHandle' | 'getSecret'>;

/**
 * A store of secrets. Every failure is a `SecretProviderError`; a read-only backend rejects writes with code
 * `READ_ONLY` and says so in `writable`.
 *
 * @throws {SecretProviderError} From every method but `canHandle`.
 */
export interface SecretProvider {
  /** Names the backend; a connection's `secretProvider` refers to it. */
  readonly id: string;
  /** Default true. False: writes always fail, and a manager passes over this backend for them. */
  readonly writable?: boolean;
  /**
   * Default false. True: what this backend serves belongs to the host, as its environment does, and never to a tenant.
   * A connection whose credentials are the tenant's own (BYOK) may read it only where the host says so.
   */
  readonly hostOwned?: boolean;
  /** Whether the reference is of this backend's kind. Says nothing about whether a secret is there. */
  canHandle(reference: SecretReference): boolean;
  getSecret(reference: SecretReference, options?: SecretFetchOptions): Promise<SecretValue>;
  /**
   * Reads past any cache on the way and replaces what it holds. Absent: `getSecret` always asks the backend. The call
   * guard uses it once when a provider refuses a credential.
   */
  refresh?(reference: SecretReference, options?: SecretFetchOptions): Promise<SecretValue>;
  /** Writes a new version, creating the secret if it is absent. */
  setSecret(
    reference: SecretReference,
    payload: SecretWritePayload,
    options?: SecretWriteOptions,
  ): Promise<SecretRotationResult>;
  /** Writes a new version of an existing secret and keeps the old one readable. */
  rotateSecret(
    reference: SecretReference,
    payload: SecretWritePayload,
    options?: SecretWriteOptions,
  ): Promise<SecretRotationResult>;
  deleteSecret(reference: SecretReference, options?: SecretWriteOptions): Promise<void>;
  /**
   * The backend that a read of this reference asks first, looked up through managers and decorators, so that its `id`
   * and `hostOwned` can be checked before the read. `undefined`: none can handle it. Absent: this is itself a backend.
   */
  resolveProvider?(reference: SecretReference, options?: SecretFetchOptions): SecretProvider | undefined;
  /** Releases what the backend holds open. */
  close?(): Promise<void>;
}
