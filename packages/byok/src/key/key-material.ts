import { createRedactor, createSecretRecord, type IntegrationSpec, type Redactor } from '@mortise/core';
import type { SecretValue } from '@mortise/secrets';

/** A key as it was read: its bytes and what they hold. Never leaves the runner, but for the lifecycle. */
export interface KeyMaterial {
  readonly bytes: Uint8Array;
  /** Named fields: text, numbers and booleans as text, nested values as JSON text. */
  readonly fields: Readonly<Record<string, string>>;
  /** The JSON object, if the payload is one. */
  readonly json?: Readonly<Record<string, unknown>>;
  /** Version that was read. */
  readonly version?: string;
}

/** Shorter values are part of many words, and say nothing. */
const MIN_SECRET_LENGTH = 4;
const MAX_MESSAGE_LENGTH = 500;
const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/**
 * Decodes a key as the call guard does: a JSON object gives its members; any other text is the field `secret` and, where
 * the spec's schema has a single field, that field too, without one trailing newline.
 */
export function decodeKey(value: Pick<SecretValue, 'data' | 'version'>, onlyField: string | undefined): KeyMaterial {
  const bytes = value.data;
  const version = value.version === undefined ? {} : { version: value.version };
  const text = decodeText(bytes);
  if (text === undefined) return { bytes, fields: createSecretRecord({}), ...version };
  const json = parseObject(text);
  if (json !== undefined) return { bytes, fields: createSecretRecord(flatten(json)), json, ...version };
  const fields: Record<string, string> = { secret: text };
  if (onlyField !== undefined) fields[onlyField] = text.replace(/\r?\n$/, '');
  return { bytes, fields: createSecretRecord(fields), ...version };
}

/**
 * The payload of a new key: the old one with the given fields in place of its own. Text stays text where the key is a
 * single value; a first key is JSON, unless it is the field `secret` alone.
 */
export function replaceFields(
  old: KeyMaterial | undefined,
  fields: Readonly<Record<string, string>>,
  onlyField: string | undefined,
): Uint8Array {
  const [name, ...others] = Object.keys(fields);
  const value = name === undefined ? undefined : fields[name];
  const isText = name === 'secret' || (name === onlyField && old !== undefined);
  if (isText && value !== undefined && others.length === 0 && old?.json === undefined) {
    return new TextEncoder().encode(value);
  }
  return new TextEncoder().encode(JSON.stringify({ ...old?.json, ...fields }));
}

/** Whether two payloads are the same key, however they are written. */
export function isSameKey(one: KeyMaterial, other: KeyMaterial): boolean {
  if (one.bytes.length === other.bytes.length && one.bytes.every((byte, index) => byte === other.bytes[index])) {
    return true;
  }
  const names = Object.keys(one.fields);
  if (names.length === 0 || names.length !== Object.keys(other.fields).length) return false;
  return names.every((name) => Object.hasOwn(other.fields, name) && one.fields[name] === other.fields[name]);
}

/**
 * Whether ending one of two keys might end the other: whatever both name is the same. More than `isSameKey`, since one
 * payload may say more around the same key than the other.
 */
export function isPerhapsSameKey(one: KeyMaterial, other: KeyMaterial): boolean {
  const common = Object.keys(one.fields).filter((name) => Object.hasOwn(other.fields, name));
  return (
    isSameKey(one, other) || (common.length > 0 && common.every((name) => one.fields[name] === other.fields[name]))
  );
}

/** Name of the only field of a spec's secret, if it has just one. */
export function onlyFieldOf(spec: IntegrationSpec | undefined): string | undefined {
  const schema = spec?.secretSchema.schema;
  if (!isObject(schema) || !isObject(schema['properties'])) return undefined;
  const [name, ...others] = Object.keys(schema['properties']);
  return others.length === 0 ? name : undefined;
}

/** Keeps the given keys out of whatever is told or kept. */
export class KeyRedactor {
  readonly #secrets = new Set<string>();
  #redactor: Redactor = createRedactor();

  /** From now on, no part of this key gets out. */
  add(key: KeyMaterial): void {
    this.addValues([key.json ?? key.fields, key.fields, decodeText(key.bytes)]);
  }

  addValues(values: unknown): void {
    const before = this.#secrets.size;
    for (const text of textsOf(values)) this.#secrets.add(text);
    if (this.#secrets.size === before) return;
    this.#redactor = createRedactor({ secrets: this.#secrets, minSecretLength: MIN_SECRET_LENGTH });
  }

  text(input: string): string {
    const redacted = this.#redactor.text(input);
    return redacted.length > MAX_MESSAGE_LENGTH ? `${redacted.slice(0, MAX_MESSAGE_LENGTH)}…` : redacted;
  }

  /** What any thrown value says. */
  messageOf(error: unknown): string {
    return this.text(error instanceof Error ? error.message : String(error));
  }
}

function* textsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'number' || typeof value === 'bigint') yield String(value);
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) yield* textsOf(part);
}

function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return DECODER.decode(bytes);
  } catch {
    return undefined;
  }
}

function parseObject(text: string): Record<string, unknown> | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function flatten(json: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = Object.entries(json).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
