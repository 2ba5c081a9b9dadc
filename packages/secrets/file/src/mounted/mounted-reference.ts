import { parseSecretUri, SecretProviderError } from '@mortise/secrets';
import { failure, type Subject } from '../reference/subject.ts';

/** Scheme of references to mounted secrets. */
export const MOUNTED_SCHEME = 'mounted';

export interface MountedReference {
  /** Below the root; segments are separated by `/`, none of them empty. */
  readonly path: string;
  readonly version?: string;
}

/**
 * Reads `mounted://path[?version=…]`.
 *
 * @param version Wins over the reference's own.
 * @throws {SecretProviderError} `INVALID` for another scheme, an empty segment, a segment that starts with `..` (such
 *   names are the kubelet's own), a backslash or colon, and any key but `version`.
 */
export function parseMountedReference(subject: Subject, version?: string): MountedReference {
  const { provider, path, extras } = parse(subject);
  if (provider !== MOUNTED_SCHEME) throw failure(subject, 'INVALID', `the scheme must be ${MOUNTED_SCHEME}://`);
  for (const segment of path.split('/')) {
    if (segment === '') throw failure(subject, 'INVALID', 'the path has an empty segment');
    if (segment.startsWith('..')) throw failure(subject, 'INVALID', 'a segment starts with ".."');
    // A separator and a drive or stream mark on Windows; neither is in any name that Kubernetes or Docker allows.
    if (/[\\:]/.test(segment)) throw failure(subject, 'INVALID', 'a segment has a backslash or a colon');
  }
  const keys = Object.keys(extras ?? {}).filter((key) => key !== 'version');
  if (keys.length > 0) throw failure(subject, 'INVALID', `it may have "version" after "?", and has ${keys.join(', ')}`);
  const selector = version ?? extras?.['version'];
  return selector === undefined ? { path } : { path, version: selector };
}

function parse(subject: Subject): ReturnType<typeof parseSecretUri> {
  try {
    return parseSecretUri(subject.reference);
  } catch (error) {
    if (!SecretProviderError.is(error)) throw error;
    throw failure(subject, error.code, error.message, error);
  }
}
