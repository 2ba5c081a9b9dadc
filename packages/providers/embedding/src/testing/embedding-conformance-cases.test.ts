import { describe, expect, it } from 'vitest';
import { brokenProviders } from './__fixtures__/broken-providers.ts';
import { checkEmbeddingProvider } from './check-embedding-provider.ts';
import { embeddingConformanceCases } from './embedding-conformance-cases.ts';
import { inMemoryEmbeddingTarget } from './in-memory-target.ts';

/** What only HTTP can show; it is broken where a wire is tested. */
const NEED_A_WIRE = ['X11'];

/** The whole kit takes a third of a second, and longer on a machine that is busy. */
const LIMIT = { timeout: 60_000 };

describe('the conformance kit', () => {
  it('holds each check once', () => {
    const ids = embeddingConformanceCases.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('lets an honest provider pass', LIMIT, async () => {
    const outcomes = await checkEmbeddingProvider(inMemoryEmbeddingTarget());
    expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(outcomes.filter(({ status }) => status === 'skipped').map(({ id }) => id)).toEqual(NEED_A_WIRE);
  });

  it('has a broken provider for every check', () => {
    const covered = brokenProviders.map(({ fails }) => fails);
    const applicable = embeddingConformanceCases.map(({ id }) => id).filter((id) => !NEED_A_WIRE.includes(id));
    expect(covered.toSorted()).toEqual(applicable.toSorted());
  });

  it.each(brokenProviders.map((broken) => [broken.fails, broken.mistake, broken.target] as const))(
    '%s alone finds a provider that %s',
    LIMIT,
    async (fails, _mistake, target) => {
      const outcomes = await checkEmbeddingProvider(target);
      expect(outcomes.filter(({ status }) => status === 'failed').map(({ id }) => id)).toEqual([fails]);
    },
  );

  it('reports what an implementation does not declare as skipped', LIMIT, async () => {
    const outcomes = await checkEmbeddingProvider({ ...inMemoryEmbeddingTarget({ features: [] }), seesNumbers: false });
    const skipped = outcomes.filter(({ status }) => status === 'skipped').map(({ id, reason }) => [id, reason]);
    expect(skipped).toEqual([
      ['embedding.3', 'capability "numbers" is not declared'],
      ['embedding.11', 'capability "input-type" is not declared'],
      ['embedding.15', 'capability "usage" is not declared'],
      ['X11', 'capability "http" is not declared'],
    ]);
    expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
  });
});
