import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HealthSleepStage, HealthSleepStageName } from '../model/sleep.ts';
import { compareInstants, secondsBetween } from '../time/instant.ts';
import { SleepStagesError, sleepStageSeconds, sleepTimeline } from './sleep-timeline.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 2, 28, 22, 30) + minute * 60_000).toISOString();
const stage = (name: HealthSleepStageName, start: number, end: number): HealthSleepStage => ({
  stage: name,
  start: at(start),
  end: at(end),
});
const night = { startedAt: at(0), endedAt: at(100) };
const shown = (stages: readonly HealthSleepStage[]) =>
  sleepTimeline(stages, night).map(({ stage: name, start, end }) => [
    name,
    secondsBetween(night.startedAt, start) / 60,
    secondsBetween(night.startedAt, end) / 60,
  ]);

describe('the timeline of a sleep', () => {
  it('fills gaps with unknown, in order', () => {
    expect(shown([stage('deep', 50, 60), stage('light', 10, 30)])).toEqual([
      ['unknown', 0, 10],
      ['light', 10, 30],
      ['unknown', 30, 50],
      ['deep', 50, 60],
      ['unknown', 60, 100],
    ]);
  });

  it('takes the finer of two stages at once', () => {
    const stages = [stage('in_bed', 0, 100), stage('asleep', 10, 90), stage('rem', 20, 30)];
    expect(shown(stages)).toEqual([
      ['in_bed', 0, 10],
      ['asleep', 10, 20],
      ['rem', 20, 30],
      ['asleep', 30, 90],
      ['in_bed', 90, 100],
    ]);
  });

  it('cuts off what lies outside, and joins what continues', () => {
    expect(shown([stage('light', -20, 40), stage('light', 40, 140)])).toEqual([['light', 0, 100]]);
  });

  it('refuses two stages that cannot both be true', () => {
    const stages = [stage('deep', 0, 50), stage('rem', 40, 60)];
    expect(() => sleepTimeline(stages, night)).toThrow(SleepStagesError);
    expect(() => sleepTimeline(stages, night)).toThrow(
      expect.objectContaining({ code: 'CONFLICTING_STAGES', index: 1 }),
    );
  });

  it('refuses a stage or a sleep that ends before it starts', () => {
    expect(() => sleepTimeline([stage('deep', 50, 40)], night)).toThrow(
      expect.objectContaining({ code: 'REVERSED_STAGE', index: 0 }),
    );
    expect(() => sleepTimeline([], { startedAt: at(1), endedAt: at(0) })).toThrow(
      expect.objectContaining({ code: 'NEGATIVE_DURATION' }),
    );
  });

  it('of a sleep without stages is unknown, and of one without length is empty', () => {
    expect(shown([])).toEqual([['unknown', 0, 100]]);
    expect(sleepTimeline([stage('deep', 0, 10)], { startedAt: at(5), endedAt: at(5) })).toEqual([]);
  });

  it('partitions the sleep: no gaps, no overlaps, and the seconds add up, for any stages that agree', () => {
    const boundary = fc.integer({ min: -20, max: 120 });
    const coarse = fc.constantFrom<HealthSleepStageName>('in_bed', 'asleep', 'unknown');
    const fine = fc.uniqueArray(boundary, { minLength: 2, maxLength: 8 }).map((edges) => {
      const sorted = edges.sort((a, b) => a - b);
      const names: HealthSleepStageName[] = ['light', 'deep', 'rem', 'awake'];
      return sorted
        .slice(0, -1)
        .map((start, index) => stage(names[index % 4] ?? 'light', start, sorted[index + 1] ?? start));
    });
    const around = fc.array(
      fc.tuple(coarse, boundary, fc.nat(60)).map(([name, start, length]) => stage(name, start, start + length)),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(fine, around, (stages, others) => {
        const all = [...others, ...stages];
        const line = sleepTimeline(all, night);
        expect(line[0]?.start).toBe(night.startedAt);
        expect(line.at(-1)?.end).toBe(night.endedAt);
        for (const [index, { start, end }] of line.entries()) {
          expect(compareInstants(start, end)).toBeLessThan(0);
          if (index > 0) expect(start).toBe(line[index - 1]?.end);
        }
        const seconds = Object.values(sleepStageSeconds(all, night)).reduce((sum, part) => sum + part, 0);
        expect(seconds).toBe(6000);
        // Doing it again changes nothing.
        expect(sleepTimeline(line, night)).toEqual(line);
      }),
    );
  });

  it('counts what elapsed over a change of the clocks', () => {
    const sleep = { startedAt: '2026-03-28T23:30:00+01:00', endedAt: '2026-03-29T07:00:00+02:00' };
    const stages: HealthSleepStage[] = [
      { stage: 'deep', start: '2026-03-29T01:30:00+01:00', end: '2026-03-29T03:30:00+02:00' },
    ];
    expect(sleepStageSeconds(stages, sleep)).toEqual({ deep: 3600, unknown: 5.5 * 3600 });
  });
});
