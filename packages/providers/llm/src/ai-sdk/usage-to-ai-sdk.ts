import type { LanguageModelV4Usage } from '@ai-sdk/provider';
import type { LLMTokenUsage } from '../model/usage.ts';

/** Our counts in the form of the AI SDK; what was not reported stays undefined. */
export function usageToAiSdk(usage: LLMTokenUsage | undefined): LanguageModelV4Usage {
  const { promptTokens, completionTokens, inputDetails, outputDetails } = usage ?? {};
  const { cacheReadTokens: cacheRead, cacheWriteTokens: cacheWrite } = inputDetails ?? {};
  return {
    inputTokens: {
      total: promptTokens,
      noCache:
        promptTokens === undefined || cacheRead === undefined
          ? undefined
          : promptTokens - cacheRead - (cacheWrite ?? 0),
      cacheRead,
      cacheWrite,
    },
    outputTokens: {
      total: completionTokens,
      text: outputDetails?.textTokens,
      reasoning: outputDetails?.reasoningTokens,
    },
    ...(usage?.raw === undefined ? {} : { raw: JSON.parse(JSON.stringify(usage.raw)) }),
  };
}
