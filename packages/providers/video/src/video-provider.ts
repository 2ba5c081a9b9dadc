import type { CallOptions, CapabilityDescription, JsonValue, MethodSupport, Operation } from '@mortise/core';
import type { VideoFormat } from './model/video-format.ts';
import type { VideoProject } from './model/video-project.ts';
import type { RenderConfig, VideoCodec, VideoOutputFormat } from './render/render-config.ts';
import type { RenderResult } from './render/render-result.ts';
import type { ProjectIssue } from './validate-project.ts';

/** Methods of `VideoProvider` that not every implementation has. */
export type VideoMethod = 'renderStill' | 'submitRender' | 'getRender' | 'cancelRender' | 'validateProject';

/** What an implementation can do: plain data, known without any call. */
export interface VideoCapabilities extends CapabilityDescription {
  readonly methods?: Readonly<Partial<Record<VideoMethod, MethodSupport>>>;
  readonly codecs: readonly VideoCodec[];
  readonly outputFormats: readonly VideoOutputFormat[];
}

/**
 * Renders compositions into videos. `complete(provider)` adds the optional methods. Failures reject with core's
 * `IntegrationError`.
 */
export interface VideoProvider {
  /** What works. Absent: unknown, and only trying tells. */
  readonly capabilities?: VideoCapabilities;

  /**
   * Renders a project. A call that is aborted leaves no file behind.
   *
   * @throws {IntegrationError} `invalid_request` for a project that is not sound; nothing is rendered then. `unsupported` for
   * a codec or container that cannot be made.
   */
  render(project: VideoProject, config: RenderConfig, options?: CallOptions): Promise<RenderResult>;

  /** One frame, from 0, as the bytes of a picture. */
  renderStill?(
    compositionId: string,
    props: Record<string, unknown>,
    frame: number,
    format: VideoFormat,
    options?: CallOptions,
  ): Promise<Uint8Array>;

  /** Starts a rendering that outlives the call; `resumeToken` lets any process go on. */
  submitRender?(project: VideoProject, config: RenderConfig, options?: CallOptions): Promise<Operation<RenderResult>>;

  getRender?(resumeToken: JsonValue, options?: CallOptions): Promise<Operation<RenderResult>>;

  cancelRender?(resumeToken: JsonValue, options?: CallOptions): Promise<Operation<RenderResult>>;

  /** What is wrong with a project, in the eyes of this renderer and its compositions. */
  validateProject?(project: VideoProject, config?: RenderConfig): Promise<ProjectIssue[]>;

  /** Releases everything; later calls reject. Calling it again does nothing. */
  close?(): Promise<void>;
}
