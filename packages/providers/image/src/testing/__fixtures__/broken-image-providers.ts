import { type CallOptions, IntegrationError } from '@mortise/core';
import { iterateOnce } from '../../call/iterate-once.ts';
import type { ImageProvider } from '../../image-provider.ts';
import type { ImageGenerationInput } from '../../model/generation-input.ts';
import type { ImageGenerationResult } from '../../model/generation-result.ts';
import type { ImageConformanceTarget, ImageSubjectSetup } from '../conformance-target.ts';
import { inMemoryImageTarget } from '../memory/in-memory-image-target.ts';
import { without } from './without.ts';

/** A provider that does one thing wrong. */
export interface BrokenImageProvider {
  /** The only check that it may fail. */
  readonly fails: string;
  readonly mistake: string;
  readonly target: ImageConformanceTarget;
}

type Build = (honest: ImageProvider, setup: ImageSubjectSetup) => Partial<ImageProvider>;

function broken(fails: string, mistake: string, build: Build): BrokenImageProvider {
  const honestTarget = inMemoryImageTarget();
  return {
    fails,
    mistake,
    target: {
      ...honestTarget,
      open: async (setup) => {
        const subject = await honestTarget.open(setup);
        return { ...subject, provider: { ...bound(subject.provider), ...build(subject.provider, setup) } };
      },
    },
  };
}

function bound(honest: ImageProvider): ImageProvider {
  return {
    ...(honest.capabilities && { capabilities: honest.capabilities }),
    ...(honest.jobs && { jobs: honest.jobs }),
    ...(honest.webhooks && { webhooks: honest.webhooks }),
    generate: (input, options) => honest.generate(input, options),
    listModels: (options) => honest.listModels?.(options) ?? Promise.resolve([]),
    upscale: (image, scale, options) => honest.upscale?.(image, scale, options) ?? missing(),
    edit: (image, mask, prompt, options) => honest.edit?.(image, mask, prompt, options) ?? missing(),
    generateStream: (input, options) =>
      honest.generateStream?.(input, options) ?? iterateOnce(async function* none() {}),
    close: () => honest.close?.() ?? Promise.resolve(),
  };
}

function missing(): Promise<never> {
  return Promise.reject(new IntegrationError({ code: 'unsupported', message: 'The method is not there' }));
}

function inResults(
  spoil: (result: ImageGenerationResult, input: ImageGenerationInput) => ImageGenerationResult,
): Build {
  return (honest) => ({ generate: async (input, options) => spoil(await honest.generate(input, options), input) });
}

function inInputs(
  spoil: (input: ImageGenerationInput, options: CallOptions) => readonly [ImageGenerationInput, CallOptions],
): Build {
  return (honest) => ({ generate: (input, options = {}) => honest.generate(...spoil(input, options)) });
}

/** What the provider that shares its client holds on to. */
let shared: ImageProvider | undefined;

/** Counts up, for a provider that forgets its seed. */
let turn = 0;

