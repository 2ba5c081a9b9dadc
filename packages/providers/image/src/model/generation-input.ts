import type { FileInput } from '@mortise/core';
import type { ImageDimensions, ImageFormat } from './image-format.ts';

/** `w:h` in whole numbers, such as `16:9`. */
export type AspectRatio = `${number}:${number}`;

/** A picture that goes in, and what for. */
export interface ImageReference {
  file: FileInput;
  /**
   * `subject`: what is to be shown; `style`: how; `structure`: pose or layout; `init`: where to begin; `mask`: what of `init`
   * to paint anew (its transparent, or white, part).
   */
  role: 'subject' | 'style' | 'structure' | 'init' | 'mask';
  /** Influence from 0 to 1. */
  weight?: number;
}

/**
 * A picture that is wanted. A wish that the provider cannot fulfil is refused or named in the result's `warnings`, never
 * dropped silently. An absent wish leaves the choice to the provider.
 */
export interface ImageGenerationInput {
  prompt: string;
  /** What is not to be seen. */
  negativePrompt?: string;
  /** A size that the model cannot make becomes the nearest one, with a warning, unless `strict`. */
  dimensions: ImageDimensions;
  format?: ImageFormat;
  style?: 'photorealistic' | 'illustration' | '3d-render' | 'flat-design' | 'abstract';
  /** Number of pictures. Default 1. */
  numVariants?: number;
  /** How closely to follow the prompt; the range is the vendor's. */
  guidanceScale?: number;
  /** Same seed, same input, same model: the same picture, where the model can. */
  seed?: number;
  /** Picture to begin with. `images` says more. */
  referenceImage?: Uint8Array;
  /** Influence of `referenceImage` from 0 to 1. */
  referenceStrength?: number;
  /** The caller's own labels. */
  metadata?: Record<string, string>;
  /** Overrides the provider's default model. */
  model?: string;
  /** Wins over the ratio of `dimensions`, which then only tell about how large. */
  aspectRatio?: AspectRatio;
  images?: ImageReference[];
  background?: 'auto' | 'transparent' | 'opaque';
  quality?: 'auto' | 'low' | 'medium' | 'high';
  /** How much the provider's own filter lets through. */
  safety?: 'auto' | 'low' | 'strict';
  /** True: a size or ratio that cannot be made is refused with `unsupported`. Default false. */
  strict?: boolean;
}
