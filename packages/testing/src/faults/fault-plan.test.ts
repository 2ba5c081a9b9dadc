import { describe, expect, it } from 'vitest';
import { seededRandom } from '../random/seeded-random.ts';
import { alwaysFault, type FaultPlan, randomFaults, scriptFaults } from './fault-plan.ts';
import type { Fault } from './fault.ts';

const HANG: Fault = { kind: 'hang' };
const LATE: Fault = { kind: 'latency', delayMs: 5 };

const decide = (plan: FaultPlan, count: number): (readonly Fault[])[] =>
  Array.from({ length: count }, (_, index) => plan({ index, method: 'GET', path: '/' }));

describe('scriptFaults', () => {
  it('gives each request its step, then lets all go well', () => {
    expect(decide(scriptFaults([HANG, 'none', [LATE, HANG]]), 5)).toEqual([[HANG], [], [LATE, HANG], [], []]);
  });
});

describe('alwaysFault', () => {
  it('gives every request the same', () => {
    expect(decide(alwaysFault(LATE), 3)).toEqual([[LATE], [LATE], [LATE]]);
  });
});

describe('randomFaults', () => {
  const plan = (seed: number, probability: number): FaultPlan =>
    randomFaults({ random: seededRandom(seed), probability, steps: [HANG, [LATE, HANG]] });

  it('repeats itself for one seed', () => {
    expect(decide(plan(3, 0.5), 200)).toEqual(decide(plan(3, 0.5), 200));
  });

  it('lets about the given share suffer, and every step come up', () => {
    const suffering = decide(plan(11, 0.25), 4000).filter((faults) => faults.length > 0);
    expect(suffering.length).toBeGreaterThan(900);
    expect(suffering.length).toBeLessThan(1100);
    expect(new Set(suffering.map((faults) => faults.length))).toEqual(new Set([1, 2]));
  });

  it('spares all at 0 and none at 1', () => {
    expect(decide(plan(1, 0), 100).every((faults) => faults.length === 0)).toBe(true);
    expect(decide(plan(1, 1), 100).every((faults) => faults.length > 0)).toBe(true);
  });
});
