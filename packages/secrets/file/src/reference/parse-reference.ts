import { parseSecretUri, SecretProviderError } from '@mortise/secrets';
import { failure, type Subject } from './subject.ts';

/** A reference of one scheme, with at most a version selected. */
export interface PathReference {
  readonly path: string;
  /** Segments of the path, none of them empty. */
  readonly segments: readonly string[];
  /** As it was asked for; absent for the present version. */
  readonly selector?: string;
}

/**
 * Reads `scheme://path[?version=…]`.
 *
 * @param version Wins over the reference's own.
 * @throws {SecretProviderError} `INVALID` for another scheme, an empty segment, and any key but `version`.
 */
export function parseReference(subject: Subject, scheme: string, version: string | undefined): PathReference {
  const { provider, path, extras } = parse(subject);
  if (provider !== scheme) throw failure(subject, 'INVALID', `the scheme must be ${scheme}://`);
  const segments = path.split('/');
  if (segments.includes('')) throw failure(subject, 'INVALID', 'the path has an empty segment');
  const keys = Object.keys(extras ?? {}).filter((key) => key !== 'version');
  if (keys.length > 0) throw failure(subject, 'INVALID', `it may have "version" after "?", and has ${keys.join(', ')}`);
  const selector = version ?? extras?.['version'];
  return selector === undefined ? { path, segments } : { path, segments, selector };
}

function parse(subject: Subject): ReturnType<typeof parseSecretUri> {
  try {
    return parseSecretUri(subject.reference);
  } catch (error) {
    if (!SecretProviderError.is(error)) throw error;
    throw failure(subject, error.code, error.message, error);
  }
}
