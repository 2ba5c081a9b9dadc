export type { EmbeddingTestRunner } from './check-embedding-provider.ts';
export { checkEmbeddingProvider, describeEmbeddingProvider } from './check-embedding-provider.ts';
export { ConformanceFailure } from './conformance-failure.ts';
export type { EmbeddingConformanceTarget, EmbeddingSubject, EmbeddingSubjectSetup } from './conformance-target.ts';
export { embeddingConformanceCases } from './embedding-conformance-cases.ts';
export type { InMemoryEmbeddingProviderOptions } from './in-memory-embedding-provider.ts';
export { InMemoryEmbeddingProvider } from './in-memory-embedding-provider.ts';
export { inMemoryEmbeddingTarget } from './in-memory-target.ts';
export type { EmbeddingObservedRequest } from './observed-request.ts';
export type { ScriptedEmbeddingModel, ScriptedEmbeddings } from './scripted-embeddings.ts';
export { SCRIPTED_DIMENSIONS, scriptedVector } from './scripted-embeddings.ts';

export type {
  RerankConformanceTarget,
  RerankObservedRequest,
  RerankSubject,
  ScriptedRanking,
} from './rerank/rerank-target.ts';
export { checkRerankProvider, rerankConformanceCases } from './rerank/check-rerank-provider.ts';
export type { InMemoryRerankProviderOptions } from './rerank/in-memory-rerank-provider.ts';
export { InMemoryRerankProvider } from './rerank/in-memory-rerank-provider.ts';
