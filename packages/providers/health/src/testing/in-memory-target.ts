import { FakeClock } from '@mortise/testing';
import type { HealthProvider } from '../health-provider.ts';
import type { HealthEntity } from '../model/entity.ts';
import type { HealthConformanceTarget } from './conformance-target.ts';
import { InMemoryHealthProvider, type InMemoryHealthProviderOptions } from './in-memory-health-provider.ts';
import { InMemoryHealthVendor } from './in-memory-vendor.ts';
import { signDelivery } from './in-memory-webhooks.ts';

/** Makes the provider of a subject; a test of the kit makes a broken one. */
export type MakeHealthProvider = (options: InMemoryHealthProviderOptions) => HealthProvider;

/** The in-memory provider as a target of the kit, on a clock of its own, so that no check waits. */
export function inMemoryTarget(
  make: MakeHealthProvider = (options) => new InMemoryHealthProvider(options),
): HealthConformanceTarget {
  return {
    open: async ({ records, credential, webhookSecrets = [], without = [] }) => {
      const clock = new FakeClock();
      const vendor = new InMemoryHealthVendor(records);
      const stored: HealthEntity[] = [];
      const provider = make({
        vendor,
        credential,
        webhookSecrets,
        without,
        sleep: clock.sleep,
        now: clock.now,
        store: async (entity) => void stored.push(entity),
      });
      return {
        provider,
        vendor,
        stored: () => stored,
        deliver: (events, secret, ageMs = 0) => signDelivery(events, secret, clock.now() - ageMs),
        advance: (ms) => clock.advance(ms),
        close: () => Promise.resolve(),
      };
    },
  };
}
