import { misconfigured } from '../errors/integration-request-error.ts';
import type { Parameters } from './integration-request.ts';

/** Names and values of a query or a form, percent-encoded, without a leading `?`. */
export function encodeParameters(parameters: Parameters): string {
  let text = '';
  for (const name of Object.keys(parameters)) {
    const value = parameters[name];
    if (value === undefined || value === null) continue;
    for (const one of isList(value) ? value : [value]) text = joinQuery(text, `${encode(name)}=${encode(one)}`);
  }
  return text;
}

/** Two queries as one; either may be empty. */
export function joinQuery(left: string, right: string): string {
  return left === '' || right === '' ? left + right : `${left}&${right}`;
}

function encode(value: string | number | boolean): string {
  try {
    return encodeURIComponent(value);
  } catch {
    throw misconfigured('A query or form value is no well-formed text', 'query');
  }
}

function isList(value: unknown): value is readonly (string | number | boolean)[] {
  return Array.isArray(value);
}
