import { DEFAULT_DEDUPE_WINDOW_MS } from './dedupe-rules.ts';
import type { DeltaTombstoneMark } from './record-rules.ts';
import { instantMs } from './instant.ts';

const MIN_TOMBSTONE_LIFE_MS = 30 * 86_400_000;

/**
 * Milliseconds for which a tombstone is kept: until no event and no cursor can bring the record back that was deleted. The
 * longest of the dedupe window, the life of the provider's cursors and thirty days.
 */
export function tombstoneLifeMs({
  dedupeWindowMs = DEFAULT_DEDUPE_WINDOW_MS,
  cursorLifeMs = 0,
}: {
  readonly dedupeWindowMs?: number;
  readonly cursorLifeMs?: number;
} = {}): number {
  return Math.max(MIN_TOMBSTONE_LIFE_MS, dedupeWindowMs, cursorLifeMs);
}

/** Whether a tombstone may be forgotten. Counts from when we learnt of the deletion. */
export function isTombstoneExpired({ observedAt }: DeltaTombstoneMark, nowMs: number, lifeMs: number): boolean {
  return nowMs >= instantMs(observedAt, 'observedAt') + lifeMs;
}
