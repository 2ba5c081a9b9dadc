import type { IntegrationWarning } from '@mortise/core';
import type { DatabaseField } from '../model/field.ts';
import type { DatabaseQueryResult, DatabaseRow } from '../model/query-result.ts';
import { builtInTypeName } from './codec/built-in-types.ts';
import type { PostgresReply } from './driver.ts';

const WRITES = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'COPY']);

/** Rows affected, or undefined for a statement that does not write. `create table … as` reports itself as a SELECT without rows. */
function affectedRowsOf({ command, count, rows }: PostgresReply): number | undefined {
  if (command === undefined || count === undefined) return undefined;
  const isCreateAs = command === 'SELECT' && rows.length === 0 && count > 0;
  return WRITES.has(command) || isCreateAs ? count : undefined;
}

/** The driver's reply as the interface's result. */
export function toQueryResult<TRow extends DatabaseRow>(
  reply: PostgresReply,
  rows: TRow[],
  warnings: readonly IntegrationWarning[],
): DatabaseQueryResult<TRow> {
  const affectedRows = affectedRowsOf(reply);
  return {
    rows,
    rowCount: affectedRows ?? rows.length,
    ...(affectedRows === undefined ? {} : { affectedRows }),
    fields: reply.fields.map(toField),
    ...(reply.notices.length === 0 ? {} : { notices: [...reply.notices] }),
    ...(warnings.length === 0 ? {} : { warnings }),
  };
}

function toField({ name, typeId }: { name: string; typeId: number }): DatabaseField {
  const typeName = builtInTypeName(typeId);
  return { name, typeId, ...(typeName === undefined ? {} : { typeName }) };
}
