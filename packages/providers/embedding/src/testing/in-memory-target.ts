import { FakeClock } from '@mortise/testing';
import type { EmbeddingConformanceTarget } from './conformance-target.ts';
import { InMemoryEmbeddingProvider, type InMemoryEmbeddingProviderOptions } from './in-memory-embedding-provider.ts';

/**
 * The in-memory provider as a target of the kit, on a clock of its own, so that no check waits.
 *
 * @param options What every subject is created with, besides its model, credential and batch size.
 */
export function inMemoryEmbeddingTarget(
  options: Omit<InMemoryEmbeddingProviderOptions, 'model' | 'credential' | 'sleep' | 'maxBatchSize'> = {},
): EmbeddingConformanceTarget {
  return {
    open: async ({ model, credential, maxBatchSize }) => {
      const clock = new FakeClock();
      const provider = new InMemoryEmbeddingProvider({
        ...options,
        model,
        credential,
        maxBatchSize,
        sleep: clock.sleep,
      });
      return {
        provider,
        requests: () => provider.requests,
        openRequests: () => provider.openRequests,
        advance: (ms) => clock.advance(ms),
        close: () => provider.close(),
      };
    },
  };
}
