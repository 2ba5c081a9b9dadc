import type { AspectRatio } from './generation-input.ts';
import type { ImageDimensions, ImageFormat } from './image-format.ts';

export type ImageOperation = 'generate' | 'edit' | 'upscale' | 'remove-background' | 'describe';

/** A model that makes pictures. What is not known is absent. */
export interface ImageModelInfo {
  id: string;
  name: string;
  maxDimensions: ImageDimensions;
  supportedFormats: ImageFormat[];
  supportsNegativePrompt: boolean;
  /** Whether it takes a picture to begin with. */
  supportsImg2Img: boolean;
  aspectRatios?: AspectRatio[];
  /** Pictures of one call. */
  maxImages?: number;
  maxReferenceImages?: number;
  operations?: ImageOperation[];
  /** For people, such as "0.04 USD per image". */
  priceHint?: string;
}
