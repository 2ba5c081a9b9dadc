import { FakeClock } from '@mortise/testing';
import type { OpenBankingProvider } from '../open-banking-provider.ts';
import type { OpenBankingConformanceTarget } from './conformance-target.ts';
import { InMemoryBank } from './in-memory-bank.ts';
import { InMemoryOpenBankingProvider } from './in-memory-open-banking-provider.ts';
import { IN_MEMORY_SIGNATURE_HEADER, signBody } from './webhook-signature.ts';

const SCOPE = { tenantId: 'tenant-1', connectionId: 'connection-1' } as const;

/**
 * The in-memory provider as a target of the kit, on a clock of its own, so that no check waits.
 *
 * @param wrap Puts something around each provider, such as the mistake that a check is meant to find.
 */
export function inMemoryTarget(
  wrap: (provider: InMemoryOpenBankingProvider) => OpenBankingProvider = (provider) => provider,
): OpenBankingConformanceTarget {
  return {
    open: async ({ bank: data, credential, webhookSecret }) => {
      const clock = new FakeClock();
      const bank = new InMemoryBank(data, SCOPE.connectionId);
      const create = (): OpenBankingProvider => {
        const { now, sleep } = clock;
        return wrap(new InMemoryOpenBankingProvider({ bank, scope: SCOPE, credential, webhookSecret, now, sleep }));
      };
      let deliveries = 0;
      return {
        provider: create(),
        scope: SCOPE,
        bank,
        reopen: () => Promise.resolve(create()),
        deliver: async (event, secret) => {
          deliveries += 1;
          const rawBody = JSON.stringify({ id: `event-${deliveries}`, ...event });
          return { headers: { [IN_MEMORY_SIGNATURE_HEADER]: await signBody(rawBody, secret) }, rawBody };
        },
        advance: (ms) => clock.advance(ms),
        close: () => Promise.resolve(),
      };
    },
  };
}
