/** A `$n` that is a placeholder, not part of a literal, a comment or a name. */
export interface SqlPlaceholder {
  /** The `n` of `$n`. */
  readonly index: number;
  /** First character, counted from 0. */
  readonly start: number;
  /** Character after the last. */
  readonly end: number;
}

/** Everything in which a `$1` is no placeholder, and `$n` itself; first match wins, scanned from left to right. */
const TOKEN = new RegExp(
  [
    String.raw`--[^\n\r]*`, // comment to the end of the line
    String.raw`/\*`, // block comment, nests: its end is searched by hand
    String.raw`"[^"]*(?:""[^"]*)*"?`, // quoted name
    String.raw`(?<![\p{L}\p{N}_$])[eE]'[^'\\]*(?:(?:\\[^]|'')[^'\\]*)*'?`, // literal with backslash escapes
    String.raw`'[^']*(?:''[^']*)*'?`, // literal
    String.raw`(?<![\p{L}\p{N}_$])\$(?<tag>[\p{L}_][\p{L}\p{N}_]*|)\$`, // start of a dollar-quoted body
    String.raw`(?<![\p{L}\p{N}_$])\$(?<index>\d+)`, // placeholder
  ].join('|'),
  'gu',
);

/**
 * The placeholders of a statement in the order in which they stand, each occurrence on its own.
 *
 * Left alone are string literals (`E'…'` and dollar-quoted bodies included), quoted names and comments, nested ones too. A literal,
 * comment or body that does not end reaches to the end of the statement. Backslashes escape only in `E'…'`, which is PostgreSQL's
 * behaviour under `standard_conforming_strings`, its default.
 */
export function scanPlaceholders(statement: string): SqlPlaceholder[] {
  const found: SqlPlaceholder[] = [];
  const token = new RegExp(TOKEN);
  for (let match = token.exec(statement); match !== null; match = token.exec(statement)) {
    const { index, tag } = match.groups ?? {};
    if (index !== undefined) {
      found.push({ index: Number(index), start: match.index, end: token.lastIndex });
    } else if (tag !== undefined) {
      const end = statement.indexOf(match[0], token.lastIndex);
      token.lastIndex = end === -1 ? statement.length : end + match[0].length;
    } else if (match[0] === '/*') {
      token.lastIndex = endOfBlockComment(statement, token.lastIndex);
    }
  }
  return found;
}

/**
 * The statement with each placeholder replaced, for databases that write them in another way.
 *
 * @param replace Gets the number of the placeholder, counted from 1 as in `$1`.
 */
export function replacePlaceholders(statement: string, replace: (index: number) => string): string {
  let result = '';
  let copiedTo = 0;
  for (const { index, start, end } of scanPlaceholders(statement)) {
    result += statement.slice(copiedTo, start) + replace(index);
    copiedTo = end;
  }
  return result + statement.slice(copiedTo);
}

function endOfBlockComment(statement: string, from: number): number {
  const mark = /\/\*|\*\//g;
  mark.lastIndex = from;
  for (let depth = 1; depth > 0;) {
    const match = mark.exec(statement);
    if (match === null) return statement.length;
    depth += match[0] === '/*' ? 1 : -1;
  }
  return mark.lastIndex;
}
