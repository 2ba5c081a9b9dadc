import { supports } from '@mortise/core';
import { type ConformanceOutcome, runConformance } from '@mortise/testing';
import { MAX_BATCH_SIZE } from './case-tools.ts';
import type { EmbeddingProvider } from '../embedding-provider.ts';
import type { EmbeddingConformanceTarget } from './conformance-target.ts';
import { embeddingConformanceCases } from './embedding-conformance-cases.ts';

/**
 * Runs every check against an implementation and reports them all. A check that needs something which the provider
 * does not declare is reported as skipped, never left out.
 */
export async function checkEmbeddingProvider(target: EmbeddingConformanceTarget): Promise<ConformanceOutcome[]> {
  return runConformance({
    cases: embeddingConformanceCases,
    createContext: () => Promise.resolve(target),
    capabilities: await declaredBy(target),
  });
}

/** A test runner, as far as the kit needs one: `vitest`, `node:test` and `bun:test` all fit. */
export interface EmbeddingTestRunner {
  readonly describe: (title: string, body: () => void) => unknown;
  readonly it: (title: string, run: () => Promise<void>) => unknown;
}

/**
 * Registers every check as a test of the given runner. A check that does not apply passes with nothing done, since
 * what applies is only known once a provider was opened; `checkEmbeddingProvider` reports those.
 */
export function describeEmbeddingProvider(
  name: string,
  target: EmbeddingConformanceTarget,
  { describe, it }: EmbeddingTestRunner,
): void {
  describe(`${name} as an EmbeddingProvider`, () => {
    for (const check of embeddingConformanceCases) {
      it(`${check.id}: ${check.title}`, async () => {
        const { requires } = check;
        if (requires === undefined || (await declaredBy(target)).includes(requires)) await check.run(target);
      });
    }
  });
}

/** What the checks may ask for, as declared by the provider itself and by its target. */
async function declaredBy({ open, speaksHttp, seesNumbers }: EmbeddingConformanceTarget): Promise<string[]> {
  const subject = await open({ model: () => ({}), credential: 'conformance-credential', maxBatchSize: MAX_BATCH_SIZE });
  try {
    const { provider } = subject;
    return [
      ...(provider.capabilities?.features ?? []),
      ...(supports(provider, 'embedStream') ? ['embedStream'] : []),
      ...(supports(provider, 'describeModel') && provider.describeModel().normalized === true ? ['normalized'] : []),
      ...(hasClose(provider) ? ['close'] : []),
      ...(speaksHttp === true ? ['http'] : []),
      ...(seesNumbers === false ? [] : ['numbers']),
    ];
  } finally {
    await subject.close();
  }
}

function hasClose(provider: EmbeddingProvider): boolean {
  return typeof provider.close === 'function';
}
