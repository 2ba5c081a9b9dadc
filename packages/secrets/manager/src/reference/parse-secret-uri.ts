import type { SecretReference } from '../secret-provider.ts';
import { encodeSecretUri } from './format-secret-uri.ts';
import {
  findPairFault,
  findPathFault,
  invalidReference,
  MAX_SECRET_REFERENCE_LENGTH,
  type ParsedSecretUri,
} from './parsed-secret-uri.ts';
import { secretReferenceScheme } from './secret-reference-scheme.ts';

/** A UTF-16 unit takes at most this many characters once it is percent-encoded. */
const MAX_ENCODED_PER_UNIT = 9;

/**
 * Takes a reference apart: `scheme://path[?key=value&…]`.
 *
 * The first `://` ends the scheme, the first `?` the path, the first `=` of a pair its key; path, keys and values are
 * percent-decoded and `+` stays a plus. A key without `=` has the value `''`. Refused: an unescaped `#` (write `%23`),
 * an escaped `/` in the path (it would become a separator), a repeated key (two readers would see two secrets), an
 * empty key, `.` and `..` segments, control characters, broken escapes, and more than
 * `MAX_SECRET_REFERENCE_LENGTH` characters.
 *
 * `formatSecretUri` is the inverse: `parseSecretUri(formatSecretUri(p))` equals `p`.
 *
 * @throws {SecretProviderError} `INVALID` for whatever does not follow the grammar, with `provider` `unknown`.
 */
export function parseSecretUri(reference: SecretReference): ParsedSecretUri {
  if (typeof reference !== 'string') throw invalidReference(reference, 'it is not a string');
  if (reference === '') throw invalidReference(reference, 'it is empty');
  if (reference.length > MAX_SECRET_REFERENCE_LENGTH) throw tooLong(reference);
  const provider = secretReferenceScheme(reference);
  if (provider === undefined) throw invalidReference(reference, 'no valid scheme stands before "://"');
  if (reference.includes('#')) throw invalidReference(reference, 'it has an unescaped "#"; write %23');

  const rest = reference.slice(provider.length + '://'.length);
  const queryStart = rest.indexOf('?');
  const path = decodePath(queryStart < 0 ? rest : rest.slice(0, queryStart), reference);
  const parsed =
    queryStart < 0
      ? { provider, path }
      : { provider, path, extras: decodeExtras(rest.slice(queryStart + 1), reference) };
  if (reference.length * MAX_ENCODED_PER_UNIT > MAX_SECRET_REFERENCE_LENGTH) {
    if (encodeSecretUri(parsed).length > MAX_SECRET_REFERENCE_LENGTH) throw tooLong(reference);
  }
  return parsed;
}

function decodePath(text: string, reference: string): string {
  if (/%2f/i.test(text)) throw invalidReference(reference, 'the path has an escaped "/"');
  const path = decode(text, reference);
  const fault = findPathFault(path);
  if (fault !== undefined) throw invalidReference(reference, fault);
  return path;
}

function decodeExtras(query: string, reference: string): Record<string, string> {
  const extras: Record<string, string> = Object.create(null);
  if (query === '') return extras;
  for (const pair of query.split('&')) {
    const keyEnd = pair.indexOf('=');
    const key = decode(keyEnd < 0 ? pair : pair.slice(0, keyEnd), reference);
    const value = keyEnd < 0 ? '' : decode(pair.slice(keyEnd + 1), reference);
    const fault = findPairFault(key, value);
    if (fault !== undefined) throw invalidReference(reference, fault);
    if (key in extras) throw invalidReference(reference, `the key ${JSON.stringify(key)} is repeated`);
    extras[key] = value;
  }
  return extras;
}

function decode(text: string, reference: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalidReference(reference, 'it has a broken percent escape');
  }
}

function tooLong(reference: string): Error {
  return invalidReference(
    reference,
    `it has more than ${MAX_SECRET_REFERENCE_LENGTH} characters as written or in canonical form`,
  );
}
