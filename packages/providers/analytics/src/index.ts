export type { AnalyticsProvider } from './analytics-provider.ts';
export type {
  AnalyticsReader,
  GetAnnotationsInput,
  GetCohortsInput,
  GetEventsInput,
  GetFeatureFlagsInput,
  GetInsightResultInput,
  GetInsightsInput,
  GetPersonsInput,
} from './analytics-reader.ts';
export type { AnalyticsWriter } from './analytics-writer.ts';
export type { AnalyticsCapabilities, AnalyticsMethod } from './capabilities.ts';
export type { CompleteAnalyticsProvider } from './complete.ts';
export { complete } from './complete.ts';

export { AnalyticsEvent } from './model/event.ts';
export type {
  AnalyticsContext,
  AnalyticsEventInput,
  AnalyticsExceptionInput,
  AnalyticsMessage,
  AnalyticsPageInput,
} from './model/event.ts';
export { AnalyticsPerson } from './model/person.ts';
export type { AnalyticsAliasInput, AnalyticsGroupIdentifyInput, AnalyticsIdentifyInput } from './model/person.ts';
export { AnalyticsInsight, AnalyticsSeries } from './model/insight.ts';
export type { AnalyticsInsightQuery, AnalyticsInsightType } from './model/insight.ts';
export { AnalyticsAnnotation, AnalyticsCohort, AnalyticsFeatureFlag } from './model/saved-objects.ts';
export { AnalyticsTable } from './model/query.ts';
export type {
  AnalyticsEventSchema,
  AnalyticsMcpToolCall,
  AnalyticsQueryInput,
  AnalyticsQueryResult,
  AnalyticsTableQuery,
} from './model/query.ts';
export type { DateRangeInput, PaginatedResponse, PaginationInput } from './model/paging.ts';
export type { ResolvedDateRange } from './model/date-range.ts';
export { resolveDateRange } from './model/date-range.ts';
export type {
  AnalyticsPropertyCondition,
  AnalyticsPropertyFilter,
  AnalyticsPropertyValue,
} from './model/property-filter.ts';
export { matchesPropertyFilter } from './model/property-filter.ts';

export type { AnalyticsRequest, AnalyticsRequestMethod, AnalyticsResponse } from './request/analytics-request.ts';
export { resolveRequestUrl } from './request/resolve-request-url.ts';

export type { AnalyticsQueueOptions } from './queue/analytics-queue.ts';
export { AnalyticsQueue } from './queue/analytics-queue.ts';
export { assertSendableEvent, MAX_EVENT_BYTES } from './queue/check-event.ts';
export type { AnalyticsDeliveryReport } from './queue/delivery-report.ts';

export type {
  FeatureFlagContext,
  FeatureFlagErrorCode,
  FeatureFlagEvaluation,
  FeatureFlagProvider,
  FeatureFlagReason,
} from './flags/feature-flag-provider.ts';
export { isSameKind } from './flags/feature-flag-provider.ts';
export type { OpenFeatureContext, OpenFeatureProvider, OpenFeatureResolution } from './flags/to-open-feature.ts';
export { toOpenFeature } from './flags/to-open-feature.ts';

export type { LLMTelemetryOperation, LLMTelemetryRecord } from './llm-telemetry/llm-telemetry-record.ts';
export type { PostHogEvaluationTemplate, PostHogLLMTelemetryEvent } from './llm-telemetry/posthog-llm-telemetry.ts';
export {
  POSTHOG_EVALUATION_TEMPLATES,
  POSTHOG_LLM_PII_FIELDS,
  POSTHOG_LLM_TELEMETRY_EVENTS,
  posthogLLMTelemetrySpec,
} from './llm-telemetry/posthog-llm-telemetry.ts';
export type { RedactLLMTelemetryOptions, RedactPostHogPayloadOptions } from './llm-telemetry/redact-llm-telemetry.ts';
export { redactLLMTelemetry, redactPostHogLLMTelemetryPayload } from './llm-telemetry/redact-llm-telemetry.ts';
export type {
  TelemetryEventDef,
  TelemetryPropertyDef,
  TelemetryProviderConfig,
  TelemetrySpec,
} from './llm-telemetry/telemetry-spec.ts';
export type { OtelGenAiConventions } from './llm-telemetry/to-otel-attributes.ts';
export { toOtelAttributes } from './llm-telemetry/to-otel-attributes.ts';
export type { OtelMeasurement } from './llm-telemetry/to-otel-metrics.ts';
export { toOtelMetrics } from './llm-telemetry/to-otel-metrics.ts';
export { toPostHogEvent } from './llm-telemetry/to-posthog-event.ts';
