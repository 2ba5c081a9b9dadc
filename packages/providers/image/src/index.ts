export type { ImageDimensions, ImageFormat } from './model/image-format.ts';
export { imageFormatOf, mediaTypeOfImage } from './model/image-format.ts';
export { IMAGE_PRESETS } from './model/image-presets.ts';
export type { AspectRatio, ImageGenerationInput, ImageReference } from './model/generation-input.ts';
export type { GeneratedImageData, ImageGenerationResult, ImageUsage } from './model/generation-result.ts';
export type { ImageModelInfo, ImageOperation } from './model/image-model-info.ts';
export type { ImageDescription, ImageEditInput, ImageUpscaleInput } from './model/image-edit.ts';
export type { ImageStreamPart } from './model/image-stream-part.ts';
export type { ImageCapabilities, ImageFeature, ImageMethod } from './model/capabilities.ts';

export type { ImageProvider } from './image-provider.ts';
export type { ImageJobEvent, ImageJobs, StartImageJobOptions } from './image-jobs.ts';
export type { CompleteImageProvider } from './complete.ts';
export { complete } from './complete.ts';
export type {
  SeedGeneratedImageData,
  SeedImageFormat,
  SeedImageGenerationResult,
  SeedImageProvider,
} from './seed-compat.ts';
export { seedCompat, UNKNOWN_SEED } from './seed-compat.ts';

export type { ImageFacts } from './image/inspect-image.ts';
export { inspectImage } from './image/inspect-image.ts';
export { aspectRatioOf, fitSize, parseAspectRatio } from './image/fit-size.ts';
export { iterateOnce } from './call/iterate-once.ts';
export type { CallScope } from './call/call-scope.ts';
export { openCallScope } from './call/call-scope.ts';

export { ImageDimensionsSchema, ImageModelInfoSchema, LinkedImageSchema } from './schema/image-schemas.ts';
