import { FakeClock } from '@mortise/testing';
import type { SmsConformanceTarget } from './conformance-target.ts';
import { InMemorySmsProvider, type InMemorySmsProviderOptions } from './in-memory-sms-provider.ts';

/**
 * The in-memory provider as a target of the kit, on a clock of its own, so that no check waits.
 *
 * @param create Makes the provider; for tests of the kit, which give one that does something wrong.
 */
export function inMemoryTarget(
  create: (options: InMemorySmsProviderOptions) => InMemorySmsProvider = (options) => new InMemorySmsProvider(options),
): SmsConformanceTarget {
  return {
    open: async ({ credential, webhookSecrets }) => {
      const clock = new FakeClock();
      const provider = create({ credential, webhookSecrets, now: clock.now, sleep: clock.sleep });
      return {
        provider,
        service: provider.service,
        advance: (ms) => clock.advance(ms),
        close: () => provider.close(),
      };
    },
  };
}
