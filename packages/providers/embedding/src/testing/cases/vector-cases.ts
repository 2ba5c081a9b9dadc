import type { ConformanceCase } from '@mortise/testing';
import type { EmbeddingResult } from '../../model/embedding-result.ts';
import { documents, MAX_BATCH_SIZE, rejectionOf, rejectsWith, warnsOf, withSubject } from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { EmbeddingConformanceTarget } from '../conformance-target.ts';
import { SCRIPTED_DIMENSIONS, type ScriptedEmbeddingModel, scriptedVector } from '../scripted-embeddings.ts';

const ODD_DIMENSIONS = 5;

/** A service that honours the length that it is asked for. */
const flexible: ScriptedEmbeddingModel = ({ texts, dimensions }) => ({
  vectors: texts.map((text) => scriptedVector(text, dimensions)),
});

/** A service that goes its own way. */
const stubborn: ScriptedEmbeddingModel = ({ texts }) => ({ vectors: texts.map((text) => scriptedVector(text)) });

const BAD_ANSWERS: readonly (readonly [what: string, spoil: (vectors: number[][]) => number[][]])[] = [
  ['one vector too few', (vectors) => vectors.slice(1)],
  ['one vector too many', (vectors) => [...vectors, scriptedVector('more')]],
  ['a vector that is shorter than the others', ([first = [], ...rest]) => [first.slice(1), ...rest]],
  ['an empty vector', ([, ...rest]) => [[], ...rest]],
];

/** What vectors are like: `embedding.4`, `.5`, `.9` and `.10`. */
export const vectorCases: readonly ConformanceCase<EmbeddingConformanceTarget>[] = [
  {
    id: 'embedding.4',
    title: 'vectors have as many numbers as they say, all finite; an answer with others is an error',
    run: async (target) => {
      await withSubject(target, {}, async ({ provider }) => {
        for (const result of [...(await provider.embedDocuments(documents(3))), await provider.embedQuery('q')]) {
          checkEqual(result.dimensions, SCRIPTED_DIMENSIONS, `dimensions of ${result.id}`);
          checkEqual(result.vector.length, result.dimensions, `numbers in the vector of ${result.id}`);
          check(result.vector.every(Number.isFinite), `the vector of ${result.id} holds more than finite numbers`);
        }
      });
      for (const [what, spoil] of BAD_ANSWERS) {
        const bad: ScriptedEmbeddingModel = ({ texts }) => ({
          vectors: spoil(texts.map((text) => scriptedVector(text))),
        });
        await withSubject(target, bad, ({ provider }) =>
          rejectsWith(provider.embedDocuments(documents(3)), 'provider_error', `an answer with ${what}`),
        );
      }
    },
  },
  {
    id: 'embedding.5',
    title: 'a length that is asked for is honoured, or a warning says that it is not',
    run: (target) =>
      withSubject(target, flexible, async ({ provider, requests }) => {
        const results = await provider.embedDocuments(documents(2), { dimensions: ODD_DIMENSIONS });
        const isHonoured = results.every(({ dimensions }) => dimensions === ODD_DIMENSIONS);
        check(isHonoured || warnsOf(results, 'dimensions'), 'dimensions: neither honoured nor warned of');
        if (isHonoured) checkEqual(requests()[0]?.dimensions, ODD_DIMENSIONS, 'dimensions that reached the service');
        await rejectsWith(provider.embedQuery('q', { dimensions: 0 }), 'invalid_request', 'dimensions 0');
        await withSubject(target, stubborn, async (second) => {
          const [result] = await second.provider.embedDocuments(documents(1), { dimensions: ODD_DIMENSIONS });
          if (result === undefined) fail('there is no result');
          checkEqual(result.vector.length, SCRIPTED_DIMENSIONS, 'numbers of a service that goes its own way');
          check(warnsOf([result], 'dimensions'), 'a service that goes its own way: there is no warning');
        });
      }),
  },
  {
    id: 'embedding.9',
    title: 'the same text has the same vector, wherever in a call it stands',
    run: (target) =>
      withSubject(target, {}, async ({ provider }) => {
        const list = documents(MAX_BATCH_SIZE + 2).map((document, index, { length }) =>
          index === 0 || index === length - 1 ? { ...document, text: 'the same text' } : document,
        );
        const results = await provider.embedDocuments(list);
        const [first, last] = [results[0], results.at(-1)];
        if (first === undefined || last === undefined) fail('there are no results');
        check(cosine(first, last) > 0.999, `cosine of the same text: expected above 0.999, got ${cosine(first, last)}`);
        const other = results[1];
        if (other !== undefined) check(cosine(first, other) < 0.999, 'different texts have the same vector');
      }),
  },
  {
    id: 'embedding.10',
    title: 'vectors of a model that is described as normalised have length 1',
    requires: 'normalized',
    run: (target) =>
      withSubject(target, {}, async ({ provider }) => {
        for (const { id, vector } of await provider.embedDocuments(documents(3))) {
          const length = Math.hypot(...vector);
          check(Math.abs(length - 1) <= 1e-3, `length of the vector of ${id}: expected 1, got ${length}`);
        }
      }),
  },
  {
    id: 'embedding.7',
    title: 'an empty text is refused by name before anything is sent',
    run: (target) =>
      withSubject(target, {}, async ({ provider, requests }) => {
        for (const text of ['', ' \n\t']) {
          const list = [...documents(1), { id: 'empty', text }];
          const error = await rejectionOf(
            provider.embedDocuments(list),
            `a document with the text ${JSON.stringify(text)}`,
          );
          checkEqual(error.code, 'invalid_request', 'code for an empty text');
          check(/1/.test(error.field ?? ''), `field: expected the place of the document, got ${error.field}`);
          await rejectsWith(provider.embedQuery(text), 'invalid_request', 'an empty query');
        }
        checkEqual(requests().length, 0, 'requests that reached the service');
      }),
  },
];

function cosine({ vector: a }: EmbeddingResult, { vector: b }: EmbeddingResult): number {
  const dot = a.reduce((sum, component, index) => sum + component * (b[index] ?? 0), 0);
  return dot / (Math.hypot(...a) * Math.hypot(...b));
}
