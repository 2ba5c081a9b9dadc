import { IntegrationError } from '@mortise/core';
import type { WordTiming } from '../synthesis/word-timing.ts';
import { msToFrames } from './frames.ts';
import type { VoiceSegmentTiming, VoiceTimingMap } from './timing-map.ts';

/** The voice of one scene, before it has its place. */
export interface VoiceSegment {
  readonly sceneId: string;
  /** Length of the voice in milliseconds. */
  readonly durationMs: number;
  /** Milliseconds from the start of the voice. */
  readonly wordTimings?: readonly WordTiming[];
  /** Default 0. */
  readonly leadingSilenceMs?: number;
  /** Default 0. */
  readonly trailingSilenceMs?: number;
}

export interface BuildTimingMapOptions {
  /** Breathing room after each scene, in milliseconds. Default 0. With at least one frame of it scenes never overlap. */
  readonly paddingMs?: number;
}

/**
 * Gives each scene its place and its frames. Rounding is done on the time since the start of the whole, so that no
 * segment begins more than one frame beside its time, however many there are.
 *
 * @throws {IntegrationError} `invalid_request` for a negative length, a rate that is not above 0, or a scene that comes
 * twice.
 */
export function buildTimingMap(
  segments: readonly VoiceSegment[],
  fps: number,
  { paddingMs = 0 }: BuildTimingMapOptions = {},
): VoiceTimingMap {
  const seen = new Set<string>();
  const timings: VoiceSegmentTiming[] = [];
  let atMs = 0;
  for (const { sceneId, durationMs, wordTimings, leadingSilenceMs = 0, trailingSilenceMs = 0 } of segments) {
    if (seen.has(sceneId)) throw repeated(sceneId);
    seen.add(sceneId);
    const sceneStartFrame = msToFrames(atMs, fps, 'floor');
    const startMs = atMs + leadingSilenceMs;
    const startFrame = msToFrames(startMs, fps, 'floor');
    const durationInFrames = msToFrames(startMs + durationMs, fps) - startFrame;
    atMs = startMs + durationMs + trailingSilenceMs + paddingMs;
    timings.push({
      sceneId,
      durationMs,
      durationInFrames,
      recommendedSceneDurationInFrames: Math.max(durationInFrames, msToFrames(atMs, fps, 'floor') - sceneStartFrame),
      ...(wordTimings === undefined ? {} : { wordTimings: wordTimings.map((timing) => ({ ...timing })) }),
      startMs,
      startFrame,
    });
  }
  return { totalDurationMs: atMs, segments: timings, fps };
}

function repeated(sceneId: string): IntegrationError {
  return new IntegrationError({
    code: 'invalid_request',
    field: 'segments',
    message: `segments: the scene "${sceneId}" comes twice; each scene has one voice`,
  });
}
