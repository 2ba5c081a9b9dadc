import type { WebhookValue } from '@mortise/core';
import { DUPLICATED, type HeaderNames } from '../request/read-headers.ts';
import type { RequestView } from '../request/request-view.ts';
import { parsePointer, valueAt } from './json-pointer.ts';

/** Reads one value of a request. */
export interface ValueReader {
  readonly value: WebhookValue;
  /** `header "x-id"`, for messages. */
  readonly where: string;
  /** Undefined where it is absent; `DUPLICATED` where it is there more than once. */
  read(view: RequestView): string | undefined | typeof DUPLICATED;
  /** The value itself, where JSON gives it a type. */
  readJson(view: RequestView): unknown;
}

export function createValueReader(value: WebhookValue, headers: HeaderNames): ValueReader {
  if ('pointer' in value) {
    const steps = parsePointer(value.pointer);
    const readJson = (view: RequestView): unknown => valueAt(view.json, steps);
    return { value, where: `body at "${value.pointer}"`, read: (view) => asText(readJson(view)), readJson };
  }
  const read = createTextReader(value, headers);
  return { value, where: describe(value), read, readJson: read };
}

function createTextReader(
  value: Exclude<WebhookValue, { pointer: string }>,
  headers: HeaderNames,
): ValueReader['read'] {
  if ('header' in value) {
    const slot = headers.slot(value.header);
    return (view) => view.header(slot);
  }
  if ('query' in value) return (view) => single(view.query(value.query));
  return (view) => single(view.form(value.form));
}

function describe(value: Exclude<WebhookValue, { pointer: string }>): string {
  if ('header' in value) return `header "${value.header}"`;
  return 'query' in value ? `query parameter "${value.query}"` : `form field "${value.form}"`;
}

function single(values: readonly string[]): string | undefined | typeof DUPLICATED {
  return values.length > 1 ? DUPLICATED : values[0];
}

/**
 * A JSON value as text. A number beyond what a double holds exactly has none: two different ids would become the same.
 */
function asText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'number' || (Number.isInteger(value) && !Number.isSafeInteger(value))) return undefined;
  return String(value);
}
