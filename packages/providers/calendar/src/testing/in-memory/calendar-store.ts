import { type Changes, IntegrationError, type ZoneId } from '@mortise/core';
import type { CalendarEvent } from '../../model/event.ts';
import type { CalendarListEventsQuery, CalendarListEventsResult } from '../../model/list-events.ts';
import { goesOnAfter, instanceAt, instancesOf, isWithin, type Series, splitInstanceId } from './series.ts';

/** What a calendar is, besides its events. */
export interface InMemoryCalendar {
  readonly id: string;
  readonly title?: string;
  /** Address of the owner, who answers invitations. Default `<id>@calendar.example`. */
  readonly owner?: string;
  /** Default `UTC`. */
  readonly timeZone?: ZoneId;
}

const DEFAULT_PAGE_SIZE = 250;
const YEARS_MS = 2 * 366 * 86_400_000;

/** Events of one calendar and the log of their changes. */
export class CalendarStore {
  readonly about: InMemoryCalendar;
  readonly series = new Map<string, Series>();
  #changes: { readonly order: number; readonly id: string }[] = [];
  #lastOrder = 0;
  #forgottenUpTo = 0;

  constructor(about: InMemoryCalendar) {
    this.about = about;
  }

  get owner(): string {
    return this.about.owner ?? `${this.about.id}@calendar.example`;
  }

  /** An event, a series or an instance; undefined where there is none. */
  find(id: string): CalendarEvent | undefined {
    const direct = this.series.get(id);
    if (direct !== undefined) return direct.isDeleted ? undefined : direct.event;
    const parts = splitInstanceId(id);
    const series = parts === undefined ? undefined : this.series.get(parts.seriesId);
    if (parts === undefined || series === undefined || series.isDeleted) return undefined;
    const instance = instanceAt(series, parts.originalMs);
    return instance?.status === 'cancelled' ? undefined : instance;
  }

  logChange(id: string): void {
    this.#changes.push({ order: (this.#lastOrder += 1), id });
  }

  forgetChanges(): void {
    this.#changes = [];
    this.#lastOrder += 1;
    this.#forgottenUpTo = this.#lastOrder;
  }

  /** @throws {IntegrationError} `cursor_expired`, `invalid_request` */
  changesSince(cursor: string | undefined): Changes<CalendarEvent> {
    const prefix = `changes:${this.about.id}:`;
    const nextCursor = `${prefix}${this.#lastOrder}`;
    if (cursor === undefined) return { upserted: [], removed: [], nextCursor, hasMore: false };
    const from = cursor.startsWith(prefix) ? Number(cursor.slice(prefix.length)) : Number.NaN;
    if (!Number.isInteger(from)) throw refused('cursor', 'expected one of this calendar, got another text');
    if (from < this.#forgottenUpTo) {
      throw new IntegrationError({
        code: 'cursor_expired',
        message: 'The changes were forgotten; read everything again',
      });
    }
    const ids = new Set(this.#changes.filter(({ order }) => order > from).map(({ id }) => id));
    const found = [...ids].map((id) => [id, this.find(id)] as const);
    return {
      upserted: found.flatMap(([, event]) => (event === undefined ? [] : [structuredClone(event)])),
      removed: found.filter(([, event]) => event === undefined).map(([id]) => ({ id })),
      nextCursor,
      hasMore: false,
    };
  }

  /** @throws {IntegrationError} `invalid_request` */
  list(query: CalendarListEventsQuery, nowMs: number): CalendarListEventsResult {
    const { maxResults = DEFAULT_PAGE_SIZE, order = 'start', pageToken } = query;
    if (!Number.isInteger(maxResults) || maxResults < 1) {
      throw refused('maxResults', `expected a whole number from 1, got ${maxResults}`);
    }
    const after = pageToken === undefined ? undefined : readToken(pageToken);
    const positionOf = (event: CalendarEvent): readonly [number, string] => [
      order === 'start' ? event.start.getTime() : (event.updatedAt?.getTime() ?? 0),
      event.id,
    ];
    const { events, isCut } = this.#collect(query, nowMs);
    const left = events
      .map((event) => ({ event, position: positionOf(event) }))
      .filter(({ position }) => after === undefined || compare(position, after) > 0)
      .sort((a, b) => compare(a.position, b.position));
    const page = left.slice(0, maxResults);
    const last = page.at(-1);
    return {
      events: page.map(({ event }) => structuredClone(event)),
      ...(left.length > maxResults && last !== undefined ? { nextPageToken: `at:${last.position.join(':')}` } : {}),
      ...(isCut ? { warnings: [CUT] } : {}),
    };
  }

  #collect(query: CalendarListEventsQuery, nowMs: number): { events: CalendarEvent[]; isCut: boolean } {
    const { timeMin, timeMax, includeCancelled = false, expandRecurrences = true } = query;
    const from = timeMin?.getTime() ?? -Infinity;
    const to = timeMax?.getTime() ?? Infinity;
    const horizon = Math.max(nowMs, Number.isFinite(from) ? from : 0) + YEARS_MS;
    const events: CalendarEvent[] = [];
    let isCut = false;
    for (const series of this.series.values()) {
      const { event } = series;
      const isSeries = event.recurrence !== undefined;
      if (isSeries && expandRecurrences && to === Infinity && goesOnAfter(series, horizon)) isCut = true;
      const window = { from, to: isSeries ? Math.min(to, horizon) : to };
      const found = expandRecurrences || !isSeries ? instancesOf(series, window) : withChanged(series, window);
      const isGone = ({ status }: CalendarEvent): boolean => series.isDeleted || status === 'cancelled';
      for (const one of found) {
        if (!isGone(one)) events.push(one);
        else if (includeCancelled) events.push({ ...one, status: 'cancelled' });
      }
    }
    return { events: events.filter((event) => fits(event, query)), isCut };
  }
}

const CUT = {
  type: 'truncated',
  field: 'timeMax',
  message: 'Series were followed for two years, since the query has no end',
} as const;

/** A series itself where one of its instances is in the window, and those that differ. */
function withChanged(series: Series, window: { readonly from: number; readonly to: number }): CalendarEvent[] {
  const changed = [...series.overrides.values()].filter((override) => isWithin(override, window));
  return instancesOf(series, window).length === 0 ? changed : [series.event, ...changed];
}

function fits(event: CalendarEvent, { query, updatedSince, iCalUid }: CalendarListEventsQuery): boolean {
  const words = [event.title, event.description, event.location].join('\n').toLowerCase();
  return (
    (query === undefined || words.includes(query.toLowerCase())) &&
    (updatedSince === undefined || (event.updatedAt ?? new Date(0)) >= updatedSince) &&
    (iCalUid === undefined || event.iCalUid === iCalUid)
  );
}

function compare(a: readonly [number, string], b: readonly [number, string]): number {
  if (a[0] !== b[0]) return a[0] - b[0];
  return a[1] === b[1] ? 0 : a[1] < b[1] ? -1 : 1;
}

function readToken(token: string): readonly [number, string] {
  const match = /^at:(-?\d+):(.+)$/.exec(token);
  if (match !== null) return [Number(match[1]), match[2] ?? ''];
  throw refused('pageToken', 'expected a token of a page before, got another text');
}

export function refused(field: string, message: string): IntegrationError {
  return new IntegrationError({ code: 'invalid_request', field, message: `${field}: ${message}` });
}
