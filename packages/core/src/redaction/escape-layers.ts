/** A text with one layer of escapes undone, and for each of its characters where it came from in the original. */
export interface DecodedText {
  readonly text: string;
  /** Whether the characters are UTF-8 bytes. */
  readonly isBytes: boolean;
  /** Start of each character in the original text, and one entry more for the end. */
  readonly origin: Int32Array;
}

const BACKSLASH = 0x5c;
const PERCENT = 0x25;
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  0: '\0',
};

/** The text as itself: every character comes from its own place. */
export function identityText(text: string): DecodedText {
  const origin = new Int32Array(text.length + 1);
  for (let index = 0; index <= text.length; index += 1) origin[index] = index;
  return { text, isBytes: false, origin };
}

/** Undoes backslash escapes as JSON and `util.inspect` write them. Undefined when there are none. */
export function undoBackslashes(source: DecodedText): DecodedText | undefined {
  const { text, isBytes } = source;
  if (!text.includes('\\')) return undefined;
  const writer = new Writer(source, isBytes);
  for (let index = 0; index < text.length;) {
    if (text.charCodeAt(index) !== BACKSLASH || index + 1 >= text.length) {
      writer.copy(index);
      index += 1;
      continue;
    }
    const letter = text.charAt(index + 1);
    const digits = letter === 'u' ? 4 : letter === 'x' ? 2 : 0;
    const code = digits === 0 ? -1 : hexAt(text, index + 2, digits);
    if (code >= 0) {
      writer.write(code, index);
      index += 2 + digits;
    } else {
      writer.write((SHORT_ESCAPES[letter] ?? letter).charCodeAt(0), index);
      index += 2;
    }
  }
  return writer.finish();
}

/** Undoes percent-encoding, whatever its case and whichever characters it covers. Undefined when there is none. */
export function undoPercents(source: DecodedText): DecodedText | undefined {
  const { text } = source;
  if (!/%[0-9a-fA-F]{2}/.test(text)) return undefined;
  const writer = new Writer(source, true);
  for (let index = 0; index < text.length;) {
    const byte = text.charCodeAt(index) === PERCENT ? hexAt(text, index + 1, 2) : -1;
    if (byte >= 0) {
      writer.write(byte, index);
      index += 3;
    } else {
      writer.copy(index);
      index += 1;
    }
  }
  return writer.finish();
}

function hexAt(text: string, start: number, digits: number): number {
  if (start + digits > text.length) return -1;
  let value = 0;
  for (let index = start; index < start + digits; index += 1) {
    const code = text.charCodeAt(index);
    const lower = code | 0x20;
    if (code >= 0x30 && code <= 0x39) value = value * 16 + code - 0x30;
    else if (lower >= 0x61 && lower <= 0x66) value = value * 16 + lower - 0x57;
    else return -1;
  }
  return value;
}

const CHUNK = 8192;

/** Collects decoded characters with their places. */
class Writer {
  readonly #source: DecodedText;
  readonly #isBytes: boolean;
  readonly #codes: Uint16Array;
  readonly #origin: Int32Array;
  #length = 0;

  constructor(source: DecodedText, isBytes: boolean) {
    this.#source = source;
    this.#isBytes = isBytes;
    // One UTF-16 unit becomes at most three bytes.
    const room = source.text.length * (isBytes && !source.isBytes ? 3 : 1);
    this.#codes = new Uint16Array(room);
    this.#origin = new Int32Array(room + 1);
  }

  write(code: number, from: number): void {
    this.#codes[this.#length] = code;
    this.#origin[this.#length] = this.#source.origin[from] ?? 0;
    this.#length += 1;
  }

  /** Takes over the character at a place of the source, as UTF-8 where bytes are wanted. */
  copy(from: number): void {
    const { text, isBytes } = this.#source;
    const code = text.charCodeAt(from);
    if (code < 0x80 || isBytes || !this.#isBytes) {
      this.write(code, from);
    } else if (code < 0x800) {
      this.write(0xc0 | (code >> 6), from);
      this.write(0x80 | (code & 0x3f), from);
    } else {
      this.#copyWide(code, from);
    }
  }

  #copyWide(code: number, from: number): void {
    const { text } = this.#source;
    const isLead = code >= 0xd800 && code < 0xdc00;
    const isTrail = code >= 0xdc00 && code < 0xe000;
    // The four bytes of a pair are written two by two, so that each half keeps its own place.
    if (isLead && isTrailAt(text, from + 1)) {
      const point = text.codePointAt(from) ?? 0;
      this.write(0xf0 | (point >> 18), from);
      this.write(0x80 | ((point >> 12) & 0x3f), from);
      return;
    }
    if (isTrail && from > 0 && isLeadAt(text, from - 1)) {
      const point = text.codePointAt(from - 1) ?? 0;
      this.write(0x80 | ((point >> 6) & 0x3f), from);
      this.write(0x80 | (point & 0x3f), from);
      return;
    }
    const valid = isLead || isTrail ? 0xfffd : code;
    this.write(0xe0 | (valid >> 12), from);
    this.write(0x80 | ((valid >> 6) & 0x3f), from);
    this.write(0x80 | (valid & 0x3f), from);
  }

  finish(): DecodedText {
    const length = this.#length;
    this.#origin[length] = this.#source.origin[this.#source.text.length] ?? 0;
    let text = '';
    for (let start = 0; start < length; start += CHUNK) {
      text += String.fromCharCode(...this.#codes.subarray(start, Math.min(start + CHUNK, length)));
    }
    return { text, isBytes: this.#isBytes, origin: this.#origin };
  }
}

function isLeadAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0xd800 && code < 0xdc00;
}

function isTrailAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0xdc00 && code < 0xe000;
}
