/** What became of the tests of one package on one runtime. */
export interface Summary {
  readonly passed: number;
  readonly failed: number;
  /** One line for each failed test: where, what. */
  readonly failures: readonly string[];
}

/** A run that could not be counted is a failed run. */
export function brokenRun(reason: string): Summary {
  return { passed: 0, failed: 1, failures: [reason] };
}
