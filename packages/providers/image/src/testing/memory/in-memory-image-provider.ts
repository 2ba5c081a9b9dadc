import { type CallOptions, IntegrationError, type IntegrationWarning, type WebhookProvider } from '@mortise/core';
import { iterateOnce } from '../../call/iterate-once.ts';
import { fitSize } from '../../image/fit-size.ts';
import { inspectImage } from '../../image/inspect-image.ts';
import type { ImageJobEvent, ImageJobs } from '../../image-jobs.ts';
import type { ImageProvider } from '../../image-provider.ts';
import type { ImageCapabilities } from '../../model/capabilities.ts';
import type { ImageGenerationInput } from '../../model/generation-input.ts';
import type { GeneratedImageData, ImageGenerationResult } from '../../model/generation-result.ts';
import type { ImageDimensions } from '../../model/image-format.ts';
import type { ImageModelInfo } from '../../model/image-model-info.ts';
import type { ImageStreamPart } from '../../model/image-stream-part.ts';
import type { ImageObservedRequest } from '../observed-request.ts';
import { MemoryJobStore } from './memory-job-store.ts';
import { MemoryServer, type MemoryServerOptions } from './memory-server.ts';
import { enlarge, paint } from './paint.ts';
import { decodePng, encodePng } from './png.ts';

export interface InMemoryImageProviderOptions extends MemoryServerOptions {
  /** Jobs of the service. Give the same to several providers to stand for several processes. */
  readonly jobs?: MemoryJobStore;
  /** Sizes that the model makes. Default squares and both orientations. */
  readonly sizes?: readonly ImageDimensions[];
  /** Words that the filter refuses in prompts. Default none. */
  readonly refusedWords?: readonly string[];
  /** Pictures that the filter holds back, by number from 0. Default none. */
  readonly heldBack?: readonly number[];
}

const MODEL = 'in-memory-stripes';
const SIZES: readonly ImageDimensions[] = [
  { width: 64, height: 64 },
  { width: 128, height: 128 },
  { width: 96, height: 64 },
  { width: 64, height: 96 },
];
const MAX_PER_REQUEST = 4;

/** Wishes that stripes cannot fulfil. */
const UNSUPPORTED = [
  'negativePrompt',
  'style',
  'guidanceScale',
  'referenceImage',
  'referenceStrength',
  'images',
  'quality',
  'safety',
] as const;

const CAPABILITIES: ImageCapabilities = Object.freeze({
  methods: {
    listModels: 'native',
    upscale: 'native',
    edit: 'native',
    generateStream: 'native',
    jobs: 'native',
    webhooks: 'native',
    describe: 'none',
    removeBackground: 'none',
  },
  features: ['seed', 'transparency', 'aspect-ratio', 'usage'],
  formats: ['png'],
  maxImagesPerRequest: MAX_PER_REQUEST,
} as const);

/**
 * Paints stripes, in memory, and keeps every rule of `ImageProvider`: the reference against which the kit itself is tested,
 * and a double for the tests of applications.
 */
export class InMemoryImageProvider implements ImageProvider {
  readonly capabilities = CAPABILITIES;
  readonly jobs: ImageJobs;
  readonly webhooks: WebhookProvider<ImageJobEvent>;
  readonly #options: InMemoryImageProviderOptions;
  readonly #server: MemoryServer;
  readonly #store: MemoryJobStore;

  constructor(options: InMemoryImageProviderOptions = {}) {
    this.#options = options;
    this.#server = new MemoryServer(options);
    this.#store = options.jobs ?? new MemoryJobStore();
    this.jobs = this.#openJobs();
    this.webhooks = this.#openWebhooks();
  }

  get requests(): readonly ImageObservedRequest[] {
    return this.#server.requests;
  }

  get openRequests(): number {
    return this.#server.openRequests;
  }

