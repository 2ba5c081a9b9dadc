import type {
  EmbeddingModelV2,
  EmbeddingModelV3,
  EmbeddingModelV4,
  EmbeddingModelV4CallOptions,
  SharedV2ProviderOptions,
} from '@ai-sdk/provider';

/** Embedding models of the AI SDK by the version of their specification. */
export interface AiSdkEmbeddingModels {
  readonly v2: EmbeddingModelV2<string>;
  readonly v3: EmbeddingModelV3;
  readonly v4: EmbeddingModelV4;
}

/** An embedding model of the AI SDK, in any version that its provider packages come in. */
export type AiSdkEmbeddingModel = AiSdkEmbeddingModels[keyof AiSdkEmbeddingModels];

/** What a model of any version answers with. */
export type AiSdkEmbedResult =
  | Awaited<ReturnType<EmbeddingModelV2<string>['doEmbed']>>
  | Awaited<ReturnType<EmbeddingModelV3['doEmbed']>>
  | Awaited<ReturnType<EmbeddingModelV4['doEmbed']>>;

/** Asks a model of any version. Only the fourth knows `dimensions`. */
export async function doEmbed(
  model: AiSdkEmbeddingModel,
  call: EmbeddingModelV4CallOptions,
): Promise<AiSdkEmbedResult> {
  if (model.specificationVersion === 'v4') return model.doEmbed(call);
  const { dimensions: _, providerOptions, ...rest } = call;
  if (providerOptions === undefined)
    return model.specificationVersion === 'v3' ? model.doEmbed(rest) : model.doEmbed(rest);
  if (model.specificationVersion === 'v3') return model.doEmbed({ ...rest, providerOptions });
  // Models of the second version do not expect undefined members.
  const copy: SharedV2ProviderOptions = JSON.parse(JSON.stringify(providerOptions));
  return model.doEmbed({ ...rest, providerOptions: copy });
}
