import type {
  LanguageModelV2FinishReason,
  LanguageModelV2Usage,
  LanguageModelV3FinishReason,
  LanguageModelV3Usage,
  LanguageModelV4FinishReason,
  LanguageModelV4Usage,
} from '@ai-sdk/provider';
import type { LLMFinishReason } from '../model/response.ts';
import type { LLMTokenUsage } from '../model/usage.ts';
import { ourJsonObject } from './json.ts';

const FINISH_REASONS: ReadonlyMap<string, LLMFinishReason> = new Map<string, LLMFinishReason>([
  ['stop', 'stop'],
  ['length', 'length'],
  ['content-filter', 'content_filter'],
  ['tool-calls', 'tool_call'],
  ['error', 'error'],
]);

/** An ending of any version in our words. */
export function finishReasonFromAiSdk(
  reason: LanguageModelV2FinishReason | LanguageModelV3FinishReason | LanguageModelV4FinishReason,
): { finishReason: LLMFinishReason; rawFinishReason: string } {
  const unified = typeof reason === 'string' ? reason : reason.unified;
  const raw = typeof reason === 'string' ? undefined : reason.raw;
  return { finishReason: FINISH_REASONS.get(unified) ?? 'other', rawFinishReason: raw ?? unified };
}

/** Token counts of any version. Absent where either count is unknown. */
export function usageFromAiSdk(
  usage: LanguageModelV2Usage | LanguageModelV3Usage | LanguageModelV4Usage,
): LLMTokenUsage | undefined {
  const { input, output, raw } = counts(usage);
  if (input.total === undefined || output.total === undefined) return undefined;
  const inputDetails = defined({ cacheReadTokens: input.cacheRead, cacheWriteTokens: input.cacheWrite });
  const outputDetails = defined({ reasoningTokens: output.reasoning, textTokens: output.text });
  return {
    promptTokens: input.total,
    completionTokens: output.total,
    totalTokens: input.total + output.total,
    ...(inputDetails === undefined ? {} : { inputDetails }),
    ...(outputDetails === undefined ? {} : { outputDetails }),
    ...(raw === undefined ? {} : { raw: ourJsonObject(raw) }),
  };
}

function counts(usage: LanguageModelV2Usage | LanguageModelV3Usage | LanguageModelV4Usage): {
  input: Partial<LanguageModelV4Usage['inputTokens']>;
  output: Partial<LanguageModelV4Usage['outputTokens']>;
  raw: LanguageModelV4Usage['raw'];
} {
  if (typeof usage.inputTokens === 'object' && typeof usage.outputTokens === 'object') {
    return { input: usage.inputTokens, output: usage.outputTokens, raw: 'raw' in usage ? usage.raw : undefined };
  }
  const flat = {
    cacheRead: 'cachedInputTokens' in usage ? usage.cachedInputTokens : undefined,
    reasoning: 'reasoningTokens' in usage ? usage.reasoningTokens : undefined,
  };
  return {
    input: { total: numberOf(usage.inputTokens), cacheRead: flat.cacheRead },
    output: { total: numberOf(usage.outputTokens), reasoning: flat.reasoning },
    raw: undefined,
  };
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function defined(values: Readonly<Record<string, number | undefined>>): Record<string, number> | undefined {
  const known = Object.entries(values).filter((entry): entry is [string, number] => entry[1] !== undefined);
  return known.length === 0 ? undefined : Object.fromEntries(known);
}