export const brokenImageProviders: readonly BrokenImageProvider[] = [
  broken(
    'image.1',
    'states the size that was asked for, whatever came',
    inResults((result) => ({
      ...result,
      images: result.images.map((image) =>
        image.dimensions.width === 64 ? { ...image, dimensions: { width: 65, height: 64 } } : image,
      ),
    })),
  ),
  broken(
    'image.2',
    'makes no more than one request makes',
    inInputs((input, options) => [{ ...input, numVariants: Math.min(input.numVariants ?? 1, 4) }, options]),
  ),
  broken(
    'image.3',
    'does not keep to its seed',
    inInputs((input, options) => {
      turn += 1;
      return [input.seed === 7 ? { ...input, seed: 100 + turn } : input, options];
    }),
  ),
  broken(
    'image.4',
    'makes the nearest size without a word',
    inResults(({ warnings = [], ...result }) => ({
      ...result,
      warnings: warnings.filter(({ field }) => field !== 'dimensions'),
    })),
  ),
  broken(
    'image.ratio',
    'ignores the ratio',
    inInputs((input, options) => [without(input, 'aspectRatio'), options]),
  ),
  broken(
    'image.5',
    'leaves out what the filter held back',
    inResults((result) => ({ ...result, images: result.images.filter(({ filtered }) => filtered === undefined) })),
  ),
  broken('image.6', 'stretches a mask of another size', (honest) => ({
    edit: (image, _mask, prompt, options) => honest.edit?.(image, image, prompt, options) ?? missing(),
  })),
  broken(
    'image.7',
    'gives a transparent background as a photograph',
    inResults((result, input) =>
      input.background === 'transparent'
        ? { ...result, images: result.images.map((image) => ({ ...image, data: opaque(image.data) })) }
        : result,
    ),
  ),
  broken(
    'image.8',
    'drops the quality without a word',
    inInputs((input, options) => [without(input, 'quality'), options]),
  ),
  broken('image.upscale', 'enlarges by half', (honest) => ({
    upscale: (image, scale, options) => honest.upscale?.(image, 1 + (scale - 1) / 2, options) ?? missing(),
  })),
  broken('image.stream', 'ends a stream twice', (honest) => ({
    generateStream: (input, options) =>
      iterateOnce(async function* twice() {
        for await (const part of honest.generateStream?.(input, options) ?? []) {
          yield part;
          if (part.type === 'final') yield part;
        }
      }),
  })),
  broken('image.9', 'reports a job as canceled that went on', ({ jobs }) => ({
    ...(jobs && {
      jobs: {
        start: (input, options) => jobs.start(input, options),
        get: (token, options) => jobs.get(token, options),
        cancel: async (token) => ({ id: 'job', resumeToken: token, status: 'canceled' }),
      },
    }),
  })),
  broken('image.10', 'keeps its jobs in its own process', ({ jobs }) => ({
    ...(jobs && {
      jobs: {
        ...jobs,
        start: async (input, options) => {
          const job = await jobs.start(input, options);
          return { ...job, resumeToken: { local: job.id } };
        },
        get: (token, options) => jobs.get(localId(token), options),
        cancel: (token, options) => jobs.cancel?.(localId(token), options) ?? missing(),
      },
    }),
  })),
  broken('image.11', 'believes the body that is passed beside the bytes', ({ webhooks }) => ({
    ...(webhooks && {
      webhooks: {
        verifyWebhook: (request) => webhooks.verifyWebhook(request),
        parseWebhook: async (request) => ({
          ...(await webhooks.parseWebhook(request)),
          ...(request.parsedBody === undefined ? {} : { operationId: 'job-of-somebody-else' }),
        }),
      },
    }),
  })),
  broken(
    'X5',
    'drops the model without a word',
    inInputs((input, options) => [without(input, 'model'), options]),
  ),
  broken('X8', 'fills the default format into its input', (honest) => ({
    generate: async (input, options) => {
      input.format ??= 'png';
      return honest.generate(input, options);
    },
  })),
  broken(
    'X1',
    'sends before it looks at the signal',
    inInputs((input, options) => [input, options.signal?.aborted === true ? without(options, 'signal') : options]),
  ),
  broken(
    'X2',
    'goes on after an abort in flight',
    inInputs((input, options) => [input, options.signal?.aborted === false ? without(options, 'signal') : options]),
  ),
  broken(
    'X3',
    'ignores the time limit',
    inInputs((input, options) => [input, without(options, 'timeoutMs')]),
  ),
  broken('X11', 'tries to repeat what was forbidden', (honest) => ({
    generate: (input, options) =>
      honest.generate(input, options).catch((error: unknown) => {
        if (!IntegrationError.is(error) || error.httpStatus !== 403) throw error;
        throw new IntegrationError({ code: 'forbidden', message: 'Forbidden', retry: 'transient' });
      }),
  })),
  broken('X13', 'puts the credential into the link of a picture', (honest, { credential }) => ({
    generate: async (input, options) => {
      const result = await honest.generate(input, options);
      const url = `https://images.example/?key=${encodeURIComponent(credential)}`;
      return { ...result, images: result.images.map((image) => ({ ...image, url })) };
    },
  })),
  broken('X15', 'shares one client between instances', (honest, setup) => {
    shared = setup.credential === 'second' ? (shared ?? honest) : honest;
    const client = shared;
    return { generate: (input, options) => client.generate(input, options) };
  }),
  broken('X16', 'works on after close()', () => ({ close: () => Promise.resolve() })),
];

function localId(token: unknown): string {
  return typeof token === 'object' && token !== null ? String(Reflect.get(token, 'local')) : String(token);
}

/** The same PNG with its header claiming three channels. */
function opaque(data: Uint8Array): Uint8Array {
  const copy = data.slice();
  copy[25] = 2;
  return copy;
}
