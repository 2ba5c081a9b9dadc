import { FORMATS } from '../formats.ts';
import { type KeywordMaker, type Validator, assertion } from './validator.ts';

function length(keyword: string, bound: string, fits: (text: string, operand: number) => boolean): KeywordMaker {
  return (operand) => {
    if (typeof operand !== 'number') return undefined;
    const check = (value: unknown) => typeof value !== 'string' || fits(value, operand);
    return assertion(keyword, check, () => `expected at ${bound} ${operand} characters`);
  };
}

/** Length in code points, as JSON Schema counts it; no exact count where the length in code units decides. */
function codePoints(text: string, enough: number): number {
  if (text.length < enough || text.length >= 2 * enough) return text.length;
  let count = 0;
  for (const _ of text) count++;
  return count;
}

function makePattern(operand: unknown): Validator | undefined {
  if (typeof operand !== 'string' && !(operand instanceof RegExp)) return undefined;
  const pattern = typeof operand === 'string' ? new RegExp(operand, 'u') : operand;
  const check = (value: unknown) => {
    if (typeof value !== 'string') return true;
    // A pattern with the flag g or y remembers where it stopped.
    pattern.lastIndex = 0;
    return pattern.test(value);
  };
  return assertion('pattern', check, () => `expected text that matches ${String(operand)}`);
}

function makeFormat(operand: unknown): Validator | undefined {
  const test = typeof operand === 'string' && Object.hasOwn(FORMATS, operand) ? FORMATS[operand] : undefined;
  if (test === undefined) return undefined;
  const check = (value: unknown) => typeof value !== 'string' || test(value);
  return assertion('format', check, () => `expected text in the format "${String(operand)}"`);
}

export const TEXT_KEYWORDS = {
  minLength: length('minLength', 'least', (text, operand) => codePoints(text, operand) >= operand),
  maxLength: length('maxLength', 'most', (text, operand) => codePoints(text, operand + 1) <= operand),
  pattern: makePattern,
  format: makeFormat,
} as const satisfies Record<string, KeywordMaker>;
