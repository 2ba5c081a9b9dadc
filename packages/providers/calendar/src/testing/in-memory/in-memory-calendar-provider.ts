import { type CallOptions, type Changes, IntegrationError, type Page, type Sleep } from '@mortise/core';
import type { CalendarProvider } from '../../calendar-provider.ts';
import type { Calendar, CalendarResponse } from '../../model/calendar.ts';
import type { CalendarCapabilities } from '../../model/capabilities.ts';
import type { CalendarEvent } from '../../model/event.ts';
import type {
  CalendarCreateOptions,
  CalendarEventInput,
  CalendarEventUpdateInput,
  CalendarMutationOptions,
  CalendarScope,
} from '../../model/event-input.ts';
import type {
  CalendarBusyTime,
  CalendarFindSlotsQuery,
  CalendarFreeBusy,
  CalendarFreeBusyQuery,
  CalendarSlot,
} from '../../model/free-busy.ts';
import type {
  CalendarListEventsQuery,
  CalendarListEventsResult,
  CalendarListInstancesQuery,
} from '../../model/list-events.ts';
import { freeSlots, mergeBusyTimes } from '../../time/free-slots.ts';
import { instantAt } from '../../time/zone-time.ts';
import { CallGate } from '../call-gate.ts';
import { applyUpdate, normalTimes, wordsOf } from './apply-update.ts';
import { CalendarStore, type InMemoryCalendar, refused } from './calendar-store.ts';
import { instancesOf, type Series, splitInstanceId } from './series.ts';
import { splitRecurrence } from './split-series.ts';

export interface InMemoryCalendarProviderOptions {
  /** Default one calendar `primary`. */
  readonly calendars?: readonly InMemoryCalendar[];
  /** Epoch milliseconds. Default: the real time. */
  readonly now?: () => number;
  /** Waits for time limits of calls that hang. Default: real timers. */
  readonly sleep?: Sleep;
  /** What the service asks for. Absent: it asks for nothing. */
  readonly password?: string;
  /** What the provider shows. */
  readonly credential?: string;
}

/** A mail that was written to an attendee. */
export interface InMemoryCalendarNotice {
  readonly eventId: string;
  readonly to: string;
  readonly kind: 'invited' | 'changed' | 'cancelled' | 'answered';
}

const CAPABILITIES: CalendarCapabilities = {
  methods: {
    getEvent: 'native',
    listCalendars: 'native',
    listChanges: 'native',
    queryFreeBusy: 'native',
    findSlots: 'native',
    listInstances: 'native',
    watch: 'none',
    importEvent: 'none',
    exportEvent: 'none',
  },
  features: ['recurrence', 'instance-scope', 'conditions', 'caller-ids', 'notify'],
  idempotency: { supported: 'none', onMismatch: 'error' },
};

/** What a change is about. */
interface Target {
  readonly store: CalendarStore;
  readonly series: Series;
  /** The instance that was named, if one was. */
  readonly instance?: CalendarEvent;
  readonly scope: CalendarScope;
}

/**
 * Calendars in memory: zones, whole days, series with changed instances, free and busy times, answers and changes. For tests of
 * whatever works with calendars.
 */
export class InMemoryCalendarProvider implements CalendarProvider {
  readonly capabilities = CAPABILITIES;
  readonly #options: InMemoryCalendarProviderOptions;
  readonly #stores: ReadonlyMap<string, CalendarStore>;
  readonly #gate: CallGate;
  readonly #now: () => number;
  readonly #notices: InMemoryCalendarNotice[] = [];
  #count = 0;

