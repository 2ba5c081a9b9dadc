import type { ConformanceCase } from '@mortise/testing';
import type { EmbeddingDocument } from '../../model/embedding-document.ts';
import {
  ABORT_WITHIN_MS,
  checkVector,
  documents,
  MAX_BATCH_SIZE,
  rejectionOf,
  rejectsWith,
  until,
  within,
  withSubject,
} from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { EmbeddingConformanceTarget, EmbeddingSubject } from '../conformance-target.ts';
import { scriptedVector } from '../scripted-embeddings.ts';

const HANGING = { hangs: true };
const TIMEOUT_MS = 200;

/** How calls end before their answer does, and streams: `X1` to `X4`, `X16` and `embedding.14`. */
export const endingCases: readonly ConformanceCase<EmbeddingConformanceTarget>[] = [
  {
    id: 'X1',
    title: 'a signal that is aborted beforehand rejects with "aborted", and nothing is sent',
    run: (target) =>
      withSubject(target, {}, async ({ provider, requests }) => {
        const signal = AbortSignal.abort();
        await rejectsWith(provider.embedDocuments(documents(1), { signal }), 'aborted', 'embedDocuments()');
        await rejectsWith(provider.embedQuery('q', { signal }), 'aborted', 'embedQuery()');
        checkEqual(requests().length, 0, 'requests that reached the service');
      }),
  },
  {
    id: 'X2',
    title: 'aborting a call in flight rejects at once with "aborted" and lets go of its requests',
    run: (target) =>
      withSubject(target, HANGING, async ({ provider, requests, openRequests }) => {
        const stop = new AbortController();
        const call = provider.embedDocuments(documents(MAX_BATCH_SIZE * 3), { signal: stop.signal, concurrency: 2 });
        call.catch(() => undefined);
        await until(() => requests().length >= 1, 'the request reaching the service');
        stop.abort();
        await rejectsWith(within(ABORT_WITHIN_MS, call, 'the call after the abort'), 'aborted', 'embedDocuments()');
        await until(() => openRequests() === 0, 'the request being let go');
        check(requests().length <= 2, `concurrency is 2, but ${requests().length} requests were sent`);
      }),
  },
  {
    id: 'X3',
    title: 'timeoutMs ends a call to a service that never answers with "timeout"',
    run: (target) =>
      withSubject(target, HANGING, async ({ provider, requests, openRequests, advance }) => {
        const startedAt = performance.now();
        const call = provider.embedQuery('q', { timeoutMs: TIMEOUT_MS });
        call.catch(() => undefined);
        await until(() => requests().length === 1, 'the request reaching the service');
        if (advance !== undefined) {
          await advance(TIMEOUT_MS - 1);
          check(openRequests() === 1, 'the call ended before its time limit');
          await advance(1);
        }
        await rejectsWith(within(TIMEOUT_MS * 1.1, call, 'the call after its time limit'), 'timeout', 'embedQuery()');
        if (advance === undefined) check(performance.now() - startedAt >= TIMEOUT_MS * 0.9, 'the call ended too early');
        await until(() => openRequests() === 0, 'the request being let go');
      }),
  },
  {
    id: 'X4',
    title: 'leaving a stream early leaves its source as well; a second iteration throws instead of hanging',
    requires: 'embedStream',
    run: (target) =>
      withSubject(target, {}, async ({ provider, requests }) => {
        const source = watched(documents(MAX_BATCH_SIZE * 5));
        const results = streamOf(provider, source.documents);
        for await (const result of results) if (result.id === 'doc-1') break;
        check(source.isLeft(), 'the source was not left');
        const sent = requests().flatMap(({ texts }) => texts).length;
        check(sent <= MAX_BATCH_SIZE * 2, `two results were asked for, but ${sent} texts were sent`);
        const second = (async () => {
          for await (const result of results) fail(`a second iteration gave ${result.id}`);
        })();
        await rejectionOf(within(ABORT_WITHIN_MS, second, 'the second iteration'), 'the second iteration');
      }),
  },
  {
    id: 'embedding.14',
    title: 'a stream gives the results of its documents in their order, the last group included',
    requires: 'embedStream',
    run: (target) =>
      withSubject(target, {}, async ({ provider }) => {
        const given = documents(MAX_BATCH_SIZE * 2 + 1);
        const ids: string[] = [];
        for await (const { id, vector } of streamOf(provider, watched(given).documents)) {
          checkVector(vector, scriptedVector(given[ids.length]?.text ?? ''), `vector of ${id}`);
          ids.push(id);
        }
        checkEqual(
          ids,
          given.map(({ id }) => id),
          'ids',
        );
      }),
  },
  {
    id: 'X16',
    title: 'close() twice is fine, ends calls under way, and later calls are refused',
    requires: 'close',
    run: (target) =>
      withSubject(target, HANGING, async ({ provider, requests, openRequests }) => {
        const close = (): Promise<void> => provider.close?.() ?? fail('close is declared but missing');
        const call = provider.embedQuery('q');
        call.catch(() => undefined);
        await until(() => requests().length === 1, 'the request reaching the service');
        await close();
        await close();
        await rejectionOf(within(ABORT_WITHIN_MS, call, 'the call under way'), 'the call under way');
        await until(() => openRequests() === 0, 'the request being let go');
        const late = provider.embedQuery('q');
        await rejectionOf(within(ABORT_WITHIN_MS, late, 'a call after close()'), 'a call after close()');
        checkEqual(requests().length, 1, 'requests that reached the service');
      }),
  },
];

function streamOf(provider: EmbeddingSubject['provider'], source: AsyncIterable<EmbeddingDocument>) {
  return provider.embedStream?.(source) ?? fail('embedStream is declared but missing');
}

/** Documents that come one by one, and whether whoever read them has let go. */
function watched(list: readonly EmbeddingDocument[]) {
  let isLeft = false;
  const read = async function* read(): AsyncGenerator<EmbeddingDocument, void> {
    try {
      yield* list;
    } finally {
      isLeft = true;
    }
  };
  return { documents: read(), isLeft: () => isLeft };
}
