export type { VectorStoreTestRunner } from './check-vector-store-provider.ts';
export { checkVectorStoreProvider, describeVectorStoreProvider } from './check-vector-store-provider.ts';
export { ConformanceFailure } from './conformance-failure.ts';
export type {
  VectorStoreConformanceTarget,
  VectorStoreSubject,
  VectorStoreSubjectSetup,
} from './conformance-target.ts';
export { inMemoryVectorStoreTarget } from './in-memory-target.ts';
export type { InMemoryVectorStoreOptions } from './in-memory-vector-store.ts';
export { InMemoryVectorStore } from './in-memory-vector-store.ts';
export { vectorStoreConformanceCases } from './vector-store-conformance-cases.ts';
