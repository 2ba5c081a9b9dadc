import { describe, expect, it } from 'vitest';
import { brokenProviders } from './__fixtures__/broken-providers.ts';
import { checkLLMProvider } from './check-llm-provider.ts';
import { inMemoryTarget } from './in-memory-target.ts';
import { llmConformanceCases } from './llm-conformance-cases.ts';

/** Checks that need a wire; they are broken where the wire is tested. */
const NEED_A_WIRE = ['llm.15', 'X11'];

/** The whole kit takes a third of a second, and longer on a machine that is busy. */
const LIMIT = { timeout: 60_000 };

describe('the conformance kit', () => {
  it('holds each check once', () => {
    const ids = llmConformanceCases.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(Array.from({ length: 15 }, (_, index) => `llm.${index + 1}`)));
  });

  it('lets an honest provider pass', LIMIT, async () => {
    const outcomes = await checkLLMProvider(inMemoryTarget());
    expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(outcomes.filter(({ status }) => status === 'skipped').map(({ id }) => id)).toEqual(NEED_A_WIRE);
  });

  it('has a broken provider for every check', () => {
    const covered = brokenProviders.map(({ fails }) => fails);
    const applicable = llmConformanceCases.map(({ id }) => id).filter((id) => !NEED_A_WIRE.includes(id));
    expect(new Set(covered)).toEqual(new Set(applicable));
    expect(covered.length).toBe(applicable.length);
  });

  it.each(brokenProviders.map((broken) => [broken.fails, broken.mistake, broken.target] as const))(
    '%s alone finds a provider that %s',
    LIMIT,
    async (fails, _mistake, target) => {
      const outcomes = await checkLLMProvider(target);
      expect(outcomes.filter(({ status }) => status === 'failed').map(({ id }) => id)).toEqual([fails]);
    },
  );

  it('reports what an implementation does not declare as skipped', LIMIT, async () => {
    const outcomes = await checkLLMProvider(inMemoryTarget({ features: ['usage'] }));
    const skipped = outcomes.filter(({ status }) => status === 'skipped').map(({ id, reason }) => [id, reason]);
    expect(skipped).toEqual([
      ['llm.8', 'capability "json-schema" is not declared'],
      ['llm.9', 'capability "tool-choice" is not declared'],
      ['llm.10', 'capability "tools" is not declared'],
      ['llm.13', 'capability "reasoning" is not declared'],
      ['llm.14', 'capability "files" is not declared'],
      ['llm.15', 'capability "byte-stream" is not declared'],
      ['X11', 'capability "http" is not declared'],
    ]);
    expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
  });
});
