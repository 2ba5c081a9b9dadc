import {
  assertNoCanary,
  type ConformanceCase,
  type ConformanceOutcome,
  createCanary,
  runConformance,
} from '@mortise/testing';
import { ABORT_WITHIN_MS, rejectionOf, rejectsWith, until, within } from '../case-tools.ts';
import { check, checkEqual } from '../conformance-failure.ts';
import type { RerankConformanceTarget, RerankSubject, ScriptedRanking } from './rerank-target.ts';

const DOCUMENTS = ['cats', 'dogs', 'cats and dogs', 'fish'];

const BAD_RANKINGS: readonly (readonly [what: string, ranking: ScriptedRanking['ranking']])[] = [
  ['a document beyond the last', [{ index: 4, score: 1 }]],
  ['a negative index', [{ index: -1, score: 1 }]],
  ['half an index', [{ index: 0.5, score: 1 }]],
  [
    'the same document twice',
    [
      { index: 1, score: 0.9 },
      { index: 1, score: 0.8 },
    ],
  ],
];

async function withSubject(
  target: RerankConformanceTarget,
  answer: ScriptedRanking,
  run: (subject: RerankSubject) => Promise<void>,
  credential = 'conformance-credential',
): Promise<void> {
  const subject = await target.open({ model: () => answer, credential });
  try {
    await run(subject);
  } finally {
    await subject.close();
  }
}

const scored = (...scores: readonly number[]): ScriptedRanking => ({
  ranking: scores.map((score, index) => ({ index, score })),
});

/** Every check of rerankers: `embedding.12` and those of all domains that apply. */
export const rerankConformanceCases: readonly ConformanceCase<RerankConformanceTarget>[] = Object.freeze([
  {
    id: 'embedding.12',
    title: 'scores fall, each index is valid and there once, whatever order the service answers in',
    run: async (target) => {
      await withSubject(target, scored(0.2, 0.1, 0.9, -3), async ({ provider, requests }) => {
        const ranking = await provider.rerank('cats and dogs', DOCUMENTS);
        checkEqual(
          ranking.map(({ index, score }) => [index, score]),
          [
            [2, 0.9],
            [0, 0.2],
            [1, 0.1],
            [3, -3],
          ],
          'ranking',
        );
        checkEqual(requests()[0]?.documents, DOCUMENTS, 'documents that reached the service');
        checkEqual(await provider.rerank('cats', []), [], 'ranking of no documents');
        checkEqual(requests().length, 1, 'requests, none of them for no documents');
      });
      for (const [what, ranking] of BAD_RANKINGS) {
        await withSubject(target, ranking === undefined ? {} : { ranking }, ({ provider }) =>
          rejectsWith(provider.rerank('cats', DOCUMENTS), 'provider_error', `an answer with ${what}`),
        );
      }
    },
  },
  {
    id: 'rerank.1',
    title: 'topN limits the ranking to the best, also where the service gives more',
    run: (target) =>
      withSubject(target, scored(0.2, 0.1, 0.9, 0.5), async ({ provider }) => {
        const ranking = await provider.rerank('cats', DOCUMENTS, { topN: 2 });
        checkEqual(
          ranking.map(({ index }) => index),
          [2, 3],
          'the two best',
        );
        await rejectsWith(provider.rerank('cats', DOCUMENTS, { topN: 0 }), 'invalid_request', 'topN 0');
        await rejectsWith(provider.rerank(' ', DOCUMENTS), 'invalid_request', 'an empty query');
      }),
  },
  {
    id: 'X1',
    title: 'a signal that is aborted beforehand rejects with "aborted", and nothing is sent',
    run: (target) =>
      withSubject(target, scored(1, 2, 3, 4), async ({ provider, requests }) => {
        const call = provider.rerank('cats', DOCUMENTS, { signal: AbortSignal.abort() });
        await rejectsWith(call, 'aborted', 'rerank()');
        checkEqual(requests().length, 0, 'requests that reached the service');
      }),
  },
  {
    id: 'X2',
    title: 'aborting a call in flight rejects at once with "aborted" and lets go of the request',
    run: (target) =>
      withSubject(target, { hangs: true }, async ({ provider, requests, openRequests }) => {
        const stop = new AbortController();
        const call = provider.rerank('cats', DOCUMENTS, { signal: stop.signal });
        call.catch(() => undefined);
        await until(() => requests().length === 1, 'the request reaching the service');
        stop.abort();
        await rejectsWith(within(ABORT_WITHIN_MS, call, 'the call after the abort'), 'aborted', 'rerank()');
        await until(() => openRequests() === 0, 'the request being let go');
      }),
  },
  {
    id: 'X8',
    title: 'inputs are left as they are',
    run: (target) =>
      withSubject(target, scored(1, 2, 3, 4), async ({ provider }) => {
        await provider.rerank('cats', Object.freeze([...DOCUMENTS]), Object.freeze({ topN: 2 }));
      }),
  },
  {
    id: 'X13',
    title: 'the credential appears in no ranking and no error, in whatever encoding',
    run: async (target) => {
      const credential = createCanary(undefined, 'token');
      await withSubject(
        target,
        scored(1, 2, 3, 4),
        async ({ provider, requests }) => {
          assertNoCanary(await provider.rerank('cats', DOCUMENTS), credential);
          check(requests()[0]?.credential === credential, 'the credential did not reach the service');
        },
        credential,
      );
      await withSubject(
        target,
        { fail: { status: 401 } },
        async ({ provider }) => {
          const error = await rejectionOf(provider.rerank('cats', DOCUMENTS), 'status 401');
          checkEqual(error.code, 'unauthenticated', 'code of status 401');
          assertNoCanary(error, credential);
        },
        credential,
      );
    },
  },
]);

/** Runs every check against a reranker and reports them all. */
export function checkRerankProvider(target: RerankConformanceTarget): Promise<ConformanceOutcome[]> {
  return runConformance({ cases: rerankConformanceCases, createContext: () => Promise.resolve(target) });
}
