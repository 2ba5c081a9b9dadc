/** How a provider treats a request that comes twice with the same idempotency key. */
export interface IdempotencyInfo {
  /** `emulated`: the adapter drops the repeat itself, within one process. */
  readonly supported: 'native' | 'emulated' | 'none';
  /** How long a key is remembered. Absent: not documented by the vendor. */
  readonly ttlMs?: number;
  /** Whether a remembered failure is given again. */
  readonly replaysErrors?: boolean;
  /** What a known key with another body leads to: a refusal, or the first result again. */
  readonly onMismatch: 'error' | 'first-wins';
}
