import { Type } from '@mortise/core/schema';

/** An id. Opaque, never empty. */
export const id = (description: string) => Type.String({ minLength: 1, maxLength: 512, description });

/** An instant as ISO 8601 text with an offset, so that it survives JSON. */
export const instant = (description: string) =>
  Type.String({ format: 'date-time', description: `${description} (ISO 8601 with offset)` });

export const text = (description: string) => Type.String({ description });

export const link = (description: string) => Type.String({ format: 'uri', description });

/** Extras of one provider, free of form. */
export const metadata = () => Type.Record(Type.String(), Type.Unknown(), { description: "The provider's extras" });

export const closed = { additionalProperties: false } as const;
