import { type ConformanceOutcome, runConformance } from '@mortise/testing';
import { supports } from '@mortise/core';
import type { OpenBankingMethod } from '../model/capabilities.ts';
import { bankWith, WEBHOOK_SECRET } from './case-tools.ts';
import type { OpenBankingConformanceTarget } from './conformance-target.ts';
import { openBankingConformanceCases } from './open-banking-conformance-cases.ts';

/**
 * Runs every check against an implementation and reports them all. A check that needs something which the provider does
 * not declare is reported as skipped, never left out.
 */
export async function checkOpenBankingProvider(target: OpenBankingConformanceTarget): Promise<ConformanceOutcome[]> {
  return runConformance({
    cases: openBankingConformanceCases,
    createContext: () => Promise.resolve(target),
    capabilities: await declaredBy(target),
  });
}

/** A test runner, as far as the kit needs one: `vitest`, `node:test` and `bun:test` all fit. */
export interface OpenBankingTestRunner {
  readonly describe: (title: string, body: () => void) => unknown;
  readonly it: (title: string, run: () => Promise<void>) => unknown;
}

/**
 * Registers every check as a test of the given runner. A check that does not apply passes with nothing done, since what
 * applies is only known once a provider was opened; `checkOpenBankingProvider` reports those.
 */
export function describeOpenBankingProvider(
  name: string,
  target: OpenBankingConformanceTarget,
  { describe, it }: OpenBankingTestRunner,
): void {
  describe(`${name} as an OpenBankingProvider`, () => {
    for (const check of openBankingConformanceCases) {
      it(`${check.id}: ${check.title}`, async () => {
        const { requires } = check;
        if (requires === undefined || (await declaredBy(target)).includes(requires)) await check.run(target);
      });
    }
  });
}

const OPTIONAL: readonly OpenBankingMethod[] = ['syncTransactions', 'createConsent', 'verifyWebhook'];

/** What the checks may ask for, as declared by the provider itself and by its target. */
async function declaredBy({ open }: OpenBankingConformanceTarget): Promise<string[]> {
  const subject = await open({
    bank: bankWith(),
    credential: 'conformance-credential',
    webhookSecret: WEBHOOK_SECRET,
  });
  try {
    const { provider, deliver } = subject;
    return [
      ...(provider.capabilities?.features ?? []),
      ...OPTIONAL.filter((name) => supports(provider, name) && (name !== 'verifyWebhook' || deliver !== undefined)),
    ];
  } finally {
    await subject.close();
  }
}
