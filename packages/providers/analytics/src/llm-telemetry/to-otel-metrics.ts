import type { LLMTelemetryRecord } from './llm-telemetry-record.ts';
import { type OtelGenAiConventions, toOtelAttributes } from './to-otel-attributes.ts';

/** One value for a histogram of OpenTelemetry. */
export interface OtelMeasurement {
  readonly name: 'gen_ai.client.token.usage' | 'gen_ai.client.operation.duration';
  readonly unit: '{token}' | 's';
  readonly value: number;
  readonly attributes: Readonly<Record<string, string | number | boolean | string[]>>;
}

/** Attributes that tell measurements apart; ids and counts would make a series of their own for each call. */
const DIMENSIONS = new Set([
  'gen_ai.operation.name',
  'gen_ai.provider.name',
  'gen_ai.system',
  'gen_ai.request.model',
  'gen_ai.response.model',
  'error.type',
]);

/**
 * A record as measurements: the duration in seconds, and the tokens of input and output where they are known.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-metrics (status Development, read 2026-11-25)
 */
export function toOtelMetrics(
  record: LLMTelemetryRecord,
  conventions: OtelGenAiConventions = 'current',
): OtelMeasurement[] {
  const attributes = Object.fromEntries(
    Object.entries(toOtelAttributes(record, conventions)).filter(([name]) => DIMENSIONS.has(name)),
  );
  const tokens = (type: 'input' | 'output', value: number | undefined): OtelMeasurement[] =>
    value === undefined
      ? []
      : [
          {
            name: 'gen_ai.client.token.usage',
            unit: '{token}',
            value,
            attributes: { ...attributes, 'gen_ai.token.type': type },
          },
        ];
  return [
    { name: 'gen_ai.client.operation.duration', unit: 's', value: record.latencyMs / 1000, attributes },
    ...tokens('input', record.usage?.inputTokens),
    ...tokens('output', record.usage?.outputTokens),
  ];
}
