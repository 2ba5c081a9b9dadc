import { createCanary, findCanary } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import type { LLMTelemetryRecord } from './llm-telemetry-record.ts';
import {
  POSTHOG_EVALUATION_TEMPLATES,
  POSTHOG_LLM_PII_FIELDS,
  POSTHOG_LLM_TELEMETRY_EVENTS,
  posthogLLMTelemetrySpec,
} from './posthog-llm-telemetry.ts';
import { redactLLMTelemetry, redactPostHogLLMTelemetryPayload } from './redact-llm-telemetry.ts';
import { toOtelAttributes } from './to-otel-attributes.ts';
import { toOtelMetrics } from './to-otel-metrics.ts';
import { toPostHogEvent } from './to-posthog-event.ts';

const record: LLMTelemetryRecord = {
  operation: 'chat',
  provider: 'mistral',
  requestModel: 'mistral-large-latest',
  responseModel: 'mistral-large-2512',
  responseId: 'r1',
  sessionId: 's1',
  traceId: 't1',
  spanId: 'sp1',
  parentId: 'sp0',
  usage: { inputTokens: 100, outputTokens: 20, cacheReadTokens: 40, reasoningTokens: 5 },
  costUsd: { input: 0.001, output: 0.002, total: 0.003 },
  latencyMs: 1500,
  timeToFirstChunkMs: 250,
  stream: true,
  finishReasons: ['stop'],
};

describe('the telemetry spec for PostHog', () => {
  it('keeps its names and settings', () => {
    expect(posthogLLMTelemetrySpec.meta).toMatchObject({
      key: 'analytics.posthog.llm',
      version: '1.0.0',
      stability: 'beta',
    });
    expect(posthogLLMTelemetrySpec.config).toEqual({
      defaultRetentionDays: 90,
      defaultSamplingRate: 1,
      providers: [
        {
          type: 'posthog',
          config: {
            eventName: '$ai_generation',
            enableEvaluations: true,
            evaluationTemplates: ['relevance', 'helpfulness', 'jailbreak', 'hallucination', 'toxicity'],
          },
        },
      ],
    });
    expect(POSTHOG_LLM_TELEMETRY_EVENTS).toEqual({
      generation: '$ai_generation',
      span: '$ai_span',
      evaluation: '$ai_evaluation',
    });
    for (const [name, value] of Object.entries(POSTHOG_EVALUATION_TEMPLATES)) expect(value).toBe(name);
  });

  it('marks exactly the fields with content as personal', () => {
    const [event] = posthogLLMTelemetrySpec.events;
    const personal = Object.entries(event.properties).filter(([, property]) => 'pii' in property && property.redact);
    expect(personal.map(([name]) => name)).toEqual([...POSTHOG_LLM_PII_FIELDS]);
    expect(Object.keys(event.properties)).toHaveLength(18);
    expect(event.semantics).toEqual({ who: expect.any(String), what: expect.any(String), why: expect.any(String) });
  });
});

describe('redaction of a payload for PostHog', () => {
  it('masks the two fields of the payload itself, where they are there, in a copy', () => {
    const payload = { $ai_model: 'm', $ai_input: [{ role: 'user' }], $ai_output_choices: undefined };
    expect(redactPostHogLLMTelemetryPayload(payload)).toEqual({
      $ai_model: 'm',
      $ai_input: '[REDACTED]',
      $ai_output_choices: '[REDACTED]',
    });
    expect(payload.$ai_input).toEqual([{ role: 'user' }]);
    expect(redactPostHogLLMTelemetryPayload({ $ai_model: 'm' })).toEqual({ $ai_model: 'm' });
  });

  it('finds content at any depth when asked for', () => {
    const canary = createCanary();
    const payload = {
      $ai_input_state: canary,
      $ai_error: { message: canary },
      steps: [{ $ai_output_choices: [canary], 'gen_ai.tool.call.arguments': canary, toolArguments: { q: canary } }],
    };
    expect(findCanary(redactPostHogLLMTelemetryPayload(payload, { deep: true }), canary)).toEqual([]);
    expect(findCanary(redactPostHogLLMTelemetryPayload(payload), canary)).not.toEqual([]);
  });
});

