import type { ConformanceCase } from '@mortise/testing';
import type { HealthConformanceTarget } from '../conformance-target.ts';
import {
  ABORT_WITHIN_MS,
  deepFreeze,
  readAll,
  rejectionOf,
  rejectsWith,
  SCOPED,
  until,
  within,
  withSubject,
} from '../case-tools.ts';
import { check, checkEqual } from '../conformance-failure.ts';
import { hourlyActivities, sampleSleep } from '../sample-records.ts';

const TIMEOUT_MS = 200;

/** How calls begin, end and keep apart: `X1` to `X3`, `X8`, `X13`, `X15`. */
export const callCases: readonly ConformanceCase<HealthConformanceTarget>[] = [
  {
    id: 'X1',
    title: 'a signal that is aborted beforehand rejects with "aborted", and nothing is sent',
    run: (target) =>
      withSubject(target, [], async ({ provider, vendor }) => {
        await rejectsWith(provider.listSleep(SCOPED, { signal: AbortSignal.abort() }), 'aborted', 'listSleep()');
        checkEqual(vendor.requests, 0, 'requests that reached the vendor');
      }),
  },
  {
    id: 'X2',
    title: 'aborting a call in flight rejects at once with "aborted" and lets go of the request',
    run: (target) =>
      withSubject(target, [], async ({ provider, vendor }) => {
        vendor.hang(true);
        const stop = new AbortController();
        const call = provider.listSleep(SCOPED, { signal: stop.signal });
        call.catch(() => undefined);
        await until(() => vendor.requests === 1, 'the request reaching the vendor');
        stop.abort();
        await rejectsWith(within(ABORT_WITHIN_MS, call, 'listSleep() after the abort'), 'aborted', 'listSleep()');
        await until(() => vendor.openRequests === 0, 'the request being let go');
      }),
  },
  {
    id: 'X3',
    title: 'timeoutMs ends a call to a vendor that never answers with "timeout"',
    run: (target) =>
      withSubject(target, [], async ({ provider, vendor, advance }) => {
        vendor.hang(true);
        const call = provider.listSleep(SCOPED, { timeoutMs: TIMEOUT_MS });
        call.catch(() => undefined);
        await until(() => vendor.requests === 1, 'the request reaching the vendor');
        if (advance !== undefined) {
          await advance(TIMEOUT_MS - 1);
          check(vendor.openRequests === 1, 'the call ended before its time limit');
          await advance(1);
        }
        await rejectsWith(within(TIMEOUT_MS * 1.1, call, 'listSleep() after its time limit'), 'timeout', 'listSleep()');
        await until(() => vendor.openRequests === 0, 'the request being let go');
      }),
  },
  {
    id: 'X8',
    title: 'what callers pass in is never changed, and frozen input is taken',
    run: (target) =>
      withSubject(target, hourlyActivities(3), async ({ provider }) => {
        const params = deepFreeze({ ...SCOPED, from: '2026-03-02T00:00:00Z', pageSize: 2 });
        const { activities } = await provider.listActivities(params);
        checkEqual(activities.length, 2, 'activities of a frozen request');
      }),
  },
  {
    id: 'X13',
    title: 'the credential is in no result and no error',
    run: async (target) => {
      const credential = 'canary-9f3b1c7d5e';
      await withSubject(
        target,
        [sampleSleep('night')],
        async ({ provider, vendor }) => {
          const results = [await provider.listSleep(SCOPED), await provider.getConnectionStatus(SCOPED)];
          vendor.failFrom(1);
          const error = await rejectionOf(provider.listSleep(SCOPED), 'listSleep() of a vendor that fails');
          const shown = JSON.stringify([results, error, error.message, error.stack, Object.entries(error)]);
          for (const form of [credential, btoa(credential)]) {
            check(!shown.includes(form), 'the credential is in a result or an error');
          }
        },
        { credential },
      );
    },
  },
  {
    id: 'X15',
    title: 'fifty calls at once do not mix up their results',
    run: (target) =>
      withSubject(target, hourlyActivities(50), async ({ provider }) => {
        const hours = Array.from({ length: 50 }, (_, hour) => hour);
        const all = await Promise.all(
          hours.map((hour) =>
            readAll(provider, 'activity', {
              from: new Date(Date.UTC(2026, 2, 2, hour)).toISOString(),
              to: new Date(Date.UTC(2026, 2, 2, hour + 1)).toISOString(),
            }),
          ),
        );
        checkEqual(
          all.map((records) => records.map(({ steps }) => steps)),
          hours.map((hour) => [100 + hour]),
          'steps by hour',
        );
      }),
  },
];
