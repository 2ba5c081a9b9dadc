import { formatSecretUri, parseSecretUri, type SecretReference, secretReferenceScheme } from '@mortise/secrets';

/** A secret by its id, which names it wherever it is moved to and whatever it is called. */
export interface ScalewaySecretById {
  /** UUID in lower case. */
  readonly id: string;
}

/** A secret by its place. */
export interface ScalewaySecretByName {
  readonly name: string;
  /** Starts with `/` and ends with none, such as `/tenants/acme`; `/` is the top. */
  readonly folder: string;
  /** Project that holds the secret. Absent: the provider's default. */
  readonly projectId?: string;
}

/** A reference to a secret in Scaleway Secret Manager, taken apart. */
export interface ScalewayReference {
  /** Such as `fr-par`. Absent: the provider's default. */
  readonly region?: string;
  readonly secret: ScalewaySecretById | ScalewaySecretByName;
  /** A revision (`1`, `2`, …), `latest` or `latest_enabled`. Absent: the latest enabled one. */
  readonly version?: string;
}

const SCHEME = 'scw';
const SERVICE = 'secret-manager';
const REGION = /^[a-z]{2}-[a-z]{3}$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const VERSION = /^(?:[1-9][0-9]{0,9}|latest|latest_enabled)$/;
const FOLDER = /^\/$|^(?:\/[^/]+)+$/;
const KEYS = new Set(['project', 'path', 'version', 'env']);

/** What is wrong with a reference. Becomes an error with code `INVALID` that names the operation. */
export class ReferenceFault {
  readonly problem: string;

  constructor(problem: string) {
    this.problem = problem;
  }
}

export function isRegion(text: string): boolean {
  return REGION.test(text);
}

export function isUuid(text: unknown): text is string {
  return typeof text === 'string' && UUID.test(text);
}

/** Whether a version is one that the service could know; other text must not get into a URL. */
export function isVersion(text: string): boolean {
  return VERSION.test(text);
}

/** Whether a reference is of this backend's kind, told from its first characters. */
export function isScalewayReference(reference: SecretReference): boolean {
  if (secretReferenceScheme(reference) !== SCHEME) return false;
  return /^secret-manager(?:[/?]|$)/.test(reference.slice(SCHEME.length + '://'.length));
}

/**
 * Takes a reference apart without asking anyone.
 *
 * @returns A `ReferenceFault` where the grammar of `parseSecretUri` holds but this backend's does not.
 * @throws {SecretProviderError} `INVALID`: not even the grammar of `parseSecretUri` holds.
 */
export function readReference(reference: SecretReference): ScalewayReference | ReferenceFault {
  const { provider, path, extras = {} } = parseSecretUri(reference);
  const [service, ...segments] = path.split('/');
  if (provider !== SCHEME || service !== SERVICE)
    return new ReferenceFault(`it must start with ${SCHEME}://${SERVICE}/`);
  if (segments.length === 0 || segments.includes('')) {
    return new ReferenceFault('it must be scw://secret-manager/[region/][folder/…]name, without empty segments');
  }
  const unknown = Object.keys(extras).find((key) => !KEYS.has(key));
  if (unknown !== undefined) return new ReferenceFault('after "?" it may have project, path, version and env only');
  const { project, path: folder, version } = extras;
  if (project === '') return new ReferenceFault('"project" is empty');
  if (version !== undefined && !isVersion(version)) return new ReferenceFault(INVALID_VERSION);

  const [first = '', ...others] = segments;
  const hasRegion = others.length > 0 && isRegion(first);
  const secret = readSecret(hasRegion ? others : segments, folder, project);
  if (secret instanceof ReferenceFault) return secret;
  return { ...(hasRegion ? { region: first } : {}), secret, ...(version === undefined ? {} : { version }) };
}

export const INVALID_VERSION = 'a version is a whole number from 1, "latest" or "latest_enabled"';

function readSecret(
  segments: readonly string[],
  folder: string | undefined,
  projectId: string | undefined,
): ScalewayReference['secret'] | ReferenceFault {
  const name = segments.at(-1) ?? '';
  const project = projectId === undefined ? {} : { projectId };
  if (folder !== undefined) {
    if (segments.length > 1) return new ReferenceFault('with "path" only the region and the name stand before "?"');
    const fault = findFolderFault(folder);
    return fault === undefined ? { name, folder, ...project } : new ReferenceFault(fault);
  }
  if (segments.length > 1) return { name, folder: `/${segments.slice(0, -1).join('/')}`, ...project };
  if (!isUuid(name)) return { name, folder: '/', ...project };
  if (projectId !== undefined) {
    return new ReferenceFault('"project" goes with a name, and this is an id (with "path=/" it would be a name)');
  }
  return { id: name.toLowerCase() };
}

function findFolderFault(folder: string): string | undefined {
  if (!FOLDER.test(folder)) return '"path" must start with "/", end with none and have no empty segments';
  return folder.split('/').some((segment) => segment === '.' || segment === '..')
    ? '"path" has a dot segment'
    : undefined;
}

/**
 * Puts a reference together, in the one form that is canonical for these parts.
 *
 * @throws {SecretProviderError} `INVALID` for parts that no reference can have.
 */
export function writeReference({ region, secret, version }: ScalewayReference): SecretReference | ReferenceFault {
  if (region !== undefined && !isRegion(region)) return new ReferenceFault('a region is like "fr-par"');
  if (version !== undefined && !isVersion(version)) return new ReferenceFault(INVALID_VERSION);
  const place = 'id' in secret ? placeOfId(secret) : placeOfName(secret, region !== undefined);
  if (place instanceof ReferenceFault) return place;
  const path = [SERVICE, ...(region === undefined ? [] : [region]), ...place.segments].join('/');
  const extras = { ...place.extras, ...(version === undefined ? {} : { version }) };
  return formatSecretUri({ provider: SCHEME, path, ...(Object.keys(extras).length === 0 ? {} : { extras }) });
}

interface Place {
  readonly segments: readonly string[];
  readonly extras: Record<string, string>;
}

function placeOfId({ id }: ScalewaySecretById): Place | ReferenceFault {
  return isUuid(id) ? { segments: [id.toLowerCase()], extras: {} } : new ReferenceFault('an id is a UUID');
}

function placeOfName({ name, folder, projectId }: ScalewaySecretByName, hasRegion: boolean): Place | ReferenceFault {
  if (name === '' || name.includes('/')) return new ReferenceFault('a name is not empty and has no "/"');
  if (projectId === '') return new ReferenceFault('the project is empty');
  const fault = findFolderFault(folder);
  if (fault !== undefined) return new ReferenceFault(fault);
  const folders = folder === '/' ? [] : folder.slice(1).split('/');
  const [first] = folders;
  // Without "path" the name would be read as an id, or the first folder as a region.
  const isAmbiguous = first === undefined ? isUuid(name) : !hasRegion && isRegion(first);
  return {
    segments: isAmbiguous ? [name] : [...folders, name],
    extras: { ...(projectId === undefined ? {} : { project: projectId }), ...(isAmbiguous ? { path: folder } : {}) },
  };
}
