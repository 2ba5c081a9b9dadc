import { type Static, Type } from '@mortise/core/schema';

/** What a collection is made of. Dimensions and metric stay as they are for good. */
export const VectorCollectionSpec = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 255 }),
    dimensions: Type.Integer({ minimum: 1, maximum: 65_536 }),
    metric: Type.Enum(['cosine', 'dot', 'euclidean']),
    sparse: Type.Optional(Type.Boolean({ description: 'Documents may have a sparse vector beside the dense one' })),
    indexedFields: Type.Optional(
      Type.Array(
        Type.Object({ name: Type.String({ minLength: 1 }), type: Type.Enum(['text', 'number', 'boolean', 'date']) }),
        { description: 'Fields by which filters are to be fast' },
      ),
    ),
  },
  { title: 'VectorCollectionSpec', additionalProperties: false },
);
export type VectorCollectionSpec = Static<typeof VectorCollectionSpec>;

/** A collection as it is. */
export interface VectorCollectionDescription extends VectorCollectionSpec {
  /** Documents in all namespaces. Absent: not known. */
  readonly documentCount?: number;
}
