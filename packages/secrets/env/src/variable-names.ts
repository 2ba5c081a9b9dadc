import { formatSecretUri, parseSecretUri, type SecretReference } from '@mortise/secrets';
import { isVariableName } from './environment.ts';

/** How a reference becomes the name of a variable. */
export interface VariableNaming {
  /** Variable by reference, as given and in canonical form. */
  readonly aliases: ReadonlyMap<SecretReference, string>;
  readonly derivedNames: 'none' | 'seed';
}

/** A name, or why there is none. */
export type VariableLookup = { readonly name: string } | { readonly fault: string };

/**
 * The variable that a reference names. Keeps to aliases and `env://NAME`; with `derivedNames: 'seed'` also a bare name,
 * `?env=NAME` on a reference of any scheme, and the name derived from its path.
 */
export function toVariableName(reference: SecretReference, naming: VariableNaming): VariableLookup {
  const alias = findAlias(reference, naming.aliases);
  if (alias !== undefined) return { name: alias };
  const isSeed = naming.derivedNames === 'seed';
  if (isSeed && !reference.includes('://')) return checkName(reference);

  const parsed = parseOrFault(reference);
  if ('fault' in parsed) return parsed;
  const { provider, path, extras = {} } = parsed;
  if (isSeed) return checkName(provider === 'env' ? path : (extras['env'] ?? deriveVariableName(path)));
  if (provider !== 'env') return { fault: 'it is neither an alias nor of the form env://NAME' };
  const foreignKey = Object.keys(extras).find((key) => key !== 'version');
  if (foreignKey !== undefined) return { fault: 'it has a key after "?" other than "version"' };
  if (extras['version'] !== undefined && extras['version'] !== CURRENT_VERSION) {
    return { fault: `a variable has no version but "${CURRENT_VERSION}"` };
  }
  return checkName(path);
}

/** What every value of an environment says is its version. */
export const CURRENT_VERSION = 'current';

/**
 * The variable name that the seed derives from a path: `a/b-c` becomes `A_B_C`. Different paths may derive the same
 * name.
 */
function deriveVariableName(path: string): string {
  return path
    .split(/[/:\-.]/)
    .filter((part) => part !== '')
    .map((part) => part.replace(/[^A-Za-z0-9_]/g, '_').toUpperCase())
    .join('_');
}

/** The reference in canonical form, or `undefined` where it is none. */
export function toCanonical(reference: SecretReference): SecretReference | undefined {
  const parsed = parseOrFault(reference);
  return 'fault' in parsed ? undefined : formatSecretUri(parsed);
}

function findAlias(reference: SecretReference, aliases: VariableNaming['aliases']): string | undefined {
  if (aliases.size === 0) return undefined;
  const exact = aliases.get(reference);
  if (exact !== undefined) return exact;
  const canonical = toCanonical(reference);
  return canonical === undefined ? undefined : aliases.get(canonical);
}

function parseOrFault(reference: SecretReference): ReturnType<typeof parseSecretUri> | { fault: string } {
  try {
    return parseSecretUri(reference);
  } catch {
    return { fault: 'it is not a valid reference' };
  }
}

function checkName(name: string): VariableLookup {
  return isVariableName(name) ? { name } : { fault: 'a variable name has letters, digits and _ only, no digit first' };
}
