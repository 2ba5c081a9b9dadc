import { type CallOptions, IntegrationError } from '@mortise/core';
import type { CalendarProvider } from '../../calendar-provider.ts';
import type { CalendarEvent } from '../../model/event.ts';
import type { CalendarConformanceTarget } from '../conformance-target.ts';
import type { InMemoryCalendarProvider } from '../in-memory/in-memory-calendar-provider.ts';
import { inMemoryCalendarTarget } from '../in-memory-target.ts';

type Provider = InMemoryCalendarProvider;
type List = Parameters<Provider['listEvents']>[0];
type Create = Parameters<Provider['createEvent']>;
type Update = Parameters<Provider['updateEvent']>;

/** A provider some of whose members are replaced. */
function altered(provider: Provider, changes: Partial<Record<keyof Provider, unknown>>): CalendarProvider {
  return new Proxy(provider, {
    get(target, name) {
      if (Object.hasOwn(changes, name)) return Reflect.get(changes, name);
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** A provider that lists something else than is true. */
const listing = (change: (event: CalendarEvent) => CalendarEvent) => (provider: Provider) =>
  altered(provider, {
    listEvents: async (query: List, options?: CallOptions) => {
      const page = await provider.listEvents(query, options);
      return { ...page, events: page.events.map(change) };
    },
  });

/** A provider that changes something else than it was told. */
const updating = (change: (...call: Update) => Update) => (provider: Provider) =>
  altered(provider, { updateEvent: (...call: Update) => provider.updateEvent(...change(...call)) });

/** Providers with one mistake each, and the check that must find it. */
export const brokenProviders: readonly {
  readonly fails: string;
  readonly mistake: string;
  readonly wrap?: (provider: Provider) => CalendarProvider;
  readonly target?: CalendarConformanceTarget;
}[] = [
  {
    fails: 'calendar.1',
    mistake: 'moves a whole day by a zone',
    wrap: listing((event) =>
      event.allDay === true ? { ...event, start: new Date(event.start.getTime() - 7_200_000) } : event,
    ),
  },
  {
    fails: 'calendar.2',
    mistake: 'loses the zone of instances',
    wrap: listing((event) => {
      const { startZone: _zone, ...rest } = event;
      return event.recurringEventId === undefined ? event : rest;
    }),
  },
  {
    fails: 'calendar.3',
    mistake: 'takes the second of two times on the wall',
    wrap: listing((event) =>
      event.start.toISOString() === '2026-10-25T00:30:00.000Z'
        ? { ...event, start: new Date('2026-10-25T01:30:00.000Z') }
        : event,
    ),
  },
  {
    fails: 'calendar.4',
    mistake: 'forgets when a moved instance was planned',
    wrap: listing((event) =>
      event.originalStart !== undefined && event.originalStart.getTime() !== event.start.getTime()
        ? { ...event, originalStart: event.start }
        : event,
    ),
  },
  {
    fails: 'calendar.5',
    mistake: 'changes one instance where all later ones are meant',
    wrap: updating((calendarId, id, input, options = {}) => [
      calendarId,
      id,
      input,
      options.scope === 'following' ? { ...options, scope: 'this' } : options,
    ]),
  },
  {
    fails: 'calendar.6',
    mistake: 'leaves out what began before the window',
    wrap: (provider) =>
      altered(provider, {
        listEvents: async (query: List, options?: CallOptions) => {
          const page = await provider.listEvents(query, options);
          return { ...page, events: page.events.filter(({ start }) => start >= (query.timeMin ?? new Date(0))) };
        },
      }),
  },
  {
    fails: 'calendar.7',
    mistake: 'lists cancelled events always',
    wrap: (provider) =>
      altered(provider, {
        listEvents: async (query: List, options?: CallOptions) => {
          const all = await provider.listEvents({ ...query, includeCancelled: true }, options);
          const events = all.events.filter((event) => event.title !== 'deleted' && event.title !== 'Meeting');
          const page = await provider.listEvents(query, options);
          return events.some(({ title }) => title === 'cancelled') ? { ...page, events } : page;
        },
      }),
  },
  {
    fails: 'calendar.8',
    mistake: 'answers an expired cursor with nothing new',
    wrap: (provider) =>
      altered(provider, {
        listChanges: (...call: Parameters<Provider['listChanges']>) =>
          provider.listChanges(...call).catch((error: unknown) => {
            if (!IntegrationError.is(error) || error.code !== 'cursor_expired') throw error;
            return { upserted: [], removed: [], nextCursor: call[1], hasMore: false };
          }),
      }),
  },
  {
    fails: 'calendar.9',
    mistake: 'cannot clear a field',
    wrap: updating((calendarId, id, input, options = {}) => [
      calendarId,
      id,
      Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null)),
      options,
    ]),
  },
  {
    fails: 'calendar.10',
    mistake: 'ignores the etag',
    wrap: updating((calendarId, id, input, { ifMatch: _etag, ...options } = {}) => [calendarId, id, input, options]),
  },
  {
    fails: 'calendar.11',
    mistake: 'writes to everybody unless told not to',
    wrap: updating((calendarId, id, input, options = {}) => [calendarId, id, input, { notify: 'all', ...options }]),
  },
  {
    fails: 'calendar.12',
    mistake: 'ignores the id of the caller',
    wrap: (provider) =>
      altered(provider, {
        createEvent: (input: Create[0], { eventId: _id, ...options }: NonNullable<Create[1]> = {}) =>
          provider.createEvent(input, options),
      }),
  },
  {
    fails: 'calendar.13',
    mistake: 'says of an unknown calendar that it is free',
    wrap: (provider) =>
      altered(provider, {
        queryFreeBusy: async (...call: Parameters<Provider['queryFreeBusy']>) =>
          (await provider.queryFreeBusy(...call)).map(({ email, busy }) => ({ email, busy })),
      }),
  },
  {
    fails: 'calendar.14',
    mistake: 'takes silence of an attendee for consent',
    wrap: listing((event) => ({
      ...event,
      ...(event.attendees === undefined
        ? {}
        : { attendees: event.attendees.map((one) => ({ responseStatus: 'accepted' as const, ...one })) }),
    })),
  },
  {
    fails: 'calendar.15',
    mistake: 'pages by position',
    wrap: (provider) =>
      altered(provider, {
        listEvents: async ({ pageToken, maxResults = 250, ...query }: List, options?: CallOptions) => {
          if (pageToken === 'foreign') return provider.listEvents({ ...query, pageToken }, options);
          const from = Number(pageToken ?? 0);
          const { events } = await provider.listEvents(query, options);
          const isLast = from + maxResults >= events.length;
          return {
            events: events.slice(from, from + maxResults),
            ...(isLast ? {} : { nextPageToken: String(from + maxResults) }),
          };
        },
      }),
  },
  {
    fails: 'calendar.16',
    mistake: 'tells of no deletions',
    wrap: (provider) =>
      altered(provider, {
        listChanges: async (...call: Parameters<Provider['listChanges']>) => ({
          ...(await provider.listChanges(...call)),
          removed: [],
        }),
      }),
  },
  {
    fails: 'calendar.17',
    mistake: 'answers for everybody who is invited',
    wrap: (provider) =>
      altered(provider, {
        respondToEvent: async (...call: Parameters<Provider['respondToEvent']>) => {
          const event = await provider.respondToEvent(...call);
          return { ...event, attendees: event.attendees?.map((one) => ({ ...one, responseStatus: call[2].status })) };
        },
      }),
  },
  {
    fails: 'calendar.18',
    mistake: 'copies in place of moving',
    wrap: (provider) =>
      altered(provider, {
        moveEvent: async (calendarId: string, eventId: string, targetId: string) => {
          const event = await provider.getEvent(calendarId, eventId);
          if (event === null) throw new IntegrationError({ code: 'not_found', message: 'There is none' });
          const { title, start, end } = event;
          return provider.createEvent({ calendarId: targetId, title, start, end }, { eventId });
        },
      }),
  },
  {
    fails: 'X1',
    mistake: 'deletes first and looks at the signal afterwards',
    wrap: (provider) =>
      altered(provider, {
        deleteEvent: async (calendarId: string, id: string, options: CallOptions = {}) => {
          const { signal, ...rest } = options;
          await provider.deleteEvent(calendarId, id, rest);
          if (signal?.aborted === true) throw new IntegrationError({ code: 'aborted', message: 'aborted' });
        },
      }),
  },
  {
    fails: 'X2',
    mistake: 'cannot be aborted while it lists',
    wrap: (provider) =>
      altered(provider, {
        listEvents: (query: List, { signal: _signal, ...rest }: CallOptions = {}) => provider.listEvents(query, rest),
      }),
  },
  {
    fails: 'X3',
    mistake: 'has no time limit',
    wrap: (provider) =>
      altered(provider, {
        listEvents: (query: List, { timeoutMs: _limit, ...rest }: CallOptions = {}) => provider.listEvents(query, rest),
      }),
  },
  {
    fails: 'X7',
    mistake: 'reads deleted events as if they were there',
    wrap: (provider) => {
      const seen = new Map<string, CalendarEvent>();
      return altered(provider, {
        getEvent: async (calendarId: string, id: string, options?: CallOptions) => {
          const event = await provider.getEvent(calendarId, id, options);
          if (event !== null) seen.set(id, event);
          return event ?? seen.get(id) ?? null;
        },
      });
    },
  },
  {
    fails: 'X8',
    mistake: 'writes the id into the input',
    wrap: (provider) =>
      altered(provider, {
        createEvent: (input: Create[0], options?: Create[1]) =>
          provider.createEvent(Object.isFrozen(input) ? Object.assign(input, { title: input.title }) : input, options),
      }),
  },
  {
    fails: 'X13',
    mistake: 'quotes the credential when it is refused',
    target: {
      open: (setup) =>
        inMemoryCalendarTarget((provider) =>
          altered(provider, {
            createEvent: (...call: Create) =>
              provider.createEvent(...call).catch((error: unknown) => {
                if (!IntegrationError.is(error) || error.code !== 'unauthenticated') throw error;
                throw new IntegrationError({ code: 'unauthenticated', message: `Refused: ${btoa(setup.credential)}` });
              }),
          }),
        ).open(setup),
    },
  },
  {
    fails: 'X15',
    mistake: 'gives the result of another call that runs at the same time',
    wrap: (provider) => {
      let first: Promise<CalendarEvent> | undefined;
      return altered(provider, {
        createEvent: (...call: Create) => {
          const own = provider.createEvent(...call);
          // Days apart are those of another check.
          if (!call[0].title.startsWith('event ') || call[0].startZone === undefined) return own;
          if (call[0].end.getTime() - call[0].start.getTime() < 3_600_000) return own;
          first ??= own;
          return own.then(() => first);
        },
      });
    },
  },
  {
    fails: 'X20',
    mistake: 'declares a method that it does not have',
    wrap: (provider) =>
      altered(provider, {
        capabilities: { ...provider.capabilities, methods: { ...provider.capabilities.methods, watch: 'native' } },
      }),
  },
];
