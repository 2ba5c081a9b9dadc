import { IntegrationError } from '@mortise/core';
import type { ConformanceCase } from '@mortise/testing';
import type { EmbeddingDocument } from '../../model/embedding-document.ts';
import type { EmbeddingOptions } from '../../model/embedding-options.ts';
import { tokensOf } from '../../tokens-of.ts';
import {
  deepFreeze,
  describeError,
  documents,
  MAX_BATCH_SIZE,
  rejectsWith,
  warnsOf,
  withSubject,
} from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { EmbeddingConformanceTarget } from '../conformance-target.ts';

/** Text in which every careless step leaves a trace. */
const TEXTS = [
  'plain',
  '  spaces kept  ',
  'line\r\nends\ttabs',
  '"quoted" \\ backslash',
  '思考 🧠 👩‍👩‍👧',
  'e\u0301 is not é',
  'עברית \u202Eabc\u202C',
  'nul\u0000inside',
  'x'.repeat(1_000_000),
];

/** What reaches the service and what comes back: `embedding.8`, `.11`, `.13`, `.15`, `X5`, `X6`, `X8`, `X18`. */
export const inputCases: readonly ConformanceCase<EmbeddingConformanceTarget>[] = [
  {
    id: 'embedding.8',
    title: 'a text that is too long is refused, and cut only where that was asked for and reaches the service',
    run: async (target) => {
      await withSubject(target, { fail: { status: 400 } }, async ({ provider, requests }) => {
        await rejectsWith(provider.embedDocuments(documents(1)), 'invalid_request', 'a text that is too long');
        checkEqual(requests()[0]?.texts, ['text number 0'], 'text that reached the service');
        const told = requests()[0]?.truncate?.toLowerCase();
        check(told === undefined || told === 'none', `truncate: expected none by default, got ${told}`);
      });
      await withSubject(target, {}, async ({ provider, requests }) => {
        const results = await provider.embedDocuments(documents(1), { truncate: 'end' });
        const told = requests()[0]?.truncate;
        check(
          warnsOf(results, 'truncate') || (told !== undefined && told.toLowerCase() !== 'none'),
          'truncate: it neither reached the service nor was warned of',
        );
        checkEqual(requests()[0]?.texts, ['text number 0'], 'text that reached the service');
      });
    },
  },
  {
    id: 'embedding.11',
    title: 'the service is told whether a text is a document or a query',
    requires: 'input-type',
    run: (target) =>
      withSubject(target, {}, async ({ provider, requests }) => {
        await provider.embedDocuments(documents(1));
        await provider.embedQuery('a question');
        const [document, query] = requests().map(({ inputType }) => inputType);
        check(document !== undefined && query !== undefined, 'the type did not reach the service');
        check(document !== query, `documents and queries have the same type "${document}"`);
      }),
  },
  {
    id: 'embedding.13',
    title: "a document's labels come back as they were given, types included, and are never sent",
    run: (target) =>
      withSubject(target, {}, async ({ provider, requests }) => {
        const metadata = { page: 7, draft: false, author: 'label-of-Ann', text: '7' };
        const [result] = await provider.embedDocuments([{ id: 'a', text: 'text', metadata }]);
        checkEqual(result?.metadata, metadata, 'metadata');
        check(requests()[0]?.text.includes('label-of-Ann') === false, 'the labels were sent');
        const [bare] = await provider.embedDocuments([{ id: 'b', text: 'text' }]);
        check(bare !== undefined && !('metadata' in bare), 'metadata: expected none, since none was given');
      }),
  },
  {
    id: 'embedding.15',
    title: 'token counts add up to what the service counted, and are absent where it counts none',
    requires: 'usage',
    run: async (target) => {
      await withSubject(
        target,
        ({ texts }) => ({ tokens: texts.length * 3 }),
        async ({ provider }) => {
          const results = await provider.embedDocuments(documents(MAX_BATCH_SIZE + 1));
          checkEqual(tokensOf(results), (MAX_BATCH_SIZE + 1) * 3, 'tokens of the whole call');
          checkEqual((await provider.embedQuery('q')).tokens, 3, 'tokens of the query');
        },
      );
      await withSubject(target, {}, async ({ provider }) => {
        const results = await provider.embedDocuments(documents(2));
        checkEqual(tokensOf(results), undefined, 'tokens that nobody counted');
      });
    },
  },
  {
    id: 'X5',
    title: 'each option reaches the service, or a warning or a refusal names it',
    run: (target) =>
      withSubject(target, {}, async ({ provider, requests }) => {
        for (const [field, options, evidence] of OPTIONS) {
          const before = requests().length;
          try {
            const results = await provider.embedDocuments(documents(1), options);
            if (warnsOf(results, field)) continue;
            const sent = requests()[before];
            const seen = `${sent?.text} ${JSON.stringify(sent?.headers)} ${sent?.inputType} ${sent?.model}`;
            check(evidence.test(seen), `${field}: it neither reached the service nor was warned of`);
          } catch (error) {
            if (!IntegrationError.is(error)) throw error;
            const isNamed = error.code !== 'CONFORMANCE_FAILED' && `${error.field}`.includes(field);
            if (!isNamed) fail(`${field}: expected a refusal by name, got ${describeError(error)}`);
          }
        }
      }),
  },
  {
    id: 'X6',
    title: 'nothing is made up that the service did not say',
    run: (target) =>
      withSubject(target, { model: 'served-model' }, async ({ provider }) => {
        const [result] = await provider.embedDocuments(documents(1));
        if (result === undefined) fail('there is no result');
        for (const field of ['tokens', 'truncated', 'raw', 'metadata'] as const) {
          check(!(field in result), `${field}: expected none, got ${JSON.stringify(result[field])}`);
        }
      }),
  },
  {
    id: 'X8',
    title: 'inputs are left as they are',
    run: (target) =>
      withSubject(target, {}, async ({ provider }) => {
        const list = deepFreeze([{ id: 'a', text: 'text', metadata: { page: 1 } }]);
        const options: EmbeddingOptions = deepFreeze({ truncate: 'end', headers: { 'x-a': 'b' }, batchSize: 2 });
        const [result] = await provider.embedDocuments(list, options);
        if (result?.metadata === undefined) fail('the labels did not come back');
        result.metadata['page'] = 2;
        result.vector.push(0);
        checkEqual(list[0]?.metadata, { page: 1 }, "the document's labels after the result's were changed");
        await provider.embedQuery('q', options);
      }),
  },
  {
    id: 'X18',
    title: 'text of any kind reaches the service unchanged',
    run: (target) =>
      withSubject(target, {}, async ({ provider, requests }) => {
        const list: EmbeddingDocument[] = TEXTS.map((text, index) => ({ id: String(index), text }));
        await provider.embedDocuments(list, { concurrency: 1 });
        const seen = requests().flatMap(({ texts }) => texts);
        TEXTS.forEach((text, index) => {
          check(seen[index] === text, `text ${index}: it did not reach the service unchanged`);
        });
      }),
  },
];

const OPTIONS: readonly (readonly [field: string, options: EmbeddingOptions, evidence: RegExp])[] = [
  ['model', { model: 'another-model' }, /another-model/],
  ['dimensions', { dimensions: 37 }, /37/],
  ['inputType', { inputType: 'clustering' }, /clustering/i],
  ['truncate', { truncate: 'start' }, /start|left/i],
  ['encoding', { encoding: 'int8' }, /int8/],
  ['headers', { headers: { 'x-conformance': 'header-value-19' } }, /header-value-19/],
  ['traceparent', { traceparent: `00-${'a1'.repeat(16)}-${'b2'.repeat(8)}-01` }, /a1a1a1/],
];
