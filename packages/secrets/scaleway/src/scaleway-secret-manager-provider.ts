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
} from '@mortise/secrets';
import { ScalewayConnection } from './client/scaleway-connection.ts';
import type { ScalewaySecretManagerOptions } from './options/scaleway-options.ts';
import { resolveSettings, type ScalewaySettings } from './options/scaleway-settings.ts';
import { parseFor, parseUnpinned } from './reference/parse-scaleway-reference.ts';
import {
  INVALID_VERSION,
  isScalewayReference,
  ReferenceFault,
  type ScalewayReference,
  writeReference,
} from './reference/scaleway-reference.ts';
import { failure, type ScalewayOperation, type Subject } from './reference/subject.ts';
import { type CallerOptions, runForCaller } from './run-for-caller.ts';
import type { ApiCall } from './secret/api-call.ts';
import { readSecret } from './secret/read-secret.ts';
import { checkDeletion, deleteSecret, restoreSecret, retireVersion } from './secret/remove-secret.ts';
import { type PlannedWrite, planWrite } from './secret/planned-write.ts';
import { rotateSecret, writeSecret, type WrittenVersion } from './secret/write-secret.ts';

const DEFAULT_ID = 'scaleway-secret-manager';

/**
 * Secrets in Scaleway Secret Manager: `scw://secret-manager/[region/][folder/…]name-or-uuid[?project=…&version=…]`.
 *
 * Loads the SDK at the first call. Never retries: one call of a method is one attempt.
 *
 * @throws {SecretProviderError} From every method but `canHandle`; from the constructor with `INVALID`, for options that
 *   cannot work and for a token that is nowhere.
 */
export class ScalewaySecretManagerProvider implements SecretProvider {
  readonly id: string;
  readonly writable = true;
  readonly #settings: ScalewaySettings;
  #connection: ScalewayConnection | undefined;

  constructor(options: ScalewaySecretManagerOptions = {}) {
    this.id = options.id ?? DEFAULT_ID;
    this.#settings = resolveSettings(options, { provider: this.id, operation: 'start', reference: '' });
    this.#connection = new ScalewayConnection(this.#settings);
  }

  canHandle(reference: SecretReference): boolean {
    return isScalewayReference(reference);
  }

  /**
   * One version, in one round trip: the latest enabled one, or the one that `version` selects. Its number is in `version`
   * of the value; `metadata` has `region`, `secretId` and `type`. A version of an ephemeral secret may end with this read.
   */
  async getSecret(reference: SecretReference, options: SecretFetchOptions = {}): Promise<SecretValue> {
    const subject = this.#subject('read', reference);
    return this.#run(subject, options, async (call) => readSecret(call, parseFor(subject, options.version)));
  }

  /**
   * Writes a version, creating the secret where its name is free; an id must exist. Two requests for a name, one for an
   * id; one or two more with labels or an `idempotencyKey`. Where the second of two requests fails, the same call
   * completes the write; until then the secret reads as absent.
   *
   * `labels` and `contentType` become tags of the secret (`key=value`). They stay there until a write brings another
   * value for the key.
   */
  async setSecret(
    reference: SecretReference,
    payload: SecretWritePayload,
    options: SecretWriteOptions = {},
  ): Promise<SecretRotationResult> {
    return this.#write(this.#subject('write', reference), payload, options, writeSecret);
  }

  /**
   * Writes a version of a secret that has one. Older versions stay enabled, for any `overlapMs`, unless the secret is
   * ephemeral: then a longer overlap than the current version has is `UNSUPPORTED`. One request more than `setSecret`,
   * which is also where `previousVersion` comes from.
   */
  async rotateSecret(
    reference: SecretReference,
    payload: SecretWritePayload,
    options: SecretRotateOptions = {},
  ): Promise<SecretRotationResult> {
    const subject = this.#subject('rotate', reference);
    return this.#write(subject, payload, options, async (call, parts, plan) => {
      const { overlapMs } = options;
      if (overlapMs !== undefined && !(Number.isFinite(overlapMs) && overlapMs >= 0)) {
        throw failure(subject, 'INVALID', 'overlapMs must be 0 or more milliseconds');
      }
      return rotateSecret(call, parts, plan, options);
    });
  }

  /**
   * Schedules the deletion of the secret with all its versions, in 7 days; nobody reads it from now on. An ephemeral
   * secret is gone at once. A protected one is refused with `CONFLICT`.
   */
  async deleteSecret(reference: SecretReference, options: SecretDeleteOptions = {}): Promise<void> {
    const subject = this.#subject('delete', reference);
    return this.#run(subject, options, async (call) => {
      checkDeletion(options, subject);
      return deleteSecret(call, parseUnpinned(subject), options);
    });
  }

  /** Brings a secret back within 7 days of its deletion; of several of one name, the one that was deleted last. Billed. */
  async restoreSecret(reference: SecretReference, options: SecretWriteOptions = {}): Promise<void> {
    const subject = this.#subject('restore', reference);
    return this.#run(subject, options, async (call) => restoreSecret(call, parseUnpinned(subject)));
  }

  /** Disables a version that is not current, or schedules its deletion (`retireBy`). */
  async retireVersion(reference: SecretReference, version: string, options: SecretWriteOptions = {}): Promise<void> {
    const subject = this.#subject('retire a version of', reference);
    return this.#run(subject, options, async (call) => {
      if (!/^[1-9][0-9]{0,9}$/.test(version)) throw failure(subject, 'INVALID', INVALID_VERSION);
      return retireVersion(call, parseUnpinned(subject), version);
    });
  }

  /** Forgets the token and the client. Running calls end; later ones are refused with `INVALID`. */
  async close(): Promise<void> {
    this.#connection = undefined;
  }

  async #write(
    subject: Subject,
    payload: SecretWritePayload,
    options: SecretWriteOptions,
    write: (call: ApiCall, parts: ScalewayReference, plan: PlannedWrite) => Promise<WrittenVersion>,
  ): Promise<SecretRotationResult> {
    return this.#run(subject, options, async (call) => {
      const parts = parseUnpinned(subject);
      const plan = planWrite(payload, options.idempotencyKey, subject);
      const { revision, previousRevision } = await write(call, parts, plan).finally(() => plan.bytes.fill(0));
      return {
        reference: canonical(parts, subject),
        version: String(revision),
        ...(previousRevision === undefined ? {} : { previousVersion: String(previousRevision) }),
      };
    });
  }

  async #run<Result>(
    subject: Subject,
    options: CallerOptions,
    run: (call: ApiCall) => Promise<Result>,
  ): Promise<Result> {
    return runForCaller(subject, options, this.#settings, async (signal) => {
      const connection = this.#connection;
      if (connection === undefined) throw failure(subject, 'INVALID', 'the provider is closed');
      return run({ subject, signal, connection, settings: this.#settings });
    });
  }

  #subject(operation: ScalewayOperation, reference: SecretReference): Subject {
    return { provider: this.id, operation, reference };
  }
}

function canonical(parts: ScalewayReference, subject: Subject): SecretReference {
  const reference = writeReference(parts);
  if (reference instanceof ReferenceFault) throw failure(subject, 'INVALID', reference.problem);
  return reference;
}
