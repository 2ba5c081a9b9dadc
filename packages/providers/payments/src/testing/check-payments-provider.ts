import { type ConformanceOutcome, runConformance } from '@mortise/testing';
import { supports } from '@mortise/core';
import type { PaymentsMethod } from '../model/capabilities.ts';
import { WEBHOOK_SECRET } from './case-tools.ts';
import type { PaymentsConformanceTarget } from './conformance-target.ts';
import { paymentsConformanceCases } from './payments-conformance-cases.ts';

/**
 * Runs every check against an implementation and reports them all. A check that needs something which the provider does
 * not declare is reported as skipped, never left out.
 */
export async function checkPaymentsProvider(target: PaymentsConformanceTarget): Promise<ConformanceOutcome[]> {
  return runConformance({
    cases: paymentsConformanceCases,
    createContext: () => Promise.resolve(target),
    capabilities: await declaredBy(target),
  });
}

/** A test runner, as far as the kit needs one: `vitest`, `node:test` and `bun:test` all fit. */
export interface PaymentsTestRunner {
  readonly describe: (title: string, body: () => void) => unknown;
  readonly it: (title: string, run: () => Promise<void>) => unknown;
}

/**
 * Registers every check as a test of the given runner. A check that does not apply passes with nothing done, since what
 * applies is only known once a provider was opened; `checkPaymentsProvider` reports those.
 */
export function describePaymentsProvider(
  name: string,
  target: PaymentsConformanceTarget,
  { describe, it }: PaymentsTestRunner,
): void {
  describe(`${name} as an PaymentsProvider`, () => {
    for (const check of paymentsConformanceCases) {
      it(`${check.id}: ${check.title}`, async () => {
        const { requires } = check;
        if (requires === undefined || (await declaredBy(target)).includes(requires)) await check.run(target);
      });
    }
  });
}

const OPTIONAL: readonly PaymentsMethod[] = [
  'getPaymentIntent',
  'confirmPayment',
  'listPaymentIntents',
  'getBalance',
  'verifyWebhook',
];

/** What the checks may ask for, as declared by the provider itself and by its target. */
async function declaredBy({ open }: PaymentsConformanceTarget): Promise<string[]> {
  const subject = await open({ processor: {}, credential: 'conformance-credential', webhookSecret: WEBHOOK_SECRET });
  try {
    const { provider, deliver } = subject;
    const { idempotency, metadataLimits } = provider.capabilities ?? {};
    return [
      ...(idempotency === undefined || idempotency.supported === 'none' ? [] : ['idempotency']),
      ...(metadataLimits === undefined ? [] : ['metadata-limits']),
      ...OPTIONAL.filter((name) => supports(provider, name) && (name !== 'verifyWebhook' || deliver !== undefined)),
    ];
  } finally {
    await subject.close();
  }
}
