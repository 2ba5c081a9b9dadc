import {
  type CallOptions,
  IntegrationError,
  type JsonValue,
  type Operation,
  sleep as realSleep,
  type Sleep,
} from '@mortise/core';
import { type CallScope, openCallScope } from '../../call/call-scope.ts';
import type { CompositionRegistry } from '../../composition/composition.ts';
import { VIDEO_FORMATS, type VideoFormat } from '../../model/video-format.ts';
import type { VideoProject } from '../../model/video-project.ts';
import type { RenderConfig } from '../../render/render-config.ts';
import type { RenderResult } from '../../render/render-result.ts';
import { type ProjectIssue, validateProject } from '../../validate-project.ts';
import type { VideoCapabilities, VideoProvider } from '../../video-provider.ts';
import { writeMp4 } from './mp4.ts';

export interface InMemoryVideoProviderOptions {
  readonly compositions?: Pick<CompositionRegistry, 'get'>;
  /** Stands for the disk. Give the same to several providers to stand for several processes. */
  readonly files?: Map<string, Uint8Array>;
  /** Renderings that outlive their calls. */
  readonly jobs?: Map<string, Operation<RenderResult>>;
  readonly sleep?: Sleep;
}

/** Frames that are rendered in one step. */
const STEP_FRAMES = 30;
const STEP_MS = 10;

const CAPABILITIES: VideoCapabilities = Object.freeze({
  methods: {
    renderStill: 'native',
    submitRender: 'native',
    getRender: 'native',
    cancelRender: 'native',
    validateProject: 'native',
  },
  codecs: ['h264', 'h265', 'av1'],
  outputFormats: ['mp4'],
} as const);

/**
 * Renders the index of a video without its pictures, into memory, and keeps every rule of `VideoProvider`: the reference
 * against which the kit itself is tested, and a double for the tests of applications.
 */
export class InMemoryVideoProvider implements VideoProvider {
  readonly capabilities = CAPABILITIES;
  readonly #options: InMemoryVideoProviderOptions;
  readonly #files: Map<string, Uint8Array>;
  readonly #jobs: Map<string, Operation<RenderResult>>;
  readonly #closing = new AbortController();
  #active = 0;

  constructor(options: InMemoryVideoProviderOptions = {}) {
    this.#options = options;
    this.#files = options.files ?? new Map<string, Uint8Array>();
    this.#jobs = options.jobs ?? new Map<string, Operation<RenderResult>>();
  }

  /** What stands on the disk. */
  get files(): ReadonlyMap<string, Uint8Array> {
    return this.#files;
  }

  /** Renderings that are under way. */
  get active(): number {
    return this.#active;
  }

