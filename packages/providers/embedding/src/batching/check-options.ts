import { IntegrationError, type IntegrationWarning } from '@mortise/core';
import type { EmbeddingFeature } from '../model/capabilities.ts';
import type { EmbeddingDocument } from '../model/embedding-document.ts';
import type { EmbeddingOptions } from '../model/embedding-options.ts';

/** @throws {IntegrationError} `invalid_request` with the field. */
export function checkOptions({ dimensions, batchSize, concurrency }: EmbeddingOptions): void {
  for (const [field, value] of Object.entries({ dimensions, batchSize, concurrency })) {
    if (value !== undefined && !(Number.isSafeInteger(value) && value > 0)) {
      throw refused(field, `expected a positive integer, got ${value}`);
    }
  }
}

/** @throws {IntegrationError} `invalid_request`: models answer an empty text with an error, or with a meaningless vector. */
export function checkTexts(documents: readonly EmbeddingDocument[]): void {
  documents.forEach(({ text }, index) => {
    if (text.trim() === '') throw refused(`documents[${index}].text`, 'expected a text, got white space at most');
  });
}

/** @throws {IntegrationError} `invalid_request` */
export function checkQuery(query: string): void {
  if (query.trim() === '') throw refused('query', 'expected a text, got white space at most');
}

/** A warning for each option that needs a feature which is not there. */
export function refusals(options: EmbeddingOptions, features: readonly EmbeddingFeature[]): IntegrationWarning[] {
  const { dimensions, inputType, truncate, encoding } = options;
  const needs: readonly (readonly [EmbeddingFeature, string, boolean])[] = [
    ['dimensions', 'dimensions', dimensions !== undefined],
    ['input-type', 'inputType', inputType !== undefined],
    ['truncate', 'truncate', truncate !== undefined && truncate !== 'none'],
    ['encoding', 'encoding', encoding !== undefined && encoding !== 'float'],
  ];
  return needs
    .filter(([feature, , isNeeded]) => isNeeded && !features.includes(feature))
    .map(([, field]) => ({ type: 'unsupported', field, message: `The provider has no way to honour "${field}"` }));
}

function refused(field: string, message: string): IntegrationError {
  return new IntegrationError({ code: 'invalid_request', field, message: `${field}: ${message}` });
}
