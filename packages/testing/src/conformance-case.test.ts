import { describe, expect, it } from 'vitest';
import { type ConformanceCase, type ConformanceOutcome, runConformance } from './conformance-case.ts';
import { formatReport } from './format-report.ts';
import { TestingError } from './testing-error.ts';

interface Context {
  readonly value: number;
}

const passing: ConformanceCase<Context> = { id: 'a.1', title: 'holds', run: async () => {} };
const failing: ConformanceCase<Context> = {
  id: 'a.2',
  title: 'breaks',
  run: async ({ value }) => {
    throw new Error(`expected 2,\n  got ${value}`);
  },
};
const optional: ConformanceCase<Context> = {
  id: 'a.10',
  title: 'streams',
  requires: 'streaming',
  run: async () => {},
};

describe('runConformance', () => {
  it('reports every check in order, with the reason of a failure and of a skip', async () => {
    const outcomes = await runConformance({
      cases: [passing, failing, optional],
      createContext: async () => ({ value: 1 }),
    });
    expect(outcomes).toEqual([
      { id: 'a.1', title: 'holds', status: 'passed' },
      { id: 'a.2', title: 'breaks', status: 'failed', reason: 'expected 2,\n  got 1' },
      { id: 'a.10', title: 'streams', status: 'skipped', reason: 'capability "streaming" is not declared' },
    ]);
  });

  it('runs a check whose capability is declared', async () => {
    const outcomes = await runConformance({
      cases: [optional],
      createContext: async () => ({ value: 1 }),
      capabilities: ['streaming'],
    });
    expect(outcomes[0]?.status).toBe('passed');
  });

  it('closes the context of each check, also of the one that failed', async () => {
    const events: string[] = [];
    let made = 0;
    await runConformance({
      cases: [failing, passing],
      createContext: async () => {
        made += 1;
        const name = made;
        events.push(`open ${name}`);
        return {
          value: name,
          close: async () => {
            events.push(`close ${name}`);
          },
        };
      },
    });
    expect(events).toEqual(['open 1', 'close 1', 'open 2', 'close 2']);
  });

  it('fails the check, not the run, when a context cannot be made', async () => {
    let made = 0;
    const outcomes = await runConformance({
      cases: [passing, { ...passing, id: 'a.3' }],
      createContext: async () => {
        made += 1;
        if (made === 1) throw new Error('no database');
        return { value: 1 };
      },
    });
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['failed', 'passed']);
    expect(outcomes[0]?.reason).toBe('the context could not be made: no database');
  });

  it('fails a check whose context does not close and keeps the first reason too', async () => {
    const outcomes = await runConformance({
      cases: [failing],
      createContext: async () => ({
        value: 7,
        close: async () => {
          throw new Error('still busy');
        },
      }),
    });
    expect(outcomes[0]?.reason).toBe('expected 2,\n  got 7; the context did not close: still busy');
  });

  it('tells of each outcome as it comes', async () => {
    const told: ConformanceOutcome[] = [];
    const outcomes = await runConformance({
      cases: [passing, failing],
      createContext: async () => ({ value: 1 }),
      onOutcome: (outcome) => {
        told.push(outcome);
      },
    });
    expect(told).toEqual(outcomes);
  });

  it('refuses two checks with one id', async () => {
    const run = runConformance({ cases: [passing, passing], createContext: async () => ({ value: 1 }) });
    const error: unknown = await run.catch((reason: unknown) => reason);
    expect(TestingError.is(error) && error.code).toBe('INVALID_ARGUMENT');
    expect(String(error)).toContain('"a.1"');
  });
});

describe('formatReport', () => {
  it('gives one aligned line per check, then the totals', async () => {
    const outcomes = await runConformance({
      cases: [passing, failing, optional],
      createContext: async () => ({ value: 1 }),
    });
    expect(formatReport(outcomes)).toBe(
      [
        'pass  a.1   holds',
        'FAIL  a.2   breaks (expected 2, got 1)',
        'skip  a.10  streams (capability "streaming" is not declared)',
        '1 passed, 1 failed, 1 skipped',
      ].join('\n'),
    );
  });

  it('says so when there was nothing to check', () => {
    expect(formatReport([])).toBe('0 passed, 0 failed, 0 skipped');
  });
});
