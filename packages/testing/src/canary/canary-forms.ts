/** How a secret was disguised where it was found. */
export type CanaryForm =
  | 'plain'
  | 'reversed'
  | 'base64'
  | 'base64url'
  | 'hex'
  | 'byte-list'
  | 'percent-encoded'
  | 'json-escaped'
  | 'html-escaped'
  | 'utf-16'
  | 'bytes'
  | 'fragment';

/** A text that gives the canary away. `matches` says in which rendering of the searched text it is looked for. */
export interface Needle {
  readonly form: CanaryForm;
  readonly text: string;
}

/** Needles to look for in the text as it is, in the text without white space, and in its hex digits alone. */
export interface Needles {
  readonly asIs: readonly Needle[];
  readonly withoutSpace: readonly Needle[];
  readonly hexDigits: readonly Needle[];
}

/** Node prints no more of a buffer, so a longer secret must be known by its beginning. */
const INSPECTED_BYTES = 50;

/** Every disguise that can be written down beforehand; escapes are undone in the searched text instead. */
export function listNeedles(canary: string, fragmentLength: number | undefined): Needles {
  const bytes = new TextEncoder().encode(canary);
  const wide = toUtf16Bytes(canary);
  return {
    asIs: [
      { form: 'plain', text: canary },
      { form: 'reversed', text: Array.from(canary).reverse().join('') },
      { form: 'bytes', text: toBinaryText(bytes) },
      { form: 'utf-16', text: toBinaryText(wide).slice(0, -1) },
      ...fragmentsOf(canary, fragmentLength),
    ],
    withoutSpace: [
      ...base64Needles(bytes),
      ...base64Needles(wide),
      { form: 'byte-list', text: [...bytes].join(',') },
      { form: 'byte-list', text: [...bytes].map((byte) => `0x${byte.toString(16)}`).join(',') },
    ],
    hexDigits: [
      { form: 'hex', text: toHex(bytes.subarray(0, INSPECTED_BYTES)) },
      { form: 'hex', text: toHex(wide.subarray(0, INSPECTED_BYTES)) },
    ],
  };
}

/** Bytes as text, one character each. */
export function toBinaryText(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 8192) {
    text += String.fromCharCode(...bytes.subarray(start, start + 8192));
  }
  return text;
}

/**
 * Base64 of the canary at each of the three offsets it can have inside a longer input. Only characters made from the
 * canary's bits alone are kept, since its neighbours decide the outer ones.
 */
function base64Needles(bytes: Uint8Array): Needle[] {
  return [0, 1, 2].flatMap((offset) => {
    const padded = new Uint8Array(offset + bytes.length);
    padded.set(bytes, offset);
    const encoded = btoa(toBinaryText(padded));
    const start = Math.ceil((offset * 8) / 6);
    const end = Math.floor(((offset + bytes.length) * 8) / 6);
    const text = encoded.slice(start, end);
    const urlText = text.replaceAll('+', '-').replaceAll('/', '_');
    return text === urlText
      ? [{ form: 'base64' as const, text }]
      : [
          { form: 'base64' as const, text },
          { form: 'base64url' as const, text: urlText },
        ];
  });
}

function fragmentsOf(canary: string, length: number | undefined): Needle[] {
  if (length === undefined || length >= canary.length) return [];
  return Array.from({ length: canary.length - length + 1 }, (_, start) => ({
    form: 'fragment' as const,
    text: canary.slice(start, start + length),
  }));
}

function toUtf16Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    bytes[2 * index] = unit & 0xff;
    bytes[2 * index + 1] = unit >>> 8;
  }
  return bytes;
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
