import type { CalendarEvent, CalendarEventTimes } from '../model/event.ts';
import type { CalendarEventInput } from '../model/event-input.ts';
import type { CalendarListEventsQuery } from '../model/list-events.ts';
import type { CalendarConformanceTarget, CalendarSubject, CalendarSubjectSetup } from './conformance-target.ts';

/** Runs a check against a fresh provider and releases everything afterwards. */
export async function withSubject(
  target: CalendarConformanceTarget,
  run: (subject: CalendarSubject) => Promise<void>,
  setup: Partial<CalendarSubjectSetup> = {},
): Promise<void> {
  const subject = await target.open({ credential: 'conformance-credential', ...setup });
  try {
    await run(subject);
  } finally {
    await subject.close();
  }
}

export const at = (text: string): Date => new Date(text);

/** An hour on Monday, 2026-03-02, at 09:00 in Paris, which is 08:00 UTC. */
export function meeting({ calendarId }: CalendarSubject, fields: Partial<CalendarEventInput> = {}): CalendarEventInput {
  return {
    calendarId,
    title: 'Meeting',
    start: at('2026-03-02T08:00:00Z'),
    end: at('2026-03-02T09:00:00Z'),
    startZone: 'Europe/Paris',
    ...fields,
  };
}

/** Whole days, by their dates. */
export function wholeDays(startDate: string, endDate: string): CalendarEventTimes {
  return { start: at(`${startDate}T00:00:00Z`), end: at(`${endDate}T00:00:00Z`), allDay: true, startDate, endDate };
}

export async function eventsOf(
  { provider, calendarId }: CalendarSubject,
  query: Partial<CalendarListEventsQuery> = {},
): Promise<CalendarEvent[]> {
  return (await provider.listEvents({ calendarId, ...query })).events;
}

/** Starts of the events in a window, as text. */
export async function startsOf(subject: CalendarSubject, timeMin: string, timeMax: string): Promise<string[]> {
  const events = await eventsOf(subject, { timeMin: at(timeMin), timeMax: at(timeMax) });
  return events.map(({ start }) => start.toISOString());
}
