import { supports } from '@mortise/core';
import { type ConformanceOutcome, runConformance } from '@mortise/testing';
import type { MessagingConformanceTarget } from './conformance-target.ts';
import { messagingConformanceCases } from './messaging-conformance-cases.ts';

/**
 * Runs every check against an implementation and reports them all. A check that needs something which the provider
 * does not declare is reported as skipped, never left out.
 */
export async function checkMessagingProvider(target: MessagingConformanceTarget): Promise<ConformanceOutcome[]> {
  return runConformance({
    cases: messagingConformanceCases,
    createContext: () => Promise.resolve(target),
    capabilities: await declaredBy(target),
  });
}

/** A test runner, as far as the kit needs one: `vitest`, `node:test` and `bun:test` all fit. */
export interface MessagingTestRunner {
  readonly describe: (title: string, body: () => void) => unknown;
  readonly it: (title: string, run: () => Promise<void>) => unknown;
}

/**
 * Registers every check as a test of the given runner. A check that does not apply passes with nothing done, since
 * what applies is only known once a provider was opened; `checkMessagingProvider` reports those.
 */
export function describeMessagingProvider(
  name: string,
  target: MessagingConformanceTarget,
  { describe, it }: MessagingTestRunner,
): void {
  describe(`${name} as a MessagingProvider`, () => {
    for (const check of messagingConformanceCases) {
      it(`${check.id}: ${check.title}`, async () => {
        const { requires } = check;
        if (requires === undefined || (await declaredBy(target)).includes(requires)) await check.run(target);
      });
    }
  });
}

/** What the checks may ask for, as declared by the provider. */
async function declaredBy({ open }: MessagingConformanceTarget): Promise<string[]> {
  const subject = await open({ credential: 'conformance-credential', webhookSecrets: ['hook-secret'] });
  try {
    const { provider } = subject;
    const { features = [], idempotency } = provider.capabilities ?? {};
    return [
      ...features.filter((feature) => feature !== 'edit' || supports(provider, 'updateMessage')),
      ...(idempotency === undefined || idempotency.supported === 'none' ? [] : ['idempotency']),
      ...(supports(provider, 'close') ? ['close'] : []),
    ];
  } finally {
    await subject.close();
  }
}
