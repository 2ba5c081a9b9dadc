import type { ImageModelV4, ImageModelV4CallOptions, ImageModelV4File, ImageModelV4Result } from '@ai-sdk/provider';
import type { FileInput, IntegrationWarning } from '@mortise/core';
import type { ImageProvider } from '../image-provider.ts';
import type { ImageGenerationInput, ImageReference } from '../model/generation-input.ts';
import type { GeneratedImageData } from '../model/generation-result.ts';
import type { ImageDimensions } from '../model/image-format.ts';
import { callFromAiSdk } from './call-from-ai-sdk.ts';
import { errorToAiSdk } from './error-to-ai-sdk.ts';
import { warningsToAiSdk } from './warnings.ts';

export interface ToAiSdkOptions {
  /** Id of the model; every call names it. */
  readonly modelId: string;
  /** Name under which the AI SDK reports the provider, and the key of its metadata. Default `mortise`. */
  readonly provider?: string;
  /** Size for calls that name none. Default 1024 x 1024. */
  readonly dimensions?: ImageDimensions;
  /** Pictures of one call. Default what the provider declares, else as many as are asked for. */
  readonly maxImagesPerCall?: number;
  /** Clock of the answer's time stamp. */
  readonly now?: () => number;
}

/** An `ImageProvider` as an image model of the AI SDK, for `generateImage`. Pictures that a filter held back are left out. */
export function toAiSdk(provider: ImageProvider, options: ToAiSdkOptions): ImageModelV4 {
  const takesFiles = provider.capabilities?.features.includes('reference-images') ?? false;
  return {
    specificationVersion: 'v4',
    provider: options.provider ?? 'mortise',
    modelId: options.modelId,
    maxImagesPerCall: options.maxImagesPerCall ?? provider.capabilities?.maxImagesPerRequest,
    supportsFileInputs: takesFiles,
    supportsMaskInputs: takesFiles,
    doGenerate: (call) => doGenerate(provider, options, call),
  };
}

async function doGenerate(
  provider: ImageProvider,
  options: ToAiSdkOptions,
  call: ImageModelV4CallOptions,
): Promise<ImageModelV4Result> {
  const { modelId, now = Date.now } = options;
  try {
    const {
      images,
      model,
      usage,
      warnings = [],
    } = await provider.generate(inputOf(options, call), callFromAiSdk(call));
    const shown = images.filter(({ filtered }) => filtered === undefined);
    const all: IntegrationWarning[] = [
      ...warnings,
      ...(shown.length === images.length
        ? []
        : [{ type: 'other' as const, message: `A filter held back ${images.length - shown.length} of the pictures` }]),
    ];
    return {
      images: shown.map(({ data }) => data),
      warnings: warningsToAiSdk(all),
      providerMetadata: { [options.provider ?? 'mortise']: { images: shown.map(metadataOf) } },
      response: { timestamp: new Date(now()), modelId: model === '' ? modelId : model, headers: undefined },
      ...(usage?.inputTokens === undefined && usage?.outputTokens === undefined
        ? {}
        : { usage: { inputTokens: usage.inputTokens, outputTokens: usage.outputTokens, totalTokens: totalOf(usage) } }),
    };
  } catch (error) {
    throw errorToAiSdk(error, call.abortSignal);
  }
}

function inputOf(
  { modelId, dimensions = { width: 1024, height: 1024 } }: ToAiSdkOptions,
  { prompt, n, size, aspectRatio, seed, files = [], mask }: ImageModelV4CallOptions,
): ImageGenerationInput {
  const [width, height] = (size ?? '').split('x').map(Number);
  const images: ImageReference[] = [
    ...files.map((file): ImageReference => ({ role: 'init', file: fileFromAiSdk(file) })),
    ...(mask === undefined ? [] : [{ role: 'mask' as const, file: fileFromAiSdk(mask) }]),
  ];
  return {
    prompt: prompt ?? '',
    model: modelId,
    numVariants: n,
    dimensions: width !== undefined && height !== undefined ? { width, height } : { ...dimensions },
    ...(aspectRatio === undefined ? {} : { aspectRatio }),
    ...(seed === undefined ? {} : { seed }),
    ...(images.length === 0 ? {} : { images }),
  };
}

function fileFromAiSdk(file: ImageModelV4File): FileInput {
  // The AI SDK does not tell what is behind an address.
  if (file.type === 'url') return { url: file.url, mediaType: 'image/*' };
  const { data, mediaType } = file;
  return typeof data === 'string' ? { base64: data, mediaType } : { bytes: data, mediaType };
}

function metadataOf({ revisedPrompt, seed, format, dimensions }: GeneratedImageData): Record<string, string | number> {
  return {
    format,
    width: dimensions.width,
    height: dimensions.height,
    ...(revisedPrompt === undefined ? {} : { revisedPrompt }),
    ...(seed === undefined ? {} : { seed }),
  };
}

function totalOf({ inputTokens, outputTokens }: { inputTokens?: number; outputTokens?: number }): number | undefined {
  return inputTokens === undefined || outputTokens === undefined ? undefined : inputTokens + outputTokens;
}
