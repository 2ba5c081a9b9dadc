import type { IntegrationCallEvent, IntegrationTelemetryEmitter, IntegrationTelemetryEvent } from '@mortise/runtime';

/** Keeps what the guards report, to be counted and to be searched for secrets. */
export class TelemetryLog implements IntegrationTelemetryEmitter {
  readonly attempts: IntegrationTelemetryEvent[] = [];
  readonly calls: IntegrationCallEvent[] = [];

  record(event: IntegrationTelemetryEvent): void {
    this.attempts.push(event);
  }

  recordCall(event: IntegrationCallEvent): void {
    this.calls.push(event);
  }
}
