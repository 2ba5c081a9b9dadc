/**
 * A value that can stand for a placeholder.
 *
 * | type | as |
 * | --- | --- |
 * | `string`, `number`, `bigint`, `boolean` | the column's type; write exact decimals as text |
 * | `Date` | an instant; must be valid |
 * | `Uint8Array` | bytes |
 * | array | an array of the database, nested ones included; for a JSON array pass `JSON.stringify(…)` |
 * | plain object | JSON |
 * | `null` | NULL |
 */
export type DatabaseStatementParam =
  | string
  | number
  | boolean
  | bigint
  | Date
  | Uint8Array
  | null
  | Record<string, unknown>
  | readonly unknown[];

/** A statement with the values of its placeholders, as the `sql` tag makes it. */
export interface DatabaseStatement {
  readonly statement: string;
  readonly params?: readonly DatabaseStatementParam[];
}
