export interface BackoffOptions {
  /** Upper bound of the wait before the second attempt. Default 250. */
  readonly baseMs?: number;
  /** The same after throttling. Default 1 000, and at least `baseMs`. */
  readonly throttledBaseMs?: number;
  /** Longest wait. Default 20 000. */
  readonly capMs?: number;
  /** Growth from one wait to the next. Default 2. */
  readonly factor?: number;
  /** `full` draws evenly from 0 to the bound; `none` waits the bound itself. Default `full`. */
  readonly jitter?: 'full' | 'none';
}

export const DEFAULT_BACKOFF: Required<BackoffOptions> = {
  baseMs: 250,
  throttledBaseMs: 1_000,
  capMs: 20_000,
  factor: 2,
  jitter: 'full',
};

/**
 * Milliseconds to wait after a failed attempt.
 *
 * @param attempt Number of the attempt that failed, from 1.
 * @param random Draws from [0, 1).
 */
export function backoffDelayMs(
  options: Required<BackoffOptions>,
  attempt: number,
  isThrottled: boolean,
  random: () => number,
): number {
  const baseMs = isThrottled ? Math.max(options.throttledBaseMs, options.baseMs) : options.baseMs;
  const boundMs = Math.min(options.capMs, baseMs * options.factor ** (attempt - 1));
  return options.jitter === 'full' ? random() * boundMs : boundMs;
}
