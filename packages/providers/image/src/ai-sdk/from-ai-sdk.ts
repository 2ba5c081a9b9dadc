import type {
  ImageModelV2,
  ImageModelV3,
  ImageModelV4,
  ImageModelV4CallOptions,
  ImageModelV4File,
} from '@ai-sdk/provider';
import { type CallOptions, type FileInput, IntegrationError, type IntegrationWarning } from '@mortise/core';
import { openCallScope } from '../call/call-scope.ts';
import { inspectImage } from '../image/inspect-image.ts';
import type { ImageProvider } from '../image-provider.ts';
import type { ImageGenerationInput, ImageReference } from '../model/generation-input.ts';
import type { GeneratedImageData, ImageGenerationResult } from '../model/generation-result.ts';
import { type ImageFormat, mediaTypeOfImage } from '../model/image-format.ts';
import { bytesOf, chooseModel, extrasToAiSdk, unknownToAiSdk } from './call-to-ai-sdk.ts';
import { errorFromAiSdk } from './error-from-ai-sdk.ts';
import { ourJson } from './json.ts';
import { warningsFromAiSdk } from './warnings.ts';

/** An image model of the AI SDK, in any version that its provider packages come in. */
export type AiSdkImageModel = ImageModelV2 | ImageModelV3 | ImageModelV4;

export interface FromAiSdkOptions {
  /** Finds the model for calls that name one. Absent: such calls are refused unless they name the given model. */
  readonly resolveModel?: (modelId: string) => AiSdkImageModel;
  /** Formats that the model makes. The AI SDK cannot ask for one. Default `png`. */
  readonly formats?: readonly ImageFormat[];
}

/** Wishes that the AI SDK has no place for. */
const UNKNOWN = [
  'negativePrompt',
  'style',
  'guidanceScale',
  'referenceStrength',
  'background',
  'quality',
  'safety',
] as const satisfies readonly (keyof ImageGenerationInput)[];

/**
 * Any image model of the AI SDK as an `ImageProvider`. Format and size are read from the bytes, since the AI SDK does not
 * tell them; a size other than the one that was asked for is a warning, or refused where `strict`.
 */
export function fromAiSdk(model: AiSdkImageModel, options: FromAiSdkOptions = {}): ImageProvider {
  const { resolveModel, formats = ['png'] } = options;
  const generate = (input: ImageGenerationInput, call: CallOptions = {}) =>
    run(chooseModel(model, input.model, resolveModel), input, call, formats);
  return {
    capabilities: {
      methods: { listModels: 'none', upscale: 'none', generateStream: 'none', jobs: 'none', webhooks: 'none' },
      features: ['aspect-ratio', 'reference-images', 'usage'],
      formats,
    },
    generate: async (input, call) => generate(input, call),
    edit: async (image, mask, prompt, call) => {
      const before = inspectImage(image);
      const size = before?.dimensions;
      const maskSize = inspectImage(mask)?.dimensions;
      if (size === undefined || size.width !== maskSize?.width || size.height !== maskSize.height) {
        throw new IntegrationError({
          code: 'invalid_request',
          field: 'mask',
          message: 'mask: expected a picture of the size of the one that is edited',
        });
      }
      const images: ImageReference[] = [
        { role: 'init', file: { bytes: image, mediaType: mediaTypeOfImage(before?.format ?? 'png') } },
        { role: 'mask', file: { bytes: mask, mediaType: mediaTypeOfImage(inspectImage(mask)?.format ?? 'png') } },
      ];
      const [edited] = (await generate({ prompt, dimensions: size, images }, call)).images;
      if (edited !== undefined) return edited;
      throw new IntegrationError({ code: 'provider_error', message: 'The AI SDK model gave no picture' });
    },
  };
}

async function run(
  model: AiSdkImageModel,
  input: ImageGenerationInput,
  options: CallOptions,
  formats: readonly ImageFormat[],
): Promise<ImageGenerationResult> {
  const scope = openCallScope(options);
  try {
    const { format, numVariants = 1 } = input;
    if (format !== undefined && !formats.includes(format)) {
      throw new IntegrationError({
        code: 'unsupported',
        field: 'format',
        message: `format: the model makes ${formats.join(', ')}, not ${format}`,
      });
    }
    const limit = (await maxImagesOf(model)) ?? numVariants;
    const call = callOf(input, options, scope.signal);
    const results: ImageResult[] = [];
    for (let made = 0; made < numVariants; made += limit) {
      results.push(await scope.race(doGenerate(model, { ...call, n: Math.min(limit, numVariants - made) })));
    }
    return resultOf(results, input);
  } catch (error) {
    throw scope.explain(errorFromAiSdk(error));
  } finally {
    scope.close();
  }
}

async function maxImagesOf({ maxImagesPerCall, modelId }: AiSdkImageModel): Promise<number | undefined> {
  return typeof maxImagesPerCall === 'function' ? await maxImagesPerCall({ modelId }) : maxImagesPerCall;
}

type ImageCall = Omit<ImageModelV4CallOptions, 'n'>;

