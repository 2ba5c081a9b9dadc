import { createRedactor, type ResolvedIntegration } from '@mortise/core';
import type { SecretValue } from '@mortise/secrets';
import type { CallEnvironment } from './call-environment.ts';
import { type CallFailure, messageOf } from './failure.ts';
import type { ConnectionState } from './guard-state.ts';
import { INTERRUPTED, type Interruption, type InterruptionWatch } from './interruption.ts';
import { readOptions, type SecretReadScope } from './secret-access.ts';
import { leaseSecret, type SecretLease, secretFailure } from './secret-lease.ts';

/** Longest message that is passed on; a provider may answer with a whole page. */
const MAX_MESSAGE_LENGTH = 1_000;

/** The call that a secret is read for. */
export interface SecretHost {
  readonly env: CallEnvironment;
  readonly integration: ResolvedIntegration;
  readonly secretScope: SecretReadScope;
  readonly state: ConnectionState;
  readonly watch: InterruptionWatch;
  /** What a backend is told when nobody waits for it any more. */
  reasonOf(cause: Interruption): unknown;
}

/** The secret of one call: read once, read afresh once if the provider refuses it, and kept out of every message. */
export class CallSecret {
  readonly #host: SecretHost;
  #lease: SecretLease | undefined;
  /** What the provider refused; its errors may quote it even after it was replaced. */
  #refused: SecretLease | undefined;

  constructor(host: SecretHost) {
    this.#host = host;
  }

  get lease(): SecretLease | undefined {
    return this.#lease;
  }

  /** Whether a fresh read has taken place. */
  get isRefreshed(): boolean {
    return this.#refused !== undefined;
  }

  /** What the backend answers. Never rejects. */
  read(): Promise<SecretValue | CallFailure | typeof INTERRUPTED> {
    const { env, integration, secretScope, watch } = this.#host;
    const reference = integration.connection.secretRef;
    const failed = (error: unknown): CallFailure => secretFailure(error, reference);
    const controller = new AbortController();
    try {
      const read = env.secretProvider.getSecret(reference, readOptions(secretScope, controller.signal));
      return watch.race(read, failed, (cause) => controller.abort(this.#host.reasonOf(cause)));
    } catch (error) {
      return Promise.resolve(failed(error));
    }
  }

  /** Checks what was read and makes it the call's secret. */
  adopt(value: SecretValue): CallFailure | undefined {
    const { integration, state } = this.#host;
    const lease = leaseSecret(value, integration.spec, state.lease);
    if ('stopReason' in lease) return lease;
    this.#lease = lease;
    state.lease = lease;
    return undefined;
  }

  /** Whether a read past every cache brought another secret than the one that the provider refused. */
  async refresh(): Promise<boolean> {
    const { env, integration, secretScope, watch } = this.#host;
    const { secretProvider } = env;
    const reference = integration.connection.secretRef;
    const controller = new AbortController();
    const options = readOptions(secretScope, controller.signal);
    this.#refused = this.#lease;
    try {
      const read = secretProvider.refresh?.(reference, options) ?? secretProvider.getSecret(reference, options);
      const stop = (cause: Interruption): void => controller.abort(this.#host.reasonOf(cause));
      const value = await watch.race(read, undefined, stop);
      return value !== INTERRUPTED && this.adopt(value) === undefined && this.#lease !== this.#refused;
    } catch {
      // The refusal that led here is the better error.
      return false;
    }
  }

  /** A copy of the bytes; empty before they were read. */
  bytes(): Uint8Array {
    return this.#lease?.bytes.slice() ?? new Uint8Array();
  }

  /** The message of any thrown value, without the secret and not too long. */
  redactedMessage(error: unknown): string {
    const text = this.redact(messageOf(error));
    return text.length > MAX_MESSAGE_LENGTH ? `${text.slice(0, MAX_MESSAGE_LENGTH)}…` : text;
  }

  redact(text: string): string {
    const redactor = this.#lease?.redactor() ?? createRedactor();
    const redacted = redactor.text(text);
    return this.#refused === undefined ? redacted : this.#refused.redactor().text(redacted);
  }
}
