import { validateAgainstSchema } from '@mortise/core/schema';
import { describe, expect, it } from 'vitest';
import { InMemoryEmbeddingProvider } from '../testing/in-memory-embedding-provider.ts';
import {
  EmbeddingDocumentSchema,
  EmbeddingModelInfoSchema,
  EmbeddingResultSchema,
  RerankedDocumentSchema,
} from './embedding-schemas.ts';

const isValid = (schema: unknown, value: unknown): boolean => validateAgainstSchema<unknown>(schema, value).valid;

describe('the schemas of what crosses a process', () => {
  it('take a document and its result after a trip through JSON', async () => {
    const document = { id: 'a', text: 'text', metadata: { page: 1, draft: true, author: 'Ann' } };
    expect(isValid(EmbeddingDocumentSchema, document)).toBe(true);
    const [result] = await new InMemoryEmbeddingProvider({ model: { tokens: 1 } }).embedDocuments([document]);
    expect(isValid(EmbeddingResultSchema, JSON.parse(JSON.stringify(result)))).toBe(true);
  });

  it('take what is known of a model, and a ranked document', () => {
    expect(isValid(EmbeddingModelInfoSchema, new InMemoryEmbeddingProvider().describeModel())).toBe(true);
    expect(isValid(EmbeddingModelInfoSchema, { model: 'm', dimensions: 8, supportedDimensions: [2, 4] })).toBe(true);
    expect(isValid(RerankedDocumentSchema, { index: 0, score: -0.5 })).toBe(true);
  });

  it.each([
    ['a document without an id', EmbeddingDocumentSchema, { text: 'a' }],
    ['an empty text', EmbeddingDocumentSchema, { id: 'a', text: '' }],
    ['a nested label', EmbeddingDocumentSchema, { id: 'a', text: 'a', metadata: { a: { b: 1 } } }],
    ['an empty vector', EmbeddingResultSchema, { id: 'a', vector: [], dimensions: 1, model: 'm' }],
    ['a vector with null', EmbeddingResultSchema, { id: 'a', vector: [null], dimensions: 1, model: 'm' }],
    [
      'an unknown encoding',
      EmbeddingResultSchema,
      { id: 'a', vector: [1], dimensions: 1, model: 'm', encoding: 'hex' },
    ],
    ['no dimensions', EmbeddingModelInfoSchema, { model: 'm', dimensions: 0 }],
    ['a negative index', RerankedDocumentSchema, { index: -1, score: 1 }],
  ])('refuse %s', (_what, schema, value) => {
    expect(isValid(schema, value)).toBe(false);
  });
});
