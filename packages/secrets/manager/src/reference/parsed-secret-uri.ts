import { SecretProviderError } from '../secret-provider-error.ts';
import { describeSecretReference } from './describe-secret-reference.ts';

/** A reference taken apart. Every part is decoded. */
export interface ParsedSecretUri {
  /** The scheme in lower case; it names the kind of backend. */
  readonly provider: string;
  /** Never empty and without `.` or `..` segments. Its `/` are separators: a segment cannot hold one. */
  readonly path: string;
  /**
   * What follows `?`, with each key once. Absent without a `?`. Has no prototype when it comes from `parseSecretUri`,
   * so that looking up `constructor` finds nothing.
   */
  readonly extras?: Record<string, string>;
}

/** Longest reference in UTF-16 units, as written and in canonical form. Longer than any cloud's own resource names. */
export const MAX_SECRET_REFERENCE_LENGTH = 4096;

const CONTROL = /[\p{Cc}\u2028\u2029]/u;
const LONE_SURROGATE = /\p{Cs}/u;
const DOT_SEGMENT = /(?:^|[/\\])\.{1,2}(?:[/\\]|$)/;

/** What is wrong with a decoded path, or `undefined`. */
export function findPathFault(path: string): string | undefined {
  if (path === '') return 'the path is empty';
  if (DOT_SEGMENT.test(path)) return 'the path has a "." or ".." segment';
  return findTextFault(path, 'the path');
}

/** What is wrong with a decoded pair, or `undefined`. */
export function findPairFault(key: string, value: string): string | undefined {
  if (key === '') return 'a key after "?" is empty';
  return findTextFault(key, 'a key after "?"') ?? findTextFault(value, 'a value after "?"');
}

function findTextFault(text: string, where: string): string | undefined {
  if (CONTROL.test(text)) return `${where} has a control character`;
  if (LONE_SURROGATE.test(text)) return `${where} is not well-formed Unicode`;
  return undefined;
}

/** The error for a reference that does not follow the grammar. */
export function invalidReference(reference: string, fault: string): SecretProviderError {
  const shown = describeSecretReference(reference);
  return new SecretProviderError({
    code: 'INVALID',
    message: `Secret reference ${JSON.stringify(shown)} must be scheme://path[?key=value&…], but ${fault}`,
    provider: 'unknown',
    reference: shown,
  });
}
