const SCHEME = /^[a-z][a-z0-9+.-]*$/i;

/**
 * The scheme of a reference in lower case: `env` for `env://NAME`. For `canHandle`, where `parseSecretUri` would cost
 * too much.
 *
 * @returns `undefined` where no valid scheme stands before the first `://`. Never throws, and says nothing about
 *   whether the rest is well formed.
 */
export function secretReferenceScheme(reference: string): string | undefined {
  if (typeof reference !== 'string') return undefined;
  const end = reference.indexOf('://');
  if (end < 1) return undefined;
  const scheme = reference.slice(0, end);
  return SCHEME.test(scheme) ? scheme.toLowerCase() : undefined;
}
