import { type ConformanceCase, type ConformanceOutcome, runConformance } from '@mortise/testing';
import { supports } from '@mortise/core';
import { createCompositionRegistry } from '../composition/create-composition-registry.ts';
import { SETUP, within } from './case-tools.ts';
import { callCases } from './cases/call-cases.ts';
import { generationCases, WISH } from './cases/generation-cases.ts';
import { renderCases } from './cases/render-cases.ts';
import type { VideoGenerationTarget, VideoRenderTarget } from './conformance-target.ts';

/** A check that takes longer hangs: its provider waits for something that never comes. */
const CHECK_LIMIT_MS = 20_000;

/** Every check of renderers. */
export const videoConformanceCases = limited<VideoRenderTarget>(renderCases);

/** Every check of models that make films. */
export const videoGenerationConformanceCases = limited<VideoGenerationTarget>([
  ...generationCases,
  ...callCases((provider, _target, options) => provider.start(WISH, options)),
]);

/**
 * Runs every check against a renderer and reports them all. A check that needs something which the provider does not declare
 * is reported as skipped, never left out.
 */
export async function checkVideoProvider(target: VideoRenderTarget): Promise<ConformanceOutcome[]> {
  return runConformance({
    cases: videoConformanceCases,
    createContext: () => Promise.resolve<VideoRenderTarget>(target),
    capabilities: await rendererDeclares(target),
  });
}

/** The same for a model that makes films. */
export async function checkVideoGenerationProvider(target: VideoGenerationTarget): Promise<ConformanceOutcome[]> {
  return runConformance({
    cases: videoGenerationConformanceCases,
    createContext: () => Promise.resolve<VideoGenerationTarget>(target),
    capabilities: await generatorDeclares(target),
  });
}

/** A test runner, as far as the kit needs one: `vitest`, `node:test` and `bun:test` all fit. */
export interface VideoTestRunner {
  readonly describe: (title: string, body: () => void) => unknown;
  readonly it: (title: string, run: () => Promise<void>) => unknown;
}

/**
 * Registers every check as a test of the given runner. A check that does not apply passes with nothing done, since what
 * applies is only known once a provider was opened; `checkVideoProvider` reports those.
 */
export function describeVideoProvider(name: string, target: VideoRenderTarget, runner: VideoTestRunner): void {
  register(runner, `${name} as a VideoProvider`, videoConformanceCases, async () => ({
    target,
    declared: await rendererDeclares(target),
  }));
}

/** The same for a model that makes films. */
export function describeVideoGenerationProvider(
  name: string,
  target: VideoGenerationTarget,
  runner: VideoTestRunner,
): void {
  register(runner, `${name} as a VideoGenerationProvider`, videoGenerationConformanceCases, async () => ({
    target,
    declared: await generatorDeclares(target),
  }));
}

function limited<Target>(cases: readonly ConformanceCase<Target>[]): readonly ConformanceCase<Target>[] {
  return Object.freeze(
    cases.map((check) => ({
      ...check,
      run: (target: Target) => within(CHECK_LIMIT_MS, check.run(target), 'the check'),
    })),
  );
}

function register<Target>(
  { describe, it }: VideoTestRunner,
  title: string,
  cases: readonly ConformanceCase<Target>[],
  prepare: () => Promise<{ readonly target: Target; readonly declared: readonly string[] }>,
): void {
  describe(title, () => {
    for (const check of cases) {
      it(`${check.id}: ${check.title}`, async () => {
        const { target, declared } = await prepare();
        if (check.requires === undefined || declared.includes(check.requires)) await check.run(target);
      });
    }
  });
}

async function rendererDeclares({ open }: VideoRenderTarget): Promise<string[]> {
  const subject = await open(createCompositionRegistry());
  try {
    return (['submitRender', 'close'] as const).filter((method) => supports(subject.provider, method));
  } finally {
    await subject.close();
  }
}

async function generatorDeclares({ open, speaksHttp }: VideoGenerationTarget): Promise<string[]> {
  const subject = await open(SETUP);
  try {
    const { provider } = subject;
    const isIdempotent = (provider.capabilities?.idempotency?.supported ?? 'none') !== 'none';
    return [
      ...(['cancel', 'close'] as const).filter((method) => supports(provider, method)),
      ...(provider.webhooks === undefined ? [] : ['webhooks']),
      ...(isIdempotent ? ['idempotency'] : []),
      ...(speaksHttp === true ? ['http'] : []),
    ];
  } finally {
    await subject.close();
  }
}
