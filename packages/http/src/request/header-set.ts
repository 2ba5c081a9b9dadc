import { misconfigured } from '../errors/integration-request-error.ts';

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
// Visible characters and what lies beyond ASCII within a byte; spaces and tabs between them.
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Set by the connection itself, or a way to smuggle a second request into it. */
const FORBIDDEN = new Set([
  'connection',
  'content-length',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Headers of a request by their names in lower case. */
export type HeaderSet = Record<string, string>;

/**
 * Adds headers to a set; a later one replaces an earlier of the same name. Checked here, since `fetch` repeats a value
 * that it refuses in its error, and the value may be a secret.
 */
export function addHeaders(set: HeaderSet, headers: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(headers)) addHeader(set, name, headers[name] ?? '');
}

/** Adds one header. */
export function addHeader(set: HeaderSet, name: string, value: string): void {
  const lowerName = name.toLowerCase();
  if (!NAME.test(name) || FORBIDDEN.has(lowerName)) {
    throw misconfigured(`Header "${name.slice(0, 64)}" cannot be set on a request`, 'headers');
  }
  if (!VALUE.test(value)) throw misconfigured(`Header "${name}" holds a character that no header may have`, name);
  set[lowerName] = value.trim();
}
