import type { InboundHeaders } from './inbound-request.ts';

/** Stands for a header that came more than once. */
export const DUPLICATED: unique symbol = Symbol('duplicated');

export type HeaderValue = string | undefined | typeof DUPLICATED;

/** Names of headers in lower case, with their places in what `readHeaders` returns. */
export class HeaderNames {
  readonly #slots = new Map<string, number>();
  /** A bit for each length that a name has, so that most headers are passed over without reading their names. */
  #lengths = 0;

  slot(name: string): number {
    const key = name.toLowerCase();
    let slot = this.#slots.get(key);
    if (slot === undefined) {
      slot = this.#slots.size;
      this.#slots.set(key, slot);
      this.#lengths |= 1 << (key.length & 31);
    }
    return slot;
  }

  find(name: string): number | undefined {
    if ((this.#lengths & (1 << (name.length & 31))) === 0) return undefined;
    return this.#slots.get(name.toLowerCase());
  }

  get names(): readonly string[] {
    return [...this.#slots.keys()];
  }

  get size(): number {
    return this.#slots.size;
  }
}

/**
 * The headers that a contract reads. `Headers` of Fetch joins repeated ones with a comma, so that they cannot be told
 * apart there; what is signed or compared does not survive the joining.
 */
export function readHeaders(headers: InboundHeaders, wanted: HeaderNames): HeaderValue[] {
  const values: HeaderValue[] = [];
  for (let slot = 0; slot < wanted.size; slot += 1) values.push(undefined);
  if (isPairs(headers)) {
    for (const [name, value] of headers) put(values, wanted.find(name), value);
  } else if (isFetchHeaders(headers)) {
    for (const [slot, name] of wanted.names.entries()) values[slot] = headers.get(name) ?? undefined;
  } else {
    for (const name of Object.keys(headers)) {
      const slot = wanted.find(name);
      if (slot === undefined) continue;
      const value: unknown = headers[name];
      if (typeof value === 'string' || value === undefined) put(values, slot, value);
      else if (Array.isArray(value)) for (const item of value) put(values, slot, item);
    }
  }
  return values;
}

function put(values: HeaderValue[], slot: number | undefined, value: unknown): void {
  if (slot === undefined || typeof value !== 'string') return;
  values[slot] = values[slot] === undefined ? value : DUPLICATED;
}

function isPairs(headers: InboundHeaders): headers is readonly (readonly [string, string])[] {
  return Array.isArray(headers);
}

function isFetchHeaders(headers: InboundHeaders): headers is { get(name: string): string | null } {
  return 'get' in headers && typeof headers.get === 'function';
}
