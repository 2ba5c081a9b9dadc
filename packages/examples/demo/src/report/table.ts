import { stripVTControlCharacters } from 'node:util';

export interface Column {
  readonly title: string;
  readonly width: number;
  readonly align?: 'left' | 'right';
}

const GAP = '  ';

/** A line of a table whose rows come one by one, so that widths are fixed beforehand. Too long a cell ends with `…`. */
export function formatLine(columns: readonly Column[], cells: readonly string[]): string {
  return columns
    .map(({ width, align = 'left' }, index) => {
      const cell = cells[index] ?? '';
      const visible = stripVTControlCharacters(cell);
      if (visible.length > width) return `${visible.slice(0, width - 1)}…`;
      const padding = ' '.repeat(width - visible.length);
      return align === 'right' ? `${padding}${cell}` : `${cell}${padding}`;
    })
    .join(GAP)
    .trimEnd();
}

/** Gives the one flexible column what the terminal has left, within bounds. */
export function fitColumn(columns: readonly Column[], title: string, room: number, minimum: number): Column[] {
  const fixed = columns.reduce((sum, column) => sum + (column.title === title ? 0 : column.width), 0);
  const left = room - fixed - GAP.length * (columns.length - 1);
  return columns.map((column) =>
    column.title === title ? { ...column, width: Math.max(minimum, Math.min(column.width, left)) } : column,
  );
}
