import { IntegrationError } from '@mortise/core';
import { describe, expect, it } from 'vitest';
import { EmbeddingBatchError } from '../errors/embedding-batch-error.ts';
import { tokensOf } from '../tokens-of.ts';
import { createEmbeddingProvider } from './create-embedding-provider.ts';
import type { EmbeddingBackend, EmbeddingBatchAnswer, EmbeddingBatchRequest } from './embedding-backend.ts';

const documents = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `d${index}`, text: `text ${index}` }));

function recording(
  answer: (request: EmbeddingBatchRequest, index: number) => EmbeddingBatchAnswer | Promise<EmbeddingBatchAnswer>,
  backend: Partial<EmbeddingBackend> = {},
) {
  const requests: EmbeddingBatchRequest[] = [];
  const provider = createEmbeddingProvider({
    model: 'model-a',
    limits: () => ({ maxBatchSize: 2 }),
    ...backend,
    embedBatch: async (request) => {
      requests.push(request);
      return answer(request, requests.length - 1);
    },
  });
  return { provider, requests };
}

const vectors = ({ texts }: EmbeddingBatchRequest) => ({ vectors: texts.map((_, index) => [index, 1]) });

const failure = (code: 'rate_limited' | 'unauthenticated' | 'provider_error', retryAfterMs?: number) =>
  new IntegrationError({
    code,
    message: 'No',
    retry: code === 'unauthenticated' ? 'never' : 'throttled',
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });

describe('requests', () => {
  it('name the default model, the kind of text and nothing that was not asked for', async () => {
    const { provider, requests } = recording(vectors, { features: ['dimensions', 'encoding', 'truncate'] });
    await provider.embedDocuments(documents(1));
    await provider.embedQuery('q', { model: 'model-b', dimensions: 2, encoding: 'int8', truncate: 'end' });
    expect(requests).toEqual([
      {
        texts: ['text 0'],
        model: 'model-a',
        inputType: 'document',
        truncate: 'none',
        encoding: 'float',
        signal: expect.any(AbortSignal),
      },
      {
        texts: ['q'],
        model: 'model-b',
        dimensions: 2,
        inputType: 'query',
        truncate: 'end',
        encoding: 'int8',
        signal: expect.any(AbortSignal),
      },
    ]);
  });

  it('do not carry what the service cannot honour; every result warns of it', async () => {
    const { provider, requests } = recording(vectors);
    const options = { dimensions: 9, encoding: 'binary', truncate: 'start', inputType: 'clustering' } as const;
    const results = await provider.embedDocuments(documents(3), options);
    expect(requests[0]).toMatchObject({ encoding: 'float', truncate: 'none' });
    expect(requests[0]).not.toHaveProperty('dimensions');
    for (const { warnings } of results) {
      expect(warnings?.map(({ field }) => field)).toEqual(['dimensions', 'inputType', 'truncate', 'encoding']);
    }
  });

  it('of one call have keys of their own', async () => {
    const { provider, requests } = recording(vectors);
    await provider.embedDocuments(documents(3), { idempotencyKey: 'key', concurrency: 1 });
    expect(requests.map(({ idempotencyKey }) => idempotencyKey)).toEqual(['key-0', 'key-1']);
    await provider.embedQuery('q', { idempotencyKey: 'key' });
    expect(requests[2]?.idempotencyKey).toBe('key');
  });

  it('are never more at the same time than the caller and the service allow', async () => {
    const waiting: (() => void)[] = [];
    let most = 0;
    let open = 0;
    const slow = async (request: EmbeddingBatchRequest) => {
      open += 1;
      most = Math.max(most, open);
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
      open -= 1;
      return vectors(request);
    };
    const run = async (backend: Partial<EmbeddingBackend>, concurrency: number): Promise<number> => {
      most = 0;
      const { provider } = recording(slow, backend);
      const call = provider.embedDocuments(documents(12), { concurrency });
      for (let turn = 0; turn < 40; turn += 1) {
        await Promise.resolve();
        waiting.shift()?.();
      }
      await call;
      return most;
    };
    expect(await run({}, 3)).toBe(3);
    expect(await run({ limits: () => Promise.resolve({ maxBatchSize: 2, maxConcurrency: 1 }) }, 3)).toBe(1);
  });
});

