import { type ConformanceOutcome, runConformance } from '@mortise/testing';
import { supports } from '@mortise/core';
import type { LLMProvider } from '../llm-provider.ts';
import type { LLMConformanceTarget } from './conformance-target.ts';
import { llmConformanceCases } from './llm-conformance-cases.ts';

/**
 * Runs every check against an implementation and reports them all. A check that needs something which the provider
 * does not declare is reported as skipped, never left out.
 */
export async function checkLLMProvider(target: LLMConformanceTarget): Promise<ConformanceOutcome[]> {
  return runConformance({
    cases: llmConformanceCases,
    createContext: () => Promise.resolve(target),
    capabilities: await declaredBy(target),
  });
}

/** A test runner, as far as the kit needs one: `vitest`, `node:test` and `bun:test` all fit. */
export interface LLMTestRunner {
  readonly describe: (title: string, body: () => void) => unknown;
  readonly it: (title: string, run: () => Promise<void>) => unknown;
}

/**
 * Registers every check as a test of the given runner. A check that does not apply passes with nothing done, since
 * what applies is only known once a provider was opened; `checkLLMProvider` reports those.
 */
export function describeLLMProvider(name: string, target: LLMConformanceTarget, { describe, it }: LLMTestRunner): void {
  describe(`${name} as an LLMProvider`, () => {
    for (const check of llmConformanceCases) {
      it(`${check.id}: ${check.title}`, async () => {
        const { requires } = check;
        if (requires === undefined || (await declaredBy(target)).includes(requires)) await check.run(target);
      });
    }
  });
}

/** What the checks may ask for, as declared by the provider itself and by its target. */
async function declaredBy({ open, speaksHttp, byteStream }: LLMConformanceTarget): Promise<string[]> {
  const subject = await open({ model: () => ({ steps: [] }), credential: 'conformance-credential' });
  try {
    const { provider } = subject;
    return [
      ...(provider.capabilities?.features ?? []),
      ...(supports(provider, 'streamParts') ? ['streamParts'] : []),
      ...(hasClose(provider) ? ['close'] : []),
      ...(speaksHttp === true ? ['http'] : []),
      ...(byteStream === undefined ? [] : ['byte-stream']),
    ];
  } finally {
    await subject.close();
  }
}

function hasClose(provider: LLMProvider): boolean {
  return typeof provider.close === 'function';
}
