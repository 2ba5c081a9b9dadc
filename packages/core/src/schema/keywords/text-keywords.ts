import { FORMATS } from '../formats.ts';
import { assertion, bound, type KeywordMaker } from './validator.ts';

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** Length in code points, as JSON Schema counts it; no exact count where the length in code units decides. */
function codePoints(text: string, enough: number): number {
  if (text.length < enough || text.length >= 2 * enough) return text.length;
  let count = 0;
  for (const _ of text) count++;
  return count;
}

const makePattern: KeywordMaker = (operand, { name }) => {
  if (!isText(operand) && !(operand instanceof RegExp)) return undefined;
  const pattern = isText(operand) ? new RegExp(operand, 'u') : operand;
  const fits = (value: unknown) => {
    if (!isText(value)) return true;
    // A pattern with the flag g or y remembers where it stopped.
    pattern.lastIndex = 0;
    return pattern.test(value);
  };
  return assertion(name, fits, () => `expected text that matches ${String(operand)}`);
};

const makeFormat: KeywordMaker = (operand, { name }) => {
  const test = isText(operand) && Object.hasOwn(FORMATS, operand) ? FORMATS[operand] : undefined;
  return (
    test &&
    assertion(
      name,
      (value) => !isText(value) || test(value),
      () => `expected text in the format "${String(operand)}"`,
    )
  );
};

export const TEXT_KEYWORDS = {
  minLength: bound(isText, (text, least) => codePoints(text, least) >= least, ['at least ', ' characters']),
  maxLength: bound(isText, (text, most) => codePoints(text, most + 1) <= most, ['at most ', ' characters']),
  pattern: makePattern,
  format: makeFormat,
} as const satisfies Record<string, KeywordMaker>;
