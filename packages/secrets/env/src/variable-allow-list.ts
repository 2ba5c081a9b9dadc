import { isVariableName } from './environment.ts';

/**
 * Compiles an allow-list of variable names: a name, a prefix written `PREFIX_*`, or an expression that must match the
 * whole name.
 *
 * @returns Whether a name is allowed, or the entry that is none of these.
 */
export function compileAllowList(
  entries: readonly (string | RegExp)[],
): { readonly isAllowed: (name: string) => boolean } | { readonly badEntry: string } {
  const names = new Set<string>();
  const prefixes: string[] = [];
  const expressions: RegExp[] = [];
  for (const entry of entries) {
    if (entry instanceof RegExp) {
      expressions.push(new RegExp(`^(?:${entry.source})$`, entry.flags.replace(/[gy]/g, '')));
    } else if (isVariableName(entry)) {
      names.add(entry);
    } else if (entry.endsWith('*') && isVariableName(entry.slice(0, -1))) {
      prefixes.push(entry.slice(0, -1));
    } else {
      return { badEntry: entry };
    }
  }
  return {
    isAllowed: (name) =>
      names.has(name) ||
      prefixes.some((prefix) => name.startsWith(prefix)) ||
      expressions.some((expression) => expression.test(name)),
  };
}
