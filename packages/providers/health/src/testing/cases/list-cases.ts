import type { ConformanceCase } from '@mortise/testing';
import { readAll, readOne, rejectsWith, SCOPED, withSubject } from '../case-tools.ts';
import { check, checkEqual } from '../conformance-failure.ts';
import type { HealthConformanceTarget } from '../conformance-target.ts';
import { hourlyActivities, sampleActivity, sampleBiometric, sampleSleep, SCOPE } from '../sample-records.ts';

const externalIds = (records: readonly { readonly externalId: string }[]): string[] =>
  records.map(({ externalId }) => externalId);

/** What lists give: `X5`, `X9`, and those of the domain about windows, tenants and absence. */
export const listCases: readonly ConformanceCase<HealthConformanceTarget>[] = [
  {
    id: 'X5',
    title: 'every filter is honoured: metrics, user and page size',
    run: (target) =>
      withSubject(
        target,
        [
          sampleBiometric('pulse'),
          sampleBiometric('weight', { metricType: 'weight', value: 70, unit: 'kg' }),
          sampleBiometric('other', { userId: 'user-b' }),
        ],
        async ({ provider }) => {
          const weights = await provider.listBiometrics({ ...SCOPED, metricTypes: ['weight'] });
          checkEqual(externalIds(weights.biometrics), ['weight'], 'measurements of one metric');
          const mine = await provider.listBiometrics({ ...SCOPED, userId: SCOPE.userId });
          checkEqual(externalIds(mine.biometrics).sort(), ['pulse', 'weight'], 'measurements of one user');
          const { biometrics } = await provider.listBiometrics({ ...SCOPED, pageSize: 1 });
          check(biometrics.length <= 1, `a page of 1: got ${biometrics.length} records`);
        },
      ),
  },
  {
    id: 'X9',
    title: 'pages hold each record once, also when records come and go between them; a foreign cursor is refused',
    run: (target) =>
      withSubject(target, hourlyActivities(6), async ({ provider, vendor }) => {
        const first = await provider.listActivities({ ...SCOPED, pageSize: 2 });
        checkEqual(externalIds(first.activities), ['hour-00', 'hour-01'], 'the first page');
        // More come than go, so that the numbers of pages shift.
        vendor.put(sampleActivity('inserted-1', { startedAt: '2026-03-01T00:00:00Z' }));
        vendor.put(sampleActivity('inserted-2', { startedAt: '2026-03-01T01:00:00Z' }));
        const [gone] = hourlyActivities(1);
        if (gone !== undefined) vendor.remove(gone);
        const cursor = first.nextCursor;
        check(cursor !== undefined, 'the first of three pages has no cursor');
        const rest = await readAll(provider, 'activity', { cursor, pageSize: 2 });
        checkEqual(externalIds(rest), ['hour-02', 'hour-03', 'hour-04', 'hour-05'], 'the pages after it');
        const last = await provider.listActivities({ ...SCOPED, pageSize: 100 });
        check(last.nextCursor === undefined, 'the last page has a cursor');
        const foreign = provider.listSleep({ ...SCOPED, cursor });
        await rejectsWith(foreign, 'invalid_request', 'a cursor of another list');
      }),
  },
  {
    id: 'health.9',
    title: 'windows are half-open: a record at the boundary of two is in the later one only, whatever its offset',
    run: (target) =>
      withSubject(
        target,
        [sampleActivity('boundary', { startedAt: '2026-03-02T01:00:00+01:00' }), ...hourlyActivities(3)],
        async ({ provider }) => {
          const [from, middle, to] = ['2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z', '2026-03-02T02:00:00Z'];
          const before = await readAll(provider, 'activity', { from, to: middle });
          const after = await readAll(provider, 'activity', { from: middle, to });
          checkEqual(externalIds(before), [], 'records before the boundary');
          checkEqual(externalIds(after).sort(), ['boundary', 'hour-00', 'hour-01'], 'records from it on');
        },
      ),
  },
  {
    id: 'health.14',
    title: 'what the vendor does not tell is absent, never 0 and never made up',
    run: (target) =>
      withSubject(
        target,
        [sampleActivity('bare'), sampleSleep('bare'), sampleActivity('rest-day', { steps: 0 })],
        async ({ provider }) => {
          const [rest, bare] = await readAll(provider, 'activity');
          const both = [rest, bare];
          const told = both.find((record) => record?.externalId === 'rest-day');
          const untold = both.find((record) => record?.externalId === 'bare');
          checkEqual(told?.steps, 0, 'steps that the vendor says are 0');
          const made = ['steps', 'distanceMeters', 'caloriesKcal', 'durationSeconds', 'localDate', 'timeZone'];
          const found = made.filter((field) => untold !== undefined && field in untold);
          checkEqual(found, [], 'fields of an activity that the vendor did not tell');
          const sleep = await readOne(provider, 'sleep');
          const parts = ['deepSleepSeconds', 'awakeSeconds', 'sleepScore', 'stages', 'localDate', 'zoneOffset'];
          checkEqual(
            parts.filter((field) => field in sleep),
            [],
            'fields of a sleep that the vendor did not tell',
          );
        },
      ),
  },
  {
    id: 'health.16',
    title: 'tenants and connections are walls: no records of others are given, whatever the filters say',
    run: (target) =>
      withSubject(
        target,
        [
          sampleSleep('mine'),
          sampleSleep('other-tenant', { tenantId: 'tenant-b' }),
          sampleSleep('other-connection', { connectionId: 'connection-b' }),
        ],
        async ({ provider }) => {
          checkEqual(externalIds(await readAll(provider, 'sleep')), ['mine'], 'nights of one connection');
          const { sleep } = await provider.listSleep({ tenantId: SCOPE.tenantId, userId: SCOPE.userId });
          check(
            sleep.every(({ tenantId }) => tenantId === SCOPE.tenantId),
            'a night of another tenant was given',
          );
        },
      ),
  },
  {
    id: 'health.17',
    title: 'results are plain data that JSON keeps, instants with their offsets included',
    run: (target) =>
      withSubject(target, [sampleSleep('night'), sampleBiometric('pulse')], async ({ provider }) => {
        for (const result of [await provider.listSleep(SCOPED), await provider.listBiometrics(SCOPED)]) {
          const problem = findNonJson(result);
          check(problem === undefined, `${problem ?? ''} is nothing that JSON keeps`);
        }
        const { startedAt } = await readOne(provider, 'sleep');
        checkEqual(startedAt, '2026-03-01T23:30:00+01:00', 'the start of a night, with the offset of the vendor');
      }),
  },
];

/** Path of the first value that does not survive JSON. */
function findNonJson(value: unknown, path = 'the result'): string | undefined {
  if (value === null || ['string', 'boolean'].includes(typeof value)) return undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : path;
  if (typeof value !== 'object') return path;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) return path;
  for (const [name, item] of Object.entries(value)) {
    const found = findNonJson(item, `${path}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
