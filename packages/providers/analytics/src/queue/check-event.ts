import { IntegrationError } from '@mortise/core';
import type { AnalyticsEventInput } from '../model/event.ts';

/** One megabyte. */
export const MAX_EVENT_BYTES = 1_000_000;

/**
 * Refuses an event that cannot be sent as it is: rather by name than with parts silently missing.
 *
 * @param maxBytes Of its JSON. Default one megabyte.
 * @throws {IntegrationError} `invalid_request` with `field`: an empty name or person, an unreadable timestamp, data that is no
 * JSON (functions, symbols, big integers, numbers that are none, cycles), or too much of it.
 */
export function assertSendableEvent(event: AnalyticsEventInput, maxBytes: number = MAX_EVENT_BYTES): void {
  if (event.event.trim() === '') throw refusal('event', 'expected a name');
  if (event.distinctId.trim() === '') throw refusal('distinctId', 'expected the id of a person or visitor');
  if (event.timestamp !== undefined && Number.isNaN(event.timestamp.getTime())) {
    throw refusal('timestamp', 'expected a valid date');
  }
  const { properties = {}, groups = {}, context = {} } = event;
  for (const [field, value] of Object.entries({ properties, groups, context })) checkData(value, field, []);
  const sizeBytes = new TextEncoder().encode(JSON.stringify({ ...event })).length;
  if (sizeBytes > maxBytes) throw refusal('properties', `expected at most ${maxBytes} bytes of JSON, got ${sizeBytes}`);
}

const MAX_DEPTH = 100;

function checkData(value: unknown, path: string, ancestors: readonly object[]): void {
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') {
    throw refusal(path, `a ${typeof value} is no JSON`);
  }
  if (typeof value === 'number' && !Number.isFinite(value)) throw refusal(path, 'expected a finite number');
  if (typeof value !== 'object' || value === null || value instanceof Date) return;
  if (ancestors.includes(value)) throw refusal(path, 'contains itself');
  if (ancestors.length >= MAX_DEPTH) throw refusal(path, `is nested deeper than ${MAX_DEPTH} levels`);
  const inside = [...ancestors, value];
  for (const [name, item] of Object.entries(value)) checkData(item, `${path}.${name}`, inside);
}

function refusal(field: string, what: string): IntegrationError {
  return new IntegrationError({ code: 'invalid_request', field, message: `${field}: ${what}` });
}
