import {
  createRedactor,
  type IntegrationConnection,
  type IntegrationConnectionHealth,
  type IntegrationSpec,
} from '@mortise/core';
import { type HttpClock, systemClock } from '@mortise/http';
import type { IntegrationTelemetryEmitter, IntegrationTraceMetadata } from '@mortise/runtime';
import type { SecretProvider } from '@mortise/secrets';
import { codeOf, messageOf } from '../check/assess-error.ts';
import { withinTime } from '../check/within-time.ts';

/** Whose connection is checked, and for which application. */
export interface IntegrationContext {
  readonly tenantId: string;
  readonly appId: string;
  readonly environment?: string;
  readonly slotId?: string;
  readonly spec: IntegrationSpec;
  readonly connection: IntegrationConnection;
  /** For the executor; the service itself reads no secret. */
  readonly secretProvider?: SecretProvider;
  readonly secretReference?: string;
  readonly trace?: IntegrationTraceMetadata;
  readonly config?: Readonly<Record<string, unknown>>;
}

export interface IntegrationHealthCheckResult extends IntegrationConnectionHealth {
  /** What the executor told. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * Asks the provider for a sign of life. Rejects where there is none. May resolve with details for the result; the signal
 * aborts when the time is over.
 */
export type IntegrationHealthCheckExecutor = (
  context: IntegrationContext,
  call: { readonly signal: AbortSignal },
) => Promise<void | Readonly<Record<string, string>>>;

export interface IntegrationHealthServiceOptions {
  readonly telemetry?: IntegrationTelemetryEmitter;
  /** Wall-clock time of results. Default the machine's. */
  readonly now?: () => Date;
  /** For durations and the time limit. Default the machine's; durations follow `now` where only that is given. */
  readonly clock?: Pick<HttpClock, 'monotonicMs' | 'setTimer'>;
  /** Told when a sink fails. What it throws is dropped. */
  readonly onTelemetryError?: (error: unknown) => void;
}

const DEFAULT_TIMEOUT_MS = 10_000;

/** Runs health checks and reports them. A check never rejects, and no fault of telemetry changes what it found. */
export class IntegrationHealthService {
  readonly #options: IntegrationHealthServiceOptions;
  readonly #now: () => Date;

  constructor(options: IntegrationHealthServiceOptions = {}) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  /**
   * Runs the executor and says how it went: `connected`, or `error` with its message and code. Its time is the spec's
   * `healthCheck.timeoutMs`, else 10,000 ms.
   */
  async check(
    context: IntegrationContext,
    executor: IntegrationHealthCheckExecutor,
  ): Promise<IntegrationHealthCheckResult> {
    const { clock, now } = this.#options;
    const startedAt = this.#now();
    const measure = clock ?? systemClock;
    const startedMs = measure.monotonicMs();
    let metadata: Readonly<Record<string, string>> | undefined;
    let failure: { readonly error: unknown } | undefined;
    try {
      const timeoutMs = context.spec.healthCheck?.timeoutMs ?? DEFAULT_TIMEOUT_MS;
      const limit = {
        clock: { ...systemClock, setTimer: measure.setTimer.bind(measure) },
        timeoutMs,
        signal: undefined,
      };
      metadata = (await withinTime(limit, async (signal) => executor(context, { signal }))) ?? undefined;
    } catch (error) {
      failure = { error };
    }
    const checkedAt = this.#now();
    const elapsedMs =
      now !== undefined && clock === undefined
        ? checkedAt.getTime() - startedAt.getTime()
        : measure.monotonicMs() - startedMs;
    const result = resultOf(checkedAt, Math.max(0, elapsedMs), failure, metadata);
    this.#report(context, result, checkedAt);
    return result;
  }

  #report(context: IntegrationContext, result: IntegrationHealthCheckResult, occurredAt: Date): void {
    const { telemetry, onTelemetryError } = this.#options;
    const tell = (error: unknown): void => {
      try {
        onTelemetryError?.(error);
      } catch {
        // Whoever is told of a fault cannot make another.
      }
    };
    try {
      const sent = telemetry?.record(eventOf(context, result, occurredAt));
      if (sent !== undefined && typeof sent.then === 'function') sent.then(undefined, tell);
    } catch (error) {
      tell(error);
    }
  }
}

// The four belong to one result.
function resultOf(
  checkedAt: Date,
  latencyMs: number,
  failure: { readonly error: unknown } | undefined,
  metadata: Readonly<Record<string, string>> | undefined,
): IntegrationHealthCheckResult {
  if (failure === undefined) {
    return { status: 'connected', checkedAt, latencyMs, ...(metadata === undefined ? {} : { metadata }) };
  }
  const { text } = createRedactor();
  const code = ownCode(failure.error);
  return {
    status: 'error',
    checkedAt,
    latencyMs,
    errorMessage: text(messageOf(failure.error)),
    ...(code === undefined ? {} : { errorCode: text(code) }),
  };
}

/** The error's own code alone, as callers of this service know it. */
function ownCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  try {
    return 'code' in error && error.code !== undefined ? codeOf({ code: error.code }) : undefined;
  } catch {
    return undefined;
  }
}

function eventOf(context: IntegrationContext, result: IntegrationHealthCheckResult, occurredAt: Date) {
  const { spec, connection, trace, environment, slotId } = context;
  const { errorCode, errorMessage, latencyMs } = result;
  return {
    tenantId: context.tenantId,
    appId: context.appId,
    ...(environment === undefined ? {} : { environment }),
    ...(slotId === undefined ? {} : { slotId }),
    integrationKey: spec.meta.key,
    integrationVersion: spec.meta.version,
    connectionId: connection.meta.id,
    status: result.status === 'connected' ? ('success' as const) : ('error' as const),
    ...(latencyMs === undefined ? {} : { durationMs: latencyMs }),
    ...(errorCode === undefined ? {} : { errorCode }),
    ...(errorMessage === undefined ? {} : { errorMessage }),
    occurredAt,
    metadata: {
      status: result.status,
      ...(trace === undefined
        ? {}
        : { blueprint: `${trace.blueprintName}.v${trace.blueprintVersion}`, configVersion: trace.configVersion }),
    },
  };
}
