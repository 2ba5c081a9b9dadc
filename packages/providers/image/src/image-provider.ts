import type { CallOptions, FileInput, WebhookProvider } from '@mortise/core';
import type { ImageJobEvent, ImageJobs } from './image-jobs.ts';
import type { ImageCapabilities } from './model/capabilities.ts';
import type { ImageGenerationInput } from './model/generation-input.ts';
import type { GeneratedImageData, ImageGenerationResult } from './model/generation-result.ts';
import type { ImageDescription, ImageEditInput, ImageUpscaleInput } from './model/image-edit.ts';
import type { ImageModelInfo } from './model/image-model-info.ts';
import type { ImageStreamPart } from './model/image-stream-part.ts';

/**
 * Makes pictures behind one connection. Only `generate` is required; `complete(provider)` adds the others. Failures reject
 * with core's `IntegrationError`.
 */
export interface ImageProvider {
  /** What works. Absent: unknown, and only trying tells. */
  readonly capabilities?: ImageCapabilities;

  /**
   * Makes pictures.
   *
   * @throws {IntegrationError} `content_filtered` where a filter refused the prompt; `unsupported` for a format that cannot
   * be made, and with `strict` for a size that cannot.
   */
  generate(input: ImageGenerationInput, options?: CallOptions): Promise<ImageGenerationResult>;

  /** The models that the connection may use. */
  listModels?(options?: CallOptions): Promise<ImageModelInfo[]>;

  /** Enlarges a picture by a factor. `upscaleImage` says more. */
  upscale?(image: Uint8Array, scale: number, options?: CallOptions): Promise<GeneratedImageData>;

  /**
   * Paints the masked part of a picture anew. `editImage` says more.
   *
   * @throws {IntegrationError} `invalid_request` for a mask of another size.
   */
  edit?(image: Uint8Array, mask: Uint8Array, prompt: string, options?: CallOptions): Promise<GeneratedImageData>;

  /** Makes pictures and shows them while they are made. Can be iterated once; leaving early ends the call. */
  generateStream?(input: ImageGenerationInput, options?: CallOptions): AsyncIterable<ImageStreamPart>;

  editImage?(input: ImageEditInput, options?: CallOptions): Promise<ImageGenerationResult>;

  upscaleImage?(input: ImageUpscaleInput, options?: CallOptions): Promise<GeneratedImageData>;

  removeBackground?(image: FileInput, options?: CallOptions): Promise<GeneratedImageData>;

  /** Says in words what is seen. */
  describe?(image: FileInput, options?: CallOptions): Promise<ImageDescription>;

  /** Pictures that are made after the call that asks for them. */
  readonly jobs?: ImageJobs;

  /** Deliveries about jobs. */
  readonly webhooks?: WebhookProvider<ImageJobEvent>;

  /** Releases connections; later calls reject. Calling it again does nothing. */
  close?(): Promise<void>;
}
