import type { ConformanceCase } from '@mortise/testing';
import { rejectsWith } from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { CalendarConformanceTarget } from '../conformance-target.ts';
import { at, eventsOf, meeting, startsOf, wholeDays, withSubject } from '../with-subject.ts';

/** Days, zones, series and windows: `calendar.1` to `calendar.6`. */
export const timeCases: readonly ConformanceCase<CalendarConformanceTarget>[] = [
  {
    id: 'calendar.1',
    title: 'a whole-day event keeps its days, the end not included, through reading and writing back',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider, calendarId } = subject;
        const { startZone: _zone, ...input } = meeting(subject, wholeDays('2026-03-29', '2026-03-31'));
        const created = await provider.createEvent(input);
        const read = (await eventsOf(subject))[0] ?? fail('the event is not listed');
        for (const [what, event] of [
          ['created', created],
          ['read', read],
        ] as const) {
          checkEqual(
            [event.allDay, event.startDate, event.endDate, event.start, event.end],
            [true, '2026-03-29', '2026-03-31', at('2026-03-29T00:00:00Z'), at('2026-03-31T00:00:00Z')],
            `days of the ${what} event`,
          );
        }
        const { start, end, allDay = true } = read;
        const back = await provider.updateEvent(calendarId, read.id, { start, end, allDay, title: 'Again' });
        checkEqual([back.startDate, back.endDate], ['2026-03-29', '2026-03-31'], 'days after they were written back');
        const vague = { ...input, start: at('2026-03-29T22:00:00Z'), startDate: undefined, endDate: undefined };
        const { startDate: _start, endDate: _end, ...withoutDates } = vague;
        await rejectsWith(provider.createEvent(withoutDates), 'invalid_request', 'a whole day by a time of day');
      }),
  },
  {
    id: 'calendar.2',
    title: 'a weekly meeting keeps its wall time over both changes of the clock',
    requires: 'recurrence',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider } = subject;
        await provider.createEvent(meeting(subject, { recurrence: ['RRULE:FREQ=WEEKLY'] }));
        checkEqual(
          await startsOf(subject, '2026-03-23T00:00:00Z', '2026-04-07T00:00:00Z'),
          ['2026-03-23T08:00:00.000Z', '2026-03-30T07:00:00.000Z', '2026-04-06T07:00:00.000Z'],
          'meetings as clocks are put forward',
        );
        checkEqual(
          await startsOf(subject, '2026-10-19T00:00:00Z', '2026-11-03T00:00:00Z'),
          ['2026-10-19T07:00:00.000Z', '2026-10-26T08:00:00.000Z', '2026-11-02T08:00:00.000Z'],
          'meetings as clocks are put back',
        );
        const [first] = await eventsOf(subject, {
          timeMin: at('2026-03-30T00:00:00Z'),
          timeMax: at('2026-03-31T00:00:00Z'),
        });
        checkEqual(first?.startZone, 'Europe/Paris', 'zone of an instance');
        checkEqual(first?.end, at('2026-03-30T08:00:00Z'), 'end of an instance');
      }),
  },
  {
    id: 'calendar.3',
    title: 'a time that is left out comes an hour later on the wall, and one that comes twice is the first',
    requires: 'recurrence',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider } = subject;
        const nightly = { start: at('2026-03-27T01:30:00Z'), end: at('2026-03-27T01:45:00Z') };
        await provider.createEvent(meeting(subject, { ...nightly, recurrence: ['RRULE:FREQ=DAILY'] }));
        checkEqual(
          await startsOf(subject, '2026-03-28T00:00:00Z', '2026-03-31T00:00:00Z'),
          ['2026-03-28T01:30:00.000Z', '2026-03-29T01:30:00.000Z', '2026-03-30T00:30:00.000Z'],
          'half past two as it is left out',
        );
        checkEqual(
          await startsOf(subject, '2026-10-24T00:00:00Z', '2026-10-27T00:00:00Z'),
          ['2026-10-24T00:30:00.000Z', '2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z'],
          'half past two as it comes twice',
        );
      }),
  },
  {
    id: 'calendar.4',
    title: 'a series leaves out its exceptions, and shows moved instances where they are and cancelled ones not at all',
    requires: 'recurrence',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider, calendarId } = subject;
        const recurrence = ['RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=6', 'EXDATE;TZID=Europe/Paris:20260304T090000'];
        const series = await provider.createEvent(meeting(subject, { recurrence }));
        const window = ['2026-03-01T00:00:00Z', '2026-04-01T00:00:00Z'] as const;
        const planned = ['02', '09', '11', '16', '18'].map((day) => `2026-03-${day}T08:00:00.000Z`);
        checkEqual(await startsOf(subject, ...window), planned, 'the series');
        const instances = await eventsOf(subject, { timeMin: at(window[0]), timeMax: at(window[1]) });
        const [, moved, cancelled] = instances;
        if (moved === undefined || cancelled === undefined) fail('there are too few instances');
        checkEqual(
          [moved.recurringEventId, moved.originalStart],
          [series.id, at('2026-03-09T08:00:00Z')],
          'an instance',
        );
        const later = { start: at('2026-03-10T10:00:00Z'), end: at('2026-03-10T11:00:00Z') };
        await provider.updateEvent(calendarId, moved.id, later);
        await provider.deleteEvent(calendarId, cancelled.id);
        checkEqual(
          await startsOf(subject, ...window),
          [planned[0], '2026-03-10T10:00:00.000Z', planned[3], planned[4]],
          'the series after one was moved and one deleted',
        );
        const again = (
          await eventsOf(subject, { timeMin: at('2026-03-10T00:00:00Z'), timeMax: at('2026-03-11T00:00:00Z') })
        )[0];
        checkEqual(
          [again?.id, again?.originalStart],
          [moved.id, moved.originalStart],
          'identity of the moved instance',
        );
        const monthly = {
          recurrence: ['RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=2'],
          start: at('2026-06-26T07:00:00Z'),
          end: at('2026-06-26T08:00:00Z'),
        };
        await provider.createEvent(meeting(subject, monthly));
        checkEqual(
          await startsOf(subject, '2026-06-01T00:00:00Z', '2027-01-01T00:00:00Z'),
          ['2026-06-26T07:00:00.000Z', '2026-07-31T07:00:00.000Z'],
          'the last Friday of the month',
        );
      }),
  },
  {
    id: 'calendar.5',
    title: 'a change is of this instance, of it and later ones, or of all, and of no other',
    requires: 'instance-scope',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider, calendarId } = subject;
        const recurrence = ['RRULE:FREQ=DAILY;COUNT=5'];
        const series = await provider.createEvent(meeting(subject, { recurrence }));
        const window = { timeMin: at('2026-03-01T00:00:00Z'), timeMax: at('2026-04-01T00:00:00Z') };
        const titles = async () => (await eventsOf(subject, window)).map(({ title }) => title);
        const ids = (await eventsOf(subject, window)).map(({ id }) => id);
        await provider.updateEvent(calendarId, ids[1] ?? '', { title: 'this' }, { scope: 'this' });
        checkEqual(await titles(), ['Meeting', 'this', 'Meeting', 'Meeting', 'Meeting'], 'titles after "this"');
        const rest = await provider.updateEvent(calendarId, ids[3] ?? '', { title: 'later' }, { scope: 'following' });
        checkEqual(await titles(), ['Meeting', 'this', 'Meeting', 'later', 'later'], 'titles after "following"');
        check(rest.id !== series.id, 'the later instances are still of the old series');
        await provider.updateEvent(calendarId, rest.id, { title: 'all' }, { scope: 'all' });
        checkEqual(await titles(), ['Meeting', 'this', 'Meeting', 'all', 'all'], 'titles after "all"');
        await provider.deleteEvent(calendarId, ids[2] ?? '', { scope: 'following' });
        checkEqual(
          await titles(),
          ['Meeting', 'this', 'all', 'all'],
          'titles after deleting the end of the first series',
        );
        await provider.deleteEvent(calendarId, rest.id);
        checkEqual(await titles(), ['Meeting', 'this'], 'titles after deleting the second series');
      }),
  },
  {
    id: 'calendar.6',
    title: 'a window has what ends after it begins and begins before it ends',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider } = subject;
        const hours: [string, number, number][] = [
          ['ends at the begin', 8, 9],
          ['over the begin', 8, 10],
          ['a moment at the begin', 9, 9],
          ['inside', 10, 11],
          ['begins before the end', 11, 13],
          ['begins at the end', 12, 13],
        ];
        for (const [title, from, to] of hours) {
          const hour = (n: number) => at(`2026-03-02T${String(n).padStart(2, '0')}:00:00Z`);
          await provider.createEvent(meeting(subject, { title, start: hour(from), end: hour(to) }));
        }
        const window = { timeMin: at('2026-03-02T09:00:00Z'), timeMax: at('2026-03-02T12:00:00Z') };
        const titles = (await eventsOf(subject, window)).map(({ title }) => title).sort();
        checkEqual(titles, ['a moment at the begin', 'begins before the end', 'inside', 'over the begin'], 'events');
      }),
  },
];
