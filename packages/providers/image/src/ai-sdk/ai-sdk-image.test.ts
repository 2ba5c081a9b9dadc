import { createOpenAI } from '@ai-sdk/openai';
import { APICallError, type ImageModelV2, type ImageModelV3, type ImageModelV4 } from '@ai-sdk/provider';
import { LLMock } from '@copilotkit/aimock';
import { IntegrationError } from '@mortise/core';
import { formatReport } from '@mortise/testing';
import { generateImage } from 'ai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectImage } from '../image/inspect-image.ts';
import { checkImageProvider } from '../testing/image-conformance.ts';
import { InMemoryImageProvider } from '../testing/memory/in-memory-image-provider.ts';
import { inMemoryImageTarget } from '../testing/memory/in-memory-image-target.ts';
import { paint } from '../testing/memory/paint.ts';
import { encodePng } from '../testing/memory/png.ts';
import { fromAiSdk } from './from-ai-sdk.ts';
import { toAiSdk } from './to-ai-sdk.ts';

const SIZE = { width: 64, height: 64 };
const PNG = await encodePng(paint('a picture', 1, SIZE, false));
const BASE64 = btoa(String.fromCharCode(...PNG));
const RESPONSE = { timestamp: new Date(0), modelId: 'model-a', headers: undefined };
const WISH = { prompt: 'a lighthouse', dimensions: SIZE };

function modelThat(doGenerate: ImageModelV4['doGenerate'], maxImagesPerCall?: number): ImageModelV4 {
  return { specificationVersion: 'v4', provider: 'p', modelId: 'm', maxImagesPerCall, doGenerate };
}

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) => (IntegrationError.is(error) ? error.code : error),
  );

describe('a provider that goes through the AI SDK and back', () => {
  it('passes every check that applies', { timeout: 60_000 }, async () => {
    const honest = inMemoryImageTarget();
    const outcomes = await checkImageProvider({
      ...honest,
      // The AI SDK has no mark for a picture that was held back.
      hasFilter: false,
      open: async (setup) => {
        const subject = await honest.open(setup);
        const model = (modelId: string) => toAiSdk(subject.provider, { modelId });
        return { ...subject, provider: fromAiSdk(model('model-a'), { resolveModel: model }) };
      },
    });
    const failed = outcomes.filter(({ status }) => status === 'failed');
    expect(formatReport(failed)).toBe('0 passed, 0 failed, 0 skipped');
    expect(outcomes.filter(({ status }) => status === 'skipped').map(({ id }) => id)).toEqual([
      'image.3',
      'image.5',
      'image.7',
      'image.upscale',
      'image.stream',
      'image.9',
      'image.10',
      'image.11',
      'X16',
    ]);
  });
});

describe('toAiSdk', () => {
  it('serves generateImage, which splits what is too much for one call', async () => {
    const provider = new InMemoryImageProvider();
    const model = toAiSdk(provider, { modelId: 'model-a' });
    const { images, warnings, providerMetadata } = await generateImage({
      model,
      prompt: 'a ship',
      n: 6,
      size: '64x64',
      seed: 3,
    });
    expect(images).toHaveLength(6);
    for (const { uint8Array, mediaType } of images) {
      expect(mediaType).toBe('image/png');
      expect(inspectImage(uint8Array)?.dimensions).toEqual(SIZE);
    }
    expect(warnings).toEqual([]);
    expect(provider.requests.map(({ text }) => /"numVariants":(\d)/.exec(text)?.[1])).toEqual(['4', '2']);
    expect(providerMetadata['mortise']?.images[0]).toMatchObject({ format: 'png', width: 64, seed: 3 });
  });

  it('carries the ratio, and what the provider made instead as a warning', async () => {
    const model = toAiSdk(new InMemoryImageProvider(), { modelId: 'model-a' });
    const { image, warnings } = await generateImage({ model, prompt: 'a ship', aspectRatio: '16:9' });
    expect(inspectImage(image.uint8Array)?.dimensions).toEqual({ width: 96, height: 64 });
    expect(warnings).toMatchObject([{ type: 'compatibility', feature: 'aspectRatio' }]);
  });

  it('leaves out what a filter held back, and says so', async () => {
    const model = toAiSdk(new InMemoryImageProvider({ heldBack: [1] }), { modelId: 'model-a' });
    const { images, warnings } = await generateImage({ model, prompt: 'a ship', n: 3, size: '64x64' });
    expect(images).toHaveLength(2);
    expect(warnings).toMatchObject([{ type: 'other', message: expect.stringContaining('1 of the pictures') }]);
  });

  it('tells the AI SDK which failures are worth a retry', async () => {
    const model = toAiSdk(new InMemoryImageProvider({ refusedWords: ['ship'] }), { modelId: 'model-a' });
    const error: unknown = await generateImage({ model, prompt: 'a ship', size: '64x64' }).catch(
      (reason: unknown) => reason,
    );
    expect(APICallError.isInstance(error) && error.isRetryable).toBe(false);
  });
});

