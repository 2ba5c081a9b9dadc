import { FakeClock } from '@mortise/testing';
import type { VectorStoreProvider } from '../vector-store-provider.ts';
import type { VectorStoreConformanceTarget } from './conformance-target.ts';
import { InMemoryVectorStore } from './in-memory-vector-store.ts';

/**
 * The in-memory store as a target of the kit.
 *
 * @param wrap Puts something around the provider, such as the code of your own that is to be tested.
 */
export function inMemoryVectorStoreTarget(
  wrap: (store: InMemoryVectorStore) => VectorStoreProvider = (store) => store,
): VectorStoreConformanceTarget {
  return {
    open: async ({ collections }) => {
      const clock = new FakeClock();
      const store = new InMemoryVectorStore({ collections, now: clock.now, sleep: clock.sleep });
      return {
        provider: wrap(store),
        requests: () => store.line.requests,
        openRequests: () => store.line.openRequests,
        hold: () => store.line.hold(),
        answerNextWith: (status) => store.line.answerNextWith(status),
        now: clock.now,
        advance: (ms) => clock.advance(ms),
        close: () => store.close(),
      };
    },
  };
}
