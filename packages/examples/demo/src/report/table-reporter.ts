import { styleText } from 'node:util';
import type { CallRow } from './call-row.ts';
import type { DemoReport, ResolvedSlot } from './demo-report.ts';
import type { Progress } from './progress.ts';
import type { Reporter } from './reporter.ts';
import { type Column, fitColumn, formatLine } from './table.ts';

const COLUMNS: readonly Column[] = [
  { title: '#', width: 2, align: 'right' },
  { title: 'tenant', width: 6 },
  { title: 'slot', width: 10 },
  { title: 'operation', width: 15 },
  { title: 'what happens', width: 46 },
  { title: 'attempts', width: 8, align: 'right' },
  { title: 'latency', width: 8, align: 'right' },
  { title: 'outcome', width: 24 },
];

/** Width of output that no terminal limits. */
const UNLIMITED = 140;

const SHOWN = [
  'tenants resolved to their connections, managed and bring-your-own-key    packages/runtime',
  'secrets from an allow-listed environment and an encrypted vault           packages/secrets',
  'retries, Retry-After, timeouts, a circuit breaker, walls between tenants  packages/runtime',
  'a chat-completions wire with streaming; SQL with cancellation             packages/providers, packages/adapters',
  'how this demo is made: one file per subject, to copy from                 packages/examples/demo',
];

/** A table that grows with each call, on stdout; progress on stderr while nothing is to be seen. */
export function createTableReporter(progress: Progress): Reporter {
  const columns = fitColumn(COLUMNS, 'what happens', process.stdout.columns ?? UNLIMITED, 24);
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
      print(
        styleText(
          'bold',
          formatLine(
            columns,
            columns.map(({ title }) => title),
          ),
        ),
      );
    },
    scenario: (title) => {
      print(styleText('dim', `── ${title}`));
      progress.spin(title);
    },
    row: (row) => {
      print(formatLine(columns, cellsOf(row)));
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

function cellsOf(row: CallRow): string[] {
  const isAsExpected = row.deviations.length === 0;
  const colour = row.outcome === 'ok' ? 'green' : 'yellow';
  return [
    String(row.number),
    row.tenant,
    row.slot,
    row.operation,
    row.title,
    String(row.attempts),
    `${Math.round(row.latencyMs)} ms`,
    `${isAsExpected ? styleText('green', '✓') : styleText('red', '✗')} ${styleText(colour, row.outcome)}`,
  ];
}

function formatSlot({ tenant, slot, integration, ownershipMode, secretRef }: ResolvedSlot): string {
  return `${tenant.padEnd(6)}  ${slot.padEnd(10)}  ${integration.padEnd(17)}  ${ownershipMode.padEnd(7)}  ${secretRef}`;
}

function summaryOf({ calls, callsMs, telemetry, secretSearch, ok }: DemoReport): string[] {
  const asExpected = calls.filter(({ deviations }) => deviations.length === 0).length;
  const attempts = calls.reduce((sum, call) => sum + call.attempts, 0);
  const { secrets, characters, events, found } = secretSearch;
  const searched = `${characters} printed characters and ${events} telemetry events`;
  return [
    `${asExpected} of ${calls.length} calls ended as expected: ${attempts} attempts in ${seconds(callsMs)}.`,
    `Telemetry told of ${telemetry.callEvents} calls and ${telemetry.attemptEvents} attempts.`,
    found.length === 0
      ? `None of the ${secrets} secrets is in ${searched}, in any encoding.`
      : styleText('red', `Secrets were printed: ${found.join(', ')}`),
    ...(ok ? [] : [styleText('red', 'The demo has failed.')]),
    '',
    'What you saw, and where to read on:',
    ...SHOWN.map((line) => `  ${line}`),
  ];
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
