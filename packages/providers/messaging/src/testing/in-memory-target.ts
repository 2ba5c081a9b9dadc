import { FakeClock } from '@mortise/testing';
import type { MessagingConformanceTarget } from './conformance-target.ts';
import { InMemoryMessagingProvider, type InMemoryMessagingProviderOptions } from './in-memory-messaging-provider.ts';

/**
 * The in-memory provider as a target of the kit, on a clock of its own, so that no check waits.
 *
 * @param options What every subject is created with, besides its credential and secrets.
 * @param create Makes the provider; for tests of the kit, which give one that does something wrong.
 */
export function inMemoryTarget(
  options: Omit<InMemoryMessagingProviderOptions, 'credential' | 'webhookSecrets' | 'now' | 'sleep'> = {},
  create: (options: InMemoryMessagingProviderOptions) => InMemoryMessagingProvider = (given) =>
    new InMemoryMessagingProvider(given),
): MessagingConformanceTarget {
  return {
    open: async ({ credential, webhookSecrets }) => {
      const clock = new FakeClock();
      const provider = create({ ...options, credential, webhookSecrets, now: clock.now, sleep: clock.sleep });
      return {
        provider,
        service: provider.service,
        advance: (ms) => clock.advance(ms),
        close: () => provider.close(),
      };
    },
  };
}
