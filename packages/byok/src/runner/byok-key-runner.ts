import type { ByokKeyLifecycle, ByokKeyRotationReason, ByokKeyValidationOutcome } from '@mortise/core';
import type { SecretReference } from '@mortise/secrets';
import { ByokError } from '../byok-error.ts';
import { KeyBackend } from '../key/key-backend.ts';
import { KeyRedactor } from '../key/key-material.ts';
import type { ByokKeyOwner, ByokKeyRecord } from '../record/byok-key-record.ts';
import { assertSubject, ownerOf } from '../record/new-record.ts';
import type { ByokRotationReport } from '../rotation/rotation-report.ts';
import { type ResolvedByokKeyPolicy, resolveByokKeyPolicy } from '../schedule/byok-key-policy.ts';
import { RecordAccess } from './record-access.ts';
import { KeyedQueue } from './keyed-queue.ts';
import { type ByokDueResult, type RunDueOptions, runDueWork } from './run-due.ts';
import { RotationRun } from './rotation-run.ts';
import {
  type ByokKeyRunnerOptions,
  type ByokSubject,
  resolveRunnerOptions,
  type RunnerEnvironment,
} from './runner-options.ts';
import { validateCurrentKey } from './validate-current-key.ts';

export interface ByokValidateOptions {
  /** Aborting rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What a check of the current key came to, after it was noted down. */
export interface ByokValidationReport {
  readonly outcome: ByokKeyValidationOutcome;
  /** Why it is not `valid`; redacted. */
  readonly error?: string;
  readonly record: ByokKeyRecord;
}

export interface ByokWaitOptions {
  /** Aborting rejects with the signal's reason; what was begun stays resumable. */
  readonly signal?: AbortSignal;
  /**
   * Milliseconds to wait in all, between tries and for another runner. Past it, what is not decided comes back as `pending`,
   * and a rotation that another runner drives as `CONFLICT`. Default: the policy's `rotationDeadlineMs`. 0: never wait.
   */
  readonly maxWaitMs?: number;
}

export interface ByokRotateOptions extends ByokWaitOptions {
  readonly reason: ByokKeyRotationReason;
  /** Takes the new key from a secret that the tenant has stored. The runner's `allowReference` must allow it. */
  readonly newSecretRef?: SecretReference;
  /** The new key itself, by field; the other fields of the secret stay as they are. Not together with `newSecretRef`. */
  readonly newSecrets?: Readonly<Record<string, string>>;
  /** Milliseconds that the old key stays. Default: the policy's, by reason. */
  readonly overlapMs?: number;
}

/**
 * Looks after tenants' own keys, on any writable secret backend: validates them, and rotates them so that at every moment,
 * also when its process is killed, the connection's reference gives a key that works. Any number of runners may share a
 * store; at each moment one of them drives a connection's rotation.
 */
export class ByokKeyRunner {
  readonly #env: RunnerEnvironment;
  readonly #queue = new KeyedQueue();

  /** @throws {ByokError} `INVALID_OPTIONS` */
  constructor(options: ByokKeyRunnerOptions) {
    this.#env = resolveRunnerOptions(options);
    resolveByokKeyPolicy(options.policy);
  }

