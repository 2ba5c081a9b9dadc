import {
  type CallOptions,
  IntegrationError,
  type IntegrationWarning,
  type JsonValue,
  type Operation,
  type Page,
  type WebhookProvider,
} from '@mortise/core';
import { generateByOperation } from '../../generation/generate-by-operation.ts';
import type { VideoGenerationInput, VideoGenerationResult, VideoModelInfo } from '../../generation/video-generation.ts';
import type {
  StartVideoOptions,
  VideoGenerationEvent,
  VideoGenerationProvider,
} from '../../generation/video-generation-provider.ts';
import type { VideoObservedRequest } from '../observed-request.ts';
import { FilmStore } from './film-store.ts';
import { MemoryServer, type MemoryServerOptions } from './memory-server.ts';
import { writeMp4 } from './mp4.ts';

export interface InMemoryVideoGenerationOptions extends MemoryServerOptions {
  /** Films of the service. Give the same to several providers to stand for several processes. */
  readonly films?: FilmStore;
  /** Pause between two looks at a film, in milliseconds. Default 1. */
  readonly pollIntervalMs?: number;
}

const MODEL = 'in-memory-films';
const FPS = 24;
const DURATIONS = [4, 8] as const;
const SHAPES = { '16:9': [1280, 720], '9:16': [720, 1280], '1:1': [960, 960] } as const;

/** Wishes that these films cannot fulfil. */
const UNSUPPORTED = [
  'negativePrompt',
  'image',
  'firstFrame',
  'lastFrame',
  'references',
  'resolution',
  'seed',
  'audio',
] as const;

/** Makes films without pictures, in memory, and keeps every rule of `VideoGenerationProvider`. */
export class InMemoryVideoGenerationProvider implements VideoGenerationProvider {
  readonly capabilities = Object.freeze({
    features: [],
    idempotency: { supported: 'native', onMismatch: 'first-wins' },
  } as const);
  readonly webhooks: WebhookProvider<VideoGenerationEvent>;
  readonly #server: MemoryServer;
  readonly #films: FilmStore;
  readonly #options: InMemoryVideoGenerationOptions;

  constructor(options: InMemoryVideoGenerationOptions = {}) {
    const films = options.films ?? new FilmStore();
    this.#options = options;
    this.#server = new MemoryServer(options);
    this.#films = films;
    this.webhooks = {
      verifyWebhook: (request) => films.verify(request),
      parseWebhook: ({ rawBody }) => {
        const text = typeof rawBody === 'string' ? rawBody : new TextDecoder().decode(rawBody);
        const { id, film, status }: { id: string; film: string; status: string } = JSON.parse(text);
        const type = status === 'succeeded' ? 'video.succeeded' : 'unknown';
        return Promise.resolve({ id, type, rawType: status, operationId: film });
      },
    };
  }

  get requests(): readonly VideoObservedRequest[] {
    return this.#server.requests;
  }

  get openRequests(): number {
    return this.#server.openRequests;
  }

  start(input: VideoGenerationInput, options: StartVideoOptions = {}): Promise<Operation<VideoGenerationResult>> {
    return this.#server.call(options, input, () => this.#films.add(make(input), options.idempotencyKey));
  }

  get(resumeToken: JsonValue, options?: CallOptions): Promise<Operation<VideoGenerationResult>> {
    return this.#server.call(options, { resumeToken }, () => this.#films.look(resumeToken));
  }

  cancel(resumeToken: JsonValue, options?: CallOptions): Promise<Operation<VideoGenerationResult>> {
    return this.#server.call(options, { resumeToken }, () => this.#films.cancel(resumeToken));
  }

  async generate(input: VideoGenerationInput, options: CallOptions = {}): Promise<VideoGenerationResult> {
    const { pollIntervalMs = 1, sleep } = this.#options;
    return generateByOperation(this, input, options, {
      pollIntervalMs,
      ...(sleep === undefined ? {} : { sleep }),
    });
  }

  listModels(options?: CallOptions): Promise<Page<VideoModelInfo>> {
    return this.#server.call(options, { method: 'listModels' }, () => ({
      items: [{ id: MODEL, durationsSeconds: [...DURATIONS], aspectRatios: ['16:9', '9:16', '1:1'], hasAudio: false }],
      hasMore: false,
    }));
  }

  close(): Promise<void> {
    return this.#server.close();
  }
}

function make(input: VideoGenerationInput): VideoGenerationResult {
  const { n = 1, fps = FPS } = input;
  if (!Number.isInteger(n) || n < 1 || n > 4) {
    throw new IntegrationError({ code: 'invalid_request', field: 'n', message: `n: expected 1 to 4, got ${n}` });
  }
  const warnings: IntegrationWarning[] = UNSUPPORTED.filter((field) => input[field] !== undefined).map((field) => ({
    type: 'unsupported',
    field,
    message: `These films know no "${field}"`,
  }));
  const seconds = nearestDuration(input.durationSeconds, warnings);
  const [width, height] = shapeOf(input.aspectRatio, warnings);
  const bytes = writeMp4({ width, height, fps, frameCount: seconds * fps, codec: 'h264' });
  const film = { file: { bytes }, mediaType: 'video/mp4', durationMs: seconds * 1000, width, height };
  return {
    videos: Array.from({ length: n }, () => ({ ...film })),
    modelId: MODEL,
    usage: { videos: n, seconds: seconds * n },
    ...(warnings.length === 0 ? {} : { warnings }),
  };
}

function nearestDuration(wanted: number | undefined, warnings: IntegrationWarning[]): number {
  const [first] = DURATIONS;
  if (wanted === undefined) return first;
  const [nearest = first] = [...DURATIONS].sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted));
  if (nearest !== wanted) {
    const message = `durationSeconds: films have ${DURATIONS.join(' or ')} seconds; this one has ${nearest}`;
    warnings.push({ type: 'compatibility', field: 'durationSeconds', message });
  }
  return nearest;
}

function shapeOf(ratio: string | undefined, warnings: IntegrationWarning[]): readonly [number, number] {
  if (ratio === undefined) return SHAPES['16:9'];
  if (ratio === '16:9' || ratio === '9:16' || ratio === '1:1') return SHAPES[ratio];
  warnings.push({
    type: 'compatibility',
    field: 'aspectRatio',
    message: `aspectRatio: this film has 16:9, not ${ratio}`,
  });
  return SHAPES['16:9'];
}
