import type { EmbeddingModelV4CallOptions } from '@ai-sdk/provider';
import { IntegrationError, type IntegrationWarning } from '@mortise/core';
import { type BatchedEmbeddingProvider, createEmbeddingProvider } from '../batching/create-embedding-provider.ts';
import type { EmbeddingBatchAnswer, EmbeddingBatchRequest } from '../batching/embedding-backend.ts';
import type { EmbeddingModelInfo } from '../model/embedding-model-info.ts';
import { type AiSdkEmbeddingModel, type AiSdkEmbedResult, doEmbed } from './ai-sdk-models.ts';
import { errorFromAiSdk } from './error-from-ai-sdk.ts';
import { aiSdkJson, ourJson } from './json.ts';
import { warningsFromAiSdk } from './warnings.ts';

export interface FromAiSdkOptions {
  /** Finds the model for calls that name one. Absent: such calls are refused unless they name the given model. */
  readonly resolveModel?: (modelId: string) => AiSdkEmbeddingModel;
  /** What is known of the models: the AI SDK tells no more than how many texts a request may have. */
  readonly models?: readonly EmbeddingModelInfo[];
}

/**
 * Any embedding model of the AI SDK as an `EmbeddingProvider`. Lists are split as the model demands. Vectors are taken in the
 * order in which the model gives them: the AI SDK has no place for their numbers.
 */
export function fromAiSdk(model: AiSdkEmbeddingModel, options: FromAiSdkOptions = {}): BatchedEmbeddingProvider {
  const { models } = options;
  const find = (modelId: string): AiSdkEmbeddingModel => chooseModel(model, modelId, options);
  return createEmbeddingProvider({
    model: model.modelId,
    features: model.specificationVersion === 'v4' ? ['dimensions', 'usage'] : ['usage'],
    ...(models === undefined ? {} : { models }),
    limits: async (modelId) => {
      const chosen = find(modelId);
      const size = await chosen.maxEmbeddingsPerCall;
      const isParallel = await chosen.supportsParallelCalls;
      return { ...(size === undefined ? {} : { maxBatchSize: size }), ...(isParallel ? {} : { maxConcurrency: 1 }) };
    },
    embedBatch: (request) => embed(find(request.model), request),
  });
}

async function embed(model: AiSdkEmbeddingModel, request: EmbeddingBatchRequest): Promise<EmbeddingBatchAnswer> {
  try {
    const result = await doEmbed(model, toCall(request));
    const tokens = result.usage?.tokens;
    const warnings = [...warningsOf(result), ...lostDimensions(model, request)];
    return {
      vectors: result.embeddings,
      model: model.modelId,
      ...(typeof tokens === 'number' && Number.isSafeInteger(tokens) ? { tokens } : {}),
      ...(result.providerMetadata === undefined ? {} : { providerMetadata: ourJson(result.providerMetadata) }),
      ...(warnings.length === 0 ? {} : { warnings }),
    };
  } catch (error) {
    throw errorFromAiSdk(error);
  }
}

function toCall(request: EmbeddingBatchRequest): EmbeddingModelV4CallOptions {
  const { texts, dimensions, signal, headers, traceparent, providerOptions } = request;
  const sent = { ...headers, ...(traceparent === undefined ? {} : { traceparent }) };
  return {
    values: [...texts],
    abortSignal: signal,
    ...(dimensions === undefined ? {} : { dimensions }),
    ...(Object.keys(sent).length === 0 ? {} : { headers: sent }),
    ...(providerOptions === undefined ? {} : { providerOptions: aiSdkJson(providerOptions) }),
  };
}

/** Models of the second version have no warnings. */
function warningsOf(result: AiSdkEmbedResult): IntegrationWarning[] {
  return 'warnings' in result ? warningsFromAiSdk(result.warnings) : [];
}

/** A model that was found for one call may be older than the one that was given first. */
function lostDimensions(model: AiSdkEmbeddingModel, { dimensions }: EmbeddingBatchRequest): IntegrationWarning[] {
  if (dimensions === undefined || model.specificationVersion === 'v4') return [];
  const message = 'Models of this AI SDK version take a length in providerOptions only';
  return [{ type: 'unsupported', field: 'dimensions', message }];
}

function chooseModel(
  model: AiSdkEmbeddingModel,
  asked: string,
  { resolveModel }: FromAiSdkOptions,
): AiSdkEmbeddingModel {
  if (asked === model.modelId) return model;
  if (resolveModel !== undefined) return resolveModel(asked);
  throw new IntegrationError({
    code: 'unsupported',
    field: 'model',
    message: `model: this provider is bound to "${model.modelId}"; give resolveModel to let calls choose`,
  });
}
