import type { FactOutcome } from './compare-facts.ts';

const MARKS: Readonly<Record<FactOutcome['outcome'], string>> = {
  same: 'ok',
  drifted: 'DRIFTED',
  silent: 'SILENT',
  unstated: 'UNSTATED',
  missing: 'NO SPEC',
};

/** The outcomes as a table, one line each, and a line with their number. */
export function formatOutcomes(outcomes: readonly FactOutcome[]): string {
  const rows = outcomes.map(({ spec, fact, ours, theirs, source, outcome }) => [
    MARKS[outcome],
    spec,
    fact,
    clip(ours),
    // Where they agree, one of the two is enough.
    outcome === 'same' ? source : `${source} says ${clip(theirs)}`,
  ]);
  const table = [['', 'spec', 'fact', 'spec says', 'package'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const failed = outcomes.filter(({ outcome }) => outcome !== 'same').length;
  return [...lines, '', `${outcomes.length - failed} facts agree, ${failed} do not`].join('\n');
}

function clip(texts: readonly string[]): string {
  const text = texts.length === 0 ? 'nothing' : texts.join(', ');
  return text.length <= 90 ? text : `${text.slice(0, 89)}…`;
}
