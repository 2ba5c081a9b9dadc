import {
  type SecretFetchOptions,
  type SecretProvider,
  SecretProviderError,
  type SecretProviderErrorCode,
  type SecretReference,
  type SecretRotationResult,
} from '@mortise/secrets';
import type { KeyPlace } from '../record/byok-key-record.ts';
import { boundedCall } from '../runner/bounded-call.ts';
import type { RunnerEnvironment } from '../runner/runner-options.ts';
import type { ByokSubject } from '../runner/runner-options.ts';
import { decodeKey, type KeyMaterial, onlyFieldOf } from './key-material.ts';
import { defaultSiblingReference } from './sibling-reference.ts';

/** Answers that mean: there is nothing to read in this place. */
const GONE: readonly SecretProviderErrorCode[] = ['NOT_FOUND', 'VERSION_DISABLED', 'PENDING_DELETION'];
/** Answers that mean: nothing was written, and nothing will be by trying again. */
const REFUSED: readonly SecretProviderErrorCode[] = ['FORBIDDEN', 'INVALID', 'TOO_LARGE', 'READ_ONLY', 'UNSUPPORTED'];

/** The backend of one connection's key, with every operation bounded in time. */
export class KeyBackend {
  readonly onlyField: string | undefined;
  readonly reference: SecretReference;
  readonly #env: RunnerEnvironment;
  readonly #subject: ByokSubject;
  readonly #signal: AbortSignal | undefined;

  constructor(env: RunnerEnvironment, subject: ByokSubject, signal: AbortSignal | undefined) {
    this.#env = env;
    this.#subject = subject;
    this.#signal = signal;
    this.reference = subject.connection.secretRef;
    this.onlyField = onlyFieldOf(subject.spec);
  }

  /** What the connection's reference gives now, past every cache; `undefined` where there is no secret. */
  async readCurrent(): Promise<KeyMaterial | undefined> {
    return this.read({ reference: this.reference });
  }

  /** What is in a place, past every cache; `undefined` where there is nothing. */
  async read(place: KeyPlace): Promise<KeyMaterial | undefined> {
    const { secrets, allowHostSecrets } = this.#env;
    const providers = this.#subject.spec?.credentialManifest?.modes?.byok?.allowedSecretProviders;
    const scope: SecretFetchOptions = {
      ...(place.version === undefined ? {} : { version: place.version }),
      ...(allowHostSecrets ? {} : { excludeHostOwned: true }),
      ...(providers === undefined ? {} : { providers }),
    };
    try {
      const value = await this.#bounded(async (options) => {
        const read = { ...scope, ...options };
        return secrets.refresh?.(place.reference, read) ?? secrets.getSecret(place.reference, read);
      });
      return decodeKey(value, this.onlyField);
    } catch (error) {
      if (isCode(error, GONE)) return undefined;
      throw error;
    }
  }

  /** Whether a new key can wait as a version of the connection's own secret. */
  canStage(): boolean {
    const { secrets, placement } = this.#env;
    if (placement === 'sibling') return false;
    const backend: SecretProvider | undefined = secrets.resolveProvider?.(this.reference) ?? secrets;
    return backend.stageSecret !== undefined && backend.promoteSecret !== undefined;
  }

  siblingReference(name: string): SecretReference {
    return (this.#env.siblingReference ?? defaultSiblingReference)(this.reference, name);
  }

  /** @returns `undefined`: this backend cannot, or there is no secret yet that a version could be staged of. */
  async stage(data: Uint8Array, idempotencyKey: string): Promise<KeyPlace | undefined> {
    const { secrets } = this.#env;
    try {
      const result = await this.#bounded(async (options) =>
        secrets.stageSecret?.(this.reference, { data }, { ...options, idempotencyKey }),
      );
      return result === undefined ? undefined : { reference: this.reference, version: result.version };
    } catch (error) {
      if (isCode(error, ['UNSUPPORTED', 'NOT_FOUND'])) return undefined;
      throw error;
    }
  }

  /** Writes a secret beside the connection's own. */
  async store(reference: SecretReference, data: Uint8Array, idempotencyKey: string): Promise<KeyPlace> {
    const result = await this.#bounded(async (options) =>
      this.#env.secrets.setSecret(reference, { data }, { ...options, idempotencyKey }),
    );
    return { reference, version: result.version };
  }

  /** Makes a staged version current. @param overlapMs Absent: nothing is asked for the version that was current. */
  async promote(
    version: string,
    idempotencyKey: string,
    overlapMs?: number,
  ): Promise<SecretRotationResult | undefined> {
    return this.#bounded(async (options) =>
      this.#env.secrets.promoteSecret?.(this.reference, version, {
        ...options,
        idempotencyKey,
        ...(overlapMs === undefined ? {} : { overlapMs }),
      }),
    );
  }

  /** Writes the connection's own secret. @param overlapMs Absent: the secret may be missing, or the old version go at once. */
  async write(data: Uint8Array, idempotencyKey: string, overlapMs?: number): Promise<SecretRotationResult> {
    const { secrets } = this.#env;
    return this.#bounded(async (options) => {
      const write = { ...options, idempotencyKey };
      if (overlapMs === undefined) return secrets.setSecret(this.reference, { data }, write);
      return secrets.rotateSecret(this.reference, { data }, { ...write, overlapMs });
    });
  }

  /** Removes a secret beside the connection's own for good, unless it is gone. */
  async remove(reference: SecretReference): Promise<void> {
    try {
      await this.#bounded(async (options) => this.#env.secrets.deleteSecret(reference, { ...options, force: true }));
    } catch (error) {
      if (!isCode(error, GONE)) throw error;
    }
  }

  /** Ends one version of a secret, where the backend can and it is not the current one. */
  async retire({ reference, version }: KeyPlace): Promise<void> {
    if (version === undefined) return;
    try {
      await this.#bounded(async (options) => this.#env.secrets.retireVersion?.(reference, version, options));
    } catch (error) {
      if (!isCode(error, [...GONE, 'CONFLICT', 'UNSUPPORTED'])) throw error;
    }
  }

  async #bounded<Result>(
    run: (options: { readonly signal: AbortSignal; readonly timeoutMs: number }) => Promise<Result>,
  ): Promise<Result> {
    const { clock, secretTimeoutMs: timeoutMs } = this.#env;
    const what = 'The secret backend';
    return boundedCall(what, async (signal) => run({ signal, timeoutMs }), { clock, timeoutMs, signal: this.#signal });
  }
}

/** Whether a failed write surely changed nothing and will fail again. */
export function isRefusal(error: unknown): boolean {
  return isCode(error, REFUSED);
}

export function isUnsupported(error: unknown): boolean {
  return isCode(error, ['UNSUPPORTED']);
}

function isCode(error: unknown, codes: readonly SecretProviderErrorCode[]): boolean {
  return SecretProviderError.is(error) && codes.includes(error.code);
}