describe('results', () => {
  it('say which request they came with, so that its tokens are counted once', async () => {
    const { provider } = recording((request) => ({ ...vectors(request), tokens: 5, requestId: 'r' }));
    const results = await provider.embedDocuments(documents(3));
    expect(results.map(({ request, tokens }) => [request, tokens])).toEqual([
      [{ index: 0, texts: 2, tokens: 5 }, undefined],
      [{ index: 0, texts: 2, tokens: 5 }, undefined],
      [{ index: 1, texts: 1, tokens: 5 }, 5],
    ]);
    expect(results[0]?.requestId).toBe('r');
    expect(tokensOf(results)).toBe(10);
    expect(tokensOf([])).toBe(0);
    expect(tokensOf([{ id: 'a', vector: [1], dimensions: 1, model: 'm' }])).toBeUndefined();
    expect(tokensOf([{ id: 'a', vector: [1], dimensions: 1, model: 'm', tokens: 4 }])).toBe(4);
  });

  it('of packed bits have eight dimensions for each number', async () => {
    const { provider } = recording(() => ({ vectors: [[255, 0]], truncated: [true] }), { features: ['encoding'] });
    expect(await provider.embedQuery('q', { encoding: 'binary' })).toMatchObject({
      dimensions: 16,
      encoding: 'binary',
      truncated: true,
    });
  });

  it('pass on what the service tells', async () => {
    const { provider } = recording((request) => ({
      ...vectors(request),
      model: 'model-a-2026',
      providerMetadata: { vendor: { region: 'eu' } },
      warnings: [{ type: 'deprecated', message: 'Going away' }],
    }));
    expect(await provider.embedQuery('q')).toMatchObject({
      id: 'query',
      model: 'model-a-2026',
      providerMetadata: { vendor: { region: 'eu' } },
      warnings: [{ type: 'deprecated', message: 'Going away' }],
    });
  });

  it.each([
    ['NaN', [[Number.NaN, 1]]],
    ['infinite', [[1, Number.POSITIVE_INFINITY]]],
    ['empty', [[]]],
    ['missing', []],
  ])('that are %s make the call fail', async (_what, bad) => {
    const { provider } = recording(() => ({ vectors: bad }));
    await expect(provider.embedQuery('q')).rejects.toMatchObject({ code: 'provider_error' });
  });
});

describe('failures', () => {
  it('of some requests keep the others, name documents in their order, and advise for all', async () => {
    const { provider } = recording((request) => {
      if (request.texts.includes('text 2')) throw failure('rate_limited', 700);
      if (request.texts.includes('text 4')) throw failure('provider_error', 900);
      return vectors(request);
    });
    const error: unknown = await provider.embedDocuments(documents(6)).catch((reason: unknown) => reason);
    if (!EmbeddingBatchError.is(error)) throw error;
    expect(error.failedIds).toEqual(['d2', 'd3', 'd4', 'd5']);
    expect(error.results.map(({ id }) => id)).toEqual(['d0', 'd1']);
    expect(error).toMatchObject({ code: 'partial_failure', retry: 'throttled', retryAfterMs: 900 });
    expect(error.message).toContain('4 of 6 documents');
    expect(error.failures.map(({ indexes }) => indexes)).toEqual([
      [2, 3],
      [4, 5],
    ]);
    expect(Object.keys(error)).not.toContain('results');
    expect(EmbeddingBatchError.is(new IntegrationError({ code: 'partial_failure', message: 'other' }))).toBe(false);
  });

  it('that every further request would meet end the call', async () => {
    const { provider, requests } = recording((request, index) => {
      if (index === 1) throw failure('unauthenticated');
      return vectors(request);
    });
    const error: unknown = await provider
      .embedDocuments(documents(10), { concurrency: 1 })
      .catch((reason: unknown) => reason);
    if (!EmbeddingBatchError.is(error)) throw error;
    expect(requests).toHaveLength(2);
    expect(error.failedIds).toHaveLength(8);
    expect(error.retry).toBe('never');
  });

  it('of every request are the first one', async () => {
    const { provider } = recording(() => Promise.reject(new TypeError('secret text')));
    const error: unknown = await provider.embedDocuments(documents(3)).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'provider_error', message: 'The request failed with TypeError' });
  });
});

describe('options', () => {
  it.each([
    ['dimensions', { dimensions: 1.5 }],
    ['batchSize', { batchSize: 0 }],
    ['concurrency', { concurrency: -1 }],
    ['timeoutMs', { timeoutMs: 0 }],
  ])('refuses %s that is no positive integer', async (field, options) => {
    const { provider, requests } = recording(vectors);
    await expect(provider.embedQuery('q', options)).rejects.toMatchObject({ code: 'invalid_request', field });
    expect(requests).toEqual([]);
  });
});

describe('describeModel', () => {
  const info = { model: 'model-a', dimensions: 2, maxBatchSize: 1 };

  it('gives what is known, and its limit holds', async () => {
    const { provider, requests } = recording(vectors, { models: [info], limits: () => ({ maxBatchSize: 50 }) });
    expect(provider.describeModel()).toEqual(info);
    expect(provider.capabilities.methods?.describeModel).toBe('native');
    await provider.embedDocuments(documents(3));
    expect(requests).toHaveLength(3);
  });

  it('says that it knows nothing', () => {
    const known = recording(vectors, { models: [info] }).provider;
    expect(() => known.describeModel('other')).toThrow(expect.objectContaining({ code: 'not_found' }));
    const unknown = recording(vectors).provider;
    expect(unknown.capabilities.methods?.describeModel).toBe('none');
    expect(() => unknown.describeModel()).toThrow(expect.objectContaining({ code: 'unsupported' }));
  });
});
