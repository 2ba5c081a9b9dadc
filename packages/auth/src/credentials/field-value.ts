import { AuthError } from '../errors/auth-error.ts';

/** A token of RFC 9110, section 5.6.2. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Visible ASCII with spaces and tabs inside (RFC 9110, section 5.5), without the bytes that stand for no character. */
const FIELD_VALUE = /^[\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?$/;

/** @throws {AuthError} `INVALID_OPTIONS`: the spec names a header that cannot be one. */
export function assertHeaderName(name: string): void {
  if (HEADER_NAME.test(name)) return;
  throw new AuthError({
    code: 'INVALID_OPTIONS',
    message: `The auth method names a header that cannot be one: ${JSON.stringify(name.slice(0, 64))}`,
  });
}

/**
 * Refuses what a header cannot carry: a line break in a key would otherwise add headers of its own, and white space at
 * an end would silently be taken off.
 *
 * @param field Where the value comes from, for the message; the value itself is never shown.
 * @throws {AuthError} `INVALID_FIELD`
 */
export function assertFieldValue(value: string, field: string): void {
  if (FIELD_VALUE.test(value)) return;
  throw new AuthError({ code: 'INVALID_FIELD', message: `Field "${field}" ${faultOf(value)}`, field });
}

function faultOf(value: string): string {
  if (/[\r\n]$/.test(value)) return 'ends with a line break; store it without';
  if (/^[\t ]|[\t ]$/.test(value)) return 'begins or ends with white space; store it without';
  // oxlint-disable-next-line no-control-regex
  if (/[\x00-\x08\x0a-\x1f\x7f]/.test(value)) return 'holds a control character, which a header cannot carry';
  return value === '' ? 'is empty' : 'holds a character beyond ASCII, which a header cannot carry';
}
