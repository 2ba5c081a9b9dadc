import { formatSecretUri, parseSecretUri, SecretProviderError, type SecretReference } from '@mortise/secrets';
import { failure, type Subject } from '../errors/subject.ts';
import { isAlias, isSelector } from './selector.ts';

export const GCP_SCHEME = 'gcp';

/** A reference taken apart. */
export interface GcpSecretReference {
  /** Id or number of the project. Absent: the provider's own. */
  readonly project?: string;
  /** Location of a regional secret, such as `europe-west3`. Absent: a global secret. */
  readonly location?: string;
  /** Id of the secret: 1 to 255 of `A-Za-z0-9_-`. */
  readonly secret: string;
  /** A number from 1, `latest`, or an alias of the secret. Absent: the current version. */
  readonly version?: string;
}

/** Also `example.com:project`. Strict, because the parts become a path and, of a location, a host name. */
const PROJECT = /^[A-Za-z0-9](?:[A-Za-z0-9.:_-]{0,126}[A-Za-z0-9])?$/;
const LOCATION = /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const SECRET = /^[A-Za-z0-9_-]{1,255}$/;
const FORM = 'gcp://[projects/{project}/][locations/{location}/]secrets/{secret}[/versions/{version}]';

/**
 * Reads `gcp://projects/P[/locations/L]/secrets/S[/versions/V]`, and the same without `projects/P/` for the provider's
 * own project. `?version=V` or `?alias=A` may select the version instead, and wins over the path. `?env=NAME`, a hint for
 * another backend, is accepted and means nothing here. Segments count by their position: a project may be called `secrets`.
 *
 * @throws {SecretProviderError} `INVALID` for whatever does not follow the grammar.
 */
export function parseGcpSecretReference(reference: SecretReference): GcpSecretReference {
  return parseReference({ provider: 'gcp-secret-manager', operation: 'read the reference', reference });
}

/**
 * The canonical form: `gcp://projects/P[/locations/L]/secrets/S[?version=V]`. The version stands behind `?`, where a cache
 * recognises it. `parseGcpSecretReference` gives equal parts back.
 *
 * @throws {SecretProviderError} `INVALID` for parts that no reference can have.
 */
export function formatGcpSecretReference(parts: GcpSecretReference): SecretReference {
  const { project, location, secret, version } = parts;
  const subject = { provider: 'gcp-secret-manager', operation: 'write a reference', reference: '' };
  const fault = findFault(parts);
  if (fault !== undefined) throw failure(subject, 'INVALID', fault);
  const path = [
    ...(project === undefined ? [] : ['projects', project]),
    ...(location === undefined ? [] : ['locations', location]),
    'secrets',
    secret,
  ].join('/');
  return formatSecretUri({ provider: GCP_SCHEME, path, ...(version === undefined ? {} : { extras: { version } }) });
}

export function parseReference(subject: Subject): GcpSecretReference {
  const { provider, path, extras = {} } = parseUri(subject);
  if (provider !== GCP_SCHEME) throw failure(subject, 'INVALID', `the scheme must be ${GCP_SCHEME}://`);
  const { version, alias, env: _hint, ...unknown } = extras;
  const unknownKeys = Object.keys(unknown);
  if (unknownKeys.length > 0) {
    throw failure(subject, 'INVALID', 'after "?" it may have "version", "alias" and "env" only');
  }
  if (version !== undefined && alias !== undefined) {
    throw failure(subject, 'INVALID', '"version" and "alias" exclude each other');
  }
  if (alias !== undefined && !isAlias(alias)) {
    throw failure(subject, 'INVALID', '"alias" must be a name of at most 63 letters, digits, "-" and "_"');
  }
  const parts = readPath(path.split('/'));
  if (parts === undefined) throw failure(subject, 'INVALID', `it must be ${FORM}`);
  const selector = version ?? alias ?? parts.version;
  const result = { ...parts, ...(selector === undefined ? {} : { version: selector }) };
  const fault = findFault(result) ?? (parts.version === undefined ? undefined : findFault(parts));
  if (fault !== undefined) throw failure(subject, 'INVALID', fault);
  return result;
}

export function isProject(text: unknown): text is string {
  return typeof text === 'string' && PROJECT.test(text);
}

/** Reads the segments by position; `undefined` where their keywords are not in place. */
function readPath(segments: readonly string[]): GcpSecretReference | undefined {
  const rest = [...segments];
  const take = (keyword: string): string | undefined => {
    if (rest[0] !== keyword) return undefined;
    return rest.splice(0, 2)[1];
  };
  const project = take('projects');
  const location = take('locations');
  const secret = take('secrets');
  const isVersioned = rest[0] === 'versions';
  const version = take('versions');
  if (secret === undefined || rest.length > 0 || (isVersioned && version === undefined)) return undefined;
  return {
    ...(project === undefined ? {} : { project }),
    ...(location === undefined ? {} : { location }),
    secret,
    ...(version === undefined ? {} : { version }),
  };
}

function findFault({ project, location, secret, version }: GcpSecretReference): string | undefined {
  if (project !== undefined && !isProject(project)) return 'the project is not an id or number of a project';
  if (location !== undefined && !LOCATION.test(location)) return 'the location is not one such as europe-west3';
  if (!SECRET.test(secret)) return 'the secret must have 1 to 255 letters, digits, "-" and "_"';
  if (version !== undefined && !isSelector(version)) return 'the version must be a number from 1, "latest" or an alias';
  return undefined;
}

function parseUri(subject: Subject): ReturnType<typeof parseSecretUri> {
  try {
    return parseSecretUri(subject.reference);
  } catch (error) {
    if (!SecretProviderError.is(error)) throw error;
    throw failure(subject, error.code, error.message, { cause: error });
  }
}
