import { SecretProviderError } from '../secret-provider-error.ts';

export interface CacheSecretsOptions {
  /** How long a value is kept whose reference may come to mean another version. Default 300,000. 0: not at all. */
  readonly ttlMs?: number;
  /** Share of `ttlMs` by which each value's time varies either way, so that not all expire at once. Default 0.1. */
  readonly ttlJitter?: number;
  /** Most values kept, and most absences remembered; the least recently used goes first. Default 1,000. */
  readonly maxEntries?: number;
  /** Most pinned versions kept; these do not expire. Default 500. */
  readonly maxPinnedEntries?: number;
  /** How long a `NOT_FOUND` is remembered. Default 5,000. 0: not at all. No other failure is ever remembered. */
  readonly negativeTtlMs?: number;
  /**
   * How long after its time a value may still be served while the backend fails in a way that may pass (throttled,
   * unavailable, timed out). Default 0: never. Meanwhile the backend is asked again after 1 s, doubling up to 128 s.
   */
  readonly staleIfErrorMs?: number;
  /** Longest fetch; it fails with `TIMEOUT` and its signal is aborted. Default 30,000. */
  readonly fetchTimeoutMs?: number;
  /** Epoch milliseconds. Default `Date.now`. */
  readonly now?: () => number;
  /** From 0 up to 1, without 1. Default `Math.random`. */
  readonly random?: () => number;
  /** Calls back once after a delay and returns what cancels that. Default `setTimeout`. */
  readonly setTimer?: (callback: () => void, delayMs: number) => () => void;
}

/** Options with their defaults. */
export type CacheSettings = Required<CacheSecretsOptions>;

/** @throws {SecretProviderError} `INVALID`, naming the option. */
export function toCacheSettings(options: CacheSecretsOptions, provider: string): CacheSettings {
  const settings: CacheSettings = {
    ttlMs: options.ttlMs ?? 300_000,
    ttlJitter: options.ttlJitter ?? 0.1,
    maxEntries: options.maxEntries ?? 1000,
    maxPinnedEntries: options.maxPinnedEntries ?? 500,
    negativeTtlMs: options.negativeTtlMs ?? 5000,
    staleIfErrorMs: options.staleIfErrorMs ?? 0,
    fetchTimeoutMs: options.fetchTimeoutMs ?? 30_000,
    now: options.now ?? Date.now,
    random: options.random ?? Math.random,
    setTimer: options.setTimer ?? startTimer,
  };
  const check = (name: keyof CacheSettings, isValid: boolean, expected: string): void => {
    if (isValid) return;
    const message = `cacheSecrets: ${name} must be ${expected}, not ${String(settings[name])}`;
    throw new SecretProviderError({ code: 'INVALID', message, provider, reference: '' });
  };
  for (const name of ['ttlMs', 'negativeTtlMs', 'staleIfErrorMs'] as const) {
    check(name, Number.isFinite(settings[name]) && settings[name] >= 0, 'milliseconds of at least 0');
  }
  const { fetchTimeoutMs, ttlJitter } = settings;
  check('fetchTimeoutMs', fetchTimeoutMs > 0 && fetchTimeoutMs <= MAX_TIMER_MS, `1 to ${MAX_TIMER_MS} milliseconds`);
  check('ttlJitter', ttlJitter >= 0 && ttlJitter < 1, 'from 0 up to 1, without 1');
  for (const name of ['maxEntries', 'maxPinnedEntries'] as const) {
    check(name, Number.isSafeInteger(settings[name]) && settings[name] >= 1, 'a whole number of at least 1');
  }
  return settings;
}

/** Longer delays make `setTimeout` fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

function startTimer(callback: () => void, delayMs: number): () => void {
  const timer = setTimeout(callback, delayMs);
  return () => {
    clearTimeout(timer);
  };
}
