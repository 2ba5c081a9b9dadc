import type { ConformanceCase } from '@mortise/testing';
import { rejectsWith } from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { CalendarConformanceTarget } from '../conformance-target.ts';
import { at, eventsOf, meeting, withSubject } from '../with-subject.ts';

const PAGE = 3;
const EVENTS = 10;

/** Events one by one, lists of them and changes: `calendar.7` to `calendar.18`. */
export const eventCases: readonly ConformanceCase<CalendarConformanceTarget>[] = [
  {
    id: 'calendar.7',
    title: 'cancelled and deleted events are listed only when they are asked for',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider, calendarId } = subject;
        const kept = await provider.createEvent(meeting(subject, { title: 'kept' }));
        const cancelled = await provider.createEvent(meeting(subject, { title: 'cancelled' }));
        const deleted = await provider.createEvent(meeting(subject, { title: 'deleted' }));
        await provider.updateEvent(calendarId, cancelled.id, { status: 'cancelled' });
        await provider.deleteEvent(calendarId, deleted.id);
        await provider.deleteEvent(calendarId, deleted.id);
        checkEqual(
          (await eventsOf(subject)).map(({ id }) => id),
          [kept.id],
          'events',
        );
        const all = await eventsOf(subject, { includeCancelled: true });
        const states = Object.fromEntries(all.map(({ id, status }) => [id, status === 'cancelled']));
        checkEqual([states[kept.id], states[cancelled.id]], [false, true], 'which events are cancelled');
        check(states[deleted.id] !== false, 'a deleted event is listed as if it still took place');
      }),
  },
  {
    id: 'calendar.8',
    title: 'a cursor that is too old is cursor_expired, and a new one goes on',
    requires: 'forget-changes',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider, calendarId, forgetChanges } = subject;
        const changes = (cursor?: string) =>
          provider.listChanges?.(calendarId, cursor) ?? fail('there is no listChanges');
        const { nextCursor } = await changes();
        await provider.createEvent(meeting(subject));
        await forgetChanges?.();
        await rejectsWith(changes(nextCursor), 'cursor_expired', 'a cursor that was forgotten');
        await rejectsWith(changes('foreign'), 'invalid_request', 'a foreign cursor');
        const fresh = await changes();
        const later = await provider.createEvent(meeting(subject));
        checkEqual(
          (await changes(fresh.nextCursor)).upserted.map(({ id }) => id),
          [later.id],
          'changes after a fresh cursor',
        );
      }),
  },
  {
    id: 'calendar.9',
    title: 'null clears, what is absent stays, and attendees are put among the others',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider, calendarId } = subject;
        const [ann, bob, cleo] = ['ann@x.example', 'bob@x.example', 'cleo@x.example'].map((email) => ({ email }));
        if (ann === undefined || bob === undefined || cleo === undefined) fail('there are no attendees');
        const input = meeting(subject, {
          description: 'a',
          location: 'b',
          metadata: { k: 'v' },
          attendees: [ann, bob],
        });
        const { id } = await provider.createEvent(input);
        const update = (fields: Parameters<typeof provider.updateEvent>[2]) =>
          provider.updateEvent(calendarId, id, fields);
        const cleared = await update({ description: null });
        checkEqual(
          [cleared.description ?? null, cleared.location, cleared.metadata],
          [null, 'b', { k: 'v' }],
          'after clearing one',
        );
        checkEqual([cleared.start, cleared.title], [input.start, 'Meeting'], 'what nobody spoke of');
        const emails = (event: typeof cleared) => (event.attendees ?? []).map(({ email }) => email).sort();
        const merged = await update({ attendees: [{ ...bob, optional: true }, cleo] });
        checkEqual(emails(merged), [ann.email, bob.email, cleo.email], 'attendees after adding one');
        checkEqual(merged.attendees?.find(({ email }) => email === bob.email)?.optional, true, 'the changed attendee');
        checkEqual(
          emails(await update({ attendees: [cleo], replaceAttendees: true })),
          [cleo.email],
          'attendees after replacing',
        );
        checkEqual(emails(await update({ attendees: null })), [], 'attendees after clearing');
      }),
  },
  {
    id: 'calendar.10',
    title: 'a change for an etag that is no longer current is refused and changes nothing',
    requires: 'conditions',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider, calendarId } = subject;
        const { id, etag: first = fail('the event has no etag') } = await provider.createEvent(meeting(subject));
        await provider.updateEvent(calendarId, id, { title: 'second' }, { ifMatch: first });
        const late = provider.updateEvent(calendarId, id, { title: 'lost' }, { ifMatch: first });
        await rejectsWith(late, 'precondition_failed', 'a change for an old etag');
        const gone = provider.deleteEvent(calendarId, id, { ifMatch: first });
        await rejectsWith(gone, 'precondition_failed', 'a deletion for an old etag');
        checkEqual(
          (await eventsOf(subject)).map(({ title }) => title),
          ['second'],
          'events',
        );
      }),
  },
  {
    id: 'calendar.11',
    title: 'nobody is written to unless that is asked for, and then only those who are meant',
    requires: 'notices',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider, calendarId, notices, owner } = subject;
        const inside = `colleague@${owner.split('@').at(-1) ?? ''}`;
        const outside = 'guest@elsewhere.example';
        const attendees = [{ email: inside }, { email: outside }];
        const { id } = await provider.createEvent(meeting(subject, { attendees }));
        await provider.updateEvent(calendarId, id, { title: 'a' });
        await provider.updateEvent(calendarId, id, { title: 'b' }, { notify: 'none' });
        checkEqual((await notices?.())?.length, 0, 'mails without a word');
        await provider.updateEvent(calendarId, id, { title: 'c' }, { notify: 'external' });
        checkEqual(
          (await notices?.())?.map(({ to }) => to),
          [outside],
          'mails to others',
        );
        await provider.deleteEvent(calendarId, id, { notify: 'all' });
        checkEqual((await notices?.())?.map(({ to }) => to).sort(), [inside, outside, outside].sort(), 'mails to all');
      }),
  },
  {
    id: 'calendar.12',
    title: 'one id of the caller makes one event, also at once',
    requires: 'caller-ids',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider } = subject;
        const create = () => provider.createEvent(meeting(subject), { eventId: 'abcde0123' });
        const outcomes = await Promise.allSettled([create(), create()]);
        checkEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected'], 'two events under one id');
        await rejectsWith(create(), 'conflict', 'a third one');
        checkEqual(
          (await eventsOf(subject)).map(({ id }) => id),
          ['abcde0123'],
          'events',
        );
      }),
  },
  {
    id: 'calendar.13',
    title:
      'taken times are merged and cut to the window, free ones left out, and an unknown calendar is an error of its own',
    requires: 'queryFreeBusy',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider, calendarId } = subject;
        const day = '2026-03-02T';
        const add = (from: string, to: string, fields = {}) =>
          provider.createEvent(
            meeting(subject, { start: at(`${day}${from}:00Z`), end: at(`${day}${to}:00Z`), ...fields }),
          );
        await add('07:00', '09:00');
        await add('08:30', '10:00', { status: 'tentative' });
        await add('12:00', '13:00', { status: 'tentative' });
        await add('13:30', '14:00', { transparency: 'free' });
        await add('14:00', '15:00', { status: 'cancelled' });
        const query = {
          calendars: [calendarId, 'no-such-calendar'],
          from: at(`${day}08:00:00Z`),
          to: at(`${day}18:00:00Z`),
        };
        const answer = (await provider.queryFreeBusy?.(query)) ?? fail('there is no queryFreeBusy');
        checkEqual(
          answer.map(({ email }) => email),
          query.calendars,
          'calendars',
        );
        checkEqual(
          answer[0]?.busy.map(({ start, end, status }) => [start, end, status]),
          [
            [at(`${day}08:00:00Z`), at(`${day}10:00:00Z`), 'busy'],
            [at(`${day}12:00:00Z`), at(`${day}13:00:00Z`), 'tentative'],
          ],
          'taken times',
        );
        checkEqual(answer[1]?.error?.code, 'not_found', 'code of the unknown calendar');
        if (provider.findSlots === undefined) return;
        const slots = await provider.findSlots({
          ...query,
          calendars: [calendarId],
          durationMinutes: 120,
          stepMinutes: 60,
        });
        checkEqual(slots[0], { start: at(`${day}10:00:00Z`), end: at(`${day}12:00:00Z`) }, 'the first free time');
        await rejectsWith(
          provider.findSlots({ ...query, durationMinutes: 60 }),
          'partial_failure',
          'free times of an unknown calendar',
        );
      }),
  },
  {
    id: 'calendar.14',
    title: 'nothing is made up: what was not said is absent',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider, calendarId } = subject;
        const bare = { calendarId, title: 'Bare', start: at('2026-03-02T08:00:00Z'), end: at('2026-03-02T09:00:00Z') };
        await provider.createEvent({ ...bare, attendees: [{ email: 'ann@x.example' }] });
        const event = (await eventsOf(subject))[0] ?? fail('the event is not listed');
        for (const name of [
          'description',
          'location',
          'startDate',
          'endDate',
          'recurrence',
          'originalStart',
          'conference',
        ] as const) {
          check(event[name] === undefined, `${name} was made up`);
        }
        const answer = event.attendees?.[0]?.responseStatus;
        check(
          answer === undefined || answer === 'needsAction',
          `the answer of an attendee was made up: ${answer ?? ''}`,
        );
        check(event.allDay !== true, 'the event became a whole day');
      }),
  },
  {
    id: 'calendar.15',
    title: 'pages hold every event once and in order while events are added',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider, calendarId } = subject;
        const ids: string[] = [];
        const add = (n: number, title: string) => {
          const start = new Date(Date.UTC(2026, 2, 2, 8) + n * 86_400_000);
          return provider.createEvent(meeting(subject, { title, start, end: new Date(start.getTime() + 1_000) }));
        };
        for (let n = 0; n < EVENTS; n += 1) ids.push((await add(n, `event ${n}`)).id);
        const seen: string[] = [];
        let pageToken: string | undefined;
        let round = 0;
        do {
          const query = { calendarId, maxResults: PAGE };
          const page = await provider.listEvents(pageToken === undefined ? query : { ...query, pageToken });
          check(page.events.length <= PAGE, `${page.events.length} events on a page of ${PAGE}`);
          seen.push(...page.events.map(({ id }) => id));
          pageToken = page.nextPageToken;
          await add(-1 - round, 'meanwhile');
          round += 1;
        } while (pageToken !== undefined && round <= EVENTS);
        checkEqual(seen, ids, 'events over all pages');
        await rejectsWith(
          provider.listEvents({ calendarId, pageToken: 'foreign' }),
          'invalid_request',
          'a foreign token',
        );
      }),
  },
  {
    id: 'calendar.16',
    title: 'changes tell of new, changed and deleted events, and of nothing twice',
    requires: 'listChanges',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider, calendarId } = subject;
        const changes = (cursor?: string) =>
          provider.listChanges?.(calendarId, cursor) ?? fail('there is no listChanges');
        const kept = await provider.createEvent(meeting(subject));
        const changed = await provider.createEvent(meeting(subject));
        const deleted = await provider.createEvent(meeting(subject));
        const { nextCursor } = await changes();
        const added = await provider.createEvent(meeting(subject));
        await provider.updateEvent(calendarId, changed.id, { title: 'changed' });
        await provider.deleteEvent(calendarId, deleted.id);
        const later = await changes(nextCursor);
        checkEqual(later.upserted.map(({ id }) => id).sort(), [added.id, changed.id].sort(), 'new and changed events');
        checkEqual(later.upserted.find(({ id }) => id === changed.id)?.title, 'changed', 'title of the changed event');
        checkEqual(
          later.removed.map(({ id }) => id),
          [deleted.id],
          'deleted events',
        );
        check(!later.upserted.some(({ id }) => id === kept.id), 'an event that nobody touched is told of');
        const idle = await changes(later.nextCursor);
        checkEqual([idle.upserted.length, idle.removed.length], [0, 0], 'changes after that');
      }),
  },
  {
    id: 'calendar.17',
    title: 'an answer to an invitation is that of the owner, and of nobody else',
    requires: 'respondToEvent',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider, calendarId, owner } = subject;
        const attendees = [{ email: owner }, { email: 'ann@x.example' }];
        const { id } = await provider.createEvent(meeting(subject, { attendees }));
        const answered = await provider.respondToEvent?.(calendarId, id, { status: 'accepted' });
        const answers = Object.fromEntries(
          (answered?.attendees ?? []).map((one) => [one.email, one.responseStatus ?? 'none']),
        );
        checkEqual(answers[owner], 'accepted', 'answer of the owner');
        check(answers['ann@x.example'] !== 'accepted', 'somebody else was answered for');
      }),
  },
  {
    id: 'calendar.18',
    title: 'an event moves into another calendar with its id, and is gone from the first',
    requires: 'moveEvent',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider, calendarId, otherCalendarId = fail('there is no other calendar') } = subject;
        const { id } = await provider.createEvent(meeting(subject));
        const moved = await provider.moveEvent?.(calendarId, id, otherCalendarId);
        checkEqual([moved?.id, moved?.calendarId], [id, otherCalendarId], 'the moved event');
        checkEqual((await eventsOf(subject)).length, 0, 'events of the first calendar');
        checkEqual(
          (await eventsOf(subject, { calendarId: otherCalendarId })).map((event) => event.id),
          [id],
          'of the other',
        );
      }),
  },
];
