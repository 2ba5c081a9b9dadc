import { IntegrationError } from '@mortise/core';

/** Products of a time and a rate miss whole numbers by less than this. */
const EPSILON = 1e-6;

/**
 * A time as a number of frames.
 *
 * @param fps Above 0; need not be whole.
 * @param rounding `ceil` (default): enough frames for the time. `floor`: the frame that holds the moment.
 * @throws {IntegrationError} `invalid_request` for a negative time or a rate that is not above 0.
 */
export function msToFrames(ms: number, fps: number, rounding: 'ceil' | 'floor' | 'round' = 'ceil'): number {
  requireNumber('ms', ms, ms >= 0);
  requireNumber('fps', fps, fps > 0);
  const frames = (ms * fps) / 1000;
  const nearest = Math.round(frames);
  return Math.abs(frames - nearest) < EPSILON ? nearest : Math[rounding](frames);
}

/** When a frame begins, in milliseconds. */
export function framesToMs(frames: number, fps: number): number {
  requireNumber('fps', fps, fps > 0);
  return (frames * 1000) / fps;
}

function requireNumber(field: string, value: number, isValid: boolean): void {
  if (isValid && Number.isFinite(value)) return;
  throw new IntegrationError({
    code: 'invalid_request',
    field,
    message: `${field}: expected a finite number ${field === 'fps' ? 'above 0' : 'from 0'}, got ${value}`,
  });
}
