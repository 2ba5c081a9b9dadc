import { type ConformanceCase, type ConformanceOutcome, formatReport } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { brokenRenderers } from './__fixtures__/broken-renderers.ts';
import { brokenGenerators } from './__fixtures__/broken-generators.ts';
import { inMemoryVideoGenerationTarget, inMemoryVideoTarget } from './memory/in-memory-targets.ts';
import {
  checkVideoGenerationProvider,
  checkVideoProvider,
  describeVideoProvider,
  videoConformanceCases,
  videoGenerationConformanceCases,
} from './video-conformance.ts';

/** A kit takes half a second, and longer on a machine that is busy. */
const LIMIT = { timeout: 60_000 };

interface Broken<Target> {
  readonly fails: string;
  readonly mistake: string;
  readonly target: Target;
}

function prove<Target>(
  title: string,
  kit: {
    readonly cases: readonly ConformanceCase<Target>[];
    readonly honest: () => Target;
    readonly broken: readonly Broken<Target>[];
    readonly check: (target: Target) => Promise<ConformanceOutcome[]>;
  },
): void {
  describe(`the kit for ${title}`, () => {
    it('holds each check once', () => {
      const ids = kit.cases.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    });

    it('lets an honest provider pass every check', LIMIT, async () => {
      const outcomes = await kit.check(kit.honest());
      expect(formatReport(outcomes.filter(({ status }) => status !== 'passed'))).toBe('0 passed, 0 failed, 0 skipped');
    });

    it('has a broken provider for every check', () => {
      expect(new Set(kit.broken.map(({ fails }) => fails))).toEqual(new Set(kit.cases.map(({ id }) => id)));
    });

    it.each(kit.broken.map(({ fails, mistake, target }) => [fails, mistake, target] as const))(
      '%s alone finds a provider that %s',
      LIMIT,
      async (fails, _mistake, target) => {
        const outcomes = await kit.check(target);
        expect(outcomes.filter(({ status }) => status === 'failed').map(({ id }) => id)).toEqual([fails]);
      },
    );
  });
}

prove('renderers', {
  cases: videoConformanceCases,
  honest: inMemoryVideoTarget,
  broken: brokenRenderers,
  check: checkVideoProvider,
});
prove('models that make films', {
  cases: videoGenerationConformanceCases,
  honest: inMemoryVideoGenerationTarget,
  broken: brokenGenerators,
  check: checkVideoGenerationProvider,
});

describeVideoProvider('InMemoryVideoProvider', inMemoryVideoTarget(), { describe, it });
