import { FakeClock, formatReport } from '@mortise/testing';
import {
  checkEmbeddingProvider,
  type EmbeddingConformanceTarget,
  SCRIPTED_DIMENSIONS,
} from '@mortise/provider-embedding/testing';
import { checkLLMProvider, type LLMConformanceTarget } from '@mortise/provider-llm/testing';
import { describe, expect, it } from 'vitest';
import { leadingTo } from './__fixtures__/leading-to.ts';
import { startScriptedService } from './__fixtures__/scripted-service.ts';
import { connectVendor, createHttpEmbeddingProvider, HttpLLMProvider, MISTRAL, OPENAI, type Vendor } from './index.ts';

/** The kit over real sockets takes some seconds, and more on a machine that is busy. */
const LIMIT = { timeout: 120_000 };

function llmTarget(vendor: Vendor, told: { byAimock: number }): LLMConformanceTarget {
  return {
    speaksHttp: true,
    open: async ({ model, credential }) => {
      const clock = new FakeClock();
      const service = await startScriptedService({
        chat: model,
        speech: vendor.dialect.providerKey === 'mistral' ? 'mistral' : 'openai',
      });
      const connected = connectVendor(vendor, { secrets: { apiKey: credential }, fetch: leadingTo(service.url) });
      const provider = new HttpLLMProvider(connected, { model: 'model-a', sleep: clock.sleep });
      return {
        provider,
        requests: () => service.chats,
        openRequests: service.openRequests,
        advance: (ms) => clock.advance(ms),
        close: async () => {
          await provider.close();
          told.byAimock += service.byAimock();
          await service.close();
          expect(clock.pendingTimers).toBe(0);
        },
      };
    },
  };
}

function embeddingTarget(vendor: Vendor): EmbeddingConformanceTarget {
  return {
    speaksHttp: true,
    open: async ({ model, credential, maxBatchSize }) => {
      const clock = new FakeClock();
      const service = await startScriptedService({ embeddings: model, speech: 'openai' });
      const connected = connectVendor(vendor, { secrets: { apiKey: credential }, fetch: leadingTo(service.url) });
      const models = [{ model: 'model-a', dimensions: SCRIPTED_DIMENSIONS, maxBatchSize, normalized: true }];
      const provider = createHttpEmbeddingProvider(connected, { models, maxBatchSize, sleep: clock.sleep });
      return {
        provider,
        requests: () => service.embeddings,
        openRequests: service.openRequests,
        advance: (ms) => clock.advance(ms),
        close: async () => {
          await provider.close();
          await service.close();
          expect(clock.pendingTimers).toBe(0);
        },
      };
    },
  };
}

describe.each([
  ['Mistral', MISTRAL, ['llm.15']],
  ['OpenAI', OPENAI, ['llm.13', 'llm.15']],
] as const)('%s by its spec, over HTTP', (_name, vendor, skipped) => {
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
    expect(outcomes.filter(({ status }) => status === 'skipped').map(({ id }) => id)).toEqual(['embedding.11']);
  });
});
