import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallRow } from './call-row.ts';
import type { DemoReport } from './demo-report.ts';
import { createTableReporter } from './table-reporter.ts';

const SILENT = { show: () => {}, spin: () => {}, clear: () => {} };

const ROW: CallRow = {
  number: 6,
  scenario: 'Failures that pass',
  title: '429 with Retry-After: 1, then an answer',
  tenant: 'acme',
  ownershipMode: 'managed',
  slot: 'assistant',
  connectionId: 'acme-mistral',
  operation: 'llm.chat',
  attempts: 2,
  latencyMs: 1039.4,
  outcome: 'ok',
  stopReason: 'succeeded',
  expected: { outcome: 'ok', attempts: 2 },
  deviations: [],
};

let printed = '';
beforeEach(() => {
  printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    printed += stripVTControlCharacters(String(chunk));
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

function reportOf(rows: readonly CallRow[], found: readonly string[] = []): DemoReport {
  return {
    ok: found.length === 0 && rows.every(({ deviations }) => deviations.length === 0),
    slots: [],
    calls: rows,
    telemetry: { callEvents: 1, attemptEvents: 2 },
    secretSearch: { secrets: 8, printedCharacters: 100, results: 1, events: 3, found },
    setUpMs: 900,
    callsMs: 1040,
  };
}

describe('the table', () => {
  it('shows a call in one line where there is room', () => {
    createTableReporter(SILENT).row(ROW);
    expect(printed).toMatch(/^ 6 {2}acme .* 429 with Retry-After: 1, then an answer +2 +1039 ms {2}✓ ok\n$/u);
  });

  it('fits 80 columns by giving what happens a line of its own', () => {
    const reporter = createTableReporter(SILENT, 80);
    reporter.ready({ slots: [], setUpMs: 1 });
    reporter.row({ ...ROW, outcome: 'insufficient_privilege' });
    const lines = printed.split('\n');
    expect(lines.at(-3)).toBe(`   ${ROW.title}`);
    expect(lines.at(-2)).toMatch(/^ 6 acme .* 2 +1039 ms ✓ insufficient_privilege$/u);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('says what is not as expected', () => {
    createTableReporter(SILENT).row({ ...ROW, deviations: ['3 attempts, not 2'] });
    expect(printed).toContain('✗ ok\n     not as expected: 3 attempts, not 2\n');
  });

  it('sums up a success', () => {
    createTableReporter(SILENT).finish(reportOf([ROW]));
    expect(printed).toContain('1 of 1 calls ended as expected: 2 attempts in 1.0 s.');
    expect(printed).toContain('None of the 8 secrets is in 100 printed characters, 1 results and 3 telemetry events');
    expect(printed).not.toContain('failed');
  });

  it('does not hide a failure', () => {
    createTableReporter(SILENT).finish(reportOf([{ ...ROW, deviations: ['wrong'] }], ['tenantApiKey (base64)']));
    expect(printed).toContain('0 of 1 calls ended as expected');
    expect(printed).toContain('Secrets were printed: tenantApiKey (base64)');
    expect(printed).toContain('The demo has failed.');
  });
});
