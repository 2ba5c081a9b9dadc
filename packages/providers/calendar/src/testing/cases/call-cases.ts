import { assertNoCanary, type ConformanceCase, createCanary } from '@mortise/testing';
import { type CallOptions, IntegrationError } from '@mortise/core';
import type { CalendarProvider } from '../../calendar-provider.ts';
import { ABORT_WITHIN_MS, deepFreeze, describeError, rejectionOf, rejectsWith, within } from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { CalendarConformanceTarget, CalendarSubject } from '../conformance-target.ts';
import { eventsOf, meeting, withSubject } from '../with-subject.ts';

const PARALLEL_CALLS = 50;
const TIME_LIMIT_MS = 60;

/** Ends of calls, ids, secrets, parallel calls and honesty. */
export const callCases: readonly ConformanceCase<CalendarConformanceTarget>[] = [
  {
    id: 'X1',
    title: 'a signal that aborted beforehand creates and deletes nothing',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider, calendarId } = subject;
        const { id } = await provider.createEvent(meeting(subject));
        const call = { signal: AbortSignal.abort() };
        await rejectsWith(provider.createEvent(meeting(subject), call), 'aborted', 'createEvent');
        await rejectsWith(provider.deleteEvent(calendarId, id, call), 'aborted', 'deleteEvent');
        checkEqual(
          (await eventsOf(subject)).map((event) => event.id),
          [id],
          'events',
        );
      }),
  },
  {
    id: 'X2',
    title: 'aborting a call that is under way ends it at once with code "aborted"',
    run: (target) =>
      withSubject(target, async (subject) => {
        subject.stall();
        for (const start of callsOf(subject)) {
          const controller = new AbortController();
          const ended = rejectsWith(start({ signal: controller.signal }), 'aborted', 'an aborted call');
          await Promise.resolve();
          controller.abort();
          await within(ABORT_WITHIN_MS, ended, 'the end of an aborted call');
        }
      }),
  },
  {
    id: 'X3',
    title: 'timeoutMs ends a call that gets no answer with code "timeout"',
    run: (target) =>
      withSubject(target, async (subject) => {
        subject.stall();
        for (const start of callsOf(subject)) {
          const ended = rejectsWith(start({ timeoutMs: TIME_LIMIT_MS }), 'timeout', 'a call with a time limit');
          await within(TIME_LIMIT_MS * 5, ended, 'the end of a call with a time limit');
        }
      }),
  },
  {
    id: 'X7',
    title:
      'the id that creating gives is taken by reading, changing and deleting, and unknown ones are null or not_found',
    requires: 'getEvent',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider, calendarId } = subject;
        const get = (id: string) => provider.getEvent?.(calendarId, id) ?? fail('there is no getEvent');
        const { id } = await provider.createEvent(meeting(subject));
        checkEqual((await get(id))?.id, id, 'id that is read');
        checkEqual((await provider.updateEvent(calendarId, id, { title: 'New' })).id, id, 'id that was changed');
        checkEqual((await get(id))?.title, 'New', 'title');
        await provider.deleteEvent(calendarId, id);
        checkEqual(await get(id), null, 'a deleted event');
        checkEqual(await get('none'), null, 'an event that never was');
        await rejectsWith(
          provider.updateEvent(calendarId, id, { title: 'x' }),
          'not_found',
          'changing a deleted event',
        );
        await rejectsWith(provider.listEvents({ calendarId: 'no-such-calendar' }), 'not_found', 'an unknown calendar');
      }),
  },
  {
    id: 'X8',
    title: 'input is not changed, and what is changed in the output does not reach the calendar',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider } = subject;
        const input = meeting(subject, { attendees: [{ email: 'ann@x.example' }], metadata: { a: 'b' } });
        const before = JSON.stringify(input);
        deepFreeze(input);
        const created = await provider.createEvent(input);
        checkEqual(JSON.stringify(input), before, 'the input');
        created.start.setUTCFullYear(1999);
        created.attendees?.push({ email: 'evil@x.example' });
        const read = (await eventsOf(subject))[0] ?? fail('the event is not listed');
        checkEqual([read.start, read.attendees?.length], [input.start, 1], 'the event');
      }),
  },
  {
    id: 'X13',
    title: 'the credential appears in no result and no error, in whatever encoding',
    run: async (target) => {
      const credential = createCanary(undefined, 'token');
      const create = (subject: CalendarSubject) => subject.provider.createEvent(meeting(subject));
      await withSubject(target, async (subject) => assertNoCanary(await create(subject), credential), { credential });
      await withSubject(
        target,
        async (subject) => {
          const error = await rejectionOf(create(subject), 'createEvent when refused');
          checkEqual(error.code, 'unauthenticated', 'code of a refused credential');
          assertNoCanary(error, credential);
        },
        { credential, isRefused: true },
      );
    },
  },
  {
    id: 'X15',
    title: 'calls at once get their own results, and two connections do not mix',
    run: (target) =>
      withSubject(target, async (subject) => {
        const titles = Array.from({ length: PARALLEL_CALLS }, (_, n) => `event ${n}`);
        const created = await Promise.all(
          titles.map((title) => subject.provider.createEvent(meeting(subject, { title }))),
        );
        checkEqual(
          created.map(({ title }) => title),
          titles,
          'titles of the results',
        );
        checkEqual(new Set(created.map(({ id }) => id)).size, PARALLEL_CALLS, 'different ids');
        await withSubject(target, async (other) => checkEqual((await eventsOf(other)).length, 0, 'events of another'));
      }),
  },
  {
    id: 'X20',
    title: 'a declared method is there, and one declared as missing rejects with "unsupported"',
    run: (target) =>
      withSubject(target, async ({ provider, calendarId }) => {
        for (const [method, call] of PROBES) {
          const support = provider.capabilities?.methods?.[method];
          if (support === undefined) continue;
          const running = call(provider, calendarId);
          if (support === 'none') {
            if (running !== undefined) await rejectsWith(running, 'unsupported', `${method}, declared "none"`);
            continue;
          }
          check(running !== undefined, `${method} is declared "${support}" but missing`);
          await running.catch((error: unknown) => {
            const isUnsupported = !IntegrationError.is(error) || error.code === 'unsupported';
            check(!isUnsupported, `${method} is declared "${support}" but failed: ${describeError(error)}`);
          });
        }
      }),
  },
];

