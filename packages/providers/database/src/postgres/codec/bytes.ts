/** Bytes as `bytea` literal in hexadecimal form. */
export function formatBytea(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return `\\x${hex}`;
}

/** Reads both forms that `bytea_output` allows. */
export function parseBytea(text: string): Uint8Array {
  return text.startsWith('\\x') ? fromHex(text) : fromEscapes(text);
}

function fromHex(text: string): Uint8Array {
  const bytes = new Uint8Array((text.length - 2) / 2);
  for (let index = 0; index < bytes.length; index += 1) {
    bytes[index] = (hexDigit(text, 2 + index * 2) << 4) | hexDigit(text, 3 + index * 2);
  }
  return bytes;
}

/** Value of a lower-case or upper-case hexadecimal digit; much faster than cutting out and parsing text. */
function hexDigit(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 58 ? code - 48 : (code | 32) - 87;
}

function fromEscapes(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const [step, octal] of text.matchAll(/\\(?:(?<octal>[0-7]{3})|\\)|[^\\]/gs)) {
    bytes.push(octal === undefined ? step.charCodeAt(0) : Number.parseInt(octal, 8));
  }
  return Uint8Array.from(bytes);
}
