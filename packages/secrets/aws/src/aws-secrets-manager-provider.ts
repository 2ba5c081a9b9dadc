import type { Tag } from '@aws-sdk/client-secrets-manager';
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
import {
  type AwsSecretsManagerProviderOptions,
  checkOptions,
  DEFAULT_ID,
  DEFAULT_TIMEOUT_MS,
} from './aws-secrets-manager-options.ts';
import { AwsCall } from './client/aws-call.ts';
import { ClientPool } from './client/client-pool.ts';
import { readInBatches } from './read/read-in-batches.ts';
import type { SecretReadOutcome } from './read/read-batch.ts';
import { readVersion } from './read/read-version.ts';
import { toSecretValue } from './read/to-secret-value.ts';
import {
  type AwsSecretReference,
  formatAwsSecretReference,
  isAwsSecretReference,
  readReference,
} from './reference/aws-secret-reference.ts';
import { failure, type Subject } from './reference/subject.ts';
import { isVersionId, selectorOfOption } from './reference/version-selector.ts';
import { type CallLimits, runForCaller } from './run-for-caller.ts';
import { deleteSecret, deletionOf, restoreSecret } from './write/delete-secret.ts';
import { putVersion } from './write/put-version.ts';
import { requestToken, type WriteKind } from './write/request-token.ts';
import { checkOverlap, PENDING_STAGE, type Promotion, promote, rotate } from './write/rotate-secret.ts';
import { addTags, writeSecret } from './write/set-secret.ts';
import { toTags } from './write/tags.ts';
import { toWireValue, type WireValue } from './write/to-wire-value.ts';

/**
 * Secrets in AWS Secrets Manager: `aws://secretsmanager/[region/]name-or-arn[?version=…][&stage=…]`. The SDK is loaded
 * and a client made at the first call.
 *
 * @throws {SecretProviderError} From every method but `canHandle`, and from the constructor (`INVALID`). An abort
 *   rejects with the signal's own reason.
 */
export class AwsSecretsManagerProvider implements SecretProvider {
  readonly id: string;
  readonly writable = true;
  readonly hostOwned = false;
  readonly #options: AwsSecretsManagerProviderOptions;
  readonly #pool: ClientPool;
  readonly #timeoutMs: number;
  readonly #now: () => number;
  readonly #running = new Set<Promise<unknown>>();
  #isClosed = false;

  constructor(options: AwsSecretsManagerProviderOptions = {}) {
    this.id = options.id ?? DEFAULT_ID;
    checkOptions(options, this.#subject('start', ''));
    this.#options = options;
    this.#pool = new ClientPool(options);
    this.#timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.#now = options.now ?? Date.now;
  }

  canHandle(reference: SecretReference): boolean {
    return isAwsSecretReference(reference);
  }

  /** One request: the current version, or the version or stage that was asked for. */
  async getSecret(reference: SecretReference, options: SecretFetchOptions = {}): Promise<SecretValue> {
    const subject = this.#subject('read', reference);
    return this.#run(subject, options, async (call) => {
      const { version } = options;
      const selector = version === undefined ? call.reference : selectorOfOption(subject, version);
      return toSecretValue(await readVersion(call, selector), this.#now());
    });
  }

