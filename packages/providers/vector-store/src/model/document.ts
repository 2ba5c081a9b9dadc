import { type Static, Type } from '@mortise/core/schema';
import type { EmbeddingVector, SparseVector } from './vector.ts';

/** A stored point. */
export interface VectorDocument {
  /** Any text, unique in its collection and namespace. A store that takes only some forms maps others, and back. */
  readonly id: string;
  readonly vector: EmbeddingVector;
  /** Free JSON. Big integers and functions are refused. */
  readonly payload?: Readonly<Record<string, unknown>>;
  /** Absent: the default namespace. */
  readonly namespace?: string;
  /** From then on the point is not returned any more. */
  readonly expiresAt?: Date;
  readonly sparse?: SparseVector;
}

/** A hit. */
export const VectorSearchResult = Type.Object(
  {
    id: Type.String(),
    score: Type.Number({ description: 'Higher is closer, whatever the metric; see toScore' }),
    payload: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    vector: Type.Optional(Type.Array(Type.Number(), { description: 'Only where it was asked for' })),
    namespace: Type.Optional(Type.String({ description: 'Absent: the default namespace' })),
    distance: Type.Optional(Type.Number({ description: 'Raw value of the metric, smaller is closer' })),
    rank: Type.Optional(Type.Integer({ minimum: 0, description: '0 for the closest' })),
  },
  { title: 'VectorSearchResult' },
);
export type VectorSearchResult = Static<typeof VectorSearchResult>;

/** A document as a store gives it back. */
export const StoredVectorDocument = Type.Object(
  {
    id: Type.String(),
    vector: Type.Optional(Type.Array(Type.Number())),
    payload: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    namespace: Type.Optional(Type.String()),
    expiresAt: Type.Optional(Type.String({ format: 'date-time', description: 'ISO 8601 with offset' })),
  },
  { title: 'StoredVectorDocument' },
);
export type StoredVectorDocument = Static<typeof StoredVectorDocument>;
