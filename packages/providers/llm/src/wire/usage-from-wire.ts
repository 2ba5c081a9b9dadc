import type { JsonObject } from '@mortise/core';
import type { LLMInputTokenDetails, LLMOutputTokenDetails, LLMTokenUsage } from '../model/usage.ts';
import { isRecord, numberAt, recordAt } from './json-access.ts';

/** The `usage` object of an answer. Absent where it does not hold both counts: a guess would be an invention. */
export function usageFromWire(usage: unknown): LLMTokenUsage | undefined {
  if (!isRecord(usage)) return undefined;
  const promptTokens = numberAt(usage, 'prompt_tokens');
  const completionTokens = numberAt(usage, 'completion_tokens');
  if (promptTokens === undefined || completionTokens === undefined) return undefined;
  const prompt = recordAt(usage, 'prompt_tokens_details');
  const completion = recordAt(usage, 'completion_tokens_details');
  const inputDetails: LLMInputTokenDetails = defined({
    // Some vendors of the format report the cache beside the counts instead of inside the details.
    cacheReadTokens: numberAt(prompt, 'cached_tokens') ?? numberAt(usage, 'prompt_cache_hit_tokens'),
    textTokens: numberAt(prompt, 'text_tokens'),
    audioTokens: numberAt(prompt, 'audio_tokens'),
    imageTokens: numberAt(prompt, 'image_tokens'),
  });
  const outputDetails: LLMOutputTokenDetails = defined({
    reasoningTokens: numberAt(completion, 'reasoning_tokens'),
    textTokens: numberAt(completion, 'text_tokens'),
    audioTokens: numberAt(completion, 'audio_tokens'),
  });
  return {
    promptTokens,
    completionTokens,
    totalTokens: promptTokens + completionTokens,
    ...(Object.keys(inputDetails).length === 0 ? {} : { inputDetails }),
    ...(Object.keys(outputDetails).length === 0 ? {} : { outputDetails }),
    raw: jsonObject(usage),
  };
}

/** The record without the keys whose value is undefined. */
function defined(values: Readonly<Record<string, number | undefined>>): Record<string, number> {
  const kept: Record<string, number> = {};
  for (const [key, value] of Object.entries(values)) if (value !== undefined) kept[key] = value;
  return kept;
}

function jsonObject(value: unknown): JsonObject {
  const copy: JsonObject = JSON.parse(JSON.stringify(value));
  return copy;
}
