import { type ConformanceOutcome, formatReport } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { brokenImageProviders } from './__fixtures__/broken-image-providers.ts';
import { checkImageProvider, describeImageProvider, imageConformanceCases } from './image-conformance.ts';
import { inMemoryImageTarget } from './memory/in-memory-image-target.ts';

/** The kit takes half a second, and longer on a machine that is busy. */
const LIMIT = { timeout: 60_000 };

const failedIds = (outcomes: readonly ConformanceOutcome[]): string[] =>
  outcomes.filter(({ status }) => status === 'failed').map(({ id }) => id);

describe('the conformance kit', () => {
  it('holds each check once', () => {
    const ids = imageConformanceCases.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('lets an honest provider pass every check', LIMIT, async () => {
    const outcomes = await checkImageProvider(inMemoryImageTarget());
    expect(formatReport(outcomes.filter(({ status }) => status !== 'passed'))).toBe('0 passed, 0 failed, 0 skipped');
  });

  it('has a broken provider for every check', () => {
    expect(new Set(brokenImageProviders.map(({ fails }) => fails))).toEqual(
      new Set(imageConformanceCases.map(({ id }) => id)),
    );
  });

  it.each(brokenImageProviders.map(({ fails, mistake, target }) => [fails, mistake, target] as const))(
    '%s alone finds a provider that %s',
    LIMIT,
    async (fails, _mistake, target) => {
      expect(failedIds(await checkImageProvider(target))).toEqual([fails]);
    },
  );

  it('reports what an implementation does not declare as skipped', LIMIT, async () => {
    const { open, size } = inMemoryImageTarget();
    const outcomes = await checkImageProvider({
      size,
      open: async (setup) => {
        const subject = await open(setup);
        const provider = {
          capabilities: { features: [], formats: ['png'] as const, maxImagesPerRequest: 4 },
          generate: subject.provider.generate.bind(subject.provider),
        };
        return { ...subject, provider };
      },
    });
    expect(outcomes.filter(({ status }) => status === 'skipped').map(({ id }) => id)).toEqual([
      'image.3',
      'image.4',
      'image.ratio',
      'image.5',
      'image.6',
      'image.7',
      'image.upscale',
      'image.stream',
      'image.9',
      'image.10',
      'image.11',
      'X11',
      'X16',
    ]);
    // It makes transparent pictures without declaring that it can, and so gives no warning.
    expect(failedIds(outcomes)).toEqual(['image.8']);
  });
});

describeImageProvider('InMemoryImageProvider', inMemoryImageTarget(), { describe, it });