function callOf(input: ImageGenerationInput, options: CallOptions, signal: AbortSignal): ImageCall {
  const { prompt, dimensions, aspectRatio, seed, images = [], referenceImage } = input;
  const own: ImageReference[] =
    referenceImage === undefined
      ? []
      : [
          {
            role: 'init',
            file: { bytes: referenceImage, mediaType: mediaTypeOfImage(inspectImage(referenceImage)?.format ?? 'png') },
          },
        ];
  const all = [...own, ...images];
  const files = all.filter(({ role }) => role !== 'mask').map(({ file }) => fileToAiSdk(file));
  const mask = all.find(({ role }) => role === 'mask');
  const extras = extrasToAiSdk(options, signal);
  return {
    prompt,
    size: aspectRatio === undefined ? `${dimensions.width}x${dimensions.height}` : undefined,
    aspectRatio,
    seed,
    files: files.length === 0 ? undefined : files,
    mask: mask === undefined ? undefined : fileToAiSdk(mask.file),
    ...extras,
    providerOptions: extras.providerOptions ?? {},
  };
}

function fileToAiSdk(file: FileInput): ImageModelV4File {
  const { mediaType } = file;
  if ('bytes' in file) return { type: 'file', mediaType, data: file.bytes };
  if ('base64' in file) return { type: 'file', mediaType, data: file.base64 };
  if ('url' in file) return { type: 'url', url: file.url };
  throw new IntegrationError({
    code: 'unsupported',
    field: 'images',
    message: 'images: the AI SDK takes bytes, base64 and addresses, no streams and no references',
  });
}

type ImageResult = Awaited<
  | ReturnType<ImageModelV2['doGenerate']>
  | ReturnType<ImageModelV3['doGenerate']>
  | ReturnType<ImageModelV4['doGenerate']>
>;

async function doGenerate(model: AiSdkImageModel, call: ImageModelV4CallOptions): Promise<ImageResult> {
  switch (model.specificationVersion) {
    case 'v4':
      return model.doGenerate(call);
    case 'v3':
      return model.doGenerate(call);
    default: {
      const { files, mask, prompt = '', providerOptions, ...rest } = call;
      if (files !== undefined || mask !== undefined) {
        throw new IntegrationError({
          code: 'unsupported',
          field: 'images',
          message: 'images: models of this AI SDK version take no pictures',
        });
      }
      return model.doGenerate({ ...rest, prompt, providerOptions: v2Options(providerOptions) });
    }
  }
}

type V2Options = Parameters<ImageModelV2['doGenerate']>[0]['providerOptions'];

/** Version 2 knows no undefined members. */
function v2Options(options: ImageModelV4CallOptions['providerOptions']): V2Options {
  const copy: V2Options = JSON.parse(JSON.stringify(options));
  return copy;
}

function resultOf(results: readonly ImageResult[], input: ImageGenerationInput): ImageGenerationResult {
  const images = results.flatMap((result) => result.images.map((image) => pictureOf(bytesOf(image), input)));
  const warnings: IntegrationWarning[] = [
    ...unknownToAiSdk(input, UNKNOWN),
    ...sizeWarnings(images, input),
    ...(results[0] === undefined ? [] : warningsFromAiSdk(results[0].warnings)),
  ];
  const usage = usageOf(results);
  const providerMetadata = results[0]?.providerMetadata;
  return {
    images,
    model: results[0]?.response.modelId ?? '',
    usage: { images: images.length, ...usage },
    ...(providerMetadata === undefined ? {} : { providerMetadata: ourJson(providerMetadata) }),
    ...(warnings.length === 0 ? {} : { warnings }),
  };
}

function usageOf(results: readonly ImageResult[]): { inputTokens?: number; outputTokens?: number } {
  const sum = (name: 'inputTokens' | 'outputTokens'): number | undefined => {
    const told = results.flatMap((result) => ('usage' in result ? (result.usage?.[name] ?? []) : []));
    return told.length === 0 ? undefined : told.reduce((total, tokens) => total + tokens, 0);
  };
  const inputTokens = sum('inputTokens');
  const outputTokens = sum('outputTokens');
  return {
    ...(inputTokens === undefined ? {} : { inputTokens }),
    ...(outputTokens === undefined ? {} : { outputTokens }),
  };
}

function pictureOf(data: Uint8Array, { format, dimensions }: ImageGenerationInput): GeneratedImageData {
  const facts = inspectImage(data);
  if (facts === undefined || (format !== undefined && facts.format !== format)) {
    throw new IntegrationError({
      code: 'provider_error',
      field: 'format',
      message: `format: the model gave ${facts?.format ?? 'bytes that are no picture'}, not ${format ?? 'a picture'}`,
    });
  }
  return {
    data,
    format: facts.format,
    mediaType: mediaTypeOfImage(facts.format),
    dimensions: facts.dimensions ?? { ...dimensions },
  };
}

function sizeWarnings(images: readonly GeneratedImageData[], input: ImageGenerationInput): IntegrationWarning[] {
  const [made] = images;
  const { dimensions, aspectRatio, strict } = input;
  if (made === undefined || aspectRatio !== undefined) return [];
  if (made.dimensions.width === dimensions.width && made.dimensions.height === dimensions.height) return [];
  const message = `dimensions: the model made ${made.dimensions.width}x${made.dimensions.height}`;
  if (strict === true) throw new IntegrationError({ code: 'unsupported', field: 'dimensions', message });
  return [{ type: 'compatibility', field: 'dimensions', message }];
}
