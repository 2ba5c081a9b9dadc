import { FakeClock } from '@mortise/testing';
import type { LLMConformanceTarget } from './conformance-target.ts';
import { InMemoryLLMProvider, type InMemoryLLMProviderOptions } from './in-memory-llm-provider.ts';

/**
 * The in-memory provider as a target of the kit, on a clock of its own, so that no check waits.
 *
 * @param options What every subject is created with, besides its model and credential.
 */
export function inMemoryTarget(
  options: Omit<InMemoryLLMProviderOptions, 'model' | 'credential' | 'sleep'> = {},
): LLMConformanceTarget {
  return {
    open: async ({ model, credential }) => {
      const clock = new FakeClock();
      const provider = new InMemoryLLMProvider({ ...options, model, credential, sleep: clock.sleep });
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
