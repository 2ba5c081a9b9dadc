import { SecretProviderError, type SecretReference } from '@mortise/secrets';
import {
  INVALID_VERSION,
  isVersion,
  readReference,
  ReferenceFault,
  type ScalewayReference,
  writeReference,
} from './scaleway-reference.ts';
import { failure, type Subject } from './subject.ts';

const PROVIDER = 'scaleway-secret-manager';

/**
 * Takes a reference apart: `scw://secret-manager/[region/][folder/…]name-or-uuid[?project=…&path=…&version=…]`.
 *
 * The first segment is a region if it looks like one (`fr-par`) and something follows it. A last segment that is a UUID
 * is an id, unless folders or `path` say that it is a name. `path=/a/b` is another way to write the folders. `env` is
 * left to the backend for environment variables.
 *
 * `formatScalewayReference` is the inverse.
 *
 * @throws {SecretProviderError} `INVALID` for whatever does not follow this grammar.
 */
export function parseScalewayReference(reference: SecretReference): ScalewayReference {
  return parseFor({ provider: PROVIDER, operation: 'read', reference });
}

/**
 * Puts a reference together in its canonical form.
 *
 * @throws {SecretProviderError} `INVALID` for parts that `parseScalewayReference` could not give back.
 */
export function formatScalewayReference(parts: ScalewayReference): SecretReference {
  const written = writeReference(parts);
  if (typeof written === 'string') return written;
  throw failure({ provider: PROVIDER, operation: 'read', reference: '' }, 'INVALID', written.problem);
}

/** Takes a reference apart for one operation. `version` wins over the reference's own. */
export function parseFor(subject: Subject, version?: string): ScalewayReference {
  const parts = read(subject);
  if (parts instanceof ReferenceFault) throw failure(subject, 'INVALID', parts.problem);
  if (version === undefined) return parts;
  if (!isVersion(version)) throw failure(subject, 'INVALID', INVALID_VERSION);
  return { ...parts, version };
}

/** Takes a reference apart that must not select a version. */
export function parseUnpinned(subject: Subject): ScalewayReference {
  const parts = parseFor(subject);
  if (parts.version === undefined) return parts;
  throw failure(subject, 'INVALID', 'it selects a version, and a version is never changed; leave "version" out');
}

function read(subject: Subject): ScalewayReference | ReferenceFault {
  try {
    return readReference(subject.reference);
  } catch (error) {
    if (!SecretProviderError.is(error)) throw error;
    throw failure(subject, error.code, error.message, { cause: error });
  }
}