  constructor(options: InMemoryCalendarProviderOptions = {}) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#gate = new CallGate(options.sleep);
    const calendars = options.calendars ?? [{ id: 'primary' }];
    this.#stores = new Map(calendars.map((calendar) => [calendar.id, new CalendarStore(calendar)]));
  }

  /** From now on calls get no answer. */
  stall(): void {
    this.#gate.stall();
  }

  /** Mails to attendees that were written so far. */
  get notices(): readonly InMemoryCalendarNotice[] {
    return [...this.#notices];
  }

  /** Forgets the changes of a calendar up to now. */
  forgetChanges(calendarId: string): void {
    this.#store(calendarId).forgetChanges();
  }

  listEvents(query: CalendarListEventsQuery, options?: CallOptions): Promise<CalendarListEventsResult> {
    return this.#call(options, () => this.#store(query.calendarId).list(query, this.#now()));
  }

  getEvent(calendarId: string, eventId: string, options?: CallOptions): Promise<CalendarEvent | null> {
    return this.#call(options, () => structuredClone(this.#store(calendarId).find(eventId) ?? null));
  }

  createEvent(input: CalendarEventInput, options: CalendarCreateOptions = {}): Promise<CalendarEvent> {
    return this.#call(options, () => {
      const store = this.#store(input.calendarId);
      const id = options.eventId ?? `event${(this.#count += 1)}`;
      if (store.series.has(id)) {
        throw new IntegrationError({
          code: 'conflict',
          field: 'eventId',
          message: 'There is an event with this id already',
        });
      }
      if (!/^[\w-]+$/.test(id) || splitInstanceId(id) !== undefined)
        throw refused('eventId', 'expected letters and digits');
      const now = new Date(this.#now());
      const event: CalendarEvent = {
        id,
        calendarId: input.calendarId,
        ...wordsOf(input),
        ...normalTimes(input),
        iCalUid: input.iCalUid ?? `${id}@calendar.example`,
        status: input.status ?? 'confirmed',
        organizer: { email: store.owner },
        creator: { email: store.owner },
        sequence: 0,
        createdAt: now,
        updatedAt: now,
        etag: this.#etag(),
        ...(input.conference?.create === true ? this.#conference(id) : {}),
      };
      store.series.set(id, { event, isDeleted: false, overrides: new Map() });
      store.logChange(id);
      this.#tell('invited', event, options);
      return structuredClone(event);
    });
  }

  updateEvent(
    calendarId: string,
    eventId: string,
    input: CalendarEventUpdateInput,
    options: CalendarMutationOptions = {},
  ): Promise<CalendarEvent> {
    return this.#call(options, () => {
      const target = this.#target(calendarId, eventId, options);
      const changed = this.#change(target, (event) => applyUpdate(event, input), input);
      this.#tell('changed', changed, options);
      return structuredClone(changed);
    });
  }

  deleteEvent(calendarId: string, eventId: string, options: CalendarMutationOptions = {}): Promise<void> {
    return this.#call(options, () => {
      const store = this.#store(calendarId);
      const event = store.find(eventId);
      if (event === undefined) return;
      const { series, instance, scope } = this.#target(calendarId, eventId, options);
      if (instance === undefined || scope === 'all') {
        series.isDeleted = true;
        store.logChange(series.event.id);
      } else if (scope === 'this') {
        this.#override(store, series, { ...instance, status: 'cancelled' });
      } else this.#endBefore(store, series, instance);
      this.#tell('cancelled', event, options);
    });
  }

  respondToEvent(
    calendarId: string,
    eventId: string,
    { status }: CalendarResponse,
    options: CalendarMutationOptions = {},
  ): Promise<CalendarEvent> {
    return this.#call(options, () => {
      const { owner } = this.#store(calendarId);
      const target = this.#target(calendarId, eventId, options);
      const changed = this.#change(target, (event) => {
        const own = event.attendees?.find(({ email }) => email.toLowerCase() === owner.toLowerCase());
        if (own === undefined) {
          throw new IntegrationError({ code: 'forbidden', message: 'The owner of the calendar is not invited' });
        }
        return applyUpdate(event, { attendees: [{ ...own, responseStatus: status }] });
      });
      this.#tell('answered', changed, options);
      return structuredClone(changed);
    });
  }

  moveEvent(
    calendarId: string,
    eventId: string,
    targetCalendarId: string,
    options: CalendarMutationOptions = {},
  ): Promise<CalendarEvent> {
    return this.#call(options, () => {
      const { store, series, instance } = this.#target(calendarId, eventId, options);
      const other = this.#store(targetCalendarId);
      if (instance !== undefined) throw refused('eventId', 'an instance cannot leave its series');
      if (other.series.has(eventId)) {
        throw new IntegrationError({ code: 'conflict', message: 'The other calendar has an event with this id' });
      }
      store.series.delete(eventId);
      for (const [at, override] of series.overrides) {
        series.overrides.set(at, { ...override, calendarId: targetCalendarId });
      }
      series.event = this.#stamped({ ...series.event, calendarId: targetCalendarId });
      other.series.set(eventId, series);
      store.logChange(eventId);
      other.logChange(eventId);
      this.#tell('changed', series.event, options);
      return structuredClone(series.event);
    });
  }

  listInstances(
    calendarId: string,
    eventId: string,
    query: CalendarListInstancesQuery = {},
    options?: CallOptions,
  ): Promise<Page<CalendarEvent>> {
    return this.#call(options, () => {
      const store = this.#store(calendarId);
      const series = store.series.get(eventId);
      if (series === undefined || series.isDeleted) throw notFound();
      const only = new CalendarStore(store.about);
      only.series.set(eventId, series);
      const { events, nextPageToken, warnings } = only.list(
        {
          calendarId,
          ...(query.from === undefined ? {} : { timeMin: query.from }),
          ...(query.to === undefined ? {} : { timeMax: query.to }),
          ...(query.pageSize === undefined ? {} : { maxResults: query.pageSize }),
          ...(query.cursor === undefined ? {} : { pageToken: query.cursor }),
        },
        this.#now(),
      );
      const meta = warnings === undefined ? {} : { warnings };
      return nextPageToken === undefined
        ? { items: events, hasMore: false, ...meta }
        : { items: events, hasMore: true, nextCursor: nextPageToken, ...meta };
    });
  }

  listCalendars(options?: CallOptions): Promise<Page<Calendar>> {
    return this.#call(options, () => ({
      items: [...this.#stores.values()].map(({ about }, index) => ({
        id: about.id,
        title: about.title ?? about.id,
        timeZone: about.timeZone ?? 'UTC',
        isPrimary: index === 0,
        access: 'own',
      })),
      hasMore: false,
    }));
  }

  listChanges(calendarId: string, cursor?: string, options?: CallOptions): Promise<Changes<CalendarEvent>> {
    return this.#call(options, () => this.#store(calendarId).changesSince(cursor));
  }

  queryFreeBusy(query: CalendarFreeBusyQuery, options?: CallOptions): Promise<CalendarFreeBusy[]> {
    return this.#call(options, () => this.#freeBusy(query));
  }

  findSlots(query: CalendarFindSlotsQuery, options?: CallOptions): Promise<CalendarSlot[]> {
    return this.#call(options, () => freeSlots(query, this.#freeBusy(query)));
  }

  #freeBusy({ calendars = [], emails = [], from, to }: CalendarFreeBusyQuery): CalendarFreeBusy[] {
    const byOwner = (email: string): CalendarStore | undefined =>
      [...this.#stores.values()].find(({ owner }) => owner.toLowerCase() === email.toLowerCase());
    const asked = [
      ...calendars.map((id) => [id, this.#stores.get(id)] as const),
      ...emails.map((email) => [email, byOwner(email)] as const),
    ];
    return asked.map(([email, store]) =>
      store === undefined ? { email, busy: [], error: notFound() } : { email, busy: busyTimes(store, from, to) },
    );
  }

  #target(calendarId: string, eventId: string, { scope, ifMatch }: CalendarMutationOptions): Target {
    const store = this.#store(calendarId);
    const named = store.find(eventId);
    const direct = store.series.get(eventId);
    const parts = direct === undefined ? splitInstanceId(eventId) : undefined;
    const series = direct ?? store.series.get(parts?.seriesId ?? '');
    if (named === undefined || series === undefined) throw notFound();
    if (ifMatch !== undefined && named.etag !== ifMatch) {
      throw new IntegrationError({
        code: 'precondition_failed',
        httpStatus: 412,
        message: 'Nothing was changed: the event is another one by now',
      });
    }
    if (parts === undefined) {
      if (scope === 'this' || scope === 'following') throw refused('scope', 'needs the id of an instance');
      return { store, series, scope: 'all' };
    }
    return { store, series, instance: named, scope: scope ?? 'this' };
  }

  #change(
    { store, series, instance, scope }: Target,
    change: (event: CalendarEvent) => CalendarEvent,
    input: CalendarEventUpdateInput = {},
  ): CalendarEvent {
    if (instance === undefined || scope === 'all') {
      series.event = this.#stamped(
        change(instance === undefined ? series.event : shifted(series.event, instance, input)),
      );
      store.logChange(series.event.id);
      return series.event;
    }
    if (scope === 'this') return this.#override(store, series, change(instance));
    const { recurringEventId: _series, originalStart: _start, ...first } = instance;
    const lines = this.#endBefore(store, series, instance);
    const id = `event${(this.#count += 1)}`;
    const event = this.#stamped(change({ ...first, id, recurrence: lines, createdAt: new Date(this.#now()) }));
    store.series.set(id, { event, isDeleted: false, overrides: new Map() });
    store.logChange(id);
    return event;
  }

  /** Ends a series before an instance. Gives the lines of a series that goes on from there. */
  #endBefore(store: CalendarStore, series: Series, instance: CalendarEvent): string[] {
    const originalStart = instance.originalStart ?? instance.start;
    const { before, after } = splitRecurrence(series, originalStart);
    for (const at of series.overrides.keys()) if (at >= originalStart.getTime()) series.overrides.delete(at);
    series.event = this.#stamped({ ...series.event, recurrence: before });
    store.logChange(series.event.id);
    return after;
  }

  #override(store: CalendarStore, series: Series, changed: CalendarEvent): CalendarEvent {
    const override = this.#stamped(changed);
    series.overrides.set((override.originalStart ?? override.start).getTime(), override);
    store.logChange(override.id);
    return override;
  }

  #stamped(event: CalendarEvent): CalendarEvent {
    const updatedAt = new Date(this.#now());
    return { ...event, updatedAt, sequence: (event.sequence ?? 0) + 1, etag: this.#etag() };
  }

  #etag(): string {
    return `"${(this.#count += 1)}"`;
  }

  #conference(id: string): Pick<CalendarEvent, 'conference' | 'conferenceLink'> {
    const url = `https://meet.calendar.example/${id}`;
    return { conferenceLink: url, conference: { provider: 'in_memory', url, meetingId: id } };
  }

  #tell(
    kind: InMemoryCalendarNotice['kind'],
    event: CalendarEvent,
    { notify = 'none' }: CalendarMutationOptions,
  ): void {
    if (notify === 'none') return;
    const { owner } = this.#store(event.calendarId);
    const ownDomain = owner.split('@').at(-1);
    for (const { email } of event.attendees ?? []) {
      const isExternal = email.split('@').at(-1) !== ownDomain;
      if (email !== owner && (notify === 'all' || isExternal))
        this.#notices.push({ eventId: event.id, to: email, kind });
    }
  }

  #store(calendarId: string): CalendarStore {
    const store = this.#stores.get(calendarId);
    if (store !== undefined) return store;
    throw new IntegrationError({ code: 'not_found', field: 'calendarId', message: 'There is no such calendar' });
  }

  #call<Value>(options: CallOptions | undefined, work: () => Value): Promise<Value> {
    return this.#gate.run(options, () => {
      const { password, credential } = this.#options;
      if (password === undefined || credential === password) return work();
      throw new IntegrationError({ code: 'unauthenticated', message: 'The calendar does not know the credential' });
    });
  }
}

