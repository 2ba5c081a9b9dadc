import { Type } from '@mortise/core/schema';

/** Most characters of an id; longer ones are refused rather than stored. */
const MAX_ID_LENGTH = 255;
const MAX_CURSOR_LENGTH = 4096;

export const closed = { additionalProperties: false } as const;

export const id = (description: string) => Type.String({ minLength: 1, maxLength: MAX_ID_LENGTH, description });

export const label = (description: string) => Type.String({ minLength: 1, description });

export const text = (description: string) => Type.String({ description });

/** Instant as ISO 8601 text; a trip through JSON does not change it. */
export const instant = (description: string) =>
  Type.String({ format: 'date-time', description: `${description} (ISO 8601 instant)` });

/** A calendar day of the bank, without time or zone. */
export const day = (description: string) =>
  Type.String({ format: 'date', description: `${description} (\`YYYY-MM-DD\`, the bank's calendar)` });

/**
 * A calendar day that older callers write as an instant. Written as a day it never moves; an instant stands for its day
 * in UTC (`toDateOnly`).
 */
export const dayOrInstant = (description: string) =>
  Type.Union([Type.String({ format: 'date' }), Type.String({ format: 'date-time' })], {
    description: `${description} (\`YYYY-MM-DD\`; an instant stands for its day in UTC)`,
  });

export const currency = (description: string = 'Currency of the amounts') =>
  Type.String({
    pattern: '^[A-Z]{3}$',
    description: `${description} (ISO 4217; \`XXX\` where the bank names none)`,
  });

/** The exact amount as text, beside a number that may have been rounded. */
export const decimal = (description: string) =>
  Type.String({
    pattern: '^-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?$',
    maxLength: 1000,
    description: `${description} (exact decimal text in major units)`,
  });

export const amount = (description: string) =>
  Type.Number({ description: `${description} (major units; a float, so exact only as far as floats are)` });

export const cursor = (description: string) =>
  Type.String({ minLength: 1, maxLength: MAX_CURSOR_LENGTH, description: `${description} (opaque)` });

export const pageSize = Type.Integer({
  minimum: 1,
  maximum: 500,
  description: 'Most items of a page; the provider may give fewer',
});

export const jsonObject = (description: string) => Type.Record(Type.String(), Type.Unknown(), { description });

export const iban = Type.String({
  pattern: '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$',
  description: 'IBAN without spaces, upper case; check digits with isIban',
});

export const bic = Type.String({
  pattern: '^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$',
  description: 'BIC of the bank, 8 or 11 characters',
});