  /** What is known of a key; `undefined` for one that was never validated or rotated. */
  async inspect(owner: ByokKeyOwner, options: ByokValidateOptions = {}): Promise<ByokKeyRecord | undefined> {
    return new RecordAccess(this.#env, owner, options.signal).load();
  }

  /**
   * Checks the current key with its provider and notes down the outcome. A key that cannot be read or checked is `unknown`:
   * its status stays, and so does the time of its last validation, so that it goes stale.
   *
   * @throws {ByokError} `INVALID_REQUEST`, `STORE_FAILED`, `CONFLICT`
   */
  async validate(subject: ByokSubject, options: ByokValidateOptions = {}): Promise<ByokValidationReport> {
    assertSubject(subject);
    return validateCurrentKey({
      env: this.#env,
      subject,
      lifecycle: this.#lifecycleOf(subject),
      backend: new KeyBackend(this.#env, subject, options.signal),
      redactor: new KeyRedactor(),
      signal: options.signal,
    });
  }

  /**
   * Replaces the key by a new one: from `newSecretRef`, `newSecrets` or the lifecycle's `rotateKey`. Joins a rotation that is
   * under way; `compromised` makes it urgent and ends the overlap of every old key.
   *
   * @returns How far it came. A new key that fails its validation is a report (`rolled_back`), not an error.
   * @throws {ByokError} `NO_NEW_KEY`: there is nowhere to get one from; a compromised key is marked as such all the same.
   *   `CONFLICT`, `FORBIDDEN`, `INVALID_REQUEST`, `KEY_NOT_FOUND`, `KEY_UNREADABLE`, `LEASE_LOST`, `STORE_FAILED`.
   */
  async rotate(subject: ByokSubject, options: ByokRotateOptions): Promise<ByokRotationReport> {
    assertSubject(subject);
    const run = this.#run(subject, options);
    return run.rotate(options);
  }

  /**
   * Goes on with whatever is under way: a rotation that a crash or an abort interrupted, and old keys whose overlap is over.
   *
   * @returns The rotation that was under way, or `undefined` where there was none.
   * @throws {ByokError} As `rotate`.
   */
  async resume(subject: ByokSubject, options: ByokWaitOptions = {}): Promise<ByokRotationReport | undefined> {
    assertSubject(subject);
    return this.#run(subject, options).resume();
  }

  /**
   * Does all that is due over all records of the store: goes on with interrupted rotations, ends old keys, validates and
   * rotates. Results come as they are ready; a failure of one connection is its result and stops no other.
   *
   * @throws {ByokError} `INVALID_OPTIONS`: the runner has no `findSubject`. `STORE_FAILED`: the records cannot be listed.
   */
  runDue(options: RunDueOptions = {}): AsyncGenerator<ByokDueResult, void, undefined> {
    return runDueWork(
      {
        env: this.#env,
        canRotate: (subject) => this.#lifecycleOf(subject).rotateKey !== undefined,
        policyOf: (subject) => this.#policyOf(subject),
        load: async (owner, signal) => this.inspect(owner, { signal }),
        validate: async (subject, signal) => this.validate(subject, { signal }),
        rotate: async (subject, reason, signal) => this.rotate(subject, { reason, maxWaitMs: 0, signal }),
        resume: async (subject, signal) => this.resume(subject, { maxWaitMs: 0, signal }),
      },
      options,
    );
  }

  #run(subject: ByokSubject, { signal, maxWaitMs }: ByokWaitOptions): RotationRun {
    const policy = this.#policyOf(subject);
    if (maxWaitMs !== undefined && !(maxWaitMs >= 0)) {
      throw new ByokError({
        code: 'INVALID_REQUEST',
        message: `"maxWaitMs" must be at least 0, and is ${maxWaitMs}`,
        connectionId: subject.connection.meta.id,
      });
    }
    return new RotationRun({
      env: this.#env,
      queue: this.#queue,
      subject,
      owner: ownerOf(subject),
      policy,
      lifecycle: this.#lifecycleOf(subject),
      backend: new KeyBackend(this.#env, subject, signal),
      redactor: new KeyRedactor(),
      signal,
      waitUntilMs: this.#env.clock.now() + (maxWaitMs ?? policy.rotationDeadlineMs),
    });
  }

  #policyOf(subject: ByokSubject): ResolvedByokKeyPolicy {
    return resolveByokKeyPolicy({ ...this.#env.policy, ...subject.policy }, subject.spec);
  }

  #lifecycleOf(subject: ByokSubject): ByokKeyLifecycle {
    const { lifecycle } = this.#env;
    return typeof lifecycle === 'function' ? lifecycle(subject) : lifecycle;
  }
}
