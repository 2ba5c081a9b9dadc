import { IntegrationError } from '@mortise/core';

/** A vector as services number it within their answer. */
export interface NumberedVector {
  readonly index: number;
  readonly embedding: readonly number[];
}

/**
 * Vectors in the order of the texts, from an answer that numbers them: services may answer in any order.
 *
 * @param count How many texts were sent.
 * @throws {IntegrationError} `provider_error` where a number is missing, doubled or out of range.
 */
export function orderByIndex(vectors: readonly NumberedVector[], count: number): (readonly number[])[] {
  const ordered = new Map<number, readonly number[]>();
  for (const { index, embedding } of vectors) {
    if (!Number.isInteger(index) || index < 0 || index >= count || ordered.has(index)) {
      throw badAnswer(`vector number ${index} is out of range or doubled`);
    }
    ordered.set(index, embedding);
  }
  return Array.from({ length: count }, (_, index) => {
    const vector = ordered.get(index);
    if (vector === undefined) throw badAnswer(`vector number ${index} is missing`);
    return vector;
  });
}

export function badAnswer(what: string): IntegrationError {
  return new IntegrationError({ code: 'provider_error', message: `The provider's answer cannot be used: ${what}` });
}
