import { DeltaError } from '../errors/delta-error.ts';
import type { ProviderDeltaCursor } from '../sync-state.ts';
import { isoInstant } from './instant.ts';
import { compareRevisions, type DeltaOrder } from './order.ts';

/** What a new cursor is to the one before it. */
export type CursorMove = 'first' | 'forward' | 'same' | 'backward' | 'unknown';

/**
 * How a cursor moved. `backward` is a fault of a provider or of a stale worker where the provider orders its cursors;
 * with opaque cursors (`none`) a different one is `unknown`, and only compare-and-set protects it.
 *
 * @throws {DeltaError} `NOT_COMPARABLE`: the schemes (`watermarkVersion`) differ, or a text is not of the declared kind.
 */
export function cursorMove(
  before: ProviderDeltaCursor | undefined,
  after: ProviderDeltaCursor,
  order: DeltaOrder,
): CursorMove {
  if (before === undefined) return 'first';
  if (before.watermarkVersion !== after.watermarkVersion) {
    const [was, is] = [before.watermarkVersion, after.watermarkVersion].map((text) => text ?? 'none');
    throw new DeltaError({
      code: 'NOT_COMPARABLE',
      message: `Cursors of different schemes do not compare: ${was} and ${is}. Sync from the beginning instead`,
      field: 'watermarkVersion',
    });
  }
  const [left, right] = [positionOf(before), positionOf(after)];
  if (left === undefined || right === undefined) return left === right ? 'same' : 'unknown';
  const compared = compareRevisions(right, left, order);
  if (compared === undefined) return 'unknown';
  return compared === 0 ? 'same' : compared > 0 ? 'forward' : 'backward';
}

/** Whether two cursors are the same position. */
export function sameCursor(left: ProviderDeltaCursor | undefined, right: ProviderDeltaCursor | undefined): boolean {
  return (
    left?.cursorId === right?.cursorId &&
    left?.cursor === right?.cursor &&
    left?.watermark === right?.watermark &&
    left?.watermarkVersion === right?.watermarkVersion
  );
}

/**
 * Where to read from for a provider that only filters by change time: the watermark less an overlap, inclusive, since
 * records with the same time may come late. What was read before is recognised by its revision.
 *
 * @param overlapMs Default 60,000.
 */
export function watermarkStart(watermark: string, overlapMs = 60_000): string {
  // Through the parser, so that a text without an offset is refused.
  compareRevisions(watermark, EPOCH, 'instant');
  return isoInstant(Math.max(0, Date.parse(watermark) - overlapMs));
}

const EPOCH = '1970-01-01T00:00:00.000Z';

function positionOf({ cursor, watermark }: ProviderDeltaCursor): string | undefined {
  return cursor ?? watermark;
}
