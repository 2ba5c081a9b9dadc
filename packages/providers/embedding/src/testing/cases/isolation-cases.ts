import { assertNoCanary, type ConformanceCase, createCanary } from '@mortise/testing';
import { IntegrationError } from '@mortise/core';
import { checkVector, describeError, documents, rejectionOf, withSubject } from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { EmbeddingConformanceTarget } from '../conformance-target.ts';
import { scriptedVector } from '../scripted-embeddings.ts';

const PARALLEL_CALLS = 50;

/** Status, headers, then what the error must say; where the advice is undefined, it is the vendor's to say. */
const ERROR_TABLE: readonly (readonly [
  status: number,
  headers: Readonly<Record<string, string>>,
  code: string,
  retry: string | undefined,
  retryAfterMs?: number,
])[] = [
  [400, {}, 'invalid_request', 'never'],
  [401, {}, 'unauthenticated', 'never'],
  [403, {}, 'forbidden', 'never'],
  [404, {}, 'not_found', 'never'],
  [409, {}, 'conflict', undefined],
  [422, {}, 'invalid_request', 'never'],
  [429, { 'retry-after': '7' }, 'rate_limited', 'throttled', 7000],
  [429, {}, 'rate_limited', 'throttled'],
  [500, {}, 'provider_error', 'transient'],
  [503, {}, 'unavailable', 'transient'],
];

/** Secrets, parallel calls, failures and honesty: `X11`, `X13`, `X15`, `X20`. */
export const isolationCases: readonly ConformanceCase<EmbeddingConformanceTarget>[] = [
  {
    id: 'X11',
    title: 'each status gives its code, its retry advice and the wait that the service asks for',
    requires: 'http',
    run: async (target) => {
      for (const [status, headers, code, retry, retryAfterMs] of ERROR_TABLE) {
        await withSubject(target, { fail: { status, headers } }, async ({ provider }) => {
          const error = await rejectionOf(provider.embedQuery('q'), `embedQuery() against status ${status}`);
          const advice = retry === undefined ? retry : error.retry;
          const seen = [error.code, advice, error.httpStatus, error.retryAfterMs];
          checkEqual(seen, [code, retry, status, retryAfterMs], `embedQuery() against status ${status}`);
        });
      }
    },
  },
  {
    id: 'X13',
    title: 'the credential appears in no result and no error, in whatever encoding',
    run: async (target) => {
      const credential = createCanary(undefined, 'token');
      await withSubject(
        target,
        {},
        async ({ provider, requests }) => {
          assertNoCanary(await provider.embedDocuments(documents(2)), credential);
          checkEqual(requests()[0]?.credential, credential, 'credential that reached the service');
        },
        credential,
      );
      for (const status of [401, 500]) {
        await withSubject(
          target,
          { fail: { status } },
          async ({ provider }) => {
            assertNoCanary(await rejectionOf(provider.embedQuery('q'), `status ${status}`), credential);
          },
          credential,
        );
      }
    },
  },
  {
    id: 'X15',
    title: 'calls in parallel get their own vectors, and two instances their own credentials',
    run: (target) =>
      withSubject(
        target,
        {},
        async (first) => {
          const texts = Array.from({ length: PARALLEL_CALLS }, (_, index) => `question ${index}`);
          const results = await Promise.all(texts.map((text) => first.provider.embedQuery(text)));
          results.forEach(({ vector }, index) =>
            checkVector(vector, scriptedVector(texts[index] ?? ''), `vector of question ${index}`),
          );
          await withSubject(
            target,
            {},
            async (second) => {
              await second.provider.embedQuery('two');
              await first.provider.embedQuery('one');
              checkEqual(
                second.requests().map((request) => request.credential),
                ['second'],
                'credentials of the second',
              );
              checkEqual(first.requests().at(-1)?.credential, 'first', 'credential of the first');
            },
            'second',
          );
        },
        'first',
      ),
  },
  {
    id: 'X20',
    title: 'a declared method works, and one declared as missing throws "unsupported"',
    run: (target) =>
      withSubject(target, {}, async ({ provider }) => {
        const methods = provider.capabilities?.methods ?? fail('the provider declares no methods');
        const calls = {
          embedStream: async () => {
            const results = provider.embedStream?.(
              (async function* one() {
                yield* documents(1);
              })(),
            );
            if (results === undefined) throw ABSENT;
            for await (const result of results) checkEqual(result.id, 'doc-0', 'id of the streamed result');
          },
          describeModel: async () => {
            const info = provider.describeModel?.();
            if (info === undefined) throw ABSENT;
            const { dimensions } = await provider.embedQuery('q');
            checkEqual(info.dimensions, dimensions, 'described dimensions');
          },
        };
        for (const name of ['embedStream', 'describeModel'] as const) {
          const support = methods[name];
          if (support === undefined) continue;
          const error = await calls[name]().then(
            () => undefined,
            (reason: unknown) => reason,
          );
          const isUnsupported = IntegrationError.is(error) && error.code === 'unsupported';
          if (support === 'none') check(isUnsupported, `${name} is declared "none", but ${describeError(error)}`);
          else check(error === undefined, `${name} is declared "${support}" but failed: ${describeError(error)}`);
        }
      }),
  },
];

/** Stands for a method that is not there at all, which says "unsupported" as clearly as an error. */
const ABSENT = new IntegrationError({ code: 'unsupported', message: 'The method is not there' });
