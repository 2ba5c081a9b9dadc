import { createRedactor } from '@mortise/core';
import { POSTHOG_LLM_PII_FIELDS } from './posthog-llm-telemetry.ts';

const REDACTED = '[REDACTED]';

/** Names, without signs and case, of fields that hold what was asked, answered or done. */
const CONTENT_FIELDS = new Set(
  [
    ...POSTHOG_LLM_PII_FIELDS,
    '$ai_output',
    '$ai_input_state',
    '$ai_output_state',
    '$ai_tools',
    '$ai_error',
    '$ai_instructions',
    'systemInstructions',
    'systemPrompt',
    'inputMessages',
    'outputMessages',
    'toolDefinitions',
    'toolArguments',
    'toolResult',
    'messages',
    'content',
    'prompt',
    'completion',
    'gen_ai.input.messages',
    'gen_ai.output.messages',
    'gen_ai.system_instructions',
    'gen_ai.tool.definitions',
    'gen_ai.tool.call.arguments',
    'gen_ai.tool.call.result',
  ].map(fold),
);

export interface RedactLLMTelemetryOptions {
  /** Further fields to mask. Case, signs and separators do not matter. */
  readonly fields?: readonly string[];
  /** Longer texts are cut to this length. Default 1,000 characters. */
  readonly maxTextLength?: number;
}

export interface RedactPostHogPayloadOptions {
  /** True: at any depth, and every field that may hold content; see `redactLLMTelemetry`. Default false. */
  readonly deep?: boolean;
}

/**
 * A copy of a payload in which `$ai_input` and `$ai_output_choices` are masked where they are there. The payload is not changed.
 * By default only its own fields are looked at, as code that relies on this function expects; pass `deep` for the rest.
 */
export function redactPostHogLLMTelemetryPayload<Payload extends Record<string, unknown>>(
  payload: Payload,
  options?: RedactPostHogPayloadOptions,
): Payload;
export function redactPostHogLLMTelemetryPayload(
  payload: Record<string, unknown>,
  options: RedactPostHogPayloadOptions = {},
): Record<string, unknown> {
  if (options.deep === true) return redactLLMTelemetry(payload);
  const copy = { ...payload };
  for (const field of POSTHOG_LLM_PII_FIELDS) if (field in payload) copy[field] = REDACTED;
  return copy;
}

const redactor = createRedactor();

/**
 * A deep copy of telemetry without content: fields that may hold prompts, answers, tool data, state or error texts are masked
 * wherever they stand, data of media becomes its size, long texts are cut, and whatever looks like a credential is removed.
 */
export function redactLLMTelemetry(
  payload: Readonly<Record<string, unknown>>,
  options: RedactLLMTelemetryOptions = {},
): Record<string, unknown> {
  const more = new Set((options.fields ?? []).map(fold));
  const maxTextLength = options.maxTextLength ?? 1000;
  const isContent = (name: string): boolean => CONTENT_FIELDS.has(fold(name)) || more.has(fold(name));
  const done = new Map<object, unknown>();
  const visit = (value: unknown): unknown => {
    if (typeof value === 'string') return shorten(value, maxTextLength);
    if (typeof value !== 'object' || value === null || value instanceof Date) return value;
    const earlier = done.get(value);
    if (earlier !== undefined) return earlier;
    const copy = copyOf(value);
    done.set(value, copy);
    return copy;
  };
  const visitField = (name: string, value: unknown): unknown =>
    value === undefined || value === null || !isContent(name) ? visit(value) : REDACTED;
  const copyOf = (value: object): unknown => {
    if (Array.isArray(value)) return value.map((item: unknown) => visit(item));
    if (value instanceof Set) return [...value].map((item: unknown) => visit(item));
    const entries: [unknown, unknown][] = value instanceof Map ? [...value] : Object.entries(value);
    return Object.fromEntries(entries.map(([name, item]) => [String(name), visitField(String(name), item)]));
  };
  // Core's redactor gives plain data without cycles, getters and proxies, and removes credentials.
  const plain = visit(redactor.value(payload));
  return isRecord(plain) ? plain : {};
}

function shorten(text: string, maxLength: number): string {
  const media = /^data:([^;,]{1,100})[;,]/.exec(text);
  if (media !== null) return `[${media[1]}, ${text.length} characters]`;
  return text.length <= maxLength ? text : `${text.slice(0, maxLength)}… (${text.length} characters)`;
}

function fold(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
