import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imageFormatOf, mediaTypeOfImage } from '../model/image-format.ts';
import { IMAGE_PRESETS } from '../model/image-presets.ts';
import { enlarge, paint } from '../testing/memory/paint.ts';
import { decodePng, encodePng } from '../testing/memory/png.ts';
import { aspectRatioOf, fitSize, parseAspectRatio } from './fit-size.ts';
import { inspectImage } from './inspect-image.ts';

const bytes = (...parts: (string | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : part)));

const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);

const SAMPLES: readonly (readonly [string, Uint8Array, object])[] = [
  [
    'a JPEG, behind its tables',
    bytes([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xff, 0xc4, 0, 3, 9, 0xff, 0xc2, 0, 17, 8, 1, 0, 2, 0, 3]),
    { format: 'jpg', dimensions: { width: 512, height: 256 }, hasAlpha: false },
  ],
  ['a GIF', bytes('GIF89a', [0x40, 1, 0xf0, 0]), { format: 'gif', dimensions: { width: 320, height: 240 } }],
  [
    'a lossy WebP',
    bytes('RIFF', zeros(4), 'WEBPVP8 ', zeros(10), [0x20, 3, 0x58, 2]),
    { format: 'webp', dimensions: { width: 800, height: 600 }, hasAlpha: false },
  ],
  [
    'a lossless WebP with transparency',
    bytes('RIFF', zeros(4), 'WEBPVP8L', zeros(4), [0x2f, 0x63, 0x40, 0x0c, 0x10], zeros(8)),
    { format: 'webp', dimensions: { width: 100, height: 50 }, hasAlpha: true },
  ],
  [
    'an extended WebP',
    bytes('RIFF', zeros(4), 'WEBPVP8X', zeros(4), [0x10, 0, 0, 0, 0x7f, 2, 0, 0xdf, 1, 0]),
    { format: 'webp', dimensions: { width: 640, height: 480 }, hasAlpha: true },
  ],
  [
    'an AVIF, the picture and not its thumbnail',
    bytes(zeros(4), 'ftypavif', 'ispe', zeros(6), [1, 0, 0, 0, 0, 64], 'ispe', zeros(6), [4, 0, 0, 0, 3, 0]),
    { format: 'avif', dimensions: { width: 1024, height: 768 } },
  ],
  [
    'an SVG behind its declaration',
    bytes('<?xml version="1.0"?>\n<!-- a -->\n<svg xmlns="x" width="24px" height="12">'),
    { format: 'svg', hasAlpha: true, dimensions: { width: 24, height: 12 } },
  ],
  ['an SVG without a size', bytes('<svg viewBox="0 0 1 1">'), { format: 'svg', hasAlpha: true }],
];

describe('the first bytes of a picture', () => {
  it.each(SAMPLES)('tell %s', (_what, data, facts) => expect(inspectImage(data)).toEqual(facts));

  it('tell a PNG with its size and transparency', async () => {
    const png = await encodePng(paint('a', 1, { width: 3, height: 5 }, true));
    expect(inspectImage(png)).toEqual({ format: 'png', dimensions: { width: 3, height: 5 }, hasAlpha: true });
    const plain = png.slice();
    plain[25] = 2;
    expect(inspectImage(plain)?.hasAlpha).toBe(false);
  });

  it.each([
    ['nothing', bytes()],
    ['text', bytes('not an image')],
    ['a page', bytes('<!DOCTYPE html><html><svg>')],
    ['sound', bytes('RIFF', zeros(4), 'WAVE')],
  ])('tell nothing of %s', (_what, data) => expect(inspectImage(data)).toBeUndefined());

  it('are read without an error wherever they break off', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SAMPLES), fc.nat({ max: 60 }), ([, data], length) => {
        expect(() => inspectImage(data.subarray(0, length))).not.toThrow();
      }),
    );
  });

  it('of any kind are read without an error', () => {
    const marks = [
      [0xff, 0xd8, 0xff],
      [...bytes('GIF89a')],
      [...bytes('RIFF....WEBPVP8X')],
      [...bytes('....ftypavif')],
    ];
    fc.assert(
      fc.property(fc.constantFrom(...marks), fc.uint8Array({ maxLength: 100 }), (mark, rest) => {
        expect(() => inspectImage(bytes(mark, [...rest]))).not.toThrow();
      }),
    );
  });
});

