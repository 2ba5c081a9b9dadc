import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { calendarConformanceCases } from './check-calendar-provider.ts';

const run = promisify(execFile);
const SCRIPT = `${import.meta.dirname}/__fixtures__/run-kit.ts`;

describe('in a process whose zone is another one', () => {
  it.each([
    ['UTC', 12],
    ['Asia/Tokyo', 21],
    ['America/Los_Angeles', 4],
  ])(
    'the in-memory calendar passes every check: %s',
    async (zone, noonIs) => {
      const { stdout } = await run(process.execPath, ['--conditions=@mortise/source', SCRIPT], {
        env: { ...process.env, TZ: zone, NODE_OPTIONS: '' },
      });
      const report: { noonIs: number; outcomes: { id: string; status: string }[] } = JSON.parse(stdout);
      expect(report.noonIs).toBe(noonIs);
      expect(report.outcomes).toHaveLength(calendarConformanceCases.length);
      expect(report.outcomes.filter(({ status }) => status !== 'passed')).toEqual([]);
    },
    60_000,
  );
});
