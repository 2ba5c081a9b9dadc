import { type ConformanceOutcome, runConformance } from '@mortise/testing';
import { supports } from '@mortise/core';
import { SETUP, within } from './case-tools.ts';
import { callCases } from './cases/call-cases.ts';
import { imageCases, wish } from './cases/image-cases.ts';
import type { ImageConformanceTarget } from './conformance-target.ts';

/** A check that takes longer hangs: its provider waits for something that never comes. */
const CHECK_LIMIT_MS = 20_000;

/** Every check of the kit. */
export const imageConformanceCases = Object.freeze(
  [...imageCases, ...callCases((provider, target, options) => provider.generate(wish(target, {}), options))].map(
    (check) => ({
      ...check,
      run: (target: ImageConformanceTarget) => within(CHECK_LIMIT_MS, check.run(target), 'the check'),
    }),
  ),
);

/**
 * Runs every check against an implementation and reports them all. A check that needs something which the provider does
 * not declare is reported as skipped, never left out.
 */
export async function checkImageProvider(target: ImageConformanceTarget): Promise<ConformanceOutcome[]> {
  return runConformance({
    cases: imageConformanceCases,
    createContext: () => Promise.resolve(target),
    capabilities: await declaredBy(target),
  });
}

/** A test runner, as far as the kit needs one: `vitest`, `node:test` and `bun:test` all fit. */
export interface ImageTestRunner {
  readonly describe: (title: string, body: () => void) => unknown;
  readonly it: (title: string, run: () => Promise<void>) => unknown;
}

/**
 * Registers every check as a test of the given runner. A check that does not apply passes with nothing done, since what
 * applies is only known once a provider was opened; `checkImageProvider` reports those.
 */
export function describeImageProvider(
  name: string,
  target: ImageConformanceTarget,
  { describe, it }: ImageTestRunner,
): void {
  describe(`${name} as an ImageProvider`, () => {
    for (const check of imageConformanceCases) {
      it(`${check.id}: ${check.title}`, async () => {
        const { requires } = check;
        if (requires === undefined || (await declaredBy(target)).includes(requires)) await check.run(target);
      });
    }
  });
}

async function declaredBy({ open, oddSize, speaksHttp, hasFilter }: ImageConformanceTarget): Promise<string[]> {
  const subject = await open(SETUP);
  try {
    const { provider } = subject;
    const methods = ['edit', 'upscale', 'generateStream', 'close'] as const;
    return [
      ...(provider.capabilities?.features ?? []),
      ...methods.filter((method) => supports(provider, method)),
      ...(provider.jobs === undefined ? [] : ['jobs']),
      ...(provider.webhooks === undefined ? [] : ['webhooks']),
      ...(oddSize === undefined ? [] : ['odd-size']),
      ...(speaksHttp === true ? ['http'] : []),
      ...(hasFilter === true ? ['filter'] : []),
    ];
  } finally {
    await subject.close();
  }
}
