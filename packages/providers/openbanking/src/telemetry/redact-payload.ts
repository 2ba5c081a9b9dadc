import { createRedactor, MortiseError, type Redactor } from '@mortise/core';
import { OPENBANKING_PII_FIELDS } from './pii-fields.ts';
import { redactBankingId, redactBankingText } from './redact-text.ts';

/** What a payload looks like after redaction: a number or an object may have become text. */
export type RedactedOpenBankingPayload<Payload> = {
  [Key in keyof Payload]: Payload[Key] extends string | boolean | null | undefined ? Payload[Key] : unknown;
};

const MASKED = '[redacted]';
const FIELDS: readonly string[] = OPENBANKING_PII_FIELDS.map(normalize);
/** A field name shorter than this is compared as a whole only: `pan` ends too many words. */
const MIN_ENDING_LENGTH = 4;

let redactor: Redactor | undefined;

/**
 * A deep copy of a payload that is fit for telemetry. Masks wholly, whatever their type and however deep: the fields of
 * `OPENBANKING_PII_FIELDS`, credentials, and what looks like an IBAN, a card number or an e-mail address in any text, in
 * keys too. Flags and absent values are kept. The input is not changed; cycles and depth are bounded.
 *
 * @throws {MortiseError} `UNREADABLE_PAYLOAD`: it is no plain object, or throws on being read.
 */
export function redactOpenBankingTelemetryPayload<Payload extends object>(
  payload: Payload,
): RedactedOpenBankingPayload<Payload> {
  redactor ??= createRedactor({ fields: OPENBANKING_PII_FIELDS });
  const redacted = mask(redactor.value(payload), new Map());
  if (isPayload<Payload>(redacted)) return redacted;
  throw new MortiseError({
    code: 'UNREADABLE_PAYLOAD',
    message: 'Expected a telemetry payload that is a plain object',
  });
}

function isPayload<Payload>(value: unknown): value is RedactedOpenBankingPayload<Payload> {
  return typeof value === 'object' && value !== null;
}

/** Second pass over the copy, for what names and shapes of credentials do not show. Shared parts are walked once. */
function mask(value: unknown, done: Map<object, unknown>): unknown {
  if (typeof value === 'string') return redactBankingText(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const earlier = done.get(value);
  if (earlier !== undefined) return earlier;
  if (Array.isArray(value)) return value.map((item: unknown) => mask(item, done));
  if (value instanceof Set) return new Set([...value].map((item) => mask(item, done)));
  const copy = new Map<unknown, unknown>();
  const entries: Iterable<readonly [unknown, unknown]> = value instanceof Map ? value : Object.entries(value);
  for (const [key, item] of entries) {
    const name = typeof key === 'string' ? freeKey(redactBankingText(key), copy) : mask(key, done);
    copy.set(name, typeof key === 'string' ? maskField(key, item, done) : mask(item, done));
  }
  const result: unknown = value instanceof Map ? copy : Object.fromEntries(copy);
  done.set(value, result);
  return result;
}

function maskField(name: string, item: unknown, done: Map<object, unknown>): unknown {
  if (item === null || item === undefined || typeof item === 'boolean') return item;
  const normalized = normalize(name.length > 256 ? name.slice(-256) : name);
  if (FIELDS.some((field) => normalized === field || isEnding(normalized, field))) return MASKED;
  return typeof item === 'string' && normalized.endsWith('id') ? redactBankingId(item) : mask(item, done);
}

function isEnding(name: string, field: string): boolean {
  return field.length >= MIN_ENDING_LENGTH && name.endsWith(field);
}

/** Two keys that became equal by redaction stay two. */
function freeKey(key: string, taken: ReadonlyMap<unknown, unknown>): string {
  let free = key;
  for (let count = 2; taken.has(free); count += 1) free = `${key} (${count})`;
  return free;
}

function normalize(name: string): string {
  return name.replaceAll(/[-_\s.]/g, '').toLowerCase();
}
