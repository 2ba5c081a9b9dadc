import {
  APICallError,
  type EmbeddingModelV2,
  type EmbeddingModelV3,
  type EmbeddingModelV4,
  LoadAPIKeyError,
  NoSuchModelError,
  UnsupportedFunctionalityError,
} from '@ai-sdk/provider';
import { IntegrationError } from '@mortise/core';
import { formatReport } from '@mortise/testing';
import { embed, embedMany } from 'ai';
import { describe, expect, it } from 'vitest';
import { EmbeddingBatchError } from '../errors/embedding-batch-error.ts';
import { checkEmbeddingProvider } from '../testing/check-embedding-provider.ts';
import type { EmbeddingConformanceTarget } from '../testing/conformance-target.ts';
import { InMemoryEmbeddingProvider } from '../testing/in-memory-embedding-provider.ts';
import { inMemoryEmbeddingTarget } from '../testing/in-memory-target.ts';
import { scriptedVector } from '../testing/scripted-embeddings.ts';
import type { AiSdkEmbeddingModel } from './ai-sdk-models.ts';
import { fromAiSdk } from './from-ai-sdk.ts';
import { toAiSdk } from './to-ai-sdk.ts';

const documents = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `d${index}`, text: `text ${index}` }));

/** Over the AI SDK's own interface and back: what reaches the inner provider, and what of it comes out again. */
function bridged(specificationVersion: 'v2' | 'v3' | 'v4'): EmbeddingConformanceTarget {
  return {
    open: async (setup) => {
      const subject = await inMemoryEmbeddingTarget().open(setup);
      const modelOf = (modelId: string): AiSdkEmbeddingModel => {
        if (specificationVersion === 'v2') return toAiSdk(subject.provider, { modelId, specificationVersion });
        if (specificationVersion === 'v3') return toAiSdk(subject.provider, { modelId, specificationVersion });
        return toAiSdk(subject.provider, { modelId });
      };
      return { ...subject, provider: fromAiSdk(modelOf('in-memory'), { resolveModel: modelOf }) };
    },
  };
}

describe.each(['v2', 'v3', 'v4'] as const)('a provider that goes through the AI SDK (%s) and back', (version) => {
  it('passes every check that applies', { timeout: 60_000 }, async () => {
    const outcomes = await checkEmbeddingProvider(bridged(version));
    expect(formatReport(outcomes.filter(({ status }) => status === 'failed'))).toBe('0 passed, 0 failed, 0 skipped');
    expect(outcomes.filter(({ status }) => status === 'skipped').map(({ id }) => id)).toEqual([
      'embedding.10',
      'embedding.11',
      'X11',
    ]);
  });
});

describe('toAiSdk', () => {
  it('serves embedMany: the AI SDK splits as the model demands', async () => {
    const provider = new InMemoryEmbeddingProvider({
      maxBatchSize: 2,
      model: ({ texts }) => ({ tokens: texts.length }),
    });
    const { embeddings, usage } = await embedMany({
      model: toAiSdk(provider, { modelId: 'in-memory' }),
      values: ['a', 'b', 'c'],
    });
    expect(embeddings).toEqual(['a', 'b', 'c'].map((text) => scriptedVector(text)));
    expect(usage.tokens).toBe(3);
    expect(provider.requests.map(({ texts }) => texts)).toEqual([['a', 'b'], ['c']]);
  });

  it('serves embed, for queries where that is said', async () => {
    const provider = new InMemoryEmbeddingProvider();
    const model = toAiSdk(provider, { modelId: 'in-memory', inputType: 'query', provider: 'ours' });
    const { embedding } = await embed({ model, value: 'where?' });
    expect(embedding).toEqual(scriptedVector('where?'));
    expect(provider.requests[0]).toMatchObject({ inputType: 'query', model: 'in-memory' });
    expect(model).toMatchObject({ provider: 'ours', specificationVersion: 'v4', maxEmbeddingsPerCall: 100 });
    expect(toAiSdk(provider, { modelId: 'unknown' }).maxEmbeddingsPerCall).toBe(Number.POSITIVE_INFINITY);
  });

  it('lets the AI SDK repeat what may be repeated', async () => {
    let calls = 0;
    const provider = new InMemoryEmbeddingProvider({
      model: () => {
        calls += 1;
        return calls === 1 ? { fail: { status: 503, headers: { 'retry-after': '0' } } } : {};
      },
    });
    const { embedding } = await embed({ model: toAiSdk(provider, { modelId: 'in-memory' }), value: 'a' });
    expect(embedding).toEqual(scriptedVector('a'));
    expect(calls).toBe(2);
  });

  it('gives the reason of the signal for a call that was aborted, and passes on what is not ours', async () => {
    const model = toAiSdk(new InMemoryEmbeddingProvider(), { modelId: 'in-memory' });
    const abortSignal = AbortSignal.abort(new DOMException('Enough', 'AbortError'));
    await expect(Promise.resolve(model.doEmbed({ values: ['a'], abortSignal }))).rejects.toThrow('Enough');
    const odd = toAiSdk(
      {
        embedDocuments: () => Promise.reject(new RangeError('odd')),
        embedQuery: () => Promise.reject(new Error('no')),
      },
      { modelId: 'm' },
    );
    await expect(Promise.resolve(odd.doEmbed({ values: ['a'] }))).rejects.toBeInstanceOf(RangeError);
  });

  it('reports what was not honoured, in the words of each version', async () => {
    const provider = new InMemoryEmbeddingProvider({ features: [] });
    const v4 = await toAiSdk(provider, { modelId: 'in-memory' }).doEmbed({ values: ['a'], dimensions: 3 });
    expect(v4.warnings).toEqual([{ type: 'unsupported', feature: 'dimensions', details: expect.any(String) }]);
    const deprecating = {
      embedDocuments: () =>
        Promise.resolve([
          {
            id: '0',
            vector: [1],
            dimensions: 1,
            model: 'm',
            warnings: [
              { type: 'deprecated' as const, field: 'model', message: 'Going away' },
              { type: 'other' as const, message: 'Hm' },
            ],
          },
        ]),
      embedQuery: () => Promise.reject(new Error('not used')),
    };
    const v3 = toAiSdk(deprecating, { modelId: 'm', specificationVersion: 'v3' });
    expect((await v3.doEmbed({ values: ['a'] })).warnings).toEqual([
      { type: 'other', message: 'model: Going away' },
      { type: 'other', message: 'Hm' },
    ]);
    const v2 = toAiSdk(deprecating, { modelId: 'm', specificationVersion: 'v2' });
    expect(await v2.doEmbed({ values: ['a'] })).toEqual({ embeddings: [[1]] });
  });
});

