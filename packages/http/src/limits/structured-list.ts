/** A value of a structured field; tokens and strings are both text, byte sequences stay in base64. */
type StructuredValue = string | number | boolean;

export interface StructuredMember {
  readonly value: StructuredValue;
  readonly params: ReadonlyMap<string, StructuredValue>;
}

const MAX_LENGTH = 8192;
const KEY = /[a-z*][a-z0-9_.*-]*/y;
const NUMBER = /-?\d{1,15}(?:\.\d{1,3})?/y;
const TOKEN = /[A-Za-z*][!#$%&'*+.^_`|~:/\w-]*/y;
const STRING = /"((?:[ !#-[\]-~]|\\["\\])*)"/y;
const BYTES = /:[A-Za-z0-9+/=]*:/y;
const BOOLEAN = /\?[01]/y;
const OPTIONAL_SPACE = /[ \t]*/y;
const SPACES = / */y;

/**
 * Reads a structured field that is a list of items with parameters (RFC 9651, without inner lists, dates and display
 * strings). Undefined for anything else, so that a field is used whole or not at all. Takes time linear in its length.
 */
export function parseStructuredList(text: string): StructuredMember[] | undefined {
  const reader = new Reader(text);
  const members: StructuredMember[] = [];
  return reader.readAll(() => {
    const member = reader.readMember();
    if (member !== undefined) members.push(member);
    return member !== undefined;
  })
    ? members
    : undefined;
}

/** Reads a structured field that is a dictionary of items, such as `limit=10, reset=5`. The last of equal keys counts. */
export function parseStructuredDictionary(text: string): Map<string, StructuredMember> | undefined {
  const reader = new Reader(text);
  const members = new Map<string, StructuredMember>();
  return reader.readAll(() => {
    const key = reader.take(KEY);
    if (key === undefined) return false;
    const member = reader.skip('=') ? reader.readMember() : { value: true, params: reader.readParams() };
    if (member?.params === undefined) return false;
    members.set(key, { value: member.value, params: member.params });
    return true;
  })
    ? members
    : undefined;
}

class Reader {
  readonly #text: string;
  #position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Reads members between commas up to the end. */
  readAll(readOne: () => boolean): boolean {
    if (this.#text.length > MAX_LENGTH) return false;
    this.take(SPACES);
    while (readOne()) {
      this.take(OPTIONAL_SPACE);
      if (this.#position === this.#text.length) return true;
      if (!this.skip(',')) return false;
      this.take(OPTIONAL_SPACE);
    }
    return false;
  }

  readMember(): StructuredMember | undefined {
    const value = this.#readValue();
    if (value === undefined) return undefined;
    const params = this.readParams();
    return params === undefined ? undefined : { value, params };
  }

  readParams(): Map<string, StructuredValue> | undefined {
    const params = new Map<string, StructuredValue>();
    while (this.skip(';')) {
      this.take(SPACES);
      const key = this.take(KEY);
      if (key === undefined) return undefined;
      const value = this.skip('=') ? this.#readValue() : true;
      if (value === undefined) return undefined;
      params.set(key, value);
    }
    return params;
  }

  skip(character: string): boolean {
    const isThere = this.#text.startsWith(character, this.#position);
    if (isThere) this.#position += 1;
    return isThere;
  }

  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#position;
    const text = pattern.exec(this.#text)?.[0];
    if (text !== undefined) this.#position += text.length;
    return text;
  }

  #readValue(): StructuredValue | undefined {
    const string = this.take(STRING);
    if (string !== undefined) return string.slice(1, -1).replaceAll(/\\(["\\])/g, '$1');
    const number = this.take(NUMBER);
    if (number !== undefined) return Number(number);
    const boolean = this.take(BOOLEAN);
    if (boolean !== undefined) return boolean === '?1';
    return this.take(TOKEN) ?? this.take(BYTES);
  }
}
