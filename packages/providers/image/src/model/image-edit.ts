import type { FileInput } from '@mortise/core';
import type { ImageGenerationInput } from './generation-input.ts';

/** A picture that is to be changed. */
export interface ImageEditInput extends Partial<
  Omit<ImageGenerationInput, 'prompt' | 'referenceImage' | 'numVariants'>
> {
  /** One picture, or several that are put together. */
  image: FileInput | FileInput[];
  /** Of the size of the (first) picture. Absent: the model decides what to change. */
  mask?: FileInput;
  prompt: string;
}

export interface ImageUpscaleInput {
  image: FileInput;
  /** Factor above 1. */
  scale: number;
  /** What is seen, for models that want to know. */
  prompt?: string;
}

/** What a model sees in a picture. */
export interface ImageDescription {
  text: string;
  model?: string;
}
