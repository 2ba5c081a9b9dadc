import { supports } from '@mortise/core';
import { type ConformanceOutcome, runConformance } from '@mortise/testing';
import type { SmsConformanceTarget } from './conformance-target.ts';
import { smsConformanceCases } from './sms-conformance-cases.ts';

/**
 * Runs every check against an implementation and reports them all. A check that needs something which the provider
 * does not declare is reported as skipped, never left out.
 */
export async function checkSmsProvider(target: SmsConformanceTarget): Promise<ConformanceOutcome[]> {
  return runConformance({
    cases: smsConformanceCases,
    createContext: () => Promise.resolve(target),
    capabilities: await declaredBy(target),
  });
}

/** A test runner, as far as the kit needs one: `vitest`, `node:test` and `bun:test` all fit. */
export interface SmsTestRunner {
  readonly describe: (title: string, body: () => void) => unknown;
  readonly it: (title: string, run: () => Promise<void>) => unknown;
}

/**
 * Registers every check as a test of the given runner. A check that does not apply passes with nothing done, since
 * what applies is only known once a provider was opened; `checkSmsProvider` reports those.
 */
export function describeSmsProvider(name: string, target: SmsConformanceTarget, { describe, it }: SmsTestRunner): void {
  describe(`${name} as an SmsProvider`, () => {
    for (const check of smsConformanceCases) {
      it(`${check.id}: ${check.title}`, async () => {
        const { requires } = check;
        if (requires === undefined || (await declaredBy(target)).includes(requires)) await check.run(target);
      });
    }
  });
}

/** What the checks may ask for, as declared by the provider. */
async function declaredBy({ open }: SmsConformanceTarget): Promise<string[]> {
  const subject = await open({ credential: 'conformance-credential', webhookSecrets: ['hook-secret'] });
  try {
    const { provider } = subject;
    const { features = [], idempotency } = provider.capabilities ?? {};
    return [
      ...features,
      ...(supports(provider, 'getMessage') ? ['read'] : []),
      ...(supports(provider, 'listMessages') ? ['list'] : []),
      ...(idempotency === undefined || idempotency.supported === 'none' ? [] : ['idempotency']),
      ...(supports(provider, 'close') ? ['close'] : []),
    ];
  } finally {
    await subject.close();
  }
}
