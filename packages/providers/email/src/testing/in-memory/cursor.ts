import { IntegrationError } from '@mortise/core';

/** What a cursor is for; one of another kind is refused. */
export type CursorKind = 'threads' | 'messages' | 'since' | 'changes' | 'suppressions';

export function writeCursor(kind: CursorKind, owner: string, position: number): string {
  return `${kind}:${owner}:${position}`;
}

/** @throws {IntegrationError} `invalid_request` for a cursor that was not given out for this. */
export function readCursor(kind: CursorKind, owner: string, cursor: string): number {
  const prefix = `${kind}:${owner}:`;
  const position = cursor.startsWith(prefix) ? cursor.slice(prefix.length) : '';
  if (/^\d+$/.test(position)) return Number(position);
  throw new IntegrationError({
    code: 'invalid_request',
    field: 'cursor',
    message: `Expected a cursor for ${kind} of this mailbox, got another text`,
  });
}

const DEFAULT_PAGE_SIZE = 50;

/** @throws {IntegrationError} `invalid_request` */
export function pageSizeOf(pageSize: number | undefined): number {
  if (pageSize === undefined) return DEFAULT_PAGE_SIZE;
  if (Number.isInteger(pageSize) && pageSize > 0) return pageSize;
  throw new IntegrationError({
    code: 'invalid_request',
    field: 'pageSize',
    message: `pageSize: expected a whole number from 1, got ${pageSize}`,
  });
}
