/**
 * How values of the database come back. The defaults lose nothing that their JavaScript type can hold; the alternatives are for
 * code that needs the looser form.
 */
export interface DatabaseTypePolicy {
  /** 64-bit integers. `number` is inexact beyond ±(2^53 − 1). Default `bigint`. */
  readonly int8: 'bigint' | 'string' | 'number';
  /** Exact decimals. As text such as `12.30` (a `DecimalString`, or `NaN`, `Infinity`, `-Infinity`). Default `string`. */
  readonly numeric: 'string' | 'number';
  /** Calendar days. Always `YYYY-MM-DD` text, because a day is no instant. */
  readonly date: 'string';
  /** Times without a zone. Always text as the database writes it, because they are no instants. */
  readonly timestamp: 'string';
  /** Instants. `Date` cuts to milliseconds; `string` keeps microseconds. `infinity` stays text. Default `Date`. */
  readonly timestamptz: 'Date' | 'string';
  /** JSON documents. Default `parsed`. */
  readonly json: 'parsed' | 'string';
  /** Bytes. Always `Uint8Array`. */
  readonly bytea: 'Uint8Array';
}

export const DEFAULT_DATABASE_TYPE_POLICY: DatabaseTypePolicy = Object.freeze({
  int8: 'bigint',
  numeric: 'string',
  date: 'string',
  timestamp: 'string',
  timestamptz: 'Date',
  json: 'parsed',
  bytea: 'Uint8Array',
} satisfies DatabaseTypePolicy);
