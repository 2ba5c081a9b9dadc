import { findSecrets } from './find-secrets.ts';
import { createValueRedactor } from './redact-value.ts';
import { createSecretFieldTest } from './secret-field-names.ts';
import { createSecretNeedles } from './secret-needles.ts';
import { findSecretShapes } from './secret-shapes.ts';
import { TextRanges } from './text-ranges.ts';

/** Removes secrets from what is about to leave the process: messages, telemetry, logs. */
export interface Redactor {
  /** The text with every known secret, in plain or encoded form, replaced by `[redacted]`. */
  text(this: void, input: string): string;
  /**
   * A deep copy of the value, redacted; the input is not changed. Cycles and depth are bounded. Plain data, `Map`, `Set`
   * and `Date` keep their type; errors become plain objects with name, message, stack, cause and own fields; URLs and
   * big integers become text; bytes become their length.
   */
  value(this: void, input: unknown): unknown;
}

export interface RedactorOptions {
  /** Values that must not appear. Those shorter than `minSecretLength` are left out: they would match by chance. */
  readonly secrets?: Iterable<string>;
  /** Default 8. */
  readonly minSecretLength?: number;
  /** Names of further fields whose values are masked wholly; case, `-`, `_`, `.` and spaces do not matter. */
  readonly fields?: Iterable<string>;
  /** Whether to remove what looks like a credential, known or not. Default true. */
  readonly shapes?: boolean;
  /** Depth at which `value` cuts off. Default 16. */
  readonly maxDepth?: number;
  /** Number of values after which `value` cuts off. Default 100 000. */
  readonly maxValues?: number;
}

/**
 * Makes a redactor for a set of known secrets. A secret that the text holds in pieces, or in a form other than plain,
 * escaped, base64 or hex, is not found: keep secrets out of messages in the first place.
 */
export function createRedactor(options: RedactorOptions = {}): Redactor {
  const needles = createSecretNeedles(options.secrets ?? [], options.minSecretLength ?? 8);
  const withShapes = options.shapes ?? true;
  const text = (input: string): string => {
    const ranges = new TextRanges();
    findSecrets(input, needles, ranges);
    if (withShapes) findSecretShapes(input, ranges);
    return ranges.applyTo(input);
  };
  return {
    text,
    value: createValueRedactor({
      text,
      isSecretField: createSecretFieldTest(options.fields ?? []),
      numbersMayBeSecret: needles.mayBeNumber,
      maxDepth: options.maxDepth ?? 16,
      maxValues: options.maxValues ?? 100_000,
    }),
  };
}
