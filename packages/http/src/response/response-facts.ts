import type { BodyMatch, ResponseMatch, ResponseRule, ResponseValue } from '@mortise/core';
import type { HeaderSource } from '../limits/read-rate-limits.ts';
import { firstValueAt, valuesAt } from './body-values.ts';

/** What is known of an answer when its meaning is decided. */
export interface ResponseFacts {
  readonly status: number;
  readonly headers: HeaderSource;
  /** The parsed JSON body; undefined when the body is none. */
  readonly body: unknown;
}

/** Whether everything that a condition asks for holds. */
export function matchesResponse(match: ResponseMatch, facts: ResponseFacts): boolean {
  const { status, header, body } = match;
  if (status !== undefined && !(typeof status === 'number' ? [status] : status).includes(facts.status)) return false;
  if (header !== undefined) {
    const value = facts.headers.get(header.name);
    if (value === null) return false;
    if (header.equals !== undefined && value.trim().toLowerCase() !== header.equals.toLowerCase()) return false;
  }
  return body === undefined || (facts.body !== undefined && body.every((place) => matchesBody(place, facts.body)));
}

/** The first rule that fits. */
export function findRule(rules: readonly ResponseRule[] | undefined, facts: ResponseFacts): ResponseRule | undefined {
  return rules?.find(({ when }) => matchesResponse(when, facts));
}

/** What the first place that holds something says, as text of at most 500 characters. */
export function readText(places: readonly ResponseValue[] | undefined, facts: ResponseFacts): string | undefined {
  for (const place of places ?? []) {
    const value = readValue(place, facts);
    const text = typeof value === 'string' ? value.trim() : scalarText(value);
    if (text !== undefined && text !== '') return text.slice(0, 500);
  }
  return undefined;
}

/** What a place holds; undefined when there is nothing, or null. */
export function readValue(place: ResponseValue, facts: ResponseFacts): unknown {
  if ('header' in place) return facts.headers.get(place.header) ?? undefined;
  return facts.body === undefined ? undefined : firstValueAt(facts.body, place.pointer);
}

function scalarText(value: unknown): string | undefined {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function matchesBody({ pointer, equals, oneOf, startsWith, exists }: BodyMatch, body: unknown): boolean {
  const values = valuesAt(body, pointer);
  if (equals !== undefined) return values.includes(equals);
  if (oneOf !== undefined) return values.some((value) => oneOf.some((wanted) => wanted === value));
  if (startsWith !== undefined)
    return values.some((value) => typeof value === 'string' && value.startsWith(startsWith));
  const isThere = values.some((value) => value !== undefined && value !== null);
  return exists === false ? !isThere : isThere;
}
