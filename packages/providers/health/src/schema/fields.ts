import { Type } from '@mortise/core/schema';

/** Parts of the schemas. Each call makes new objects, so that no two schemas share one. */
export const id = (description: string) => Type.String({ minLength: 1, maxLength: 512, description });
export const text = (description: string) => Type.String({ description });
export const instant = (description: string) =>
  Type.String({ format: 'date-time', description: `${description} (ISO 8601 with an offset)` });
export const day = (description: string) => Type.String({ format: 'date', description: `${description} (YYYY-MM-DD)` });
export const amount = (description: string) => Type.Number({ minimum: 0, description });
export const count = (description: string) => Type.Integer({ minimum: 0, description });
export const figure = (description: string) => Type.Number({ description });
export const flag = (description: string) => Type.Boolean({ description });
export const extras = (description: string) => Type.Record(Type.String(), Type.Unknown(), { description });
export const optional = Type.Optional;
export const cursor = (description: string) => Type.String({ minLength: 1, maxLength: 4096, description });

export const closed = { additionalProperties: false };
