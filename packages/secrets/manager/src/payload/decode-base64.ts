const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * Strict RFC 4648 decoding, because `atob` forgives what would silently become other bytes.
 *
 * @returns `undefined` for text that is not in the encoding.
 * @see https://www.rfc-editor.org/rfc/rfc4648 (sections 3.3 to 3.5, 4 and 5)
 */
export function decodeBase64(text: string, encoding: 'base64' | 'base64url'): Uint8Array<ArrayBuffer> | undefined {
  const isUrl = encoding === 'base64url';
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const digits = padding === 0 ? text : text.slice(0, -padding);
  if (!(isUrl ? /^[A-Za-z0-9_-]*$/ : /^[A-Za-z0-9+/]*$/).test(digits)) return undefined;
  const expectedPadding = (4 - (digits.length % 4)) % 4;
  if (expectedPadding === 3) return undefined;
  if (padding !== expectedPadding && !(isUrl && padding === 0)) return undefined;

  const standard = isUrl ? digits.replaceAll('-', '+').replaceAll('_', '/') : digits;
  const strayBits = expectedPadding === 2 ? 0b1111 : expectedPadding === 1 ? 0b11 : 0;
  if ((ALPHABET.indexOf(standard.slice(-1)) & strayBits) !== 0) return undefined;
  const binary = atob(standard);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}