const WINDOW = { from: new Date('2026-03-02T00:00:00Z'), to: new Date('2026-03-03T00:00:00Z') };

/** Calls that are harmless: whatever they name does not exist. */
const PROBES = [
  ['getEvent', (provider: CalendarProvider, id: string) => provider.getEvent?.(id, 'none')],
  ['listCalendars', (provider: CalendarProvider) => provider.listCalendars?.()],
  ['listChanges', (provider: CalendarProvider, id: string) => provider.listChanges?.(id)],
  [
    'queryFreeBusy',
    (provider: CalendarProvider, id: string) => provider.queryFreeBusy?.({ calendars: [id], ...WINDOW }),
  ],
  [
    'findSlots',
    (provider: CalendarProvider, id: string) =>
      provider.findSlots?.({ calendars: [id], ...WINDOW, durationMinutes: 30 }),
  ],
  ['listInstances', (provider: CalendarProvider, id: string) => provider.listInstances?.(id, 'none')],
  ['exportEvent', (provider: CalendarProvider, id: string) => provider.exportEvent?.(id, 'none')],
  [
    'watch',
    (provider: CalendarProvider, id: string) =>
      provider.watch?.({ calendarId: id, channelId: 'c', webhookUrl: 'https://example.com/hook' }),
  ],
] as const;

function callsOf(subject: CalendarSubject): ((options: CallOptions) => Promise<unknown>)[] {
  const { provider, calendarId } = subject;
  return [
    (options) => provider.createEvent(meeting(subject), options),
    (options) => provider.listEvents({ calendarId }, options),
  ];
}
