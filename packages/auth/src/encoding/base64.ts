const CHUNK = 0x8000;

/** Bytes, or the UTF-8 of a text, in base64. `btoa` alone refuses characters above U+00FF. */
export function toBase64(input: string | Uint8Array): string {
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input;
  let binary = '';
  for (let index = 0; index < bytes.length; index += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(index, index + CHUNK));
  }
  return btoa(binary);
}

/** As `toBase64`, in the alphabet for URLs and without padding. */
export function toBase64Url(input: string | Uint8Array): string {
  return toBase64(input).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** The bytes of base64 text; `undefined` where it is none. White space is allowed. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
