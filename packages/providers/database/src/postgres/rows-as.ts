import type { DatabaseRow } from '../model/query-result.ts';

/** Rows under the type that the caller names. It is the caller's word: SQL carries no types that could be checked here. */
export function rowsAs<TRow extends DatabaseRow>(rows: DatabaseRow[]): TRow[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place where that word is taken
  return rows as TRow[];
}
