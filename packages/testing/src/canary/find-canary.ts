import { TestingError } from '../testing-error.ts';
import { type CanaryForm, listNeedles } from './canary-forms.ts';
import { searchText } from './search-text.ts';
import { visitTexts } from './visit-texts.ts';

/** Shorter secrets turn up by chance, above all in base64. */
const MIN_CANARY_LENGTH = 8;

export interface CanaryFinding {
  /** Where: `$` is the value searched; `$.cause.message`, `$[0]`, `$.get("key")` of a Map, `inspect($)`, `JSON.stringify($)`. */
  readonly path: string;
  readonly form: CanaryForm;
}

export interface FindCanaryOptions {
  /** Prints a value for a person, such as Node's `util.inspect`; what it prints is searched too. */
  readonly inspect?: (value: unknown) => string;
  /** Also finds pieces of the canary of this many characters, as a message cut off at a limit shows them. Absent: only the whole. */
  readonly fragmentLength?: number;
}

/**
 * Searches whatever came out of the thing under test for a planted secret: text, bytes, or any value with all that
 * hangs on it (own properties, hidden and symbol ones included, causes, `AggregateError.errors`, Maps, Sets, headers,
 * URLs, bodies of typed arrays, what `JSON.stringify` and `String` make of it). Finds it in plain, reversed, base64
 * at any offset, base64url, hex, byte lists, UTF-16, and escaped for JSON, URLs or HTML, also several times over.
 *
 * It cannot see closures, private fields (unless `inspect` prints them) or a stream that nobody has read.
 *
 * @returns Every place, in the order met; empty when the secret is nowhere.
 * @throws {TestingError} `INVALID_ARGUMENT`: the canary has fewer than 8 characters.
 */
export function findCanary(value: unknown, canary: string, options: FindCanaryOptions = {}): CanaryFinding[] {
  if (canary.length < MIN_CANARY_LENGTH) {
    throw new TestingError(
      'INVALID_ARGUMENT',
      `A canary needs at least ${MIN_CANARY_LENGTH} characters, or it is found by chance; this one has ${canary.length}`,
    );
  }
  const needles = listNeedles(canary, options.fragmentLength);
  const findings: CanaryFinding[] = [];
  visitTexts(value, options.inspect, (path, text) => {
    const form = searchText(text, canary, needles);
    if (form !== undefined) findings.push({ path, form });
  });
  return findings;
}

/**
 * Fails where `findCanary` finds something.
 *
 * @throws {TestingError} `CANARY_FOUND`: the message lists the places and forms, never the secret or its surroundings.
 */
export function assertNoCanary(value: unknown, canary: string, options: FindCanaryOptions = {}): void {
  const findings = findCanary(value, canary, options);
  if (findings.length === 0) return;
  // A path holds property names, which may be where the secret sits.
  const isSafe = (path: string): boolean => findCanary(path, canary, options).length === 0;
  const places = findings.map(({ path, form }) => `${isSafe(path) ? path : 'a property name'} (${form})`);
  throw new TestingError('CANARY_FOUND', `The planted secret came out at ${places.join(', ')}`);
}