  async render(project: VideoProject, config: RenderConfig, options: CallOptions = {}): Promise<RenderResult> {
    const scope = this.#scope(options);
    this.#active += 1;
    try {
      await this.#requireSound(project, config);
      await this.#work(project, config, scope);
      const result = this.#write(project, config, project.format);
      if (config.autoVariants !== true) return result;
      const shapes = [VIDEO_FORMATS.square, VIDEO_FORMATS.portrait].filter(({ type }) => type !== project.format.type);
      return { ...result, variants: shapes.map((shape) => this.#write(project, config, shape, `-${shape.type}`)) };
    } catch (error) {
      throw scope.explain(error);
    } finally {
      this.#active -= 1;
      scope.close();
    }
  }

  async renderStill(
    ...[compositionId, _props, frame, format, options = {}]: Parameters<NonNullable<VideoProvider['renderStill']>>
  ): Promise<Uint8Array> {
    this.#scope(options).close();
    if (this.#options.compositions?.get(compositionId) === undefined) {
      throw new IntegrationError({
        code: 'not_found',
        field: 'compositionId',
        message: 'compositionId: there is none',
      });
    }
    if (!Number.isInteger(frame) || frame < 0) {
      throw new IntegrationError({
        code: 'invalid_request',
        field: 'frame',
        message: `frame: expected one from 0, got ${frame}`,
      });
    }
    const { width, height } = format;
    return new TextEncoder().encode(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"/>`);
  }

  async submitRender(
    project: VideoProject,
    config: RenderConfig,
    options: CallOptions = {},
  ): Promise<Operation<RenderResult>> {
    this.#scope(options).close();
    const { idempotencyKey } = options;
    const id = idempotencyKey === undefined ? `render-${this.#jobs.size + 1}` : `render-key-${idempotencyKey}`;
    const known = this.#jobs.get(id);
    if (known !== undefined) return known;
    await this.#requireSound(project, config);
    const operation: Operation<RenderResult> = { id, status: 'queued', resumeToken: id };
    this.#jobs.set(id, operation);
    void this.#runJob(id, project, config);
    return operation;
  }

  async getRender(resumeToken: JsonValue, options: CallOptions = {}): Promise<Operation<RenderResult>> {
    this.#scope(options).close();
    return this.#job(resumeToken);
  }

  async cancelRender(resumeToken: JsonValue, options: CallOptions = {}): Promise<Operation<RenderResult>> {
    this.#scope(options).close();
    const job = this.#job(resumeToken);
    if (job.status !== 'queued' && job.status !== 'running') return job;
    const canceled: Operation<RenderResult> = { id: job.id, resumeToken: job.id, status: 'canceled' };
    this.#jobs.set(job.id, canceled);
    return canceled;
  }

  validateProject(project: VideoProject, config?: RenderConfig): Promise<ProjectIssue[]> {
    const { compositions } = this.#options;
    return Promise.resolve(
      validateProject(project, {
        ...(compositions === undefined ? {} : { compositions }),
        ...(config === undefined ? {} : { config }),
      }),
    );
  }

  close(): Promise<void> {
    this.#closing.abort();
    return Promise.resolve();
  }

  async #runJob(id: string, project: VideoProject, config: RenderConfig): Promise<void> {
    try {
      const result = await this.render(project, config);
      if (this.#jobs.get(id)?.status === 'canceled') this.#files.delete(config.outputPath);
      else this.#jobs.set(id, { id, resumeToken: id, status: 'succeeded', result });
    } catch (error) {
      const failure = IntegrationError.is(error)
        ? error
        : new IntegrationError({ code: 'provider_error', message: 'The rendering failed', cause: error });
      this.#jobs.set(id, { id, resumeToken: id, status: 'failed', error: failure });
    }
  }

  #job(resumeToken: JsonValue): Operation<RenderResult> {
    const job = typeof resumeToken === 'string' ? this.#jobs.get(resumeToken) : undefined;
    if (job !== undefined) return job;
    throw new IntegrationError({
      code: 'not_found',
      field: 'resumeToken',
      message: 'resumeToken: there is no such rendering',
    });
  }

  async #requireSound(project: VideoProject, config: RenderConfig): Promise<void> {
    const { codec = 'h264', outputFormat = 'mp4' } = config;
    const { codecs, outputFormats } = CAPABILITIES;
    if (!codecs.includes(codec) || !outputFormats.includes(outputFormat)) {
      throw new IntegrationError({
        code: 'unsupported',
        field: outputFormats.includes(outputFormat) ? 'codec' : 'outputFormat',
        message: `codec, outputFormat: expected one of ${codecs.join(', ')} in mp4, got ${codec} in ${outputFormat}`,
      });
    }
    const [issue] = await this.validateProject(project, config);
    if (issue === undefined) return;
    throw new IntegrationError({
      code: 'invalid_request',
      field: issue.path,
      message: `${issue.path}: ${issue.message}`,
    });
  }

  async #work(project: VideoProject, { onProgress, frameRange }: RenderConfig, scope: CallScope): Promise<void> {
    const { sleep = realSleep } = this.#options;
    const totalFrames =
      frameRange === undefined ? project.totalDurationInFrames : frameRange.last - frameRange.first + 1;
    for (let renderedFrames = 0; renderedFrames < totalFrames;) {
      await scope.race(sleep(STEP_MS, scope.signal));
      renderedFrames = Math.min(renderedFrames + STEP_FRAMES, totalFrames);
      onProgress?.({ renderedFrames, totalFrames, stage: 'rendering' });
    }
  }

  #write(project: VideoProject, config: RenderConfig, shape: VideoFormat, suffix = ''): RenderResult {
    const { codec = 'h264', scale = 1, frameRange, output } = config;
    const frameCount =
      frameRange === undefined ? project.totalDurationInFrames : frameRange.last - frameRange.first + 1;
    const dimensions = { width: Math.round(shape.width * scale), height: Math.round(shape.height * scale) };
    const data = writeMp4({ ...dimensions, fps: project.fps, frameCount, codec });
    const outputPath = config.outputPath.replace(/(\.[^./]*)?$/, `${suffix}$1`);
    if (output?.kind !== 'bytes') this.#files.set(outputPath, data);
    return {
      outputPath,
      format: 'mp4',
      codec,
      durationSeconds: frameCount / project.fps,
      fileSizeBytes: data.byteLength,
      dimensions,
      frameCount,
      fps: project.fps,
      ...(output?.kind === 'bytes' ? { data } : {}),
    };
  }

  #scope(options: CallOptions): CallScope {
    if (this.#closing.signal.aborted) {
      throw new IntegrationError({ code: 'invalid_request', message: 'The provider is closed; create another' });
    }
    const { signal } = options;
    const either = signal === undefined ? this.#closing.signal : AbortSignal.any([signal, this.#closing.signal]);
    return openCallScope({ ...options, signal: either }, this.#options.sleep);
  }
}
