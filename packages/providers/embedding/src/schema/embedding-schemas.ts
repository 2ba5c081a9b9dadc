import { type Static, Type } from '@mortise/core/schema';

const Metadata = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]));
const Count = Type.Integer({ minimum: 1 });

/** `EmbeddingDocument` as it crosses a process. */
export const EmbeddingDocumentSchema = Type.Object({
  id: Type.String(),
  text: Type.String({ minLength: 1 }),
  metadata: Type.Optional(Metadata),
});

/** `EmbeddingResult` as it crosses a process, without the facts about its request. */
export const EmbeddingResultSchema = Type.Object({
  id: Type.String(),
  vector: Type.Array(Type.Number(), { minItems: 1 }),
  dimensions: Count,
  model: Type.String({ minLength: 1 }),
  metadata: Type.Optional(Metadata),
  tokens: Type.Optional(Type.Integer({ minimum: 0 })),
  truncated: Type.Optional(Type.Boolean()),
  encoding: Type.Optional(Type.Union([Type.Literal('float'), Type.Literal('int8'), Type.Literal('binary')])),
});

/** `EmbeddingModelInfo` as it crosses a process. */
export const EmbeddingModelInfoSchema = Type.Object({
  model: Type.String({ minLength: 1 }),
  dimensions: Count,
  supportedDimensions: Type.Optional(Type.Union([Type.Array(Count), Type.Object({ min: Count, max: Count })])),
  maxInputTokens: Type.Optional(Count),
  maxBatchSize: Type.Optional(Count),
  maxBatchTokens: Type.Optional(Count),
  normalized: Type.Optional(Type.Boolean()),
  recommendedMetric: Type.Optional(
    Type.Union([Type.Literal('cosine'), Type.Literal('dot'), Type.Literal('euclidean')]),
  ),
});

/** `RerankedDocument` as it crosses a process. */
export const RerankedDocumentSchema = Type.Object({ index: Type.Integer({ minimum: 0 }), score: Type.Number() });

export type PortableEmbeddingDocument = Static<typeof EmbeddingDocumentSchema>;
export type PortableEmbeddingResult = Static<typeof EmbeddingResultSchema>;
