import type { CapabilityDescription, MethodSupport } from '@mortise/core';
import type { VectorFieldCondition } from './model/filter.ts';
import type { VectorMetric } from './model/vector.ts';

/** Methods of `VectorStoreProvider` that not every implementation has. */
export type VectorStoreMethod =
  | 'createCollection'
  | 'describeCollection'
  | 'listCollections'
  | 'deleteCollection'
  | 'fetch'
  | 'deleteWhere'
  | 'updatePayload'
  | 'scan'
  | 'count'
  | 'replaceWhere';

/** What an implementation can do: plain data, known without any call. */
export interface VectorStoreCapabilities extends CapabilityDescription {
  /** A method that is not listed is supported when it is there; one declared `none` rejects with `unsupported`. */
  readonly methods?: Readonly<Partial<Record<VectorStoreMethod, MethodSupport>>>;
  readonly metrics: readonly VectorMetric[];
  /** Operators of `VectorFilter` that work. Absent: all. */
  readonly filterOperators?: readonly (keyof VectorFieldCondition)[];
  /** Whether `sparse`, `text` and `fusion` work. */
  readonly hybrid?: boolean;
  /** Whether `replaceWhere` is never seen half done. */
  readonly atomicReplace?: boolean;
  readonly maxDimensions?: number;
}
