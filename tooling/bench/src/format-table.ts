import type { Measurement } from './benchmark.ts';

/** The rows of one benchmark, aligned, with what they were allowed and whether they kept it. */
export function formatTable(title: string, rows: readonly Measurement[]): string {
  const width = Math.max(...rows.map(({ subject }) => subject.length));
  const lines = rows.map((row) => {
    const value = `${formatNumber(row.value)} ${row.unit}`.padStart(14);
    const budget =
      row.budget === undefined ? '' : `  at most ${row.budget} ${row.unit}: ${isKept(row) ? 'kept' : 'EXCEEDED'}`;
    return `  ${row.subject.padEnd(width)}${value}${budget}`;
  });
  return [title, ...lines].join('\n');
}

export function isKept({ value, budget }: Measurement): boolean {
  // A value that could not be measured keeps no budget.
  return budget === undefined || value <= budget;
}

function formatNumber(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 4 });
}
