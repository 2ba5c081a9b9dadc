export type { VideoTestRunner } from './video-conformance.ts';
export {
  checkVideoGenerationProvider,
  checkVideoProvider,
  describeVideoGenerationProvider,
  describeVideoProvider,
  videoConformanceCases,
  videoGenerationConformanceCases,
} from './video-conformance.ts';
export { ConformanceFailure } from './conformance-failure.ts';
export type {
  VideoGenerationSubject,
  VideoGenerationTarget,
  VideoRenderSubject,
  VideoRenderTarget,
  VideoSubjectSetup,
} from './conformance-target.ts';
export type { VideoObservedRequest, VideoServer } from './observed-request.ts';
export { FilmStore } from './memory/film-store.ts';
export type { InMemoryVideoGenerationOptions } from './memory/in-memory-video-generation-provider.ts';
export { InMemoryVideoGenerationProvider } from './memory/in-memory-video-generation-provider.ts';
export type { InMemoryVideoProviderOptions } from './memory/in-memory-video-provider.ts';
export { InMemoryVideoProvider } from './memory/in-memory-video-provider.ts';
export { inMemoryVideoGenerationTarget, inMemoryVideoTarget } from './memory/in-memory-targets.ts';
export type { MemoryServerOptions } from './memory/memory-server.ts';
export type { Mp4Facts } from './memory/mp4.ts';
export { writeMp4 } from './memory/mp4.ts';
