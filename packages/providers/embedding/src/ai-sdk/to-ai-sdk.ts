import type {
  EmbeddingModelV2,
  EmbeddingModelV3,
  EmbeddingModelV4,
  EmbeddingModelV4CallOptions,
  EmbeddingModelV4Result,
  SharedV3Warning,
  SharedV4Warning,
} from '@ai-sdk/provider';
import type { EmbeddingProvider } from '../embedding-provider.ts';
import type { EmbeddingInputType, EmbeddingOptions } from '../model/embedding-options.ts';
import { tokensOf } from '../tokens-of.ts';
import { errorToAiSdk } from './error-to-ai-sdk.ts';
import { aiSdkJson, ourJson } from './json.ts';
import { warningsToAiSdk } from './warnings.ts';

export interface ToAiSdkOptions {
  /** Id of the model; every call names it. */
  readonly modelId: string;
  /** Name under which the AI SDK reports the provider. Default `mortise`. */
  readonly provider?: string;
  /** What the texts are for: the AI SDK does not say. Default: the provider's, which is `document`. */
  readonly inputType?: EmbeddingInputType;
}

/**
 * An `EmbeddingProvider` as an embedding model of the AI SDK, for `embed`, `embedMany` and whatever else takes one.
 *
 * @param options.specificationVersion For applications on an older AI SDK: `v2` for 5.x, `v3` for 6.x. Default `v4`.
 */
export function toAiSdk(
  provider: EmbeddingProvider,
  options: ToAiSdkOptions & { readonly specificationVersion?: 'v4' },
): EmbeddingModelV4;
export function toAiSdk(
  provider: EmbeddingProvider,
  options: ToAiSdkOptions & { readonly specificationVersion: 'v3' },
): EmbeddingModelV3;
export function toAiSdk(
  provider: EmbeddingProvider,
  options: ToAiSdkOptions & { readonly specificationVersion: 'v2' },
): EmbeddingModelV2<string>;
export function toAiSdk(
  provider: EmbeddingProvider,
  options: ToAiSdkOptions & { readonly specificationVersion?: 'v2' | 'v3' | 'v4' },
): EmbeddingModelV2<string> | EmbeddingModelV3 | EmbeddingModelV4 {
  const { modelId, specificationVersion = 'v4' } = options;
  const shared = {
    provider: options.provider ?? 'mortise',
    modelId,
    maxEmbeddingsPerCall: maxBatchSizeOf(provider, modelId),
    supportsParallelCalls: true,
  };
  switch (specificationVersion) {
    case 'v4':
      return { ...shared, specificationVersion, doEmbed: (call) => embed(provider, options, call) };
    case 'v3':
      return {
        ...shared,
        specificationVersion,
        doEmbed: async (call) => {
          const { warnings, ...result } = await embed(provider, options, call);
          return { ...result, warnings: warnings.map(toV3Warning) };
        },
      };
    default:
      return {
        ...shared,
        specificationVersion,
        doEmbed: async (call) => {
          const { embeddings, usage } = await embed(provider, options, call);
          return { embeddings, ...(usage === undefined ? {} : { usage }) };
        },
      };
  }
}

/** What a call of any version holds. */
interface AnyCall extends Pick<EmbeddingModelV4CallOptions, 'values' | 'abortSignal' | 'dimensions'> {
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly providerOptions?: Readonly<Record<string, unknown>>;
}

async function embed(
  provider: EmbeddingProvider,
  { modelId, inputType }: ToAiSdkOptions,
  call: AnyCall,
): Promise<EmbeddingModelV4Result> {
  const { values, abortSignal, dimensions, headers, providerOptions } = call;
  const documents = values.map((text, index) => ({ id: String(index), text }));
  const options: EmbeddingOptions = {
    model: modelId,
    ...(inputType === undefined ? {} : { inputType }),
    ...(dimensions === undefined ? {} : { dimensions }),
    ...(abortSignal === undefined ? {} : { signal: abortSignal }),
    ...(headers === undefined ? {} : { headers: definedOf(headers) }),
    ...(providerOptions === undefined ? {} : { providerOptions: ourJson(providerOptions) }),
  };
  try {
    const results = await provider.embedDocuments(documents, options);
    const tokens = tokensOf(results);
    const { warnings = [], providerMetadata } = results[0] ?? {};
    return {
      embeddings: results.map(({ vector }) => vector),
      warnings: warningsToAiSdk(warnings),
      ...(tokens === undefined ? {} : { usage: { tokens } }),
      ...(providerMetadata === undefined ? {} : { providerMetadata: aiSdkJson(providerMetadata) }),
    };
  } catch (error) {
    throw errorToAiSdk(error, abortSignal);
  }
}

/** The third version has no kind for what will go away. */
function toV3Warning(warning: SharedV4Warning): SharedV3Warning {
  return warning.type === 'deprecated' ? { type: 'other', message: `${warning.setting}: ${warning.message}` } : warning;
}

/** Told where it is known, so that the AI SDK splits and repeats what failed alone; else the provider splits by itself. */
function maxBatchSizeOf(provider: EmbeddingProvider, modelId: string): number {
  try {
    return provider.describeModel?.(modelId).maxBatchSize ?? Number.POSITIVE_INFINITY;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

function definedOf(headers: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
