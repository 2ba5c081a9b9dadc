import { IntegrationError } from '@mortise/core';
import type { LLMModelInfo } from '../model/model-listing.ts';
import { isRecord, listAt, numberAt, textAt } from './json-access.ts';

/**
 * The model list of the format (`GET …/models`), with the fields that some vendors add to it.
 *
 * @throws {IntegrationError} `provider_error` when the body is no such list.
 */
export function modelsFromWire(body: unknown): LLMModelInfo[] {
  if (!isRecord(body) || !Array.isArray(body['data'])) {
    throw new IntegrationError({ code: 'provider_error', message: 'Expected a list of models, got something else' });
  }
  return body['data'].flatMap((model: unknown) => {
    const id = isRecord(model) ? textAt(model, 'id') : undefined;
    if (!isRecord(model) || id === undefined) return [];
    const aliases = listAt(model, 'aliases').filter((alias) => typeof alias === 'string');
    const contextTokens = numberAt(model, 'max_context_length') ?? numberAt(model, 'context_window');
    const title = textAt(model, 'name');
    return {
      id,
      ...(aliases.length === 0 ? {} : { aliases }),
      ...(title === undefined || title === id ? {} : { title }),
      ...(contextTokens === undefined ? {} : { contextTokens }),
    };
  });
}
