/** Removes secrets from what is about to leave the process: messages, telemetry, logs. */
export interface Redactor {
  /** The text with every known secret, in plain or encoded form, replaced by `[redacted]`. */
  text(input: string): string;
  /** A deep copy of the value, redacted; the input is not changed. Cycles and depth are bounded. */
  value(input: unknown): unknown;
}

export interface RedactorOptions {
  /** Values that must not appear. Those shorter than `minSecretLength` are left out: they would match by chance. */
  readonly secrets?: Iterable<string>;
  /** Default 8. */
  readonly minSecretLength?: number;
}
