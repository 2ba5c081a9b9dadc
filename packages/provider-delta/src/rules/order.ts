import { DeltaError } from '../errors/delta-error.ts';
import { instantMs } from './instant.ts';

/**
 * How a provider's revisions, or cursors, of one thing compare.
 *
 * `numeric`: decimal numbers of any length. `instant`: instants with an offset. `lexical`: by UTF-16 code units, as of
 * ULIDs. `none`: they only tell equal from different.
 */
export type DeltaOrder = 'numeric' | 'instant' | 'lexical' | 'none';

/**
 * Negative, zero or positive as `left` comes before, with or after `right`; `undefined` where the order cannot say.
 *
 * @throws {DeltaError} `NOT_COMPARABLE`: a text is not of the declared kind.
 */
export function compareRevisions(left: string, right: string, order: DeltaOrder): number | undefined {
  if (left === right) return 0;
  switch (order) {
    case 'none':
      return undefined;
    case 'lexical':
      return left < right ? -1 : 1;
    case 'instant':
      return compareInstants(left, right);
    case 'numeric':
      return compareNumbers(left, right);
    default:
      order satisfies never;
      return undefined;
  }
}

const DIGITS = /^\d+$/;

function compareNumbers(left: string, right: string): number {
  for (const text of [left, right]) if (!DIGITS.test(text)) throw notComparable(text, 'a whole number');
  const [a, b] = [BigInt(left), BigInt(right)];
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Fractions of a second may be finer than a `Date` can hold. */
const FRACTION = /\.(\d+)/;

function compareInstants(left: string, right: string): number {
  const [a, b] = [wholeMs(left), wholeMs(right)];
  if (a !== b) return a - b;
  const finer = (text: string): string => (FRACTION.exec(text)?.[1] ?? '').slice(3).replace(/0+$/, '');
  const [fineA, fineB] = [finer(left), finer(right)];
  return fineA === fineB ? 0 : fineA < fineB ? -1 : 1;
}

function wholeMs(text: string): number {
  try {
    return instantMs(text);
  } catch {
    throw notComparable(text, 'an instant with an offset');
  }
}

function notComparable(text: string, expected: string): DeltaError {
  return new DeltaError({
    code: 'NOT_COMPARABLE',
    message: `A revision must be ${expected} to be compared, and is ${JSON.stringify(text.slice(0, 80))}`,
  });
}