describe('fromAiSdk', () => {
  const v4 = (doEmbed: EmbeddingModelV4['doEmbed'], more: Partial<EmbeddingModelV4> = {}): EmbeddingModelV4 => ({
    specificationVersion: 'v4',
    provider: 'mock',
    modelId: 'mock-model',
    maxEmbeddingsPerCall: Promise.resolve(2),
    supportsParallelCalls: Promise.resolve(false),
    doEmbed,
    ...more,
  });

  it('sends what was asked for, one request at a time where the model wants that', async () => {
    const seen: unknown[] = [];
    let open = 0;
    const provider = fromAiSdk(
      v4(async ({ abortSignal, ...call }) => {
        open += 1;
        expect(open).toBe(1);
        expect(abortSignal).toBeInstanceOf(AbortSignal);
        seen.push(call);
        await Promise.resolve();
        open -= 1;
        return {
          embeddings: call.values.map(() => [1, 0]),
          usage: { tokens: call.values.length },
          warnings: [
            { type: 'unsupported', feature: 'dimensions', details: 'fixed' },
            { type: 'compatibility', feature: 'x' },
            { type: 'deprecated', setting: 'y', message: 'old' },
            { type: 'other', message: 'z' },
          ],
          providerMetadata: { mock: { cost: 1 } },
        };
      }),
    );
    const results = await provider.embedDocuments(documents(3), {
      dimensions: 2,
      headers: { 'x-a': 'b' },
      traceparent: 'trace',
      providerOptions: { mock: { user: 'u' } },
    });
    const rest = {
      dimensions: 2,
      headers: { 'x-a': 'b', traceparent: 'trace' },
      providerOptions: { mock: { user: 'u' } },
    };
    expect(seen).toEqual([
      { values: ['text 0', 'text 1'], ...rest },
      { values: ['text 2'], ...rest },
    ]);
    expect(results[2]).toEqual({
      id: 'd2',
      vector: [1, 0],
      dimensions: 2,
      model: 'mock-model',
      tokens: 1,
      request: { index: 1, texts: 1, tokens: 1 },
      providerMetadata: { mock: { cost: 1 } },
      warnings: [
        { type: 'unsupported', field: 'dimensions', message: 'fixed' },
        { type: 'compatibility', field: 'x', message: 'Feature "x"' },
        { type: 'deprecated', field: 'y', message: 'old' },
        { type: 'other', message: 'z' },
      ],
    });
  });

  it('warns where a model of an older version cannot be told a length', async () => {
    const v2: EmbeddingModelV2<string> = {
      specificationVersion: 'v2',
      provider: 'mock',
      modelId: 'old',
      maxEmbeddingsPerCall: undefined,
      supportsParallelCalls: true,
      doEmbed: (call) => {
        expect(call).not.toHaveProperty('dimensions');
        return Promise.resolve({ embeddings: call.values.map(() => [1]), usage: { tokens: Number.NaN } });
      },
    };
    const provider = fromAiSdk(
      v4(() => Promise.reject(new Error('not used'))),
      { resolveModel: () => v2 },
    );
    const call = { model: 'old', dimensions: 1, providerOptions: { mock: { a: 1 } } };
    const result = await provider.embedQuery('q', call);
    expect(result.warnings).toEqual([{ type: 'unsupported', field: 'dimensions', message: expect.any(String) }]);
    expect(result).not.toHaveProperty('tokens');
    const v3: EmbeddingModelV3 = {
      ...v2,
      specificationVersion: 'v3',
      doEmbed: ({ values, providerOptions }) => {
        expect(providerOptions).toEqual({ mock: { a: 1 } });
        return Promise.resolve({ embeddings: values.map(() => [1]), warnings: [] });
      },
    };
    expect(await fromAiSdk(v3).embedQuery('q', call)).toMatchObject({ model: 'old' });
  });

  it('knows of models what it is told', async () => {
    const models = [{ model: 'mock-model', dimensions: 2, normalized: true }];
    expect(
      fromAiSdk(
        v4(() => Promise.reject(new Error())),
        { models },
      ).describeModel(),
    ).toEqual(models[0]);
  });

  it('refuses a call for another model unless it can find that model', async () => {
    const provider = fromAiSdk(v4(() => Promise.reject(new Error('not used'))));
    const call = provider.embedQuery('q', { model: 'other' });
    await expect(call).rejects.toMatchObject({ code: 'unsupported', field: 'model' });
  });

  const call = (statusCode: number | undefined, responseBody: string, isRetryable = true) =>
    new APICallError({
      message: 'Bad: hunter2',
      url: 'https://api.example.com?key=hunter2',
      requestBodyValues: { input: 'hunter2' },
      responseHeaders: { 'retry-after': '3' },
      responseBody,
      isRetryable,
      ...(statusCode === undefined ? {} : { statusCode }),
    });

  it.each([
    [
      'a throttled call',
      call(429, '{"error":{"code":"slow_down","message":"hunter2"}}'),
      { code: 'rate_limited', retryAfterMs: 3000, providerCode: 'slow_down', httpStatus: 429 },
    ],
    [
      'a spent budget',
      call(429, '{"error":{"code":"insufficient_quota"}}'),
      { code: 'quota_exceeded', retry: 'never' },
    ],
    ['a flat error', call(422, '{"type":"invalid_input","code":null}'), { providerCode: 'invalid_input' }],
    ['a numbered error', call(400, '{"error":{"code":3505}}'), { providerCode: '3505' }],
    ['a page of HTML', call(502, '<html>hunter2'), { code: 'unavailable' }],
    ['an answer that cannot be read', call(200, 'hunter2'), { code: 'provider_error', retry: 'transient' }],
    ['a redirect', call(302, ''), { code: 'provider_error', retry: 'never' }],
    ['a broken connection', call(undefined, ''), { code: 'unavailable', retry: 'transient' }],
    ['a call that cannot be repeated', call(undefined, '', false), { code: 'unavailable', retry: 'never' }],
    ['a missing key', new LoadAPIKeyError({ message: 'hunter2' }), { code: 'unauthenticated' }],
    [
      'an unknown model',
      new NoSuchModelError({ modelId: 'hunter2', modelType: 'embeddingModel' }),
      { code: 'not_found' },
    ],
    ['a missing ability', new UnsupportedFunctionalityError({ functionality: 'hunter2' }), { code: 'unsupported' }],
    ['anything else', new RangeError('hunter2'), { code: 'provider_error' }],
    ['no error at all', 'hunter2', { code: 'provider_error' }],
    ['one of ours', new IntegrationError({ code: 'conflict', message: 'ours' }), { code: 'conflict' }],
  ])('reads %s without keeping what was sent and received', async (_what, thrown, expected) => {
    const provider = fromAiSdk(v4(() => Promise.reject(thrown)));
    const error: unknown = await provider.embedQuery('q').catch((reason: unknown) => reason);
    expect(error).toMatchObject(expected);
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain('hunter2');
    expect(Object(error).cause).toBeUndefined();
  });

  it('keeps the vectors of the requests that did not fail', async () => {
    const provider = fromAiSdk(
      v4(({ values }) =>
        values.includes('text 2')
          ? Promise.reject(call(500, ''))
          : Promise.resolve({ embeddings: values.map(() => [1]), warnings: [] }),
      ),
    );
    const error: unknown = await provider.embedDocuments(documents(3)).catch((reason: unknown) => reason);
    if (!EmbeddingBatchError.is(error)) throw error;
    expect(error.failedIds).toEqual(['d2']);
  });
});
