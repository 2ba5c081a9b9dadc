export type { PostHogEvaluationTemplate, PostHogLLMTelemetryEvent } from '@mortise/provider-analytics';
export {
  POSTHOG_EVALUATION_TEMPLATES,
  POSTHOG_LLM_PII_FIELDS,
  POSTHOG_LLM_TELEMETRY_EVENTS,
  posthogLLMTelemetrySpec,
  redactPostHogLLMTelemetryPayload,
} from '@mortise/provider-analytics';