/** New times for all instances are given as those of one: the series moves as far as that one does. */
function shifted(series: CalendarEvent, instance: CalendarEvent, input: CalendarEventUpdateInput): CalendarEvent {
  if (input.start === undefined && input.startDate === undefined) return series;
  throw refused(
    'scope',
    `the times of all instances are changed by the id of their series, ${instance.recurringEventId ?? series.id}`,
  );
}

function busyTimes(store: CalendarStore, from: Date, to: Date): CalendarBusyTime[] {
  const zone = store.about.timeZone ?? 'UTC';
  // A day of the calendar may begin up to a day earlier or later than that of UTC.
  const window = { from: from.getTime() - 86_400_000, to: to.getTime() + 86_400_000 };
  const events = [...store.series.values()].filter(({ isDeleted }) => !isDeleted);
  const times = events
    .flatMap((series) => instancesOf(series, window))
    .filter(({ status, transparency }) => status !== 'cancelled' && transparency !== 'free')
    .map(({ start, end, startDate, endDate, status }): CalendarBusyTime => {
      const isWhole = startDate !== undefined && endDate !== undefined;
      return {
        start: isWhole ? instantAt({ date: startDate, timeMs: 0 }, zone) : start,
        end: isWhole ? instantAt({ date: endDate, timeMs: 0 }, zone) : end,
        status: status === 'tentative' ? 'tentative' : 'busy',
      };
    })
    .filter(({ start, end }) => start < to && end > from)
    .map(({ start, end, status }) => ({ start: start < from ? from : start, end: end > to ? to : end, status }));
  return mergeBusyTimes(times);
}

function notFound(): IntegrationError {
  return new IntegrationError({ code: 'not_found', message: 'There is no such calendar or event' });
}
