export type {
  AudioTrack,
  CompositionMeta,
  CompositionRegistry,
  NarrationConfig,
  RenderConfig,
  RenderResult,
  SceneTransition,
  SceneTransitionType,
  VideoCodec,
  VideoFormat,
  VideoFormatCustom,
  VideoFormatLandscape,
  VideoFormatPortrait,
  VideoFormatSquare,
  VideoOutputFormat,
  VideoProject,
  VideoProjectMetadata,
  VideoProvider,
  VideoScene,
  VideoStyleOverrides,
} from '@mortise/provider-video';
export type { SeedRenderResult, SeedVideoCodec, SeedVideoProvider } from '@mortise/provider-video';
export { VIDEO_FORMATS } from '@mortise/provider-video';
export { seedCompat } from '@mortise/provider-video';