describe('sizes', () => {
  const SQUARE = { width: 1024, height: 1024 };
  const WIDE = { width: 1536, height: 1024 };
  const TALL = { width: 1024, height: 1536 };
  const sizes = [SQUARE, WIDE, TALL];

  it('that a model makes are taken as they are', () => {
    expect(fitSize({ dimensions: WIDE }, sizes)).toEqual({ size: WIDE, warnings: [] });
  });

  it.each([
    [IMAGE_PRESETS.ogImage, WIDE],
    [IMAGE_PRESETS.instagramStory, TALL],
    [IMAGE_PRESETS.favicon, SQUARE],
  ])('of %j become the nearest, with a warning', (dimensions, size) => {
    const fitted = fitSize({ dimensions: { ...dimensions } }, sizes);
    expect(fitted.size).toEqual(size);
    expect(fitted.warnings).toMatchObject([{ type: 'compatibility', field: 'dimensions' }]);
    expect(() => fitSize({ dimensions: { ...dimensions }, strict: true }, sizes)).toThrow(
      expect.objectContaining({ code: 'unsupported' }),
    );
  });

  it('follow the ratio where one is given', () => {
    expect(fitSize({ dimensions: SQUARE, aspectRatio: '2:3' }, sizes)).toEqual({ size: TALL, warnings: [] });
    expect(fitSize({ dimensions: SQUARE, aspectRatio: '16:9' }, sizes).warnings).toMatchObject([
      { field: 'aspectRatio' },
    ]);
  });

  it('are any where a model names none', () => {
    expect(fitSize({ dimensions: { width: 7, height: 9 } }, [])).toEqual({
      size: { width: 7, height: 9 },
      warnings: [],
    });
  });

  it.each([
    [0, 1],
    [1, -1],
    [1.5, 1],
    [Number.NaN, 1],
  ])('of %d x %d are refused', (width, height) => {
    expect(() => fitSize({ dimensions: { width, height } }, sizes)).toThrow(
      expect.objectContaining({ field: 'dimensions' }),
    );
  });

  it('always fit one that the model makes', () => {
    const pixels = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(pixels, pixels, (width, height) => {
        const { size, warnings } = fitSize({ dimensions: { width, height } }, sizes);
        expect(sizes).toContainEqual(size);
        expect(warnings.length === 0).toBe(size.width === width && size.height === height);
      }),
    );
  });
});

describe('ratios', () => {
  it('are the shortest that a size has', () => {
    expect(aspectRatioOf({ width: 1920, height: 1080 })).toBe('16:9');
    expect(aspectRatioOf({ width: 512, height: 512 })).toBe('1:1');
  });

  it('come back as they went', () => {
    const pixels = fc.integer({ min: 1, max: 9999 });
    fc.assert(
      fc.property(pixels, pixels, (width, height) => {
        expect(parseAspectRatio(aspectRatioOf({ width, height }))).toBeCloseTo(width / height, 9);
      }),
    );
  });

  it.each(['0:1', '1:0', '1.5:1', '-1:2'] as const)('such as %s are refused', (ratio) => {
    expect(() => parseAspectRatio(ratio)).toThrow(expect.objectContaining({ field: 'aspectRatio' }));
  });
});

describe('formats', () => {
  it('are found under their media types and vendors’ names', () => {
    for (const format of ['png', 'jpg', 'webp', 'svg', 'avif', 'gif'] as const) {
      expect(imageFormatOf(mediaTypeOfImage(format))).toBe(format);
      expect(imageFormatOf(format)).toBe(format);
    }
    expect(imageFormatOf('JPEG')).toBe('jpg');
    expect(imageFormatOf('image/tiff')).toBeUndefined();
  });
});

describe('the pictures of the in-memory provider', () => {
  it('come back from PNG pixel by pixel, and enlarged', async () => {
    const pixels = paint('a', 7, { width: 9, height: 4 }, true);
    expect(await decodePng(await encodePng(pixels))).toEqual(pixels);
    const bigger = enlarge(pixels, 2);
    expect([bigger.width, bigger.height]).toEqual([18, 8]);
    expect([...bigger.rgba.subarray(0, 4)]).toEqual([...pixels.rgba.subarray(0, 4)]);
    expect([...bigger.rgba.subarray(4, 8)]).toEqual([...pixels.rgba.subarray(0, 4)]);
  });
});
