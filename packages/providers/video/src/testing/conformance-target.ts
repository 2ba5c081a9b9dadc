import type { WebhookRequest } from '@mortise/core';
import type { CompositionRegistry } from '../composition/composition.ts';
import type { VideoGenerationProvider } from '../generation/video-generation-provider.ts';
import type { VideoProvider } from '../video-provider.ts';
import type { VideoObservedRequest, VideoServer } from './observed-request.ts';

/** A renderer under test. */
export interface VideoRenderSubject {
  readonly provider: VideoProvider;
  /** What stands at a path; undefined where there is no file. */
  readonly read: (path: string) => Promise<Uint8Array | undefined>;
  /** Renderings, and programs started for them, that are under way. */
  readonly active: () => number;
  /** Another provider in front of the same renderings, as another process would have. Needed for `submitRender`. */
  readonly another?: () => VideoProvider;
  /** Moves the provider's clock, where it has one of its own; absent, the checks wait in real time. */
  readonly advance?: (ms: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A renderer that the kit can test. It must know the compositions that it is opened with. */
export interface VideoRenderTarget {
  readonly open: (compositions: CompositionRegistry) => Promise<VideoRenderSubject>;
  /** A path that may be written. */
  readonly path: string;
}

/** How a check wants its provider of films. */
export interface VideoSubjectSetup {
  /** Credential that the provider sends. */
  readonly credential: string;
  readonly server: VideoServer;
}

/** A provider of films under test. */
export interface VideoGenerationSubject {
  readonly provider: VideoGenerationProvider;
  readonly requests: () => readonly VideoObservedRequest[];
  readonly openRequests: () => number;
  /** Films that the service started. */
  readonly started: () => number;
  /** Another provider in front of the same service. */
  readonly another: () => VideoGenerationProvider;
  /** The delivery that the service sends for a film. Needed for webhooks. */
  readonly delivery?: (operationId: string) => Promise<WebhookRequest>;
  readonly advance?: (ms: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A provider of films that the kit can test. */
export interface VideoGenerationTarget {
  readonly open: (setup: VideoSubjectSetup) => Promise<VideoGenerationSubject>;
  /** Whether the service can be made to refuse with a status. Default false. */
  readonly speaksHttp?: boolean;
}
