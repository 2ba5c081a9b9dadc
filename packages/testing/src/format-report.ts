import type { ConformanceOutcome } from './conformance-case.ts';

const LABELS = { passed: 'pass', failed: 'FAIL', skipped: 'skip' } as const satisfies Record<
  ConformanceOutcome['status'],
  string
>;

/**
 * Plain text for a terminal or a log: one line per check in the order given, then a line of totals. A reason of many
 * lines is folded into one, so that every line still begins with its status.
 */
export function formatReport(outcomes: readonly ConformanceOutcome[]): string {
  const width = Math.max(0, ...outcomes.map((outcome) => outcome.id.length));
  const lines = outcomes.map((outcome) => {
    const reason = outcome.reason === undefined ? '' : ` (${outcome.reason.replaceAll(/\s*\n\s*/gu, ' ')})`;
    return `${LABELS[outcome.status]}  ${outcome.id.padEnd(width)}  ${outcome.title}${reason}`;
  });
  const count = (status: ConformanceOutcome['status']): number =>
    outcomes.filter((outcome) => outcome.status === status).length;
  return [...lines, `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`].join('\n');
}
