import { formatSecretUri, parseSecretUri, type SecretReference } from '@mortise/secrets';

/** What chooses a version in the references of the backends of the house. */
const SELECTORS = ['version', 'stage', 'alias'];

/** Whether a reference is pinned to a version or follows a stage; such a secret cannot be rotated under its reference. */
export function isPinnedReference(reference: SecretReference): boolean {
  const { extras = {} } = parseSecretUri(reference);
  return SELECTORS.some((selector) => Object.hasOwn(extras, selector));
}

/** Names the secret beside another: `-byok-<name>` at the end of its path, which every backend of the house takes. */
export function defaultSiblingReference(reference: SecretReference, name: string): SecretReference {
  const parsed = parseSecretUri(reference);
  return formatSecretUri({ ...parsed, path: `${parsed.path}-byok-${name}` });
}

/** Whether two references name the same secret, however they are written. */
export function isSameReference(one: SecretReference, other: SecretReference): boolean {
  return canonical(one) === canonical(other);
}

function canonical(reference: SecretReference): SecretReference {
  const { provider, path, extras = {} } = parseSecretUri(reference);
  return formatSecretUri({ provider, path, ...(Object.keys(extras).length === 0 ? {} : { extras }) });
}
