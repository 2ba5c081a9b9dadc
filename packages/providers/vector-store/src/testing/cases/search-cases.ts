import type { ConformanceCase } from '@mortise/testing';
import { matchesVectorFilter } from '../../model/match-filter.ts';
import type { VectorFilter } from '../../model/filter.ts';
import { toScore, vectorDistance } from '../../score/measure.ts';
import { check, checkEqual } from '../conformance-failure.ts';
import type { VectorStoreConformanceTarget } from '../conformance-target.ts';
import { rejectsWith } from '../expectations.ts';
import {
  COLLECTION,
  collectionOf,
  DIMENSIONS,
  direction,
  documents,
  randomVectors,
  withSubject,
} from '../with-subject.ts';

type Case = ConformanceCase<VectorStoreConformanceTarget>;

const VECTORS = 500;

/** Payloads with everything that a filter may meet: missing fields, null, lists, numbers as text, nested and odd names. */
const PAYLOADS: readonly Readonly<Record<string, unknown>>[] = [
  {},
  { kind: 'a', size: 1, tags: ['x', 'y'], note: null },
  { kind: 'b', size: 2.5, tags: [], nested: { level: 2, deep: { name: 'n' } } },
  { kind: 'a', size: '2', at: '2026-03-01T00:00:00Z', flag: true },
  { kind: "it's", size: -1, tags: ['z'], flag: false, 'a.b': 1 },
  { kind: 'B', size: 2, at: '2026-04-01T00:00:00Z', 'na"me$': 'odd' },
];

const FILTERS: readonly VectorFilter[] = [
  {},
  { kind: 'a' },
  { note: null },
  { kind: { $ne: 'a' } },
  { size: { $gt: 1 } },
  { size: { $gte: 2, $lt: 3 } },
  { size: { $lte: -1 } },
  { at: { $gt: '2026-03-15T00:00:00Z' } },
  { kind: { $in: ['b', "it's"] } },
  { kind: { $nin: ['a', 'b'] } },
  { note: { $exists: true } },
  { flag: { $exists: false } },
  { tags: 'x' },
  { tags: { $contains: 'z' } },
  { kind: { $contains: "'" } },
  { 'nested.level': 2 },
  { 'nested.deep.name': { $in: ['n'] } },
  { 'a.b': 1 },
  { 'na"me$': 'odd' },
  { $or: [{ kind: 'b' }, { flag: true }] },
  { $and: [{ kind: 'a' }, { $not: { note: null } }] },
  { $not: { $or: [{ kind: 'a' }, { size: { $lt: 0 } }] } },
  { $or: [] },
];

