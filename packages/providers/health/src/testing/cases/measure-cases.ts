import type { ConformanceCase } from '@mortise/testing';
import { dailyValues } from '../../merge/daily-values.ts';
import { sleepStageSeconds } from '../../sleep/sleep-timeline.ts';
import { secondsBetween } from '../../time/instant.ts';
import { sleepDay } from '../../time/record-time.ts';
import { readAll, readOne, SCOPED, withSubject } from '../case-tools.ts';
import { check, checkEqual } from '../conformance-failure.ts';
import type { HealthConformanceTarget } from '../conformance-target.ts';
import { sampleBiometric, sampleSleep, sampleWorkout } from '../sample-records.ts';

/** `[place, start, end, day]`: a night from 23:30 to 07:00 by the clock on the wall. */
const NIGHTS = [
  ['Asia/Tokyo', '2026-03-01T23:30:00+09:00', '2026-03-02T07:00:00+09:00', '2026-03-02'],
  ['Europe/Paris', '2026-03-01T23:30:00+01:00', '2026-03-02T07:00:00+01:00', '2026-03-02'],
  ['Pacific/Honolulu', '2026-03-01T23:30:00-10:00', '2026-03-02T07:00:00-10:00', '2026-03-02'],
  ['Europe/Paris', '2026-03-28T23:30:00+01:00', '2026-03-29T07:00:00+02:00', '2026-03-29'],
  ['America/New_York', '2026-10-31T23:30:00-04:00', '2026-11-01T07:00:00-05:00', '2026-11-01'],
] as const;

/** What figures and times mean: `health.1` to `health.4` and `health.12`. */
export const measureCases: readonly ConformanceCase<HealthConformanceTarget>[] = [
  {
    id: 'health.1',
    title: 'figures are in the unit of their metric: pounds, mg/dL and kilojoules are converted',
    run: (target) =>
      withSubject(
        target,
        [
          sampleBiometric('a', { metricType: 'weight', value: 154.3236, unit: '[lb_av]' }),
          sampleBiometric('b', { metricType: 'blood_glucose', value: 99, unit: 'mg/dL' }),
          sampleBiometric('c', { metricType: 'active_energy', value: 418.4, unit: 'kJ' }),
        ],
        async ({ provider }) => {
          const found = await readAll(provider, 'biometric');
          for (const [metricType, value, unit] of [
            ['weight', 70, 'kg'],
            ['blood_glucose', 5.4952, 'mmol/L'],
            ['active_energy', 100, 'kcal'],
          ] as const) {
            const record = found.find((one) => one.metricType === metricType);
            checkEqual(record?.unit, unit, `the unit of ${metricType}`);
            const error = Math.abs((record?.value ?? Number.NaN) - value) / value;
            check(error < 0.001, `${metricType}: expected ${value} ${unit} within 0.1 %, got ${record?.value}`);
          }
        },
      ),
  },
  {
    id: 'health.2',
    title: 'a night belongs to the day on which it ended there, in any zone and over a change of the clocks',
    run: async (target) => {
      for (const [timeZone, startedAt, endedAt, day] of NIGHTS) {
        await withSubject(target, [sampleSleep('night', { startedAt, endedAt, timeZone })], async ({ provider }) => {
          checkEqual(sleepDay(await readOne(provider, 'sleep')), day, `the day of a night in ${timeZone}`);
        });
      }
      const filed = sampleSleep('night', { localDate: '2026-03-01' });
      await withSubject(target, [filed], async ({ provider }) => {
        checkEqual(sleepDay(await readOne(provider, 'sleep')), '2026-03-01', 'the day that the vendor filed it under');
      });
    },
  },
  {
    id: 'health.3',
    title: 'the stages of a night fill it exactly, also where the clocks change, and its gaps are unknown',
    run: (target) => {
      const [startedAt, endedAt] = ['2026-03-28T23:30:00+01:00', '2026-03-29T07:00:00+02:00'];
      const stages = [
        { stage: 'light' as const, start: startedAt, end: '2026-03-29T01:30:00+01:00' },
        { stage: 'deep' as const, start: '2026-03-29T01:30:00+01:00', end: '2026-03-29T03:30:00+02:00' },
      ];
      const night = sampleSleep('night', { startedAt, endedAt, durationSeconds: 23_400, stages });
      return withSubject(target, [night], async ({ provider }) => {
        const sleep = await readOne(provider, 'sleep');
        checkEqual(secondsBetween(sleep.startedAt, sleep.endedAt), 23_400, 'seconds from the start to the end');
        checkEqual(sleep.durationSeconds, 23_400, 'durationSeconds');
        const seconds = sleepStageSeconds(sleep.stages ?? [], sleep);
        checkEqual(seconds, { light: 7200, deep: 3600, unknown: 12_600 }, 'seconds by stage');
      });
    },
  },
  {
    id: 'health.4',
    title: 'a daily total stays one, so that it is never added to the samples that it holds',
    run: (target) =>
      withSubject(
        target,
        [
          sampleBiometric('total', { metricType: 'steps', value: 900, unit: '{steps}', grain: 'daily_total' }),
          sampleBiometric('morning', { metricType: 'steps', value: 400, unit: '{steps}', grain: 'sample' }),
          sampleBiometric('evening', { metricType: 'steps', value: 500, unit: '{steps}', grain: 'sample' }),
        ],
        async ({ provider }) => {
          const values = dailyValues(await readAll(provider, 'biometric'));
          checkEqual(
            values.map(({ value, from }) => [value, from]),
            [[900, 'daily_total']],
            'steps of the day',
          );
        },
      ),
  },
  {
    id: 'health.12',
    title: 'an implausible figure is given with a warning that does not repeat it',
    run: (target) =>
      withSubject(target, [sampleBiometric('odd', { value: 987 })], async ({ provider }) => {
        const { biometrics, warnings = [] } = await provider.listBiometrics(SCOPED);
        checkEqual(
          biometrics.map(({ value }) => value),
          [987],
          'implausible figures',
        );
        check(warnings.length > 0, 'there is no warning about a heart rate of 987');
        check(!JSON.stringify(warnings).includes('987'), 'the warning holds the figure');
      }),
  },
  {
    id: 'health.18',
    title: 'two sessions of one person that overlap are both given',
    run: (target) =>
      withSubject(
        target,
        [
          sampleWorkout('ride'),
          sampleWorkout('climb', { startedAt: '2026-03-02T18:10:00+01:00', endedAt: '2026-03-02T18:20:00+01:00' }),
        ],
        async ({ provider }) => {
          const workouts = await readAll(provider, 'workout');
          checkEqual(
            workouts.map(({ externalId }) => externalId),
            ['ride', 'climb'],
            'sessions in time order',
          );
        },
      ),
  },
];
