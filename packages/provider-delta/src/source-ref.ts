import { DeltaError } from './errors/delta-error.ts';

/** What is synced: one stream of one connection of one tenant. */
export interface DeltaSourceRef {
  readonly tenantId: string;
  readonly connectionId: string;
  /** A kind of record, such as `messages`. */
  readonly stream: string;
  /** A part of the stream that has a cursor of its own, such as one calendar. */
  readonly partition?: string;
}

/**
 * One text for a source, the same for equal sources and different for all others whatever characters are in them:
 * percent-encoded parts with slashes between.
 *
 * @throws {DeltaError} `INVALID_OPTIONS`: a part is missing, empty or not well-formed Unicode.
 */
export function deltaSourceKey({ tenantId, connectionId, stream, partition }: DeltaSourceRef): string {
  const parts = { tenantId, connectionId, stream, ...(partition === undefined ? {} : { partition }) };
  return Object.entries(parts)
    .map(([name, text]) => encodePart(name, text))
    .join('/');
}

function encodePart(name: string, text: unknown): string {
  try {
    if (typeof text === 'string' && text !== '') return encodeURIComponent(text);
  } catch {
    // Half of a surrogate pair: two such texts could become one.
  }
  const message = `"${name}" of a source must be well-formed text that is not empty, and is ${JSON.stringify(text)}`;
  throw new DeltaError({ code: 'INVALID_OPTIONS', message, field: name });
}
