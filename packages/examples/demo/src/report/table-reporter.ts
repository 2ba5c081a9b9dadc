import { styleText } from 'node:util';
import type { CallRow } from './call-row.ts';
import type { DemoReport, ResolvedSlot } from './demo-report.ts';
import type { Progress } from './progress.ts';
import type { Reporter } from './reporter.ts';
import { type Column, formatLine, widthOf } from './table.ts';

interface RowColumn extends Column {
  readonly cell: (row: CallRow) => string;
}

const WHAT_HAPPENS: RowColumn = { title: 'what happens', width: 46, cell: ({ title }) => title };

const COLUMNS: readonly RowColumn[] = [
  { title: '#', width: 2, align: 'right', cell: ({ number }) => String(number) },
  { title: 'tenant', width: 6, cell: ({ tenant }) => tenant },
  { title: 'slot', width: 10, cell: ({ slot }) => slot },
  { title: 'operation', width: 15, cell: ({ operation }) => operation },
  WHAT_HAPPENS,
  { title: 'attempts', width: 8, align: 'right', cell: ({ attempts }) => String(attempts) },
  { title: 'latency', width: 8, align: 'right', cell: ({ latencyMs }) => `${Math.round(latencyMs)} ms` },
  { title: 'outcome', width: 24, cell: formatOutcome },
];

const READ_ON: readonly (readonly [string, string])[] = [
  ['packages/runtime', 'tenants and slots, retries, timeouts, breaker, walls'],
  ['packages/secrets', 'the allow-listed environment, the encrypted vault'],
  ['packages/providers', 'chat completions with streaming, SQL with cancellation'],
  ['packages/adapters/postgres', 'the same SQL over the pool of an application'],
  ['packages/testing', 'the server that fails on request, the search for secrets'],
  ['packages/examples/demo', 'how this is made, one file per subject, to copy from'],
];

/**
 * A table that grows with each call, on stdout; progress on stderr while nothing is to be seen. On a terminal that is
 * too narrow for it, what happens stands on a line of its own above the figures.
 *
 * @param room Characters of a line. Absent: no limit.
 */
export function createTableReporter(progress: Progress, room?: number): Reporter {
  const isNarrow = room !== undefined && room < widthOf(COLUMNS, 2);
  const gap = isNarrow ? 1 : 2;
  const columns = isNarrow ? COLUMNS.filter((column) => column !== WHAT_HAPPENS) : COLUMNS;
  const print = (line: string = ''): void => {
    progress.clear();
    process.stdout.write(`${line}\n`);
  };
  return {
    step: (text) => progress.show(text),
    ready: ({ slots, setUpMs }) => {
      print(`Everything is up after ${seconds(setUpMs)}. Resolved for the tenants:`);
      for (const slot of slots) print(`  ${formatSlot(slot)}`);
      print();
      const titles = columns.map(({ title }) => title);
      print(styleText('bold', formatLine(columns, titles, gap)));
    },
    scenario: (title) => {
      print(styleText('dim', `── ${title}`));
      progress.spin(title);
    },
    row: (row) => {
      if (isNarrow) print(`   ${row.title}`);
      const cells = columns.map(({ cell }) => cell(row));
      print(formatLine(columns, cells, gap));
      for (const deviation of row.deviations) print(styleText('red', `     not as expected: ${deviation}`));
      progress.spin(row.scenario);
    },
    finish: (report) => {
      print();
      for (const line of summaryOf(report)) print(line);
    },
    failed: (message) => {
      progress.clear();
      process.stderr.write(`${styleText('red', message, { stream: process.stderr })}\n`);
    },
  };
}

function formatOutcome({ outcome, deviations }: CallRow): string {
  const mark = deviations.length === 0 ? styleText('green', '✓') : styleText('red', '✗');
  return `${mark} ${styleText(outcome === 'ok' ? 'green' : 'yellow', outcome)}`;
}

function formatSlot({ tenant, slot, integration, ownershipMode, secretRef }: ResolvedSlot): string {
  return `${tenant.padEnd(6)}  ${slot.padEnd(10)}  ${integration.padEnd(17)}  ${ownershipMode.padEnd(7)}  ${secretRef}`;
}

function summaryOf({ calls, callsMs, telemetry, secretSearch, ok }: DemoReport): string[] {
  const asExpected = calls.filter(({ deviations }) => deviations.length === 0).length;
  const attempts = calls.reduce((sum, call) => sum + call.attempts, 0);
  const { secrets, printedCharacters, results, events, found } = secretSearch;
  const searched = `${printedCharacters} printed characters, ${results} results and ${events} telemetry events`;
  return [
    `${asExpected} of ${calls.length} calls ended as expected: ${attempts} attempts in ${seconds(callsMs)}.`,
    `Telemetry told of ${telemetry.callEvents} calls and ${telemetry.attemptEvents} attempts.`,
    found.length === 0
      ? `None of the ${secrets} secrets is in ${searched}, in any encoding.`
      : styleText('red', `Secrets were printed: ${found.join(', ')}`),
    ...(ok ? [] : [styleText('red', 'The demo has failed.')]),
    '',
    'What you saw, and where to read on:',
    ...READ_ON.map(([path, subject]) => `  ${path.padEnd(26)}  ${subject}`),
  ];
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
