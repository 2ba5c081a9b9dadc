import type { CapabilityDescription, IdempotencyInfo, MethodSupport } from '@mortise/core';
import type { ImageFormat } from './image-format.ts';

/** Methods of `ImageProvider` that not every implementation has. */
export type ImageMethod =
  | 'listModels'
  | 'upscale'
  | 'edit'
  | 'generateStream'
  | 'editImage'
  | 'upscaleImage'
  | 'removeBackground'
  | 'describe'
  | 'jobs'
  | 'webhooks';

/** Wishes that not every provider can fulfil, and what it tells beside the pictures. */
export type ImageFeature =
  | 'negative-prompt'
  | 'style'
  | 'guidance'
  /** Same seed, same bytes. */
  | 'seed'
  | 'reference-images'
  | 'transparency'
  | 'quality'
  | 'aspect-ratio'
  | 'usage';

/** What an implementation can do: plain data, known without any call. */
export interface ImageCapabilities extends CapabilityDescription {
  readonly methods?: Readonly<Partial<Record<ImageMethod, MethodSupport>>>;
  readonly features: readonly ImageFeature[];
  /** Formats that it makes. */
  readonly formats: readonly ImageFormat[];
  /** Pictures of one request; more are made by several requests. Absent: unknown. */
  readonly maxImagesPerRequest?: number;
  readonly idempotency?: IdempotencyInfo;
}