describe('deep redaction', () => {
  it('keeps numbers and names, cuts long texts, and tells media by size', () => {
    const image = `data:image/png;base64,${'A'.repeat(5000)}`;
    expect(
      redactLLMTelemetry({ $ai_latency: 1.5, tags: ['a'], note: 'x'.repeat(30), image }, { maxTextLength: 10 }),
    ).toEqual({
      $ai_latency: 1.5,
      tags: ['a'],
      note: `${'x'.repeat(10)}… (30 characters)`,
      image: `[image/png, ${image.length} characters]`,
    });
  });

  it('masks further fields by name, in any spelling, and ends on cycles', () => {
    const canary = createCanary();
    const payload: Record<string, unknown> = { customerNote: canary, inner: { 'customer-note': [canary] } };
    payload['self'] = payload;
    expect(findCanary(redactLLMTelemetry(payload, { fields: ['customer_note'] }), canary)).toEqual([]);
  });
});

describe('an event for PostHog', () => {
  it('has what is known, in seconds, and nothing else', () => {
    expect(toPostHogEvent(record, 'user-1')).toEqual({
      distinctId: 'user-1',
      event: '$ai_generation',
      messageId: 't1:sp1:1',
      properties: {
        $ai_provider: 'mistral',
        $ai_model: 'mistral-large-2512',
        $ai_trace_id: 't1',
        $ai_span_id: 'sp1',
        $ai_parent_id: 'sp0',
        $ai_session_id: 's1',
        $ai_latency: 1.5,
        $ai_time_to_first_token: 0.25,
        $ai_stream: true,
        $ai_input_tokens: 100,
        $ai_output_tokens: 20,
        $ai_cache_read_input_tokens: 40,
        $ai_reasoning_tokens: 5,
        $ai_cache_reporting_exclusive: false,
        $ai_input_cost_usd: 0.001,
        $ai_output_cost_usd: 0.002,
        $ai_total_cost_usd: 0.003,
        $ai_is_error: false,
        finish_reasons: ['stop'],
      },
    });
  });

  it('has no cost where none is known, and tells failures and attempts', () => {
    const { costUsd: _cost, ...rest } = record;
    const { properties = {}, messageId } = toPostHogEvent(
      { ...rest, attempt: 2, error: { type: 'rate_limited', httpStatus: 429 } },
      'u',
    );
    expect(properties).not.toHaveProperty('$ai_total_cost_usd');
    expect(properties).toMatchObject({
      $ai_is_error: true,
      $ai_http_status: 429,
      error_type: 'rate_limited',
      attempt: 2,
    });
    expect(messageId).toBe('t1:sp1:2');
  });

  it.each([
    ['embeddings', '$ai_embedding'],
    ['execute_tool', '$ai_span'],
    ['retrieval', '$ai_span'],
  ] as const)('of %s is %s', (operation, event) => {
    expect(toPostHogEvent({ ...record, operation }, 'u').event).toBe(event);
  });
});

describe('attributes for OpenTelemetry', () => {
  it('are those of the conventions', () => {
    expect(toOtelAttributes(record)).toEqual({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'mistral',
      'gen_ai.request.model': 'mistral-large-latest',
      'gen_ai.response.model': 'mistral-large-2512',
      'gen_ai.response.id': 'r1',
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.conversation.id': 's1',
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.output_tokens': 20,
      'gen_ai.usage.cache_read.input_tokens': 40,
    });
  });

  it('name the system in the legacy form', () => {
    const attributes = toOtelAttributes({ ...record, error: { type: 'timeout' } }, 'legacy');
    expect(attributes).toMatchObject({ 'gen_ai.system': 'mistral', 'error.type': 'timeout' });
    expect(attributes).not.toHaveProperty(['gen_ai.provider.name']);
  });
});

describe('measurements for OpenTelemetry', () => {
  const dimensions = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'mistral',
    'gen_ai.request.model': 'mistral-large-latest',
    'gen_ai.response.model': 'mistral-large-2512',
  };

  it('are the duration in seconds and the tokens, without anything that is different for each call', () => {
    expect(toOtelMetrics(record)).toEqual([
      { name: 'gen_ai.client.operation.duration', unit: 's', value: 1.5, attributes: dimensions },
      {
        name: 'gen_ai.client.token.usage',
        unit: '{token}',
        value: 100,
        attributes: { ...dimensions, 'gen_ai.token.type': 'input' },
      },
      {
        name: 'gen_ai.client.token.usage',
        unit: '{token}',
        value: 20,
        attributes: { ...dimensions, 'gen_ai.token.type': 'output' },
      },
    ]);
  });

  it('have no tokens where none are known, and tell failures', () => {
    const { usage: _usage, ...rest } = record;
    expect(toOtelMetrics({ ...rest, error: { type: 'timeout' } })).toEqual([
      {
        name: 'gen_ai.client.operation.duration',
        unit: 's',
        value: 1.5,
        attributes: { ...dimensions, 'error.type': 'timeout' },
      },
    ]);
  });
});
