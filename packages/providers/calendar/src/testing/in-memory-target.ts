import type { CalendarProvider } from '../calendar-provider.ts';
import type { CalendarConformanceTarget } from './conformance-target.ts';
import { InMemoryCalendarProvider } from './in-memory/in-memory-calendar-provider.ts';

const CALENDAR = 'conformance';
const OTHER = 'other';
const OWNER = 'owner@office.example';
const NOW_MS = Date.UTC(2026, 1, 1);

/** The in-memory provider as a target of the kit, for the kit's own tests and as a pattern for other targets. */
export function inMemoryCalendarTarget(
  wrap: (provider: InMemoryCalendarProvider) => CalendarProvider = (provider) => provider,
): CalendarConformanceTarget {
  return {
    open: ({ credential, isRefused = false }) => {
      const provider = new InMemoryCalendarProvider({
        calendars: [{ id: CALENDAR, owner: OWNER, timeZone: 'Europe/Paris' }, { id: OTHER }],
        now: () => NOW_MS,
        credential,
        password: isRefused ? 'another one' : credential,
      });
      return Promise.resolve({
        provider: wrap(provider),
        calendarId: CALENDAR,
        otherCalendarId: OTHER,
        owner: OWNER,
        notices: () => Promise.resolve(provider.notices),
        forgetChanges: () => Promise.resolve(provider.forgetChanges(CALENDAR)),
        stall: () => provider.stall(),
        close: () => Promise.resolve(),
      });
    },
  };
}
