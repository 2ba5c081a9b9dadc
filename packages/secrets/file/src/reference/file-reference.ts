import { formatSecretUri } from '@mortise/secrets';
import { parseReference } from './parse-reference.ts';
import { failure, type Subject } from './subject.ts';

/** Scheme of the vault's references. */
export const FILE_SCHEME = 'file';

/** A reference to a secret in the vault. */
export interface FileReference {
  /** Segments separated by `/`, none of them empty. */
  readonly path: string;
  /** The version asked for; absent for the newest. */
  readonly version?: number;
  /** The reference in canonical form and without its version. */
  readonly unpinned: string;
}

const MAX_PATH_BYTES = 1024;
const VERSION = /^[1-9][0-9]{0,9}$/;

/**
 * Reads `file://path[?version=n]`.
 *
 * @param version Wins over the reference's own.
 * @throws {SecretProviderError} `INVALID` for another scheme, an empty segment, a path of more than 1024 bytes in
 *   UTF-8, and any key but `version`; `NOT_FOUND` for a version that no vault can have.
 */
export function parseFileReference(subject: Subject, version?: string): FileReference {
  const { path, selector } = parseReference(subject, FILE_SCHEME, version);
  if (new TextEncoder().encode(path).length > MAX_PATH_BYTES) {
    throw failure(subject, 'INVALID', `the path has more than ${MAX_PATH_BYTES} bytes in UTF-8`);
  }
  const unpinned = formatSecretUri({ provider: FILE_SCHEME, path });
  if (selector === undefined) return { path, unpinned };
  if (!VERSION.test(selector)) {
    throw failure(subject, 'NOT_FOUND', 'versions of this backend are whole numbers from 1; no other exists');
  }
  return { path, unpinned, version: Number(selector) };
}
