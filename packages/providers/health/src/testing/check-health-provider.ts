import { supports } from '@mortise/core';
import { type ConformanceOutcome, runConformance } from '@mortise/testing';
import type { HealthConformanceTarget } from './conformance-target.ts';
import { healthConformanceCases } from './health-conformance-cases.ts';

/**
 * Runs every check against an implementation and reports them all. A check that needs something which the provider
 * does not have is reported as skipped, never left out.
 */
export async function checkHealthProvider(target: HealthConformanceTarget): Promise<ConformanceOutcome[]> {
  return runConformance({
    cases: healthConformanceCases,
    createContext: () => Promise.resolve(target),
    capabilities: await declaredBy(target),
  });
}

/** A test runner, as far as the kit needs one: `vitest`, `node:test` and `bun:test` all fit. */
export interface HealthTestRunner {
  readonly describe: (title: string, body: () => void) => unknown;
  readonly it: (title: string, run: () => Promise<void>) => unknown;
}

/**
 * Registers every check as a test of the given runner. A check that does not apply passes with nothing done, since
 * what applies is only known once a provider was opened; `checkHealthProvider` reports those.
 */
export function describeHealthProvider(
  name: string,
  target: HealthConformanceTarget,
  { describe, it }: HealthTestRunner,
): void {
  describe(`${name} as a HealthProvider`, () => {
    for (const check of healthConformanceCases) {
      it(`${check.id}: ${check.title}`, async () => {
        const { requires } = check;
        if (requires === undefined || (await declaredBy(target)).includes(requires)) await check.run(target);
      });
    }
  });
}

/** What the checks may ask for, as the provider itself has it. */
async function declaredBy({ open }: HealthConformanceTarget): Promise<string[]> {
  const { provider, close } = await open({ records: [], credential: 'conformance-credential' });
  try {
    return [
      ...(supports(provider, 'syncActivities') ? ['sync'] : []),
      ...(supports(provider, 'listChanges') ? ['changes'] : []),
      ...(supports(provider, 'verifyWebhook') && supports(provider, 'parseWebhookAll') ? ['webhooks'] : []),
    ];
  } finally {
    await close();
  }
}
