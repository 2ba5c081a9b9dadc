import { GcpSecretServerError } from '../gcp-secret-server-error.ts';
import { RpcError } from '../service/rpc-error.ts';

/** A resource name taken apart. */
export interface ResourceKey {
  readonly project: string;
  readonly location: string | undefined;
  readonly secret: string | undefined;
  readonly version: string | undefined;
}

const FORM =
  /^projects\/(?<project>[^/]+)(?:\/locations\/(?<location>[^/]+))?(?:\/secrets\/(?<secret>[^/]+))?(?:\/versions\/(?<version>[^/]+))?$/;
const FIRST_NUMBER = 300_000_000_001;

/** Projects have an id and a number, and either names them; the service answers with the number. */
export class Projects {
  readonly #numbers = new Map<string, string>();

  numberOf(project: string): string {
    if (/^[0-9]+$/.test(project)) return project;
    const known = this.#numbers.get(project);
    if (known !== undefined) return known;
    const number = String(FIRST_NUMBER + this.#numbers.size);
    this.#numbers.set(project, number);
    return number;
  }

  /** One key for a secret however its project is written. */
  keyOf({ project, location, secret }: ResourceKey): string {
    const parent = location === undefined ? this.#root(project) : `${this.#root(project)}/locations/${location}`;
    return secret === undefined ? parent : `${parent}/secrets/${secret}`;
  }

  #root(project: string): string {
    return `projects/${this.numberOf(project)}`;
  }
}

/**
 * @param kind What it has to name.
 * @throws {RpcError} `INVALID_ARGUMENT`: it does not.
 */
export function parseResource(name: string | null | undefined, kind: 'parent' | 'secret' | 'version'): ResourceKey {
  const groups = FORM.exec(name ?? '')?.groups;
  const { project, location, secret, version } = groups ?? {};
  const isKind = {
    parent: secret === undefined,
    secret: version === undefined && secret !== undefined,
    version: version !== undefined,
  };
  if (project === undefined || !isKind[kind]) {
    throw new RpcError('INVALID_ARGUMENT', `Malformed resource name: the ${kind} is not in a known format.`);
  }
  return { project, location, secret, version };
}

/** A secret as a test names it: its id in the default project, or its resource name. */
export function readSecretName(text: string, defaultProject: string): ResourceKey {
  if (/^[A-Za-z0-9_-]{1,255}$/.test(text)) {
    return { project: defaultProject, location: undefined, secret: text, version: undefined };
  }
  try {
    return parseResource(text.replace(/^gcp:\/\//, ''), 'secret');
  } catch {
    const form = 'an id, or projects/{project}[/locations/{location}]/secrets/{id}';
    throw new GcpSecretServerError('INVALID_ARGUMENT', `A secret has to be named by ${form}`);
  }
}
