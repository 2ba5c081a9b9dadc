import { describe, expect, it } from 'vitest';
import type { CalendarProvider } from './calendar-provider.ts';
import { complete, listAllEvents } from './complete.ts';
import { InMemoryCalendarProvider } from './testing/in-memory/in-memory-calendar-provider.ts';

const calendarId = 'primary';

/** A provider with the first four methods alone. */
function minimal(): CalendarProvider {
  const calendar = new InMemoryCalendarProvider();
  return {
    listEvents: (query, options) => calendar.listEvents(query, options),
    createEvent: (input, options) => calendar.createEvent(input, options),
    updateEvent: (id, eventId, input, options) => calendar.updateEvent(id, eventId, input, options),
    deleteEvent: (id, eventId, options) => calendar.deleteEvent(id, eventId, options),
  };
}

const hour = (n: number) => ({
  calendarId,
  title: `hour ${n}`,
  start: new Date(Date.UTC(2026, 2, 2, n)),
  end: new Date(Date.UTC(2026, 2, 2, n + 1)),
});

describe('complete', () => {
  it('rejects with "unsupported" and the name where nothing can be composed', async () => {
    const whole = complete(minimal());
    const window = { from: new Date(0), to: new Date(1) };
    const watch = { calendarId, delta: {} };
    const calls: [string, Promise<unknown>][] = [
      ['getEvent', whole.getEvent(calendarId, 'e')],
      ['listCalendars', whole.listCalendars()],
      ['listChanges', whole.listChanges(calendarId)],
      ['queryFreeBusy', whole.queryFreeBusy(window)],
      ['findSlots', whole.findSlots({ ...window, durationMinutes: 1 })],
      ['respondToEvent', whole.respondToEvent(calendarId, 'e', { status: 'accepted' })],
      ['moveEvent', whole.moveEvent(calendarId, 'e', 'other')],
      ['listInstances', whole.listInstances(calendarId, 'e')],
      ['watch', whole.watch({ calendarId, channelId: 'c', webhookUrl: 'https://example.com' })],
      ['renewWatch', whole.renewWatch(watch)],
      ['stopWatch', whole.stopWatch(watch)],
      ['importEvent', whole.importEvent(calendarId, '')],
      ['exportEvent', whole.exportEvent(calendarId, 'e')],
    ];
    for (const [name, call] of calls) {
      await expect(call).rejects.toMatchObject({ code: 'unsupported', message: expect.stringContaining(name) });
    }
  });

  it('finds free times by asking when people are taken', async () => {
    const calendar = new InMemoryCalendarProvider();
    await calendar.createEvent(hour(9));
    const whole = complete({ ...minimal(), queryFreeBusy: (query, options) => calendar.queryFreeBusy(query, options) });
    const query = {
      calendars: [calendarId],
      from: hour(8).start,
      to: hour(11).start,
      durationMinutes: 60,
      stepMinutes: 60,
    };
    expect((await whole.findSlots(query)).map(({ start }) => start)).toEqual([hour(8).start, hour(10).start]);
  });

  it('uses the methods that a provider has', async () => {
    const whole = complete(new InMemoryCalendarProvider());
    const { id } = await whole.createEvent(hour(9));
    expect((await whole.getEvent(calendarId, id))?.title).toBe('hour 9');
    expect(whole.capabilities?.features).toContain('recurrence');
  });
});

describe('listAllEvents', () => {
  it('goes through all pages in order, and ends when its signal aborts', async () => {
    const calendar = minimal();
    for (const n of [3, 1, 2]) await calendar.createEvent(hour(n));
    const titles: string[] = [];
    for await (const { title } of listAllEvents(calendar, { calendarId, maxResults: 1 })) titles.push(title);
    expect(titles).toEqual(['hour 1', 'hour 2', 'hour 3']);
    const aborted = listAllEvents(calendar, { calendarId }, { signal: AbortSignal.abort() });
    await expect(aborted[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'aborted' });
  });
});