  /**
   * The current versions of many secrets, up to 20 of a region in one request. References that select a version or
   * stage take a request of their own. Needs `secretsmanager:BatchGetSecretValue` besides.
   *
   * @returns By reference as given: the value, or the error that `getSecret` would have thrown. Rejects for an abort
   *   and the deadline, which is one for all.
   */
  async getSecrets(
    references: readonly SecretReference[],
    options: Omit<SecretFetchOptions, 'version'> = {},
  ): Promise<Map<SecretReference, SecretReadOutcome>> {
    const subject = this.#subject('read several secrets', '');
    return this.#guard(subject, options, async (signal) =>
      readInBatches(references, {
        open: async (reference) => this.#open(this.#subject('read', reference), signal),
        now: this.#now,
      }),
    );
  }

  /** One request if the secret exists, two if not. Labels become tags: one more, and the secret's other tags stay. */
  async setSecret(
    reference: SecretReference,
    payload: SecretWritePayload,
    options: SecretWriteOptions = {},
  ): Promise<SecretRotationResult> {
    const { tags: defaults, kmsKeyId, description } = this.#options;
    return this.#write('set', { reference, payload, options }, async ({ call, tags, value, token }) => {
      const creationTags = toTags({ ...defaults, ...payload.labels }, call.subject);
      const creation = { tags: creationTags, kmsKeyId, description };
      return { version: await writeSecret(call, { value, token, tags, creation }) };
    });
  }

  /**
   * Puts the new version under `AWSPENDING`, reads it back, then makes it current: five requests, and a few more with
   * `overlapMs` or labels. The version before keeps `AWSPREVIOUS`, and with `overlapMs` a label of its own.
   */
  async rotateSecret(
    reference: SecretReference,
    payload: SecretWritePayload,
    options: SecretRotateOptions = {},
  ): Promise<SecretRotationResult> {
    return this.#write('rotate', { reference, payload, options }, async ({ call, tags, value, token }) => {
      const overlap = checkOverlap(options.overlapMs, this.#now(), call.subject);
      await addTags(call, tags);
      return rotate(call, { value, token }, overlap);
    });
  }

  /** Writes a version under `AWSPENDING`; that label leaves the version that had it, which stays readable by its id. */
  async stageSecret(
    reference: SecretReference,
    payload: SecretWritePayload,
    options: SecretWriteOptions = {},
  ): Promise<SecretRotationResult> {
    return this.#write('stage', { reference, payload, options }, async ({ call, tags, value, token }) => {
      await addTags(call, tags);
      return { version: await putVersion(call, { value, token, stages: [PENDING_STAGE] }) };
    });
  }

  /** Moves `AWSCURRENT`, which takes `AWSPREVIOUS` to the version that had it. */
  async promoteSecret(
    reference: SecretReference,
    version: string,
    options: SecretRotateOptions = {},
  ): Promise<SecretRotationResult> {
    const subject = this.#subject('promote a version of', reference);
    return this.#run(subject, options, async (call) => {
      const unpinned = unpin(call);
      const overlap = checkOverlap(options.overlapMs, this.#now(), subject);
      if (!isVersionId(version)) throw failure(subject, 'INVALID', 'the version must be an id of 32 to 64 characters');
      return toResult(unpinned, await promote(call, version, overlap));
    });
  }

  /**
   * Schedules the deletion of all versions, for everyone who uses the secret: at once it cannot be read any more, and
   * `restoreSecret` brings it back within the window (7 to 30 days, 30 unless asked otherwise). With `force` there is
   * no way back, and AWS does not say whether there was a secret.
   */
  async deleteSecret(reference: SecretReference, options: SecretDeleteOptions = {}): Promise<void> {
    const subject = this.#subject('delete', reference);
    await this.#run(subject, options, async (call) => {
      unpin(call);
      await deleteSecret(call, deletionOf(options, subject));
    });
  }

  /** Calls a scheduled deletion off. */
  async restoreSecret(reference: SecretReference, options: SecretWriteOptions = {}): Promise<void> {
    await this.#run(this.#subject('restore', reference), options, async (call) => {
      unpin(call);
      await restoreSecret(call);
    });
  }

  /** Lets running calls end, then closes the clients that were made here. Later calls are refused with `INVALID`. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#running);
    this.#pool.close();
  }

  async #write(
    kind: WriteKind,
    write: PendingWrite,
    run: (write: ReadyWrite) => Promise<Promotion>,
  ): Promise<SecretRotationResult> {
    const { reference, payload, options } = write;
    const subject = this.#subject(kind === 'set' ? 'write' : kind, reference);
    return this.#guard(subject, options, async (signal) => {
      // Before the first wait: the caller may overwrite its bytes as soon as the call has returned a promise.
      const value = toWireValue(payload, subject);
      const tags = toTags(payload.labels ?? {}, subject);
      const token = requestToken(kind, options.idempotencyKey, subject);
      const call = await this.#open(subject, signal);
      return toResult(unpin(call), await run({ call, value, tags, token }));
    });
  }

  async #run<Result>(
    subject: Subject,
    limits: Partial<CallLimits>,
    run: (call: AwsCall) => Promise<Result>,
  ): Promise<Result> {
    return this.#guard(subject, limits, async (signal) => run(await this.#open(subject, signal)));
  }

  async #guard<Result>(
    subject: Subject,
    { signal, timeoutMs = this.#timeoutMs }: Partial<CallLimits>,
    run: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    if (this.#isClosed) throw failure(subject, 'INVALID', 'the provider is closed');
    const running = runForCaller(subject, { signal, timeoutMs }, run);
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  async #open(subject: Subject, signal: AbortSignal): Promise<AwsCall> {
    const reference = readReference(subject);
    const loaded = await this.#pool.clientFor(reference.region, subject, signal);
    return new AwsCall({ subject, reference, loaded, signal });
  }

  #subject(operation: string, reference: SecretReference): Subject {
    return { provider: this.id, operation, reference };
  }
}

interface PendingWrite {
  readonly reference: SecretReference;
  readonly payload: SecretWritePayload;
  readonly options: SecretWriteOptions;
}

interface ReadyWrite {
  readonly call: AwsCall;
  readonly value: WireValue;
  readonly tags: readonly Tag[];
  readonly token: string;
}

/** The reference for later reads. One that selects a version or stage cannot be written to. */
function unpin({ subject, reference }: AwsCall): SecretReference {
  const { version, stage, ...secret }: AwsSecretReference = reference;
  if (version === undefined && stage === undefined) return formatAwsSecretReference(secret);
  throw failure(subject, 'INVALID', 'it selects a version or stage, and those are only read; leave "?version=" out');
}

function toResult(reference: SecretReference, { version, previousVersion }: Promotion): SecretRotationResult {
  return { reference, version, ...(previousVersion === undefined ? {} : { previousVersion }) };
}
