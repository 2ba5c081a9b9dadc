export type {
  GeneratedImageData,
  ImageDimensions,
  ImageFormat,
  ImageGenerationInput,
  ImageGenerationResult,
  ImageModelInfo,
  ImageProvider,
} from '@mortise/provider-image';
export type {
  SeedGeneratedImageData,
  SeedImageFormat,
  SeedImageGenerationResult,
  SeedImageProvider,
} from '@mortise/provider-image';
export { IMAGE_PRESETS } from '@mortise/provider-image';
export { UNKNOWN_SEED, seedCompat } from '@mortise/provider-image';
