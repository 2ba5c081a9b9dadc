import { validateAgainstSchema } from '@mortise/core/schema';
import { describe, expect, it } from 'vitest';
import type { CalendarEvent } from '../model/event.ts';
import { CalendarEventSchema, reviveCalendarEvent } from './event-schema.ts';

const EVENT: CalendarEvent = {
  id: 'e',
  calendarId: 'c',
  title: 'Day off',
  start: new Date('2026-03-29T00:00:00Z'),
  end: new Date('2026-03-30T00:00:00Z'),
  allDay: true,
  startDate: '2026-03-29',
  endDate: '2026-03-30',
  attendees: [{ email: 'a@example.com', rawResponseStatus: 'delegated' }],
  reminders: [{ method: 'popup', minutesBeforeStart: 10 }],
  recurrence: ['RRULE:FREQ=YEARLY'],
  originalStart: new Date('2026-03-29T00:00:00Z'),
  updatedAt: new Date('2026-01-01T00:00:00.123Z'),
};

describe('an event', () => {
  it('crosses a process and comes back as it was: instants as dates, days as text', () => {
    const result = validateAgainstSchema(CalendarEventSchema, JSON.parse(JSON.stringify(EVENT)));
    if (!result.valid) expect.fail(JSON.stringify(result.problems));
    expect(reviveCalendarEvent(result.value)).toEqual(EVENT);
  });

  it.each<[string, object]>([
    ['a day with a time', { startDate: '2026-03-29T00:00:00Z' }],
    ['a day that does not exist', { endDate: '2026-02-30' }],
    ['a start without a zone', { start: '2026-03-29T00:00:00' }],
    ['an answer that is none', { attendees: [{ email: 'a@example.com', responseStatus: 'perhaps' }] }],
    ['a state that is none', { status: 'postponed' }],
  ])('is refused with %s', (_what, fields) => {
    const portable: unknown = { ...JSON.parse(JSON.stringify(EVENT)), ...fields };
    expect(validateAgainstSchema<unknown>(CalendarEventSchema, portable).valid).toBe(false);
  });
});
