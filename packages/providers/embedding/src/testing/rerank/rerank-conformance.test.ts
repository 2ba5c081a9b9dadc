import { IntegrationError } from '@mortise/core';
import { describe, expect, it } from 'vitest';
import type { RerankProvider } from '../../rerank-provider.ts';
import { checkRerankProvider } from './check-rerank-provider.ts';
import { InMemoryRerankProvider } from './in-memory-rerank-provider.ts';
import type { RerankConformanceTarget } from './rerank-target.ts';

function targetOf(
  build: (honest: InMemoryRerankProvider, credential: string) => RerankProvider['rerank'],
): RerankConformanceTarget {
  return {
    open: async ({ model, credential }) => {
      const honest = new InMemoryRerankProvider({ model, credential });
      return {
        provider: { rerank: build(honest, credential) },
        requests: () => honest.requests,
        openRequests: () => honest.openRequests,
        close: () => honest.close(),
      };
    },
  };
}

const BROKEN: readonly (readonly [fails: string, mistake: string, target: RerankConformanceTarget])[] = [
  [
    'embedding.12',
    'gives the ranking by rising score',
    targetOf((honest) => async (query, documents, options) => {
      const ranking = await honest.rerank(query, documents, options);
      return options?.topN === undefined ? ranking.toReversed() : ranking;
    }),
  ],
  [
    'rerank.1',
    'does not cut the ranking',
    targetOf((honest) => async (query, documents, options) => {
      const { topN, ...rest } = options ?? {};
      return honest.rerank(query, documents, topN === 2 ? rest : options);
    }),
  ],
  [
    'X1',
    'looks at the signal after the answer came',
    targetOf((honest) => async (query, documents, options) => {
      const { signal, ...rest } = options ?? {};
      if (signal?.aborted !== true) return honest.rerank(query, documents, options);
      await honest.rerank(query, documents, rest);
      throw new IntegrationError({ code: 'aborted', message: 'The caller aborted' });
    }),
  ],
  [
    'X2',
    'does not hear an abort during a call',
    targetOf((honest) => (query, documents, options) => {
      const { signal, ...rest } = options ?? {};
      return honest.rerank(query, documents, signal?.aborted === true ? { ...rest, signal } : rest);
    }),
  ],
  [
    'X8',
    "sorts the caller's own list",
    targetOf((honest) => async (query, documents, options) => {
      if (Object.isFrozen(documents)) Reflect.apply(Array.prototype.sort, documents, []);
      return honest.rerank(query, documents, options);
    }),
  ],
  [
    'X13',
    'puts the credential into an error',
    targetOf(
      (honest, credential) => (query, documents, options) =>
        honest.rerank(query, documents, options).catch((error: unknown) => {
          if (!IntegrationError.is(error) || error.code !== 'unauthenticated') throw error;
          throw new IntegrationError({ code: 'unauthenticated', message: `Key ${encodeURIComponent(credential)}` });
        }),
    ),
  ],
];

describe('the conformance kit for rerankers', () => {
  it('lets an honest one pass', async () => {
    const outcomes = await checkRerankProvider(
      targetOf(
        (honest) =>
          (...call) =>
            honest.rerank(...call),
      ),
    );
    expect(outcomes.filter(({ status }) => status !== 'passed')).toEqual([]);
  });

  it.each(BROKEN)('%s alone finds one that %s', { timeout: 30_000 }, async (fails, _mistake, target) => {
    const outcomes = await checkRerankProvider(target);
    expect(outcomes.filter(({ status }) => status === 'failed').map(({ id }) => id)).toEqual([fails]);
  });
});

describe('InMemoryRerankProvider', () => {
  it('scores by shared words when no script is given, keeping the order of equals', async () => {
    const provider = new InMemoryRerankProvider();
    const ranking = await provider.rerank('cats and dogs', ['fish', 'cats', 'dogs and cats', 'birds']);
    expect(ranking.map(({ index }) => index)).toEqual([2, 1, 0, 3]);
  });

  it('takes records as documents, refuses calls once closed, and can be closed twice', async () => {
    const provider = new InMemoryRerankProvider();
    const [best] = await provider.rerank('paris', [{ city: 'Rome' }, { city: 'Paris' }]);
    expect(best).toEqual({ index: 1, score: 1 });
    await provider.close();
    await provider.close();
    await expect(provider.rerank('paris', ['a'])).rejects.toMatchObject({ code: 'invalid_request' });
  });
});
