// A selector says which version of a secret is meant: a number from 1, `latest`, or an alias of the secret.

const NUMBER = /^[1-9][0-9]{0,17}$/;
/**
 * At most 63 characters, a letter first, and neither `latest` nor `NEW`.
 *
 * @see https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets (versionAliases, read 2026-11-25)
 */
const ALIAS = /^(?!(?:latest|NEW)$)[A-Za-z][A-Za-z0-9_-]{0,62}$/;

/** The moving name that Google gives to the version created last, enabled or not. */
export const LATEST = 'latest';

export function isVersionNumber(selector: string): boolean {
  return NUMBER.test(selector);
}

export function isAlias(selector: string): boolean {
  return ALIAS.test(selector);
}

/** Whether this can select a version at all. */
export function isSelector(selector: string): boolean {
  return selector === LATEST || isVersionNumber(selector) || isAlias(selector);
}
