import { assertNoCanary, type ConformanceCase, createCanary } from '@mortise/testing';
import { IntegrationError } from '@mortise/core';
import type { VectorStoreProvider } from '../../vector-store-provider.ts';
import { checkEqual } from '../conformance-failure.ts';
import type { VectorStoreConformanceTarget } from '../conformance-target.ts';
import { ABORT_WITHIN_MS, deepFreeze, rejectsWith, until, within } from '../expectations.ts';
import { COLLECTION, direction, documents, withSubject } from '../with-subject.ts';

type Case = ConformanceCase<VectorStoreConformanceTarget>;

const TIME_LIMIT_MS = 200;
const PARALLEL_CALLS = 50;
const QUERY = { collection: COLLECTION, vector: direction(0), topK: 3 };

/** What each status must become, and whether trying again can help. */
const STATUSES = [
  [400, 'invalid_request', false],
  [401, 'unauthenticated', false],
  [403, 'forbidden', false],
  [404, 'not_found', false],
  [429, 'rate_limited', true],
  [503, 'unavailable', true],
] as const;

/** The checks for all domains that apply to calls as such. */
export const callCases: readonly Case[] = [
  {
    id: 'X1',
    title: 'a signal that was aborted beforehand sends nothing',
    run: (target) =>
      withSubject(target, async ({ provider, requests }) => {
        const signal = AbortSignal.abort();
        await rejectsWith(provider.search(QUERY, { signal }), 'aborted', 'search');
        await rejectsWith(
          provider.upsert({ collection: COLLECTION, documents: documents(1) }, { signal }),
          'aborted',
          'upsert',
        );
        await rejectsWith(provider.delete({ collection: COLLECTION, ids: ['a'] }, { signal }), 'aborted', 'delete');
        checkEqual(requests(), 0, 'requests that were sent');
      }),
  },
  {
    id: 'X2',
    title: 'aborting a call under way ends it at once and leaves nothing open',
    run: (target) =>
      withSubject(target, async ({ provider, hold, openRequests }) => {
        hold();
        const controller = new AbortController();
        const call = rejectsWith(provider.search(QUERY, { signal: controller.signal }), 'aborted', 'search');
        await until(() => openRequests() === 1, 'the request');
        controller.abort();
        await within(ABORT_WITHIN_MS, call, 'after the abort');
        await until(() => openRequests() === 0, 'the end of the request');
      }),
  },
  {
    id: 'X3',
    title: 'a time limit ends a call that is never answered',
    run: (target) =>
      withSubject(target, async ({ provider, hold, advance, openRequests }) => {
        hold();
        const call = rejectsWith(provider.search(QUERY, { timeoutMs: TIME_LIMIT_MS }), 'timeout', 'search');
        await until(() => openRequests() === 1, 'the request');
        await advance?.(TIME_LIMIT_MS);
        await within(2 * TIME_LIMIT_MS, call, 'after the time limit');
      }),
  },
  {
    id: 'X8',
    title: 'what the caller passes is not changed, nor does a later change reach the store',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        await provider.upsert(deepFreeze({ collection: COLLECTION, documents: documents(3), waitForSync: true }));
        await provider.search(deepFreeze({ ...QUERY, filter: { $not: { kind: 'x' } } }));
        const payload = { list: [1] };
        const vector = direction(4);
        await provider.upsert({
          collection: COLLECTION,
          documents: [{ id: 'own', vector, payload }],
          waitForSync: true,
        });
        payload.list.push(2);
        vector.fill(0);
        const [hit] = await provider.search({ ...QUERY, vector: direction(4), topK: 1 });
        checkEqual([hit?.id, hit?.payload], ['own', { list: [1] }], 'the stored document');
      }),
  },
  {
    id: 'X11',
    title: 'each failure of the service has the right code and advice',
    run: (target) =>
      withSubject(target, async ({ provider, answerNextWith }) => {
        for (const [status, code, retryable] of STATUSES) {
          answerNextWith(status);
          const error = await rejectsWith(provider.search(QUERY), code, `status ${status}`);
          checkEqual(error.retryable, retryable, `retryable of status ${status}`);
        }
      }),
  },
  {
    id: 'X13',
    title: 'the credential appears in no result and no error, in whatever encoding',
    run: (target) => {
      const credential = createCanary(undefined, 'token');
      return withSubject(
        target,
        async ({ provider, answerNextWith }) => {
          await provider.upsert({ collection: COLLECTION, documents: documents(2), waitForSync: true });
          assertNoCanary(await provider.search(QUERY), credential);
          for (const status of [401, 500]) {
            answerNextWith(status);
            const error: unknown = await provider.search(QUERY).catch((reason: unknown) => reason);
            assertNoCanary(error, credential);
          }
        },
        credential,
      );
    },
  },
  {
    id: 'X15',
    title: 'calls in parallel get their own answers, and two instances share nothing',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const items = Array.from({ length: PARALLEL_CALLS }, (_, index) => ({
          id: `p-${index}`,
          vector: direction(index % 8, index / 100),
          namespace: `n-${index}`,
        }));
        await Promise.all(
          items.map((item) => provider.upsert({ collection: COLLECTION, documents: [item], waitForSync: true })),
        );
        const found = await Promise.all(
          items.map(({ vector, namespace }) => provider.search({ ...QUERY, vector, namespace })),
        );
        checkEqual(
          found.map((hits) => hits.map(({ id }) => id)),
          items.map(({ id }) => [id]),
          'hits of parallel searches',
        );
        await withSubject(target, async (other) => {
          checkEqual(await other.provider.search({ ...QUERY, allNamespaces: true }), [], 'hits of another instance');
        });
      }),
  },
  {
    id: 'X16',
    title: 'closing twice is fine, and a closed provider refuses calls',
    requires: 'close',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        await provider.close?.();
        await provider.close?.();
        await rejectsWith(provider.search(QUERY), ['invalid_request', 'unavailable'], 'a call after close');
      }),
  },
  {
    id: 'X20',
    title: 'a method declared as missing is missing, or rejects with "unsupported"',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const methods = provider.capabilities?.methods ?? {};
        for (const [name, call] of OPTIONAL) {
          if (methods[name] === undefined) continue;
          const error: unknown = await call(provider).then(
            (done: unknown) => done,
            (reason: unknown) => reason,
          );
          const isMissing = error === MISSING || (IntegrationError.is(error) && error.code === 'unsupported');
          checkEqual(!isMissing, methods[name] !== 'none', `${name} is declared "${methods[name]}"; that it works`);
        }
        if (provider.capabilities?.hybrid === false) {
          await rejectsWith(
            provider.search({ ...QUERY, text: 'word', fusion: 'rrf' }),
            'unsupported',
            'a hybrid search',
          );
        }
      }),
  },
];

const MISSING = Symbol('missing');
const ALL = { collection: COLLECTION, filter: {} };

const OPTIONAL = [
  ['listCollections', async (provider: VectorStoreProvider) => provider.listCollections?.() ?? MISSING],
  ['describeCollection', async (provider: VectorStoreProvider) => provider.describeCollection?.(COLLECTION) ?? MISSING],
  ['fetch', async (provider: VectorStoreProvider) => provider.fetch?.({ collection: COLLECTION, ids: [] }) ?? MISSING],
  ['count', async (provider: VectorStoreProvider) => provider.count?.(ALL) ?? MISSING],
  ['deleteWhere', async (provider: VectorStoreProvider) => provider.deleteWhere?.(ALL) ?? MISSING],
  [
    'updatePayload',
    async (provider: VectorStoreProvider) =>
      provider.updatePayload?.({ collection: COLLECTION, ids: ['a'], payload: { b: 1 } }) ?? MISSING,
  ],
] as const;
