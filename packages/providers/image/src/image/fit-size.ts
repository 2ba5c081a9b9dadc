import { IntegrationError, type IntegrationWarning } from '@mortise/core';
import type { AspectRatio, ImageGenerationInput } from '../model/generation-input.ts';
import type { ImageDimensions } from '../model/image-format.ts';

/** A ratio as a number, width over height. @throws {IntegrationError} `invalid_request` for text of another form. */
export function parseAspectRatio(ratio: AspectRatio): number {
  const [, width = 0, height = 0] = /^(\d{1,5}):(\d{1,5})$/.exec(ratio)?.map(Number) ?? [];
  if (width > 0 && height > 0) return width / height;
  throw new IntegrationError({
    code: 'invalid_request',
    field: 'aspectRatio',
    message: `aspectRatio: expected two whole numbers such as 16:9, got "${ratio}"`,
  });
}

/** The ratio of a size in whole numbers, such as `16:9`. */
export function aspectRatioOf({ width, height }: ImageDimensions): AspectRatio {
  const divisor = commonDivisor(width, height);
  return `${width / divisor}:${height / divisor}`;
}

/**
 * Picks the size that a model makes: the wanted one, else the one nearest in ratio, then in area, with a warning.
 *
 * @throws {IntegrationError} `unsupported` with `strict`; `invalid_request` for a size that is not of whole pixels.
 */
export function fitSize(
  input: Pick<ImageGenerationInput, 'dimensions' | 'aspectRatio' | 'strict'>,
  sizes: readonly ImageDimensions[],
): { readonly size: ImageDimensions; readonly warnings: readonly IntegrationWarning[] } {
  const { dimensions, aspectRatio, strict } = input;
  requirePixels(dimensions);
  const ratio = aspectRatio === undefined ? dimensions.width / dimensions.height : parseAspectRatio(aspectRatio);
  const area = dimensions.width * dimensions.height;
  const [best] = [...sizes].sort((a, b) => distance(a, ratio, area) - distance(b, ratio, area));
  if (best === undefined) return { size: dimensions, warnings: [] };
  const isExact =
    aspectRatio === undefined
      ? best.width === dimensions.width && best.height === dimensions.height
      : Math.abs(best.width / best.height / ratio - 1) < 0.01;
  if (isExact) return { size: best, warnings: [] };
  const field = aspectRatio === undefined ? 'dimensions' : 'aspectRatio';
  const wanted = aspectRatio ?? `${dimensions.width}x${dimensions.height}`;
  const message = `${field}: the model does not make ${wanted}; the nearest is ${best.width}x${best.height}`;
  if (strict === true) throw new IntegrationError({ code: 'unsupported', field, message });
  return { size: best, warnings: [{ type: 'compatibility', field, message }] };
}

/** A wrong ratio weighs more than a wrong area: a picture can be scaled, not stretched. */
function distance(size: ImageDimensions, ratio: number, area: number): number {
  const ofRatio = Math.abs(Math.log(size.width / size.height / ratio));
  const ofArea = Math.abs(Math.log((size.width * size.height) / area));
  return ofRatio * 100 + ofArea;
}

function requirePixels({ width, height }: ImageDimensions): void {
  if (Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0) return;
  throw new IntegrationError({
    code: 'invalid_request',
    field: 'dimensions',
    message: `dimensions: expected whole numbers of pixels, got ${width} x ${height}`,
  });
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
