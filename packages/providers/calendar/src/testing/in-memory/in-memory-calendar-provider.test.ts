import { describe, expect, it } from 'vitest';
import type { CalendarEventInput } from '../../model/event-input.ts';
import { InMemoryCalendarProvider } from './in-memory-calendar-provider.ts';

const calendarId = 'work';
const at = (text: string) => new Date(text);
const WINDOW = { calendarId, timeMin: at('2026-03-01T00:00:00Z'), timeMax: at('2026-04-01T00:00:00Z') };

function calendar() {
  return new InMemoryCalendarProvider({
    calendars: [
      { id: calendarId, timeZone: 'America/Los_Angeles' },
      { id: 'home', owner: 'me@home.example' },
    ],
    now: () => Date.UTC(2026, 2, 1),
  });
}

const daily = (fields: Partial<CalendarEventInput> = {}): CalendarEventInput => ({
  calendarId,
  title: 'Daily',
  start: at('2026-03-02T08:00:00Z'),
  end: at('2026-03-02T09:00:00Z'),
  recurrence: ['RRULE:FREQ=DAILY;COUNT=5'],
  ...fields,
});

describe('series', () => {
  it('can be listed as such, with the instances that differ', async () => {
    const provider = calendar();
    const { id } = await provider.createEvent(daily());
    const [, second] = (await provider.listEvents(WINDOW)).events;
    await provider.updateEvent(calendarId, second?.id ?? '', { title: 'Other' });
    const { events } = await provider.listEvents({ ...WINDOW, expandRecurrences: false });
    expect(events.map((event) => [event.id === id, event.title])).toEqual([
      [true, 'Daily'],
      [false, 'Other'],
    ]);
    expect((await provider.getEvent(calendarId, second?.id ?? ''))?.title).toBe('Other');
  });

  it('share the count where they are split, and keep their end', async () => {
    const provider = calendar();
    const { id } = await provider.createEvent(daily());
    const instances = await provider.listInstances(calendarId, id);
    const rest = await provider.updateEvent(
      calendarId,
      instances.items[3]?.id ?? '',
      { title: 'B' },
      { scope: 'following' },
    );
    expect(rest.recurrence).toEqual(['RRULE:FREQ=DAILY;COUNT=2']);
    expect((await provider.listInstances(calendarId, id)).items).toHaveLength(3);
    const until = await provider.createEvent(daily({ recurrence: ['RRULE:FREQ=DAILY;UNTIL=20260305T080000Z'] }));
    const own = await provider.listInstances(calendarId, until.id);
    const later = await provider.updateEvent(
      calendarId,
      own.items[2]?.id ?? '',
      { title: 'C' },
      { scope: 'following' },
    );
    expect(later.recurrence).toEqual(['RRULE:FREQ=DAILY;UNTIL=20260305T080000Z']);
    expect((await provider.listInstances(calendarId, later.id)).items).toHaveLength(2);
  });

  it('without an end are followed for two years where the query has none, and a warning says so', async () => {
    const provider = calendar();
    await provider.createEvent(daily({ recurrence: ['RRULE:FREQ=YEARLY'] }));
    const open = await provider.listEvents({ calendarId });
    expect(open.events.map(({ start }) => start.getUTCFullYear())).toEqual([2026, 2027]);
    expect(open.warnings).toEqual([expect.objectContaining({ type: 'truncated', field: 'timeMax' })]);
    expect(await provider.listEvents(WINDOW)).not.toHaveProperty('warnings');
    const finite = calendar();
    await finite.createEvent(daily());
    expect(await finite.listEvents({ calendarId })).not.toHaveProperty('warnings');
  });

  it('are paged by instance', async () => {
    const provider = calendar();
    const { id } = await provider.createEvent(daily());
    const first = await provider.listInstances(calendarId, id, { pageSize: 3 });
    const second = await provider.listInstances(calendarId, id, { cursor: first.nextCursor ?? '' });
    expect([first.items.length, first.hasMore, second.items.length, second.hasMore]).toEqual([3, true, 2, false]);
  });

  it('are refused where the rule cannot be followed, and nothing is created', async () => {
    const provider = calendar();
    const created = provider.createEvent(daily({ recurrence: ['RRULE:FREQ=HOURLY'] }));
    await expect(created).rejects.toMatchObject({ code: 'unsupported', field: 'recurrence' });
    expect((await provider.listEvents({ calendarId })).events).toEqual([]);
  });

  it('take a scope only with the id of an instance', async () => {
    const provider = calendar();
    const { id } = await provider.createEvent(daily());
    for (const scope of ['this', 'following'] as const) {
      const update = provider.updateEvent(calendarId, id, { title: 'x' }, { scope });
      await expect(update).rejects.toMatchObject({ code: 'invalid_request', field: 'scope' });
    }
  });
});

