import { supports } from '@mortise/core';
import { type ConformanceOutcome, runConformance } from '@mortise/testing';
import type { VectorStoreConformanceTarget } from './conformance-target.ts';
import { vectorStoreConformanceCases } from './vector-store-conformance-cases.ts';
import { withSubject } from './with-subject.ts';

/**
 * Runs every check against an implementation and reports them all. A check that needs something which the provider
 * does not declare is reported as skipped, never left out.
 */
export async function checkVectorStoreProvider(target: VectorStoreConformanceTarget): Promise<ConformanceOutcome[]> {
  return runConformance({
    cases: vectorStoreConformanceCases,
    createContext: () => Promise.resolve(target),
    capabilities: await declaredBy(target),
  });
}

/** A test runner, as far as the kit needs one: `vitest`, `node:test` and `bun:test` all fit. */
export interface VectorStoreTestRunner {
  readonly describe: (title: string, body: () => void) => unknown;
  readonly it: (title: string, run: () => Promise<void>) => unknown;
}

/**
 * Registers every check as a test of the given runner. A check that does not apply passes with nothing done, since
 * what applies is only known once a provider was opened; `checkVectorStoreProvider` reports those.
 */
export function describeVectorStoreProvider(
  name: string,
  target: VectorStoreConformanceTarget,
  { describe, it }: VectorStoreTestRunner,
): void {
  describe(`${name} as a VectorStoreProvider`, () => {
    for (const check of vectorStoreConformanceCases) {
      it(`${check.id}: ${check.title}`, async () => {
        const { requires } = check;
        if (requires === undefined || (await declaredBy(target)).includes(requires)) await check.run(target);
      });
    }
  });
}

const SELECTING = ['createCollection', 'scan', 'replaceWhere', 'deleteWhere', 'close'] as const;

/** What the checks may ask for, as the provider declares it. */
async function declaredBy(target: VectorStoreConformanceTarget): Promise<string[]> {
  const declared: string[] = [];
  await withSubject(target, async ({ provider }) => {
    declared.push(...SELECTING.filter((method) => supports(provider, method)));
  });
  return declared;
}
