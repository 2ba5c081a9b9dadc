import { IntegrationError } from '@mortise/core';
import type { ConformanceCase } from '@mortise/testing';
import { EmbeddingBatchError } from '../../errors/embedding-batch-error.ts';
import { checkVector, documents, MAX_BATCH_SIZE, rejectionOf, withSubject } from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { EmbeddingConformanceTarget } from '../conformance-target.ts';
import { scriptedVector } from '../scripted-embeddings.ts';

const MANY = 2 * MAX_BATCH_SIZE + 1;

/** How a list becomes requests and results: `embedding.1` to `embedding.3` and `embedding.6`. */
export const batchCases: readonly ConformanceCase<EmbeddingConformanceTarget>[] = [
  {
    id: 'embedding.1',
    title: 'results have the ids, the order and the vectors of their documents, for none, one and several batches',
    run: (target) =>
      withSubject(target, {}, async ({ provider, requests }) => {
        checkEqual(await provider.embedDocuments([]), [], 'results of no documents');
        checkEqual(requests().length, 0, 'requests for no documents');
        for (const count of [1, MANY]) {
          const given = documents(count);
          const results = await provider.embedDocuments(given);
          checkEqual(
            results.map(({ id }) => id),
            given.map(({ id }) => id),
            `ids of ${count} results`,
          );
          results.forEach(({ vector }, index) =>
            checkVector(vector, scriptedVector(given[index]?.text ?? ''), `vector ${index} of ${count}`),
          );
        }
        const { id, vector } = await provider.embedQuery('a question');
        checkEqual(id, 'query', 'id of the query');
        checkVector(vector, scriptedVector('a question'), 'vector of the query');
      }),
  },
  {
    id: 'embedding.2',
    title: 'no request carries more texts than the service or the caller allows',
    run: (target) =>
      withSubject(target, {}, async ({ provider, requests }) => {
        await provider.embedDocuments(documents(MANY));
        const sizes = requests().map(({ texts }) => texts.length);
        check(
          sizes.every((size) => size <= MAX_BATCH_SIZE),
          `the service takes ${MAX_BATCH_SIZE} texts, got requests of ${sizes.join(', ')}`,
        );
        const before = requests().length;
        await provider.embedDocuments(documents(MANY), { batchSize: 2 });
        const asked = requests()
          .slice(before)
          .map(({ texts }) => texts.length);
        check(
          asked.every((size) => size <= 2),
          `batchSize is 2, got requests of ${asked.join(', ')}`,
        );
        await provider.embedDocuments(documents(MANY), { batchSize: 1000 });
        const largest = Math.max(...requests().map(({ texts }) => texts.length));
        check(largest <= MAX_BATCH_SIZE, `batchSize 1000: got a request of ${largest} texts`);
      }),
  },
  {
    id: 'embedding.3',
    title: 'an answer whose vectors come in another order is put right by their numbers',
    requires: 'numbers',
    run: (target) =>
      withSubject(target, { isReversed: true }, async ({ provider }) => {
        const given = documents(MAX_BATCH_SIZE);
        const results = await provider.embedDocuments(given);
        results.forEach(({ vector }, index) =>
          checkVector(vector, scriptedVector(given[index]?.text ?? ''), `vector ${index}`),
        );
      }),
  },
  {
    id: 'embedding.6',
    title: 'a request that fails names its documents, and the results of the others are kept',
    run: (target) =>
      withSubject(
        target,
        ({ texts }) => (texts.includes('text number 5') ? { fail: { status: 400 } } : {}),
        async ({ provider }) => {
          const error = await rejectionOf(provider.embedDocuments(documents(MANY)), 'a call with a failing request');
          checkEqual(error.code, 'partial_failure', 'code of the error');
          if (!EmbeddingBatchError.is(error)) fail('expected an EmbeddingBatchError, which holds the other results');
          check(error.failedIds.includes('doc-5'), `failedIds lacks doc-5: ${error.failedIds.join(', ')}`);
          const kept = error.results.map(({ id }) => id);
          checkEqual(
            [...kept, ...error.failedIds].sort(),
            documents(MANY)
              .map(({ id }) => id)
              .sort(),
            'all ids',
          );
          check(kept.length > 0, 'no result was kept');
          error.results.forEach(({ id, vector }) =>
            checkVector(vector, scriptedVector(`text number ${id.slice('doc-'.length)}`), `kept vector of ${id}`),
          );
          const causes = error.failures.map((failure) => failure.error);
          check(
            causes.length > 0 && causes.every((cause) => IntegrationError.is(cause)),
            'failures: expected an IntegrationError for each',
          );
        },
      ),
  },
];
