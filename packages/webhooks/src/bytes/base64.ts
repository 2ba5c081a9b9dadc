const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const URL_SAFE = `${STANDARD.slice(0, 62)}-_`;

export type Base64Alphabet = 'base64' | 'base64url';

function valuesOf(alphabet: string): Int8Array {
  const values = new Int8Array(128).fill(-1);
  for (let index = 0; index < 64; index += 1) values[alphabet.charCodeAt(index)] = index;
  return values;
}

const STANDARD_VALUES = valuesOf(STANDARD);
const URL_SAFE_VALUES = valuesOf(URL_SAFE);

/**
 * The bytes of base64 text (RFC 4648). Only the canonical form has any: no blanks, no bits that are left over, so that no
 * two texts stand for the same bytes. Padding may be left out as a whole with `base64url`, or where `padding` says so.
 */
export function decodeBase64(
  text: string,
  alphabet: Base64Alphabet,
  padding: 'required' | 'optional' = alphabet === 'base64' ? 'required' : 'optional',
): Uint8Array<ArrayBuffer> | undefined {
  const values = alphabet === 'base64' ? STANDARD_VALUES : URL_SAFE_VALUES;
  let end = text.length;
  if (text.endsWith('=')) {
    if (text.length % 4 !== 0) return undefined;
    end -= text.endsWith('==') ? 2 : 1;
  }
  const rest = end % 4;
  if (rest === 1 || (end === text.length && rest !== 0 && padding === 'required')) return undefined;
  const bytes = new Uint8Array(Math.floor((end * 3) / 4));
  let position = 0;
  let bits = 0;
  for (let index = 0; index < end; index += 1) {
    const value = values[text.charCodeAt(index)] ?? -1;
    if (value < 0) return undefined;
    bits = ((bits << 6) | value) & 0xff_ff;
    const kept = (index % 4) * 2;
    if (kept > 0) bytes[position++] = (bits >> (6 - kept)) & 0xff;
  }
  const leftOver = rest === 2 ? bits & 15 : rest === 3 ? bits & 3 : 0;
  return leftOver === 0 ? bytes : undefined;
}

export function encodeBase64(bytes: Uint8Array, alphabet: Base64Alphabet): string {
  const letters = alphabet === 'base64' ? STANDARD : URL_SAFE;
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const [first = 0, second = 0, third = 0] = bytes.subarray(index, index + 3);
    const bits = (first << 16) | (second << 8) | third;
    text += letters.charAt(bits >> 18) + letters.charAt((bits >> 12) & 63);
    if (index + 1 < bytes.length) text += letters.charAt((bits >> 6) & 63);
    if (index + 2 < bytes.length) text += letters.charAt(bits & 63);
  }
  return alphabet === 'base64' ? text + '='.repeat((4 - (text.length % 4)) % 4) : text;
}
