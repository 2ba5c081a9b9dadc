import { validateAgainstSchema } from '@mortise/core/schema';
import { describe, expect, it } from 'vitest';
import { complete } from './complete.ts';
import type { ImageProvider } from './image-provider.ts';
import { ImageModelInfoSchema } from './schema/image-schemas.ts';
import { seedCompat, UNKNOWN_SEED } from './seed-compat.ts';
import { InMemoryImageProvider } from './testing/memory/in-memory-image-provider.ts';

const honest = new InMemoryImageProvider();
const WISH = { prompt: 'a ship', dimensions: { width: 64, height: 64 } };
const least: ImageProvider = { generate: (input, options) => honest.generate(input, options) };
const picture = (await honest.generate(WISH)).images[0]?.data ?? new Uint8Array(0);
const file = { bytes: picture, mediaType: 'image/png' };

describe('complete', () => {
  it('streams by one whole generation where the provider cannot stream', async () => {
    const parts = [];
    for await (const part of complete(least).generateStream(WISH)) parts.push(part);
    expect(parts).toMatchObject([{ type: 'final', result: { model: 'in-memory-stripes' } }]);
  });

  it('edits and enlarges by the methods that say more', async () => {
    const asked: object[] = [];
    const provider = complete({
      ...least,
      editImage: async (input) => {
        asked.push(input);
        return honest.generate(WISH);
      },
      upscaleImage: async (input) => {
        asked.push(input);
        return honest.upscale(picture, input.scale);
      },
    });
    expect((await provider.edit(picture, picture, 'with a ship')).data).toEqual(picture);
    expect((await provider.upscale(picture, 2)).dimensions).toEqual({ width: 128, height: 128 });
    expect(asked).toEqual([
      { image: file, mask: file, prompt: 'with a ship' },
      { image: file, scale: 2 },
    ]);
  });

  it('uses what the provider has', async () => {
    const provider = complete(honest);
    expect((await provider.upscale(picture, 3)).dimensions).toEqual({ width: 192, height: 192 });
    expect((await provider.edit(picture, picture, 'x')).format).toBe('png');
    expect(provider.jobs).toBe(honest.jobs);
    expect(provider.webhooks).toBe(honest.webhooks);
    for (const model of await provider.listModels()) {
      expect(validateAgainstSchema<unknown>(ImageModelInfoSchema, model).valid).toBe(true);
    }
  });

  it('says what cannot be composed', async () => {
    const provider = complete(least);
    const calls = [
      () => provider.listModels(),
      () => provider.upscale(picture, 2),
      () => provider.upscaleImage({ image: file, scale: 2 }),
      () => provider.edit(picture, picture, 'x'),
      () => provider.editImage({ image: file, prompt: 'x' }),
      () => provider.removeBackground(file),
      () => provider.describe(file),
      () => provider.jobs.start(WISH),
      () => provider.jobs.get('token'),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'unsupported' });
    await expect(provider.close()).resolves.toBeUndefined();
  });
});

describe('seedCompat', () => {
  it('always has a seed: the told one, the asked one, or none', async () => {
    const silent = seedCompat({ generate: async () => ({ images: [], model: 'm' }) });
    expect((await silent.generate({ ...WISH, seed: 4 })).seed).toBe(4);
    expect((await silent.generate(WISH)).seed).toBe(UNKNOWN_SEED);
    expect((await seedCompat(honest).generate({ ...WISH, seed: 5 })).seed).toBe(5);
  });

  it('leaves out what a filter held back', async () => {
    const provider = seedCompat(new InMemoryImageProvider({ heldBack: [0] }));
    expect((await provider.generate({ ...WISH, numVariants: 2 })).images).toHaveLength(1);
  });

  it.each(['avif', 'gif'] as const)('refuses %s, which had no name', async (format) => {
    const image = { data: picture, format, dimensions: WISH.dimensions };
    const provider = seedCompat({ generate: async () => ({ images: [image], model: 'm' }) });
    await expect(provider.generate(WISH)).rejects.toMatchObject({ code: 'unsupported', field: 'format' });
  });
});

describe('the in-memory provider', () => {
  it.each([
    ['numVariants', { numVariants: 0 }],
    ['numVariants', { numVariants: 1.5 }],
    ['aspectRatio', { aspectRatio: '0:1' as const }],
    ['dimensions', { dimensions: { width: 0, height: 1 } }],
  ])('refuses a bad %s by name', async (field, wish) => {
    await expect(honest.generate({ ...WISH, ...wish })).rejects.toMatchObject({ code: 'invalid_request', field });
  });

  it('refuses to shrink', async () => {
    await expect(honest.upscale(picture, 0.5)).rejects.toMatchObject({ field: 'scale' });
  });
});
