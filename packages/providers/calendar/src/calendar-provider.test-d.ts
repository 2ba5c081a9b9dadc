import { describe, expectTypeOf, it } from 'vitest';
import type {
  CalendarEvent,
  CalendarEventInput,
  CalendarEventUpdateInput,
  CalendarListEventsQuery,
  CalendarListEventsResult,
  CalendarProvider,
} from './index.ts';

/** A class written against the first interface. */
class OldCalendar implements CalendarProvider {
  async listEvents(_query: CalendarListEventsQuery): Promise<CalendarListEventsResult> {
    return { events: [] };
  }
  async createEvent({ calendarId, title, start, end }: CalendarEventInput): Promise<CalendarEvent> {
    return { id: 'e', calendarId, title, start, end };
  }
  async updateEvent(calendarId: string, id: string, input: CalendarEventUpdateInput): Promise<CalendarEvent> {
    return { id, calendarId, title: input.title ?? '', start: new Date(0), end: new Date(0) };
  }
  async deleteEvent(_calendarId: string, _eventId: string): Promise<void> {}
}

describe('the interface', () => {
  it('is still fulfilled by a class that knows the first methods only', () => {
    expectTypeOf<OldCalendar>().toExtend<CalendarProvider>();
  });

  it('keeps the types of the first fields', () => {
    expectTypeOf<CalendarEvent['start']>().toEqualTypeOf<Date>();
    expectTypeOf<CalendarEvent['metadata']>().toEqualTypeOf<Record<string, string> | undefined>();
    expectTypeOf<CalendarListEventsResult['events']>().toEqualTypeOf<CalendarEvent[]>();
  });

  it('lets an update clear what can be absent, and not the title', () => {
    const cleared: CalendarEventUpdateInput = { description: null, attendees: null, recurrence: null };
    expectTypeOf(cleared).toEqualTypeOf<CalendarEventUpdateInput>();
    // @ts-expect-error: every event has a title
    const untitled: CalendarEventUpdateInput = { title: null };
    expectTypeOf(untitled).toEqualTypeOf<CalendarEventUpdateInput>();
  });
});
