import { describe, expect, it } from 'vitest';
import { complete } from './complete.ts';
import type { EmbeddingProvider } from './embedding-provider.ts';
import { seedCompat } from './seed-compat.ts';
import { InMemoryEmbeddingProvider } from './testing/in-memory-embedding-provider.ts';

/** A provider as the first interface knew it. */
function bare(): EmbeddingProvider & { readonly calls: number[] } {
  const inner = new InMemoryEmbeddingProvider();
  const calls: number[] = [];
  return {
    calls,
    embedDocuments: (documents, options) => {
      calls.push(documents.length);
      return inner.embedDocuments(documents, options);
    },
    embedQuery: (query, options) => inner.embedQuery(query, options),
  };
}

async function* many(count: number) {
  for (let index = 0; index < count; index += 1) yield { id: `d${index}`, text: `text ${index}` };
}

describe('complete', () => {
  it('makes a stream of groups, no larger than asked for', async () => {
    const provider = bare();
    const ids: string[] = [];
    for await (const { id } of complete(provider).embedStream(many(5), { batchSize: 2 })) ids.push(id);
    expect(ids).toEqual(['d0', 'd1', 'd2', 'd3', 'd4']);
    expect(provider.calls).toEqual([2, 2, 1]);
    for await (const { id } of complete(provider).embedStream(many(65))) expect(id).toMatch(/^d\d+$/);
    expect(provider.calls.slice(3)).toEqual([64, 1]);
  });

  it('says that models cannot be described, and closes what need not be closed', async () => {
    const provider = complete(bare());
    expect(() => provider.describeModel()).toThrow(expect.objectContaining({ code: 'unsupported' }));
    await expect(provider.close()).resolves.toBeUndefined();
    expect('capabilities' in provider).toBe(false);
  });

  it('uses what is there', async () => {
    const inner = new InMemoryEmbeddingProvider({ maxBatchSize: 3 });
    const provider = complete(inner);
    expect(provider.capabilities).toBe(inner.capabilities);
    expect(provider.describeModel().maxBatchSize).toBe(3);
    for await (const { id } of provider.embedStream(many(4))) expect(id).toMatch(/^d\d$/);
    expect(inner.requests.map(({ texts }) => texts.length)).toEqual([3, 1]);
    await provider.close();
    await expect(provider.embedQuery('q')).rejects.toMatchObject({ code: 'invalid_request' });
  });
});

describe('seedCompat', () => {
  it('turns labels into text and leaves the rest', async () => {
    const provider = seedCompat(new InMemoryEmbeddingProvider());
    const [labelled, plain] = await provider.embedDocuments([
      { id: 'a', text: 'text', metadata: { page: 7, draft: false, author: 'Ann' } },
      { id: 'b', text: 'text' },
    ]);
    expect(labelled?.metadata).toEqual({ page: '7', draft: 'false', author: 'Ann' });
    expect(plain).not.toHaveProperty('metadata');
    expect((await provider.embedQuery('q')).dimensions).toBe(8);
  });
});
