import type { IntegrationSpec } from '@mortise/core';
import { mistralIntegrationSpec, openaiIntegrationSpec } from '@mortise/provider-llm/specs';
import { type ChatCompletionDialect, MISTRAL_DIALECT, OPENAI_DIALECT } from '@mortise/provider-llm/wire';
import type { EmbeddingFeature, EmbeddingModelInfo } from '@mortise/provider-embedding';

/** What an adapter needs beyond the spec: how the vendor speaks, and what is known of its embedding models. */
export interface Vendor {
  readonly spec: IntegrationSpec;
  readonly dialect: ChatCompletionDialect;
  readonly embedding: {
    readonly features: readonly EmbeddingFeature[];
    readonly models: readonly EmbeddingModelInfo[];
    /** Request field that asks for a length. */
    readonly dimensionsField: string;
    /** Most texts of a request, where no model says. */
    readonly maxBatchSize: number;
  };
  /** Headers that follow from the connection's config. */
  readonly headersOf: (config: Readonly<Record<string, unknown>>) => Record<string, string>;
}

/** @see https://docs.mistral.ai/api (Chat, Embeddings) */
export const MISTRAL: Vendor = {
  spec: mistralIntegrationSpec,
  dialect: MISTRAL_DIALECT,
  embedding: {
    features: ['dimensions', 'usage'],
    models: [{ model: 'mistral-embed', dimensions: 1024 }],
    dimensionsField: 'output_dimension',
    maxBatchSize: 32,
  },
  headersOf: () => ({}),
};

/** @see https://developers.openai.com/api/reference (Chat completions, Embeddings) */
export const OPENAI: Vendor = {
  spec: openaiIntegrationSpec,
  dialect: OPENAI_DIALECT,
  embedding: {
    features: ['dimensions', 'usage'],
    models: [
      { model: 'text-embedding-3-small', dimensions: 1536, supportedDimensions: { min: 1, max: 1536 } },
      { model: 'text-embedding-3-large', dimensions: 3072, supportedDimensions: { min: 1, max: 3072 } },
    ],
    dimensionsField: 'dimensions',
    maxBatchSize: 2048,
  },
  headersOf: ({ organizationId, projectId }) => ({
    ...(typeof organizationId === 'string' ? { 'openai-organization': organizationId } : {}),
    ...(typeof projectId === 'string' ? { 'openai-project': projectId } : {}),
  }),
};
