import { type CallOptions, IntegrationError } from '@mortise/core';
import type { ImageProvider } from './image-provider.ts';
import type { ImageGenerationInput } from './model/generation-input.ts';
import type { GeneratedImageData, ImageGenerationResult } from './model/generation-result.ts';

/** The formats that consumers of the first interface know. */
export type SeedImageFormat = 'png' | 'jpg' | 'webp' | 'svg';

export interface SeedGeneratedImageData extends Omit<GeneratedImageData, 'format'> {
  format: SeedImageFormat;
}

export interface SeedImageGenerationResult extends Omit<ImageGenerationResult, 'images' | 'seed'> {
  images: SeedGeneratedImageData[];
  seed: number;
}

export interface SeedImageProvider {
  generate(input: ImageGenerationInput, options?: CallOptions): Promise<SeedImageGenerationResult>;
}

/** Stands for a seed that the provider does not tell. */
export const UNKNOWN_SEED = -1;

/**
 * For code written against the first interface:
 *
 * | given | becomes |
 * | --- | --- |
 * | a result without `seed` | the seed that was asked for, else `UNKNOWN_SEED` |
 * | a picture that a filter held back | left out |
 * | a picture in `avif` or `gif` | rejects with `unsupported`: ask for another `format` |
 */
export function seedCompat(provider: ImageProvider): SeedImageProvider {
  return {
    generate: async (input, options) => {
      const { images, seed, ...rest } = await provider.generate(input, options);
      return {
        ...rest,
        images: images.filter(({ filtered }) => filtered === undefined).map(foldImage),
        seed: seed ?? input.seed ?? UNKNOWN_SEED,
      };
    },
  };
}

function foldImage(image: GeneratedImageData): SeedGeneratedImageData {
  const { format } = image;
  if (format !== 'avif' && format !== 'gif') return { ...image, format };
  throw new IntegrationError({
    code: 'unsupported',
    field: 'format',
    message: `format: the provider gave ${format}, which the first interface has no name for; ask for another format`,
  });
}
