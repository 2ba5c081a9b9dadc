import { FakeClock } from '@mortise/testing';
import type { PaymentsProvider } from '../payments-provider.ts';
import type { PaymentsConformanceTarget } from './conformance-target.ts';
import { InMemoryPaymentsProvider } from './in-memory-payments-provider.ts';
import { InMemoryProcessor } from './in-memory-processor.ts';
import { IN_MEMORY_SIGNATURE_HEADER, signBody } from './webhook-signature.ts';

/**
 * The in-memory provider as a target of the kit, on a clock of its own, so that no check waits.
 *
 * @param wrap Puts something around the provider, such as the mistake that a check is meant to find.
 */
export function inMemoryTarget(
  wrap: (provider: InMemoryPaymentsProvider) => PaymentsProvider = (provider) => provider,
): PaymentsConformanceTarget {
  return {
    open: async ({ processor: data, credential, webhookSecret }) => {
      const clock = new FakeClock();
      const processor = new InMemoryProcessor(data, clock.now);
      const provider = new InMemoryPaymentsProvider({ processor, credential, webhookSecret, sleep: clock.sleep });
      let deliveries = 0;
      return {
        provider: wrap(provider),
        processor,
        deliver: async (event, secret) => {
          deliveries += 1;
          const at = new Date(clock.now()).toISOString();
          const rawBody = JSON.stringify({ id: `evt-${deliveries}`, ...event, at });
          return { headers: { [IN_MEMORY_SIGNATURE_HEADER]: await signBody(rawBody, secret) }, rawBody };
        },
        advance: (ms) => clock.advance(ms),
        close: () => Promise.resolve(),
      };
    },
  };
}
