import { supports } from '@mortise/core';
import { type ConformanceOutcome, runConformance } from '@mortise/testing';
import type { AnalyticsConformanceTarget } from './conformance-target.ts';
import { analyticsConformanceCases } from './analytics-conformance-cases.ts';
import { withSubject } from './with-subject.ts';

/**
 * Runs every check against an implementation and reports them all. A check that needs something which the provider
 * does not declare is reported as skipped, never left out.
 */
export async function checkAnalyticsProvider(target: AnalyticsConformanceTarget): Promise<ConformanceOutcome[]> {
  return runConformance({
    cases: analyticsConformanceCases,
    createContext: () => Promise.resolve(target),
    capabilities: await declaredBy(target),
  });
}

/** A test runner, as far as the kit needs one: `vitest`, `node:test` and `bun:test` all fit. */
export interface AnalyticsTestRunner {
  readonly describe: (title: string, body: () => void) => unknown;
  readonly it: (title: string, run: () => Promise<void>) => unknown;
}

/**
 * Registers every check as a test of the given runner. A check that does not apply passes with nothing done, since
 * what applies is only known once a provider was opened; `checkAnalyticsProvider` reports those.
 */
export function describeAnalyticsProvider(
  name: string,
  target: AnalyticsConformanceTarget,
  { describe, it }: AnalyticsTestRunner,
): void {
  describe(`${name} as an AnalyticsProvider`, () => {
    for (const check of analyticsConformanceCases) {
      it(`${check.id}: ${check.title}`, async () => {
        const { requires } = check;
        if (requires === undefined || (await declaredBy(target)).includes(requires)) await check.run(target);
      });
    }
  });
}

const SELECTING = ['getEvents', 'iterateEvents', 'close'] as const;

/** What the checks may ask for, as the provider and its target declare it. */
async function declaredBy(target: AnalyticsConformanceTarget): Promise<string[]> {
  const declared: string[] = [];
  await withSubject(target, async ({ provider, flags }) => {
    declared.push(...SELECTING.filter((method) => supports(provider, method)));
    if (provider.delivery === 'queued' && supports(provider, 'flush')) declared.push('queue');
    if (flags !== undefined) declared.push('flags');
  });
  return declared;
}
