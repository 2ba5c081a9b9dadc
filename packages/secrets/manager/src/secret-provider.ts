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
  /** Milliseconds after which a backend gives up with `TIMEOUT`. Absent: the backend's own default. */
  readonly timeoutMs?: number;
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
  /** Aborting rejects with the signal's reason; what was under way may have happened. */
  readonly signal?: AbortSignal;
  /** Milliseconds after which a backend gives up with `TIMEOUT`; the write may have happened. Absent: its own default. */
  readonly timeoutMs?: number;
  /**
   * Makes a write safe to repeat after an unknown outcome: 1 to 256 characters, another for each intended write. The
   * same key with the same payload is one write, and the repetition reports the version of the first; with another
   * payload it is refused with `CONFLICT`. A backend without such keys of its own compares with the newest version
   * instead, which holds as long as nobody else wrote in between. Absent: every call makes a version.
   */
  readonly idempotencyKey?: string;
}

export interface SecretRotateOptions extends SecretWriteOptions {
  /**
   * Milliseconds for which the version that is current now must stay readable by its number. A backend that cannot
   * promise it refuses with `UNSUPPORTED` before writing. Absent: as long as the backend keeps versions by itself.
   */
  readonly overlapMs?: number;
}

export interface SecretDeleteOptions {
  /** Aborting rejects with the signal's reason; the deletion may have happened. */
  readonly signal?: AbortSignal;
  /** As for writes. */
  readonly timeoutMs?: number;
  /**
   * Days in which `restoreSecret` can bring the secret back. A backend that has no such window, or another one, refuses
   * with `UNSUPPORTED` before deleting. Absent: the backend's default.
   */
  readonly recoveryWindowDays?: number;
  /** Default false. True: no way back, also where the backend has a recovery window. */
  readonly force?: boolean;
}

export interface SecretRotationResult {
  /** Reference under which the secret is read from now on, not pinned to the new version. */
  readonly reference: SecretReference;
  readonly version: string;
  /** The version that was current before, where the backend knows. It stays readable under this name for a while. */
  readonly previousVersion?: string;
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
    options?: SecretRotateOptions,
  ): Promise<SecretRotationResult>;
  /** Deletes the secret with all its versions, for everyone who uses the reference. */
  deleteSecret(reference: SecretReference, options?: SecretDeleteOptions): Promise<void>;
  /**
   * Brings back a deleted secret within its recovery window. Absent, as with the three optional methods below, or
   * refused with `UNSUPPORTED`, as managers and decorators do for a backend without it: this backend has none.
   */
  restoreSecret?(reference: SecretReference, options?: SecretWriteOptions): Promise<void>;
  /**
   * Writes a version that is readable by its number while the current one stays current. Only a new write or
   * `promoteSecret` changes that. Absent: every version that this backend writes becomes current.
   */
  stageSecret?(
    reference: SecretReference,
    payload: SecretWritePayload,
    options?: SecretWriteOptions,
  ): Promise<SecretRotationResult>;
  /** Makes an existing version current; also the way back to an older one. A version that is current already stays so. */
  promoteSecret?(
    reference: SecretReference,
    version: string,
    options?: SecretRotateOptions,
  ): Promise<SecretRotationResult>;
  /**
   * Ends the use of a version that is not current: it is not readable from now on. A version that is retired already
   * stays so; the current one is refused with `CONFLICT`. Absent: this backend cannot retire single versions.
   */
  retireVersion?(reference: SecretReference, version: string, options?: SecretWriteOptions): Promise<void>;
  /**
   * The backend that a read of this reference asks first, looked up through managers and decorators, so that its `id`
   * and `hostOwned` can be checked before the read. `undefined`: none can handle it. Absent: this is itself a backend.
   */
  resolveProvider?(reference: SecretReference, options?: SecretFetchOptions): SecretProvider | undefined;
  /** Releases what the backend holds open. */
  close?(): Promise<void>;
}
