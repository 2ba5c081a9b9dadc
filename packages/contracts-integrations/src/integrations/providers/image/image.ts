export type {
  GeneratedImageData,
  ImageDimensions,
  ImageFormat,
  ImageGenerationInput,
  ImageGenerationResult,
  ImageModelInfo,
  ImageProvider,
} from '@mortise/provider-image';
export { IMAGE_PRESETS } from '@mortise/provider-image';
