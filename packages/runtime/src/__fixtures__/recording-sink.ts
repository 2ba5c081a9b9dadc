import type {
  IntegrationCallEvent,
  IntegrationTelemetryEmitter,
  IntegrationTelemetryEvent,
} from '../telemetry/telemetry-event.ts';

/** A telemetry sink that keeps what it is given. */
export class RecordingSink implements IntegrationTelemetryEmitter {
  readonly attempts: IntegrationTelemetryEvent[] = [];
  readonly calls: IntegrationCallEvent[] = [];

  record(event: IntegrationTelemetryEvent): void {
    this.attempts.push(event);
  }

  recordCall(event: IntegrationCallEvent): void {
    this.calls.push(event);
  }
}
