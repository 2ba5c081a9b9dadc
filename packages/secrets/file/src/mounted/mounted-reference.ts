import { parseReference } from '../reference/parse-reference.ts';
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
  const { path, segments, selector } = parseReference(subject, MOUNTED_SCHEME, version);
  for (const segment of segments) {
    if (segment.startsWith('..')) throw failure(subject, 'INVALID', 'a segment starts with ".."');
    // A separator and a drive or stream mark on Windows; neither is in any name that Kubernetes or Docker allows.
    if (/[\\:]/.test(segment)) throw failure(subject, 'INVALID', 'a segment has a backslash or a colon');
  }
  return selector === undefined ? { path } : { path, version: selector };
}
