import { IntegrationError } from '@mortise/core';
import type { HealthEntity } from '../model/entity.ts';
import { compareInstants } from '../time/instant.ts';
import { compareText, recordTimeOf } from '../time/record-time.ts';

/** The last record that was given, so that what is added or removed before it does not move the next page. */
interface Position {
  readonly list: string;
  readonly time: string | null;
  readonly externalId: string;
  readonly connectionId: string;
}

/** @param list What identifies the list with its filters: a cursor of another one is refused. */
export function writeCursor(list: string, entity: HealthEntity): string {
  const { externalId, connectionId } = entity.record;
  const position: Position = { list, time: recordTimeOf(entity) ?? null, externalId, connectionId };
  return btoa(encodeURIComponent(JSON.stringify(position)));
}

/**
 * Whether a record comes after a cursor.
 *
 * @throws {IntegrationError} `invalid_request`: the cursor is not one of this list.
 */
export function createCursorTest(list: string, cursor: string | undefined): (entity: HealthEntity) => boolean {
  if (cursor === undefined) return () => true;
  const position = readCursor(cursor);
  if (position?.list !== list) {
    throw new IntegrationError({
      code: 'invalid_request',
      field: 'cursor',
      message: 'cursor: expected one of this list, with the same filters',
    });
  }
  return (entity) => isAfter(entity, position);
}

function isAfter(entity: HealthEntity, position: Position): boolean {
  const time = recordTimeOf(entity) ?? null;
  const { externalId, connectionId } = entity.record;
  if (time !== null && position.time !== null) {
    const order = compareInstants(time, position.time);
    if (order !== 0) return order > 0;
  } else if (time !== position.time) {
    return time === null;
  }
  const order = compareText(externalId, position.externalId) || compareText(connectionId, position.connectionId);
  return order > 0;
}

function readCursor(cursor: string): Position | undefined {
  try {
    const value: unknown = JSON.parse(decodeURIComponent(atob(cursor)));
    return isPosition(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isPosition(value: unknown): value is Position {
  if (typeof value !== 'object' || value === null) return false;
  const text = (name: string): boolean => typeof Reflect.get(value, name) === 'string';
  const time: unknown = Reflect.get(value, 'time');
  return text('list') && text('externalId') && text('connectionId') && (time === null || typeof time === 'string');
}
