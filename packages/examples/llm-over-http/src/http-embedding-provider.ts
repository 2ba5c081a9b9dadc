import { IntegrationError, type Sleep } from '@mortise/core';
import {
  type BatchedEmbeddingProvider,
  createEmbeddingProvider,
  type EmbeddingBatchAnswer,
  type EmbeddingBatchRequest,
  type EmbeddingModelInfo,
  type NumberedVector,
  orderByIndex,
} from '@mortise/provider-embedding';
import { type ConnectedVendor, withoutEffect } from './connected-vendor.ts';

export interface HttpEmbeddingProviderOptions {
  /** Model of calls that name none. Default the connection's, else the vendor's first. */
  readonly model?: string;
  /** What is known of the models. Default what the vendor documents. */
  readonly models?: readonly EmbeddingModelInfo[];
  /** Most texts of a request, where no model says. Default the vendor's. */
  readonly maxBatchSize?: number;
  /** Waits for time limits. Default core's `sleep`. */
  readonly sleep?: Sleep;
}

/** The embedding models of a vendor that speaks OpenAI's embeddings format. */
export function createHttpEmbeddingProvider(
  connected: ConnectedVendor,
  options: HttpEmbeddingProviderOptions = {},
): BatchedEmbeddingProvider {
  const { vendor, config } = connected;
  const { models = vendor.embedding.models, maxBatchSize = vendor.embedding.maxBatchSize, sleep } = options;
  const configured = typeof config['embeddingModel'] === 'string' ? config['embeddingModel'] : models[0]?.model;
  const model = options.model ?? configured;
  if (model === undefined) {
    throw new IntegrationError({ code: 'invalid_request', field: 'model', message: 'model: expected a name' });
  }
  return createEmbeddingProvider(
    {
      model,
      models,
      features: vendor.embedding.features,
      limits: () => ({ maxBatchSize }),
      embedBatch: (request) => embed(connected, request),
    },
    sleep === undefined ? {} : { sleep },
  );
}

async function embed(
  { client, vendor, config, at }: ConnectedVendor,
  request: EmbeddingBatchRequest,
): Promise<EmbeddingBatchAnswer> {
  const { texts, model, dimensions, signal, headers, traceparent, providerOptions } = request;
  try {
    const response = await client.request({
      ...at('/embeddings'),
      method: 'POST',
      json: {
        ...providerOptions?.[vendor.dialect.providerKey],
        model,
        input: texts,
        encoding_format: 'float',
        ...(dimensions === undefined ? {} : { [vendor.embedding.dimensionsField]: dimensions }),
      },
      headers: { ...vendor.headersOf(config), ...headers },
      signal,
      ...(traceparent === undefined ? {} : { traceparent }),
    });
    const { requestId } = response;
    return {
      ...answerFrom(response.json(), texts.length),
      ...(requestId === undefined ? {} : { requestId }),
    };
  } catch (error) {
    throw withoutEffect(error);
  }
}

function answerFrom(body: unknown, count: number): EmbeddingBatchAnswer {
  const { data, model, usage } = Object(body);
  if (!Array.isArray(data) || !data.every(isNumbered)) {
    throw new IntegrationError({ code: 'provider_error', message: 'Expected numbered vectors, got something else' });
  }
  const tokens: unknown = Object(usage).prompt_tokens;
  return {
    vectors: orderByIndex(data, count),
    ...(typeof model === 'string' ? { model } : {}),
    ...(typeof tokens === 'number' && Number.isSafeInteger(tokens) ? { tokens } : {}),
  };
}

function isNumbered(value: unknown): value is NumberedVector {
  const { index, embedding } = Object(value);
  return (
    typeof index === 'number' &&
    Array.isArray(embedding) &&
    embedding.every((component: unknown) => typeof component === 'number')
  );
}
