import { type CallOptions, type FileInput, IntegrationError, type Operation } from '@mortise/core';
import { iterateOnce } from './call/iterate-once.ts';
import { inspectImage } from './image/inspect-image.ts';
import type { ImageJobs } from './image-jobs.ts';
import type { ImageProvider } from './image-provider.ts';
import type { ImageGenerationInput } from './model/generation-input.ts';
import type { ImageGenerationResult } from './model/generation-result.ts';
import { mediaTypeOfImage } from './model/image-format.ts';
import type { ImageStreamPart } from './model/image-stream-part.ts';

/** A provider with every optional method in place; `webhooks` only where the provider has it. */
export type CompleteImageProvider = ImageProvider & Required<Omit<ImageProvider, 'capabilities' | 'webhooks'>>;

/**
 * Fills in what a provider lacks: `generateStream` from one whole generation, `edit` and `upscale` from `editImage` and
 * `upscaleImage`, `close` as nothing to do, and the others as methods that reject with `unsupported`.
 */
export function complete(provider: ImageProvider): CompleteImageProvider {
  const { capabilities, webhooks } = provider;
  return {
    ...(capabilities === undefined ? {} : { capabilities }),
    ...(webhooks === undefined ? {} : { webhooks }),
    generate: (input, options) => provider.generate(input, options),
    listModels: (options) => provider.listModels?.(options) ?? refuse('cannot list its models'),
    generateStream: (input, options) =>
      provider.generateStream?.(input, options) ?? iterateOnce(() => generateWhole(provider, input, options)),
    upscale: (image, scale, options) =>
      provider.upscale?.(image, scale, options) ??
      provider.upscaleImage?.({ image: fileOf(image), scale }, options) ??
      refuse('cannot enlarge pictures'),
    upscaleImage: (input, options) => provider.upscaleImage?.(input, options) ?? refuse('cannot enlarge pictures'),
    edit: async (image, mask, prompt, options) => {
      if (provider.edit !== undefined) return provider.edit(image, mask, prompt, options);
      const input = { image: fileOf(image), mask: fileOf(mask), prompt };
      const result = await (provider.editImage?.(input, options) ?? refuse('cannot edit pictures'));
      return result.images[0] ?? refuse('gave no picture');
    },
    editImage: (input, options) => provider.editImage?.(input, options) ?? refuse('cannot edit pictures'),
    removeBackground: (image, options) =>
      provider.removeBackground?.(image, options) ?? refuse('cannot remove backgrounds'),
    describe: (image, options) => provider.describe?.(image, options) ?? refuse('cannot describe pictures'),
    jobs: provider.jobs ?? NO_JOBS,
    close: () => provider.close?.() ?? Promise.resolve(),
  };
}

function refuse(what: string): Promise<never> {
  return Promise.reject(new IntegrationError({ code: 'unsupported', message: `This image provider ${what}` }));
}

const noJobs = (): Promise<Operation<ImageGenerationResult>> => refuse('makes pictures within the call only');

const NO_JOBS: ImageJobs = Object.freeze({ start: noJobs, get: noJobs, cancel: noJobs });

function fileOf(bytes: Uint8Array): FileInput {
  return { bytes, mediaType: mediaTypeOfImage(inspectImage(bytes)?.format ?? 'png') };
}

async function* generateWhole(
  provider: ImageProvider,
  input: ImageGenerationInput,
  options?: CallOptions,
): AsyncGenerator<ImageStreamPart, void> {
  yield { type: 'final', result: await provider.generate(input, options) };
}
