import type { GeneratedImageData, ImageGenerationResult } from './generation-result.ts';

/** A step of a streamed generation: previews, then exactly one `final`, or an exception. */
export type ImageStreamPart =
  /** A preview of picture number `index`, from 0; a later one takes its place. */
  | { readonly type: 'partial'; readonly index: number; readonly image: GeneratedImageData }
  | { readonly type: 'final'; readonly result: ImageGenerationResult };