  async generate(input: ImageGenerationInput, options: CallOptions = {}): Promise<ImageGenerationResult> {
    const wanted = variantsOf(input);
    const batches = Math.ceil(wanted / MAX_PER_REQUEST);
    const results: ImageGenerationResult[] = [];
    for (let batch = 0; batch < batches; batch += 1) {
      const first = batch * MAX_PER_REQUEST;
      const count = Math.min(MAX_PER_REQUEST, wanted - first);
      results.push(await this.#server.call(options, input, () => this.#make(input, first, count)));
    }
    const [result] = results;
    if (result === undefined) throw invalid('numVariants', 'at least 1');
    const images = results.flatMap((one) => one.images);
    return { ...result, images, usage: { images: images.filter(({ filtered }) => filtered === undefined).length } };
  }

  listModels(options?: CallOptions): Promise<ImageModelInfo[]> {
    return this.#server.call(options, { method: 'listModels' }, () => [
      {
        id: MODEL,
        name: 'Stripes',
        maxDimensions: { width: 128, height: 128 },
        supportedFormats: ['png'],
        supportsNegativePrompt: false,
        supportsImg2Img: false,
        maxImages: MAX_PER_REQUEST,
        operations: ['generate', 'edit', 'upscale'],
      },
    ]);
  }

  async upscale(image: Uint8Array, scale: number, options?: CallOptions): Promise<GeneratedImageData> {
    if (!(scale > 1 && scale <= 8)) throw invalid('scale', 'a factor above 1 and up to 8');
    return this.#server.call(options, { scale }, async () =>
      pictureOf(await encodePng(enlarge(await decodePng(image), scale))),
    );
  }

  async edit(image: Uint8Array, mask: Uint8Array, prompt: string, options?: CallOptions): Promise<GeneratedImageData> {
    const size = inspectImage(image)?.dimensions;
    const maskSize = inspectImage(mask)?.dimensions;
    if (size === undefined) throw invalid('image', 'a PNG');
    if (size.width !== maskSize?.width || size.height !== maskSize.height)
      throw invalid('mask', 'the size of the picture');
    return this.#server.call(options, { prompt }, async () =>
      pictureOf(await encodePng(paint(prompt, 0, size, false))),
    );
  }

  generateStream(input: ImageGenerationInput, options: CallOptions = {}): AsyncIterable<ImageStreamPart> {
    return iterateOnce(() => this.#stream(input, options));
  }

  close(): Promise<void> {
    return this.#server.close();
  }

  async *#stream(input: ImageGenerationInput, options: CallOptions): AsyncGenerator<ImageStreamPart, void> {
    const scope = this.#server.scope(options);
    const request = this.#server.open(options, input);
    try {
      this.#server.throwIfRefusing();
      const result = await scope.race(this.#make(input, 0, variantsOf(input)));
      for (const [index, image] of result.images.entries()) {
        yield { type: 'partial', index, image };
        scope.throwIfEnded();
      }
      yield { type: 'final', result };
    } catch (error) {
      throw scope.explain(error);
    } finally {
      scope.close();
      request.done();
    }
  }

  async #make(input: ImageGenerationInput, first: number, count: number): Promise<ImageGenerationResult> {
    const { prompt, format = 'png', background } = input;
    if (format !== 'png') {
      throw new IntegrationError({
        code: 'unsupported',
        field: 'format',
        message: `format: stripes come as png, not as ${format}`,
      });
    }
    const { refusedWords = [], heldBack = [], sizes = SIZES } = this.#options;
    if (refusedWords.some((word) => prompt.includes(word))) {
      throw new IntegrationError({
        code: 'content_filtered',
        field: 'prompt',
        message: 'prompt: the filter refused it',
      });
    }
    const { size, warnings } = fitSize(input, sizes);
    const seed = input.seed ?? 1;
    const images = await Promise.all(
      Array.from({ length: count }, async (_, index): Promise<GeneratedImageData> => {
        if (heldBack.includes(first + index)) {
          return { data: new Uint8Array(0), format: 'png', dimensions: size, filtered: { category: 'stripes' } };
        }
        const own = seed + first + index;
        return { ...pictureOf(await encodePng(paint(prompt, own, size, background === 'transparent'))), seed: own };
      }),
    );
    const all: IntegrationWarning[] = [...warnings, ...warningsFor(input)];
    return { images, seed, model: MODEL, ...(all.length === 0 ? {} : { warnings: all }) };
  }

  #openJobs(): ImageJobs {
    return {
      start: (input, options = {}) =>
        this.#server.call(options, { ...input, webhookUrl: options.webhookUrl }, async () => {
          const result = await this.#make(input, 0, variantsOf(input));
          return this.#store.add(result);
        }),
      get: (token, options) => this.#server.call(options, { token }, () => this.#store.look(token)),
      cancel: (token, options) => this.#server.call(options, { token }, () => this.#store.cancel(token)),
    };
  }

  #openWebhooks(): WebhookProvider<ImageJobEvent> {
    return {
      verifyWebhook: (request) => this.#store.verify(request),
      parseWebhook: ({ rawBody }) => {
        const text = typeof rawBody === 'string' ? rawBody : new TextDecoder().decode(rawBody);
        const body: { id: string; job: string; status: string } = JSON.parse(text);
        const type = body.status === 'succeeded' ? 'job.succeeded' : 'unknown';
        return Promise.resolve({ id: body.id, type, rawType: body.status, operationId: body.job });
      },
    };
  }
}

function pictureOf(data: Uint8Array): GeneratedImageData {
  return {
    data,
    format: 'png',
    mediaType: 'image/png',
    dimensions: inspectImage(data)?.dimensions ?? { width: 0, height: 0 },
  };
}

function variantsOf({ numVariants = 1 }: ImageGenerationInput): number {
  if (Number.isInteger(numVariants) && numVariants >= 1 && numVariants <= 20) return numVariants;
  throw invalid('numVariants', 'a whole number from 1 to 20');
}

function warningsFor(input: ImageGenerationInput): IntegrationWarning[] {
  return UNSUPPORTED.filter((field) => input[field] !== undefined).map((field) => ({
    type: 'unsupported',
    field,
    message: `Stripes know no "${field}"`,
  }));
}

function invalid(field: string, expected: string): IntegrationError {
  return new IntegrationError({ code: 'invalid_request', field, message: `${field}: expected ${expected}` });
}
