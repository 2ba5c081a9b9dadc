import { describe, expect, it } from 'vitest';
import { brokenProviders } from './__fixtures__/broken-providers.ts';
import {
  calendarConformanceCases,
  checkCalendarProvider,
  describeCalendarProvider,
} from './check-calendar-provider.ts';
import { inMemoryCalendarTarget } from './in-memory-target.ts';

/** The whole kit takes a fraction of a second, and longer on a machine that is busy. */
const LIMIT = { timeout: 60_000 };

describeCalendarProvider('the in-memory calendar', inMemoryCalendarTarget(), { describe, it });

describe('the conformance kit', () => {
  it('holds each check once', () => {
    const ids = calendarConformanceCases.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('lets an honest provider pass every check and skips none', LIMIT, async () => {
    const outcomes = await checkCalendarProvider(inMemoryCalendarTarget());
    expect(outcomes.filter(({ status }) => status !== 'passed')).toEqual([]);
  });

  it('has a broken provider for every check', () => {
    expect(brokenProviders.map(({ fails }) => fails).sort()).toEqual(
      calendarConformanceCases.map(({ id }) => id).sort(),
    );
  });

  it.each(brokenProviders.map((broken) => [broken.fails, broken.mistake, broken] as const))(
    '%s alone finds a provider that %s',
    LIMIT,
    async (fails, _mistake, { target, wrap }) => {
      const outcomes = await checkCalendarProvider(target ?? inMemoryCalendarTarget(wrap));
      const failed = outcomes.filter(({ status }) => status === 'failed');
      expect(Object.fromEntries(failed.map(({ id, reason }) => [id, reason]))).toEqual({ [fails]: expect.any(String) });
    },
  );

  it('skips what a provider with the first four methods cannot do, and names the reason', LIMIT, async () => {
    const target = inMemoryCalendarTarget((provider) => ({
      listEvents: (query, options) => provider.listEvents(query, options),
      createEvent: (input, options) => provider.createEvent(input, options),
      updateEvent: (calendarId, id, input, options) => provider.updateEvent(calendarId, id, input, options),
      deleteEvent: (calendarId, id, options) => provider.deleteEvent(calendarId, id, options),
    }));
    const outcomes = await checkCalendarProvider(target);
    expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(outcomes.find(({ id }) => id === 'calendar.13')?.reason).toBe('capability "queryFreeBusy" is not declared');
  });
});
