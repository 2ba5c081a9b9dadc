import type {
  IntegrationCallEvent,
  IntegrationTelemetryEmitter,
  IntegrationTelemetryEvent,
} from './telemetry-event.ts';

/** Hands events to a sink so that nothing the sink does comes back. */
export class TelemetryDispatcher {
  readonly #emitter: IntegrationTelemetryEmitter | undefined;
  readonly #onError: ((error: unknown) => void) | undefined;

  constructor(emitter: IntegrationTelemetryEmitter | undefined, onError: ((error: unknown) => void) | undefined) {
    this.#emitter = emitter;
    this.#onError = onError;
  }

  /** Whether attempt events are wanted; building one is skipped otherwise. */
  get wantsAttempts(): boolean {
    return this.#emitter !== undefined;
  }

  get wantsCalls(): boolean {
    return this.#emitter?.recordCall !== undefined;
  }

  attempt(event: IntegrationTelemetryEvent): void {
    try {
      this.#swallow(this.#emitter?.record(event));
    } catch (error) {
      this.report(error);
    }
  }

  call(event: IntegrationCallEvent): void {
    try {
      this.#swallow(this.#emitter?.recordCall?.(event));
    } catch (error) {
      this.report(error);
    }
  }

  #swallow(pending: void | Promise<void>): void {
    if (pending === undefined || typeof pending.then !== 'function') return;
    pending.then(undefined, (error: unknown) => this.report(error));
  }

  /** Tells the host that a sink or a shared limiter failed. */
  report(error: unknown): void {
    try {
      this.#onError?.(error);
    } catch {
      // A broken error hook must not do what a broken sink may not.
    }
  }
}
