import { isVersionNumber } from './selector.ts';

/** A secret as Google names it. */
export interface SecretName {
  readonly project: string;
  readonly location?: string;
  readonly secret: string;
}

export function formatParent({ project, location }: SecretName): string {
  return location === undefined ? `projects/${project}` : `projects/${project}/locations/${location}`;
}

export function formatSecretName(name: SecretName): string {
  return `${formatParent(name)}/secrets/${name.secret}`;
}

export function formatVersionName(name: SecretName, selector: string): string {
  return `${formatSecretName(name)}/versions/${selector}`;
}

/**
 * The version number in a resource name that Google answered with, or `undefined` where it names something else than a
 * version of this secret. The project is not compared: Google answers with its number.
 */
export function readVersionNumber(answered: unknown, name: SecretName): string | undefined {
  if (typeof answered !== 'string') return undefined;
  const end = answered.lastIndexOf('/versions/');
  const version = answered.slice(end + '/versions/'.length);
  if (end < 0 || !isVersionNumber(version)) return undefined;
  const segments = answered.slice(0, end).split('/');
  const expected = formatSecretName(name).split('/');
  const isSame = segments.length === expected.length && segments.every((part, at) => at === 1 || part === expected[at]);
  return isSame && segments[1] !== '' ? version : undefined;
}
