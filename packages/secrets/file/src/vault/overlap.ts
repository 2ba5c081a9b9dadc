import type { EnvelopeHeader, VersionOverlap } from './envelope.ts';

/** The overlap that a version carries, while it lasts. */
export function activeOverlap(header: EnvelopeHeader | undefined, now: number): VersionOverlap | undefined {
  const overlap = header?.overlap;
  return overlap !== undefined && overlap.until > now ? overlap : undefined;
}

/**
 * The overlap that the next version carries. Where two are under way, all versions that either keeps are kept until the
 * later end.
 */
export function extendOverlap(
  current: VersionOverlap | undefined,
  previous: number | undefined,
  overlapMs: number | undefined,
  now: number,
): VersionOverlap | undefined {
  if (previous === undefined || overlapMs === undefined || overlapMs <= 0) return current;
  return {
    from: Math.min(current?.from ?? previous, previous),
    until: Math.max(current?.until ?? 0, now + overlapMs),
  };
}
