import { createRedactor } from '@mortise/core';
import { isPersonalField } from './personal-fields.ts';

const REDACTED = '[redacted]';
const EMAIL = /[^\s@<>"'(),;:]+@[^\s@<>"'(),;:]+\.[^\s@<>"'(),;:.]+/gu;
/** A run of 8 or more digits as people write telephone numbers. Instants and ids with letters do not match. */
const PHONE = /(?<![\w.:-])\+?\(?\d(?:[ ().-]?\d){7,16}(?![\w:-])/g;

const redactor = createRedactor();

/**
 * A copy of a telemetry payload without personal data: fields named like personal data or meeting content (at any depth,
 * in arrays, maps and sets, in whatever spelling) become `[redacted]`, e-mail addresses and telephone numbers inside
 * other texts too, and so does whatever looks like a credential. Flags, absences, ids, counts and dates are kept. The
 * payload is not changed. What cannot be copied (cycles, great depth) is cut off rather than let through.
 *
 * @returns The same fields; those that were masked hold text, whatever the type says.
 */
export function redactMeetingRecorderTelemetryPayload<Payload extends Record<string, unknown>>(
  payload: Payload,
): Payload;
export function redactMeetingRecorderTelemetryPayload(payload: Record<string, unknown>): Record<string, unknown> {
  // The redactor of core gives plain data without cycles, getters or proxies; what it gives can be walked.
  const plain = redactor.value(payload);
  const masked = new Mask().visit(plain);
  return isRecord(masked) ? masked : {};
}

class Mask {
  readonly #done = new Map<object, unknown>();

  visit(value: unknown): unknown {
    if (typeof value === 'string') return maskText(value);
    if (typeof value !== 'object' || value === null || value instanceof Date) return value;
    const earlier = this.#done.get(value);
    if (earlier !== undefined) return earlier;
    const copy = this.#copy(value);
    this.#done.set(value, copy);
    return copy;
  }

  #copy(value: object): unknown {
    if (Array.isArray(value)) return value.map((item: unknown) => this.visit(item));
    if (value instanceof Set) return new Set([...value].map((item: unknown) => this.visit(item)));
    if (value instanceof Map) {
      const entries: [unknown, unknown][] = [...value].map(([key, item]: [unknown, unknown]) => [
        this.visit(key),
        this.#visitField(String(key), item),
      ]);
      return new Map(entries);
    }
    const fields: Record<string, unknown> = {};
    for (const [name, item] of Object.entries(value)) {
      // Plain assignment of `__proto__` would change the prototype instead.
      Object.defineProperty(fields, maskText(name), {
        value: this.#visitField(name, item),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    return fields;
  }

  #visitField(name: string, item: unknown): unknown {
    if (item === null || item === undefined || typeof item === 'boolean') return item;
    return isPersonalField(name) ? REDACTED : this.visit(item);
  }
}

function maskText(text: string): string {
  return text.replaceAll(EMAIL, REDACTED).replaceAll(PHONE, REDACTED);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