describe('fromAiSdk', () => {
  it('splits over calls, and adds up what they used', async () => {
    const asked: number[] = [];
    const model = modelThat(async ({ n }) => {
      asked.push(n);
      return {
        images: Array.from({ length: n }, () => BASE64),
        warnings: [],
        response: RESPONSE,
        usage: { inputTokens: 5, outputTokens: 7, totalTokens: 12 },
      };
    }, 2);
    const { images, usage } = await fromAiSdk(model).generate({ ...WISH, numVariants: 5 });
    expect(asked).toEqual([2, 2, 1]);
    expect(images).toHaveLength(5);
    expect(usage).toEqual({ images: 5, inputTokens: 15, outputTokens: 21 });
  });

  it('measures pictures and warns of another size, or refuses it', async () => {
    const provider = fromAiSdk(modelThat(async () => ({ images: [PNG], warnings: [], response: RESPONSE })));
    const wish = { ...WISH, dimensions: { width: 100, height: 50 } };
    const { images, warnings } = await provider.generate(wish);
    expect(images[0]).toMatchObject({ format: 'png', mediaType: 'image/png', dimensions: SIZE });
    expect(warnings).toMatchObject([{ type: 'compatibility', field: 'dimensions' }]);
    expect(await codeOf(provider.generate({ ...wish, strict: true }))).toBe('unsupported');
  });

  it('does not invent a seed, and passes on no bytes that are no picture', async () => {
    const honest = fromAiSdk(modelThat(async () => ({ images: [PNG], warnings: [], response: RESPONSE })));
    expect(await honest.generate({ ...WISH, seed: 9 })).not.toHaveProperty('seed');
    const broken = fromAiSdk(
      modelThat(async () => ({ images: [Uint8Array.of(1, 2)], warnings: [], response: RESPONSE })),
    );
    expect(await codeOf(broken.generate(WISH))).toBe('provider_error');
  });

  it('hands over pictures and a mask, and names what the AI SDK does not know', async () => {
    const calls: object[] = [];
    const provider = fromAiSdk(
      modelThat(async (call) => {
        calls.push(call);
        return { images: [PNG], warnings: [], response: RESPONSE };
      }),
    );
    const { warnings } = await provider.generate(
      {
        ...WISH,
        referenceImage: PNG,
        negativePrompt: 'rain',
        images: [{ role: 'style', file: { url: 'https://e.example/a.png', mediaType: 'image/png' } }],
      },
      { providerOptions: { p: { depth: 1 } } },
    );
    expect(calls[0]).toMatchObject({
      files: [
        { type: 'file', mediaType: 'image/png' },
        { type: 'url', url: 'https://e.example/a.png' },
      ],
      providerOptions: { p: { depth: 1 } },
    });
    expect(warnings?.map(({ field }) => field)).toEqual(['negativePrompt']);
    await provider.edit?.(PNG, PNG, 'with a ship');
    expect(calls[1]).toMatchObject({
      prompt: 'with a ship',
      size: '64x64',
      files: [{ data: PNG }],
      mask: { data: PNG },
    });
  });

  const versions: readonly [string, ImageModelV2 | ImageModelV3 | ImageModelV4, string][] = [
    [
      'v2',
      {
        specificationVersion: 'v2',
        provider: 'p',
        modelId: 'm',
        maxImagesPerCall: () => 1,
        doGenerate: async () => ({
          images: [BASE64],
          warnings: [{ type: 'unsupported-setting', setting: 'seed' }],
          response: RESPONSE,
        }),
      },
      'unsupported',
    ],
    [
      'v3',
      {
        specificationVersion: 'v3',
        provider: 'p',
        modelId: 'm',
        maxImagesPerCall: undefined,
        doGenerate: async () => ({
          images: [PNG],
          warnings: [{ type: 'unsupported', feature: 'seed' }],
          response: RESPONSE,
        }),
      },
      'no error',
    ],
    [
      'v4',
      modelThat(async () => ({
        images: [PNG],
        warnings: [{ type: 'unsupported', feature: 'seed' }],
        response: RESPONSE,
      })),
      'no error',
    ],
  ];
  it.each(versions)(
    'takes models of specification %s, which may not take pictures',
    async (_version, model, withImage) => {
      const provider = fromAiSdk(model);
      const result = await provider.generate({ ...WISH, seed: 1 }, { providerOptions: { p: { depth: 1 } } });
      expect(result).toMatchObject({ model: 'model-a', warnings: [{ field: 'seed' }] });
      expect(await codeOf(provider.generate({ ...WISH, referenceImage: PNG }))).toBe(withImage);
    },
  );
});

describe('@ai-sdk/openai over HTTP', () => {
  const server = new LLMock({ port: 0 });
  let url = '';
  beforeAll(async () => {
    url = await server.start();
  });
  afterAll(() => server.stop());
  const provider = () => fromAiSdk(createOpenAI({ apiKey: 'sk-test-key', baseURL: `${url}/v1` }).image('gpt-image-2'));

  it('makes pictures through an ImageProvider', async () => {
    server.onImage('a lighthouse', { images: [{ b64Json: BASE64, revisedPrompt: 'a red lighthouse' }] });
    const { images, model } = await provider().generate(WISH);
    expect(images).toHaveLength(1);
    expect(images[0]).toMatchObject({ format: 'png', dimensions: SIZE });
    expect(model).toBe('gpt-image-2');
    expect(server.getRequests().at(-1)).toMatchObject({ path: '/v1/images/generations' });
  });

  it('reports a refused prompt as filtered, without the key', async () => {
    server.on(
      { userMessage: 'something bad', endpoint: 'image' },
      { error: { message: 'Refused', type: 'image_generation_user_error', code: 'moderation_blocked' }, status: 400 },
    );
    const error: unknown = await provider()
      .generate({ ...WISH, prompt: 'something bad' })
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'content_filtered', retry: 'never', httpStatus: 400 });
    expect(JSON.stringify(error)).not.toContain('sk-test-key');
  });
});