/** `vector-store.1` to `.3` and `.5` to `.8`: what a search gives. */
export const searchCases: readonly Case[] = [
  {
    id: 'vector-store.1',
    title: 'an empty collection gives no hits, one that is not there is not found',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        checkEqual(await provider.search({ collection: COLLECTION, vector: direction(0), topK: 5 }), [], 'hits');
        const missing = provider.search({ collection: 'no-such-collection', vector: direction(0), topK: 5 });
        await rejectsWith(missing, 'not_found', 'a collection that is not there');
      }),
  },
  {
    id: 'vector-store.2',
    title: 'writing an id twice leaves one document, the newer as a whole',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const write = (vector: number[], payload: Record<string, unknown>) =>
          provider.upsert({ collection: COLLECTION, documents: [{ id: 'one', vector, payload }], waitForSync: true });
        await write(direction(0), { old: true });
        await write(direction(3), { fresh: true });
        const hits = await provider.search({ collection: COLLECTION, vector: direction(3), topK: 5 });
        checkEqual(
          hits.map(({ id, payload }) => ({ id, payload })),
          [{ id: 'one', payload: { fresh: true } }],
          'hits',
        );
      }),
  },
  {
    id: 'vector-store.3',
    title: 'order and scores agree with comparing every vector, for each declared metric',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const vectors = randomVectors(VECTORS);
        for (const metric of provider.capabilities?.metrics ?? ['cosine' as const]) {
          const collection = collectionOf(metric);
          const items = vectors.map((vector, index) => ({ id: `v-${index}`, vector }));
          await provider.upsert({ collection, documents: items, waitForSync: true });
          for (const query of randomVectors(5, 11)) {
            const hits = await provider.search({ collection, vector: query, topK: 10, exact: true });
            const expected = items
              .map(({ id, vector }) => ({ id, distance: vectorDistance(metric, vector, query) }))
              .sort((left, right) => left.distance - right.distance)
              .slice(0, 10);
            checkEqual(
              hits.map(({ id }) => id),
              expected.map(({ id }) => id),
              `order by ${metric}`,
            );
            for (const [index, { score }] of hits.entries()) {
              const wanted = toScore(metric, expected[index]?.distance ?? Number.NaN);
              check(Math.abs(score - wanted) < 1e-4, `score by ${metric}: expected ${wanted}, got ${score}`);
            }
          }
        }
      }),
  },
  {
    id: 'vector-store.5',
    title: 'every filter finds exactly what the reference finds',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const items = documents(PAYLOADS.length, (index) => ({ payload: PAYLOADS[index] ?? {} }));
        await provider.upsert({ collection: COLLECTION, documents: items, waitForSync: true });
        for (const filter of FILTERS) {
          const hits = await provider.search({ collection: COLLECTION, vector: direction(0), topK: 100, filter });
          const expected = items.filter(({ payload }) => matchesVectorFilter(payload, filter)).map(({ id }) => id);
          checkEqual(hits.map(({ id }) => id).sort(), expected.sort(), `hits of ${JSON.stringify(filter)}`);
        }
      }),
  },
  {
    id: 'vector-store.6',
    title: 'a filter that is none is refused, not passed over',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const bad: readonly Readonly<Record<string, unknown>>[] = [
          { kind: { $regex: '.*' } },
          { $nor: [{ kind: 'a' }] },
          { kind: { $in: 'a' } },
          { size: { $gt: true } },
          { kind: {} },
          { must: [{ key: 'kind', match: { value: 'a' } }] },
        ];
        for (const filter of bad) {
          const call = provider.search({ collection: COLLECTION, vector: direction(0), topK: 1, filter });
          await rejectsWith(call, ['invalid_request', 'unsupported'], `the filter ${JSON.stringify(filter)}`);
        }
      }),
  },
  {
    id: 'vector-store.7',
    title: 'filter and threshold count before the limit: k hits come where k pass',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const items = documents(60, (index) => ({ payload: { isFar: index >= 50 } }));
        await provider.upsert({ collection: COLLECTION, documents: items, waitForSync: true });
        const query = { collection: COLLECTION, vector: direction(0), topK: 10 };
        const far = await provider.search({ ...query, filter: { isFar: true } });
        checkEqual(far.length, 10, 'hits of a filter that only far documents pass');
        const near = await provider.search({ ...query, topK: 100, scoreThreshold: 0.99 });
        check(near.length > 0 && near.length < 60, `threshold 0.99: got ${near.length} hits`);
        check(
          near.every(({ score }) => score >= 0.99),
          'threshold 0.99: a hit is below it',
        );
      }),
  },
  {
    id: 'vector-store.8',
    title: 'a vector of the wrong length is refused with both lengths, in writes and searches',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const vector = [1, 2, 3];
        const calls = {
          'a write': () => provider.upsert({ collection: COLLECTION, documents: [{ id: 'x', vector }] }),
          'a search': () => provider.search({ collection: COLLECTION, vector, topK: 1 }),
        };
        for (const [what, call] of Object.entries(calls)) {
          const { message } = await rejectsWith(call(), 'invalid_request', what);
          check(
            message.includes(String(DIMENSIONS)) && message.includes('3'),
            `${what}: the message does not name both lengths: ${message}`,
          );
        }
      }),
  },
];
