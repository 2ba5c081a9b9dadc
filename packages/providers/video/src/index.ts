export type {
  VideoFormat,
  VideoFormatCustom,
  VideoFormatLandscape,
  VideoFormatPortrait,
  VideoFormatSquare,
} from './model/video-format.ts';
export { VIDEO_FORMATS } from './model/video-format.ts';
export type { AudioTrack } from './model/audio-track.ts';
export type { NarrationConfig } from './model/narration-config.ts';
export type { SceneTransition, SceneTransitionType, VideoScene } from './model/scene.ts';
export type { VideoStyleOverrides } from './model/style-overrides.ts';
export type { VideoProject, VideoProjectMetadata } from './model/video-project.ts';
export type { ProjectVoiceTiming, SceneVoiceTiming } from './model/voice-timing.ts';

export type {
  RenderConfig,
  RenderOutput,
  RenderProgress,
  VideoCodec,
  VideoOutputFormat,
} from './render/render-config.ts';
export type { RenderResult } from './render/render-result.ts';
export { containerTakesCodec } from './render/container-codecs.ts';
export type { CompositionMeta, CompositionRegistry } from './composition/composition.ts';
export { createCompositionRegistry } from './composition/create-composition-registry.ts';
export type { ProjectIssue, ProjectIssueCode, ValidateProjectOptions } from './validate-project.ts';
export { countFrames, validateProject } from './validate-project.ts';

export type { VideoCapabilities, VideoMethod, VideoProvider } from './video-provider.ts';
export type { CompleteVideoProvider } from './complete.ts';
export { complete } from './complete.ts';
export type { SeedRenderResult, SeedVideoCodec, SeedVideoProvider } from './seed-compat.ts';
export { seedCompat } from './seed-compat.ts';

export type {
  GeneratedVideo,
  VideoAspectRatio,
  VideoGenerationInput,
  VideoGenerationResult,
  VideoGenerationUsage,
  VideoModelInfo,
} from './generation/video-generation.ts';
export type {
  StartVideoOptions,
  VideoGenerationCapabilities,
  VideoGenerationEvent,
  VideoGenerationFeature,
  VideoGenerationProvider,
} from './generation/video-generation-provider.ts';
export type { GenerateByOperationOptions } from './generation/generate-by-operation.ts';
export { generateByOperation } from './generation/generate-by-operation.ts';

export type { VideoFacts } from './probe/probe-mp4.ts';
export { probeMp4 } from './probe/probe-mp4.ts';
export type { CallScope } from './call/call-scope.ts';
export { openCallScope } from './call/call-scope.ts';

export { CompositionMetaSchema, VideoProjectSchema, VideoSceneSchema } from './schema/video-schemas.ts';