describe('events', () => {
  it('become whole days and back', async () => {
    const provider = calendar();
    const { id } = await provider.createEvent({
      calendarId,
      title: 'x',
      start: at('2026-03-02T08:00:00Z'),
      end: at('2026-03-02T09:00:00Z'),
    });
    const days = { allDay: true, startDate: '2026-03-05', endDate: '2026-03-06' };
    expect(await provider.updateEvent(calendarId, id, days)).toMatchObject({
      ...days,
      start: at('2026-03-05T00:00:00Z'),
    });
    const times = { allDay: false, start: at('2026-03-07T08:00:00Z'), end: at('2026-03-07T09:00:00Z') };
    const timed = await provider.updateEvent(calendarId, id, times);
    expect(timed).toMatchObject(times);
    expect(timed).not.toHaveProperty('startDate');
  });

  it.each<[string, Partial<CalendarEventInput>, string]>([
    ['an end before the start', { end: at('2026-03-01T00:00:00Z') }, 'end'],
    ['a start that is no time', { start: new Date(Number.NaN) }, 'end'],
    ['a zone that is none', { startZone: 'Mars/Base' }, 'startZone'],
  ])('are refused with %s', async (_what, fields, field) => {
    const created = calendar().createEvent(daily({ ...fields }));
    await expect(created).rejects.toMatchObject({ code: 'invalid_request', field });
  });

  it('get an online meeting only where one is asked for', async () => {
    const provider = calendar();
    const met = await provider.createEvent(daily({ conference: { create: true } }));
    expect(met.conferenceLink).toBe(met.conference?.url);
    expect(await provider.createEvent(daily({ conference: { create: false } }))).not.toHaveProperty('conferenceLink');
  });

  it('are found by words, by their shared id and by when they changed', async () => {
    const provider = calendar();
    await provider.createEvent(daily({ title: 'Lunch', recurrence: [], iCalUid: 'uid-1' }));
    await provider.createEvent(daily({ title: 'Dinner', recurrence: [] }));
    const titles = async (query: object) =>
      (await provider.listEvents({ ...WINDOW, ...query })).events.map(({ title }) => title);
    expect(await titles({ query: 'lunch' })).toEqual(['Lunch']);
    expect(await titles({ iCalUid: 'uid-1' })).toEqual(['Lunch']);
    expect(await titles({ updatedSince: at('2027-01-01T00:00:00Z') })).toEqual([]);
    expect(await titles({ order: 'updated' })).toHaveLength(2);
  });
});

describe('free and busy times', () => {
  it('count a whole day by the zone of the calendar', async () => {
    const provider = calendar();
    const day = { start: at('2026-03-05T00:00:00Z'), end: at('2026-03-06T00:00:00Z'), allDay: true };
    await provider.createEvent({ calendarId, title: 'off', ...day });
    const [answer] = await provider.queryFreeBusy({
      calendars: [calendarId],
      from: WINDOW.timeMin,
      to: WINDOW.timeMax,
    });
    expect(answer?.busy).toEqual([
      { start: at('2026-03-05T08:00:00Z'), end: at('2026-03-06T08:00:00Z'), status: 'busy' },
    ]);
  });

  it('are found by the address of an owner', async () => {
    const answers = await calendar().queryFreeBusy({
      emails: ['ME@home.example', 'you@home.example'],
      from: at('2026-01-01T00:00:00Z'),
      to: at('2026-01-02T00:00:00Z'),
    });
    expect(answers.map(({ error }) => error?.code)).toEqual([undefined, 'not_found']);
  });
});

describe('an answer', () => {
  it('is refused for an owner who is not invited', async () => {
    const provider = calendar();
    const { id } = await provider.createEvent(daily());
    const answer = provider.respondToEvent(calendarId, id, { status: 'declined' });
    await expect(answer).rejects.toMatchObject({ code: 'forbidden' });
  });
});
