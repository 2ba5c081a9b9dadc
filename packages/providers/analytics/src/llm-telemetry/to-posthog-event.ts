import type { AnalyticsEventInput } from '../model/event.ts';
import type { LLMTelemetryRecord } from './llm-telemetry-record.ts';

/**
 * A record as an event for PostHog: `$ai_generation` for chat, `$ai_embedding` for embeddings, `$ai_span` for the rest. Times
 * become seconds. The span's id makes the message's, so that a repeat is recorded once.
 *
 * @see https://posthog.com/docs/llm-analytics/manual-capture (event properties, read 2026-11-25)
 */
export function toPostHogEvent(record: LLMTelemetryRecord, distinctId: string): AnalyticsEventInput {
  const { usage = {}, costUsd, error } = record;
  const properties = {
    $ai_provider: record.provider,
    $ai_model: record.responseModel ?? record.requestModel,
    $ai_trace_id: record.traceId,
    $ai_span_id: record.spanId,
    $ai_parent_id: record.parentId,
    $ai_session_id: record.sessionId,
    $ai_latency: record.latencyMs / 1000,
    $ai_time_to_first_token: seconds(record.timeToFirstChunkMs),
    $ai_stream: record.stream,
    $ai_input_tokens: usage.inputTokens,
    $ai_output_tokens: usage.outputTokens,
    $ai_cache_read_input_tokens: usage.cacheReadTokens,
    $ai_cache_creation_input_tokens: usage.cacheWriteTokens,
    $ai_reasoning_tokens: usage.reasoningTokens,
    // Input tokens of a record include those from the cache.
    $ai_cache_reporting_exclusive: usage.cacheReadTokens === undefined ? undefined : false,
    $ai_input_cost_usd: costUsd?.input,
    $ai_output_cost_usd: costUsd?.output,
    $ai_total_cost_usd: costUsd?.total,
    $ai_is_error: error !== undefined,
    $ai_http_status: error?.httpStatus,
    $ai_temperature: record.temperature,
    $ai_max_tokens: record.maxOutputTokens,
    $ai_span_name: isSpan(record) ? (record.toolName ?? record.operation) : undefined,
    error_type: error?.type,
    finish_reasons: record.finishReasons,
    tenant_id: record.tenantId,
    connection_id: record.connectionId,
    attempt: record.attempt,
  };
  const known = Object.entries(properties).filter(([, value]) => value !== undefined);
  return {
    distinctId,
    event: eventOf(record),
    messageId: `${record.traceId}:${record.spanId}:${record.attempt ?? 1}`,
    properties: Object.fromEntries(known),
  };
}

function eventOf(record: LLMTelemetryRecord): string {
  if (record.operation === 'chat') return '$ai_generation';
  return isSpan(record) ? '$ai_span' : '$ai_embedding';
}

function isSpan({ operation }: LLMTelemetryRecord): boolean {
  return operation !== 'chat' && operation !== 'embeddings';
}

function seconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 1000;
}
