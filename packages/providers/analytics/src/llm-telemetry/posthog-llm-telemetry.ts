import type { TelemetrySpec } from './telemetry-spec.ts';

/** Names under which PostHog knows events of language models. */
export const POSTHOG_LLM_TELEMETRY_EVENTS = {
  generation: '$ai_generation',
  span: '$ai_span',
  evaluation: '$ai_evaluation',
} as const;

export type PostHogLLMTelemetryEvent = (typeof POSTHOG_LLM_TELEMETRY_EVENTS)[keyof typeof POSTHOG_LLM_TELEMETRY_EVENTS];

/** Ready-made evaluations of PostHog. */
export const POSTHOG_EVALUATION_TEMPLATES = {
  relevance: 'relevance',
  helpfulness: 'helpfulness',
  jailbreak: 'jailbreak',
  hallucination: 'hallucination',
  toxicity: 'toxicity',
} as const;

export type PostHogEvaluationTemplate =
  (typeof POSTHOG_EVALUATION_TEMPLATES)[keyof typeof POSTHOG_EVALUATION_TEMPLATES];

/** Properties that hold what was asked and answered. `redactLLMTelemetry` knows the others that may. */
export const POSTHOG_LLM_PII_FIELDS = ['$ai_input', '$ai_output_choices'] as const;

/** Telemetry of language models for PostHog. Times are in seconds, costs in US dollars. */
export const posthogLLMTelemetrySpec = {
  meta: {
    key: 'analytics.posthog.llm',
    version: '1.0.0',
    title: 'PostHog LLM Analytics Telemetry',
    description: 'Events about calls of language models, as PostHog takes them.',
    domain: 'analytics',
    stability: 'beta',
    owners: ['@platform.integrations'],
    tags: ['analytics', 'posthog', 'llm', 'ai', 'telemetry'],
  },
  events: [
    {
      key: 'posthog.llm.generation',
      version: '1.0.0',
      semantics: {
        who: 'The application, on behalf of a user or an agent',
        what: 'A language model was called',
        why: 'To see cost, latency and quality of model calls',
      },
      privacy: 'internal',
      tags: ['llm', 'generation', 'posthog'],
      properties: {
        $ai_model: { type: 'string', required: true, description: 'Model that answered' },
        $ai_provider: { type: 'string', required: true, description: 'Provider of the model' },
        $ai_latency: { type: 'number', description: 'Duration of the call, in seconds' },
        $ai_input_tokens: { type: 'number', description: 'Tokens of the prompt' },
        $ai_output_tokens: { type: 'number', description: 'Tokens of the answer' },
        $ai_total_cost_usd: { type: 'number', description: 'Cost of the call, in US dollars' },
        $ai_is_error: { type: 'boolean', description: 'Whether the call failed' },
        $ai_trace_id: { type: 'string', description: 'Trace that the call belongs to' },
        $ai_stream: { type: 'boolean', description: 'Whether the answer was streamed' },
        $ai_time_to_first_token: { type: 'number', description: 'Until the first token of a stream, in seconds' },
        $ai_tools: { type: 'json', description: 'Tools that the model was offered; may hold content' },
        $ai_input: { type: 'json', pii: true, redact: true, description: 'Messages of the prompt' },
        $ai_output_choices: { type: 'json', pii: true, redact: true, description: 'Messages of the answer' },
        contractspec_operation: { type: 'string', description: 'Operation that called the model' },
        contractspec_version: { type: 'string', description: 'Version of that operation' },
        contractspec_agent_id: { type: 'string', description: 'Agent that called the model' },
        contractspec_finish_reason: { type: 'string', description: 'Why the answer ended' },
        contractspec_tool_count: { type: 'number', description: 'Number of tool calls' },
      },
    },
  ],
  config: {
    defaultRetentionDays: 90,
    defaultSamplingRate: 1,
    providers: [
      {
        type: 'posthog',
        config: {
          eventName: POSTHOG_LLM_TELEMETRY_EVENTS.generation,
          enableEvaluations: true,
          evaluationTemplates: Object.values(POSTHOG_EVALUATION_TEMPLATES),
        },
      },
    ],
  },
} as const satisfies TelemetrySpec;
