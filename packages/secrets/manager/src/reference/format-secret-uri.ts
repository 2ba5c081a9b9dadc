import type { SecretReference } from '../secret-provider.ts';
import {
  findPairFault,
  findPathFault,
  invalidReference,
  MAX_SECRET_REFERENCE_LENGTH,
  type ParsedSecretUri,
} from './parsed-secret-uri.ts';

const CANONICAL_SCHEME = /^[a-z][a-z0-9+.-]*$/;

/**
 * Puts a reference together in canonical form: keys sorted, everything escaped that could be read as something else.
 * References that take apart into equal parts have one canonical form, so it serves as a key.
 *
 * @throws {SecretProviderError} `INVALID` for parts that `parseSecretUri` could not give back: a scheme that is not in
 *   lower case, an empty path or key, `.` and `..` segments, control characters, text that is not well-formed Unicode,
 *   a value that is not a string, or too long a result.
 */
export function formatSecretUri(parsed: ParsedSecretUri): SecretReference {
  const { provider, path, extras = {} } = parsed;
  const fault = findFault(provider, path, extras);
  if (fault !== undefined) throw invalidReference(`${provider}://${path}`, fault);
  const reference = encodeSecretUri(parsed);
  if (reference.length > MAX_SECRET_REFERENCE_LENGTH) {
    throw invalidReference(reference, `it has more than ${MAX_SECRET_REFERENCE_LENGTH} characters`);
  }
  return reference;
}

function findFault(provider: unknown, path: unknown, extras: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof provider !== 'string' || !CANONICAL_SCHEME.test(provider)) return 'the scheme is not a lower-case scheme';
  if (typeof path !== 'string') return 'the path is not a string';
  const pathFault = findPathFault(path);
  if (pathFault !== undefined) return pathFault;
  for (const [key, value] of Object.entries(extras)) {
    if (typeof value !== 'string') return `the value of ${JSON.stringify(key)} is not a string`;
    const pairFault = findPairFault(key, value);
    if (pairFault !== undefined) return pairFault;
  }
  return undefined;
}

/** Encodes parts that are known to be sound. */
export function encodeSecretUri({ provider, path, extras }: ParsedSecretUri): string {
  const head = `${provider}://${encodeURI(path).replaceAll('?', '%3F').replaceAll('#', '%23')}`;
  if (extras === undefined) return head;
  const pairs = Object.entries(extras).map(
    ([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}` as const,
  );
  return `${head}?${pairs.sort().join('&')}`;
}
