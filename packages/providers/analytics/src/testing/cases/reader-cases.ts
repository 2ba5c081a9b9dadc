import type { ConformanceCase } from '@mortise/testing';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { AnalyticsConformanceTarget } from '../conformance-target.ts';
import { rejectsWith } from '../expectations.ts';
import { flush, SAMPLE_EVENTS, withSubject } from '../with-subject.ts';

type Case = ConformanceCase<AnalyticsConformanceTarget>;

const FOREIGN_PATHS = [
  'https://evil.example.com/api/events',
  '//evil.example.com/api/events',
  '/../admin',
  '/api/%2e%2e/admin',
  '/api/..%2fadmin',
  '/\\evil.example.com',
  'api/events',
  '/api/events#x',
  '/api/ events',
];

/** `analytics.9` to `.11` and `.13`: what is read. */
export const readerCases: readonly Case[] = [
  {
    id: 'analytics.9',
    title: 'a raw call that could lead to another host is refused before anything is sent',
    run: (target) =>
      withSubject(target, async ({ provider, requests }) => {
        for (const path of FOREIGN_PATHS) {
          await rejectsWith(provider.request({ method: 'GET', path }), 'invalid_request', `the path ${path}`);
        }
        checkEqual(requests(), 0, 'requests that were sent');
      }),
  },
  {
    id: 'analytics.10',
    title: 'a window names the same instants in every zone: local times count in its zone, the end is left out',
    requires: 'getEvents',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const count = async (from: string | Date, to: string | Date, timezone?: string) => {
          const dateRange = { from, to, ...(timezone === undefined ? {} : { timezone }) };
          const page = (await provider.getEvents?.({ dateRange, limit: 100 })) ?? fail('getEvents is missing');
          return page.results.length;
        };
        checkEqual(await count('2026-03-28T00:00:00Z', '2026-03-29T00:00:00Z'), 24, 'events of a day in UTC');
        checkEqual(
          await count(new Date('2026-03-28T00:00:00Z'), '2026-03-28T02:00:00+01:00'),
          1,
          'events up to 02:00 at +01:00',
        );
        const short = await count('2026-03-29', '2026-03-30', 'Europe/Berlin');
        checkEqual(short, 23, 'events of the day on which the clocks go forward in Berlin');
      }),
  },
  {
    id: 'analytics.11',
    title: 'iteration yields each event once although events come in between, and can be done once',
    requires: 'iterateEvents',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider } = subject;
        const seen: unknown[] = [];
        const events = provider.iterateEvents?.({ limit: 7 }) ?? fail('iterateEvents is declared but missing');
        for await (const event of events) {
          seen.push(event.properties?.['index']);
          if (seen.length % 10 !== 0) continue;
          await provider.capture({ distinctId: 'new', event: 'late', timestamp: new Date('2030-01-01T00:00:00Z') });
          await flush(subject);
        }
        checkEqual(new Set(seen).size, seen.length, 'distinct events of those that were yielded');
        const lost = SAMPLE_EVENTS.filter(({ properties }) => !seen.includes(properties?.['index']));
        checkEqual(lost, [], 'events that were lost');
        let isRefused = false;
        try {
          for await (const event of events) check(event === undefined, 'a second pass yielded an event');
        } catch (error) {
          isRefused = !(error instanceof Error && error.name === 'ConformanceFailure');
        }
        check(isRefused, 'a second pass was not refused');
      }),
  },
  {
    id: 'analytics.13',
    title: 'a filter value is compared as it is, whatever signs it holds, and an unknown operator is refused',
    requires: 'getEvents',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const find = async (label: string): Promise<number> =>
          (await provider.getEvents?.({ properties: { label }, limit: 100 }))?.results.length ??
          fail('getEvents is missing');
        checkEqual(await find(`It's "7"`), 1, 'events of a label with quotes');
        for (const label of [`' OR 1=1 --`, `%`, `It's "7`, `{{index}}`, `\\`]) {
          checkEqual(await find(label), 0, `events of the label ${label}`);
        }
        const above = await provider.getEvents?.({ properties: { index: { op: 'gte', value: 55 } }, limit: 100 });
        checkEqual(above?.results.length, 5, 'events from index 55');
      }),
  },
];
