/** What an answer told about one limit. Several of one name are windows of different length. */
export interface RateLimitSnapshot {
  /** What is limited, such as `requests`, or the name of the provider's policy. */
  readonly name: string;
  readonly limit?: number;
  readonly remaining?: number;
  readonly used?: number;
  /** Milliseconds from the answer until there is more. Absent: not told. */
  readonly resetMs?: number;
  /** Length of the window. Absent: not told. */
  readonly windowMs?: number;
}

/**
 * How long to wait because of limits that are used up: the longest of their waits. Undefined when none is used up or
 * none of those tells its wait. A limit that is not used up promises nothing, and is no reason to wait.
 */
export function waitForLimits(snapshots: readonly RateLimitSnapshot[]): number | undefined {
  let waitMs: number | undefined;
  for (const { remaining, resetMs } of snapshots) {
    if (remaining === undefined || remaining > 0 || resetMs === undefined) continue;
    waitMs = Math.max(waitMs ?? 0, resetMs);
  }
  return waitMs;
}
