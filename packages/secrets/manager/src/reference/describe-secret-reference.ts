const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
/** With an underscore, which tells it from a key in base32. */
const VARIABLE_NAME = /^(?=.{3,64}$)[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;
/** The password of `scheme://user:password@host`, the commonest thing pasted where a reference belongs. */
const USER_INFO_PASSWORD = /^([a-z][a-z0-9+.-]*:\/\/[^/?#@:]*):[^/?#@]*@/i;
const MAX_SHOWN = 256;

/**
 * The reference as error messages may show it. A key pasted where its reference belongs is never shown, nor is the
 * password of a connection URL; control characters are replaced, and what is longer than 256 characters is cut.
 */
export function describeSecretReference(reference: string): string {
  if (typeof reference !== 'string') return '[not a reference]';
  if (!SCHEME.test(reference)) {
    if (VARIABLE_NAME.test(reference) || reference === '') return reference;
    return '[not a reference]';
  }
  const shown = reference
    .slice(0, MAX_SHOWN)
    .replace(USER_INFO_PASSWORD, '$1:[redacted]@')
    .replace(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, '\uFFFD');
  return reference.length > MAX_SHOWN ? `${shown}…` : shown;
}
