/** What a secret's bytes hold, before it is checked against a spec. */
export interface SecretPayload {
  /** Named fields as the executor gets them: text, numbers and booleans as text, nested values as JSON text. */
  readonly fields: Readonly<Record<string, string>>;
  /** The JSON object, if the payload is one. */
  readonly json?: Readonly<Record<string, unknown>>;
  /** The payload as text; absent when the bytes are not UTF-8. */
  readonly text?: string;
}

const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/**
 * Decodes a secret. A JSON object gives its members; any other text is the field `secret` and, where the spec's schema
 * has a single field, that field too, without one trailing newline. Bytes that are not UTF-8 give no fields.
 *
 * @param onlyField Name of the schema's single field, if it has just one.
 */
export function decodeSecretPayload(bytes: Uint8Array, onlyField: string | undefined): SecretPayload {
  const text = decode(bytes);
  if (text === undefined) return { fields: {} };
  const json = parseObject(text);
  if (json !== undefined) return { fields: flatten(json, text), json, text };
  const fields: Record<string, string> = { secret: text };
  if (onlyField !== undefined) fields[onlyField] = text.replace(/\r?\n$/, '');
  return { fields, text };
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return DECODER.decode(bytes);
  } catch {
    return undefined;
  }
}

function parseObject(text: string): Record<string, unknown> | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    return { ...JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function flatten(json: Readonly<Record<string, unknown>>, text: string): Record<string, string> {
  const entries: [string, string][] = [];
  let sources: Readonly<Record<string, string>> | undefined;
  for (const [name, value] of Object.entries(json)) {
    if (value === null) continue;
    if (typeof value === 'string') entries.push([name, value]);
    else if (typeof value === 'boolean') entries.push([name, String(value)]);
    else if (typeof value === 'number') entries.push([name, (sources ??= numberSources(text))[name] ?? String(value)]);
    else entries.push([name, JSON.stringify(value)]);
  }
  return Object.fromEntries(entries);
}

/** Numbers with more digits than a double holds, as they were written, where the engine tells (`JSON.parse` source text). */
function numberSources(text: string): Record<string, string> {
  const sources: [string, string][] = [];
  const collect = function (
    this: unknown,
    key: string,
    value: unknown,
    context?: { readonly source?: string },
  ): unknown {
    const source = context?.source;
    if (typeof value !== 'number' || source === undefined) return value;
    if (source.replace(/[^0-9]/g, '').length > EXACT_DIGITS) sources.push([key, source]);
    return value;
  };
  JSON.parse(text, collect);
  return Object.fromEntries(sources);
}

/** Decimal digits that every double keeps. */
const EXACT_DIGITS = 15;
