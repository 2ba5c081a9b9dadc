import { stripVTControlCharacters } from 'node:util';

export interface Column {
  readonly title: string;
  readonly width: number;
  readonly align?: 'left' | 'right';
}

/**
 * A line of a table whose rows come one by one, so that widths are fixed beforehand. Too long a cell ends with `…`.
 *
 * @param gap Blanks between two columns.
 */
export function formatLine(columns: readonly Column[], cells: readonly string[], gap: number): string {
  return columns
    .map(({ width, align = 'left' }, index) => {
      const cell = cells[index] ?? '';
      const visible = stripVTControlCharacters(cell);
      if (visible.length > width) return `${visible.slice(0, width - 1)}…`;
      const padding = ' '.repeat(width - visible.length);
      return align === 'right' ? `${padding}${cell}` : `${cell}${padding}`;
    })
    .join(' '.repeat(gap))
    .trimEnd();
}

/** Characters that a line takes at most. */
export function widthOf(columns: readonly Column[], gap: number): number {
  return columns.reduce((sum, { width }) => sum + width + gap, -gap);
}
