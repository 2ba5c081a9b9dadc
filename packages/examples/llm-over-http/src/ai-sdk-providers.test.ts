import { createMistral } from '@ai-sdk/mistral';
import { createOpenAI } from '@ai-sdk/openai';
import { formatReport } from '@mortise/testing';
import { fromAiSdk as embeddingFromAiSdk } from '@mortise/provider-embedding/ai-sdk';
import { checkEmbeddingProvider, type EmbeddingConformanceTarget } from '@mortise/provider-embedding/testing';
import { fromAiSdk } from '@mortise/provider-llm/ai-sdk';
import { checkLLMProvider, type LLMConformanceTarget } from '@mortise/provider-llm/testing';
import { describe, expect, it } from 'vitest';
import { startScriptedService } from './__fixtures__/scripted-service.ts';

/** The kit over real sockets takes some seconds, and more on a machine that is busy. */
const LIMIT = { timeout: 120_000 };

const models = {
  mistral: (url: string, apiKey: string) => {
    const mistral = createMistral({ baseURL: `${url}/v1`, apiKey });
    return { chat: (id: string) => mistral.chat(id), embedding: (id: string) => mistral.embeddingModel(id) };
  },
  openai: (url: string, apiKey: string) => {
    const openai = createOpenAI({ baseURL: `${url}/v1`, apiKey });
    return { chat: (id: string) => openai.chat(id), embedding: (id: string) => openai.embeddingModel(id) };
  },
} as const;

const COMMON = ['tools', 'tool-choice', 'json', 'json-schema', 'files', 'usage'] as const;
const FEATURES = { mistral: [...COMMON, 'reasoning'], openai: COMMON } as const;

function llmTarget(vendor: keyof typeof models, told: { byAimock: number }): LLMConformanceTarget {
  return {
    speaksHttp: true,
    // The package takes no answer without a usage.
    alwaysTold: vendor === 'mistral' ? ['usage'] : [],
    // … and leaves out which tokens went into reasoning.
    neverTold: vendor === 'mistral' ? ['reasoningTokens'] : [],
    open: async ({ model, credential }) => {
      const service = await startScriptedService({ chat: model, speech: vendor });
      const { chat } = models[vendor](service.url, credential);
      return {
        provider: fromAiSdk(chat('model-a'), { resolveModel: chat, features: FEATURES[vendor] }),
        requests: () => service.chats,
        openRequests: service.openRequests,
        close: async () => {
          told.byAimock += service.byAimock();
          await service.close();
        },
      };
    },
  };
}

function embeddingTarget(vendor: keyof typeof models): EmbeddingConformanceTarget {
  return {
    speaksHttp: true,
    seesNumbers: false,
    open: async ({ model, credential, maxBatchSize }) => {
      const service = await startScriptedService({ embeddings: model, speech: vendor });
      const { embedding } = models[vendor](service.url, credential);
      return {
        provider: embeddingFromAiSdk(embedding('model-a'), {
          resolveModel: embedding,
          models: [{ model: 'model-a', dimensions: 8, maxBatchSize, normalized: true }],
        }),
        requests: () => service.embeddings,
        openRequests: service.openRequests,
        close: service.close,
      };
    },
  };
}

describe.each([
  ['mistral', ['llm.15', 'X16']],
  ['openai', ['llm.13', 'llm.15', 'X16']],
] as const)('@ai-sdk/%s through fromAiSdk, over HTTP', (vendor, skipped) => {
  it('passes every check for language models that applies', LIMIT, async () => {
    const told = { byAimock: 0 };
    const outcomes = await checkLLMProvider(llmTarget(vendor, told));
    expect(formatReport(outcomes.filter(({ status }) => status === 'failed'))).toBe('0 passed, 0 failed, 0 skipped');
    expect(outcomes.filter(({ status }) => status === 'skipped').map(({ id }) => id)).toEqual(skipped);
    expect(told.byAimock).toBeGreaterThanOrEqual(90);
  });

  it('passes every check for embeddings that applies', LIMIT, async () => {
    const outcomes = await checkEmbeddingProvider(embeddingTarget(vendor));
    expect(formatReport(outcomes.filter(({ status }) => status === 'failed'))).toBe('0 passed, 0 failed, 0 skipped');
    expect(outcomes.filter(({ status }) => status === 'skipped').map(({ id }) => id)).toEqual([
      'embedding.3',
      'embedding.11',
    ]);
  });
});
