import {
  type AuthConfigOf,
  findAuthConfig,
  findTransportConfig,
  type IntegrationAuthType,
  type IntegrationSpec,
  type IntegrationTransportType,
  type ResolvedIntegration,
  type TransportConfigOf,
} from '@mortise/core';
import type { IntegrationRequestContext } from '../context/request-context.ts';
import type { CallRequest } from './call-request.ts';
import type { IntegrationExecutorContext } from './executor.ts';

/** What an attempt's context reads from the call it belongs to. */
export interface AttemptSource {
  readonly call: CallRequest<unknown>;
  readonly integration: ResolvedIntegration;
  readonly request: IntegrationRequestContext;
  readonly idempotencyKey: string;
  secretBytes(): Uint8Array;
  remainingMs(): number;
  pauseCalls(durationMs: number): void;
}

/** The context of one attempt. Everything that costs something is made when the executor asks for it. */
export class AttemptContext implements IntegrationExecutorContext {
  readonly attempt: number;
  readonly #source: AttemptSource;
  #controller: AbortController | undefined;
  #endReason: unknown;
  #isOver = false;

  constructor(source: AttemptSource, attempt: number) {
    this.#source = source;
    this.attempt = attempt;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#isOver) this.#controller.abort(this.#endReason);
    }
    return this.#controller.signal;
  }

  /** Gives the attempt up: whoever holds its signal is told. */
  abort(reason: unknown): void {
    this.#isOver = true;
    this.#endReason = reason;
    this.#controller?.abort(reason);
  }

  get idempotencyKey(): string {
    return this.#source.idempotencyKey;
  }

  get operation(): string {
    return this.#source.call.operation;
  }

  get input(): unknown {
    return this.#source.call.input;
  }

  get tenantId(): string {
    return this.#source.call.config.tenantId;
  }

  get slotId(): string {
    return this.#source.call.slotId;
  }

  get spec(): IntegrationSpec {
    return this.#source.integration.spec;
  }

  get transport(): IntegrationTransportType {
    return this.#source.request.transport;
  }

  get transportConfig(): TransportConfigOf<IntegrationTransportType> | undefined {
    return findTransportConfig(this.spec.transports ?? [], this.transport);
  }

  get authMethod(): IntegrationAuthType | undefined {
    return this.#source.request.authMethod;
  }

  get authConfig(): AuthConfigOf<IntegrationAuthType> | undefined {
    return this.authMethod === undefined
      ? undefined
      : findAuthConfig(this.spec.supportedAuthMethods ?? [], this.authMethod);
  }

  get apiVersion(): string | undefined {
    return this.#source.request.apiVersion;
  }

  remainingMs(): number {
    return this.#source.remainingMs();
  }

  pauseCalls(durationMs: number): void {
    this.#source.pauseCalls(durationMs);
  }

  secretBytes(): Uint8Array {
    return this.#source.secretBytes();
  }
}
