import type {
  CallOptions,
  CapabilityDescription,
  JsonValue,
  Operation,
  Page,
  ResumableOperations,
  WebhookProvider,
} from '@mortise/core';
import type { VideoGenerationInput, VideoGenerationResult, VideoModelInfo } from './video-generation.ts';

/** What an implementation can do: plain data, known without any call. */
export interface VideoGenerationCapabilities extends CapabilityDescription {
  readonly features: readonly VideoGenerationFeature[];
}

export type VideoGenerationFeature =
  | 'negative-prompt'
  | 'image'
  | 'first-frame'
  | 'last-frame'
  | 'references'
  | 'seed'
  | 'audio'
  | 'fps';

export interface StartVideoOptions extends CallOptions {
  /** Told when the film is made. */
  readonly webhookUrl?: string;
}

/** What a provider reports of a film. */
export interface VideoGenerationEvent {
  /** Same over repeated deliveries. Absent: the vendor gives none. */
  id?: string;
  /** `unknown` for what the vendor reports under a name that is not known here; see `rawType`. */
  type: 'video.succeeded' | 'video.failed' | 'unknown';
  rawType?: string;
  /** Id of the operation. */
  operationId?: string;
  /** ISO 8601 instant. */
  occurredAt?: string;
}

/**
 * Films made by a model. They take minutes: `start` one and follow it with `get`, or with `waitForOperation` of core, from
 * any process. Failures reject with core's `IntegrationError`.
 */
export interface VideoGenerationProvider extends ResumableOperations<VideoGenerationInput, VideoGenerationResult> {
  readonly capabilities?: VideoGenerationCapabilities;

  /** Starts a film. With the same `idempotencyKey` it is started once. */
  start(input: VideoGenerationInput, options?: StartVideoOptions): Promise<Operation<VideoGenerationResult>>;

  get(resumeToken: JsonValue, options?: CallOptions): Promise<Operation<VideoGenerationResult>>;

  /** Starts a film and waits for it. Ending the call ends the waiting, and the film where the provider can `cancel`. */
  generate(input: VideoGenerationInput, options?: CallOptions): Promise<VideoGenerationResult>;

  listModels?(options?: CallOptions): Promise<Page<VideoModelInfo>>;

  /** Deliveries about films. */
  readonly webhooks?: WebhookProvider<VideoGenerationEvent>;

  /** Releases connections; later calls reject. Calling it again does nothing. */
  close?(): Promise<void>;
}
