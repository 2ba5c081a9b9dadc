import { msToFrames } from './frames.ts';
import type { VoiceSegmentTiming, VoiceTimingMap } from './timing-map.ts';

export type TimingIssueCode =
  | 'bad_fps'
  | 'negative_length'
  | 'too_few_frames'
  | 'scene_too_short'
  | 'total_mismatch'
  | 'start_mismatch'
  | 'drift'
  | 'word_outside'
  | 'words_out_of_order'
  | 'repeated_scene'
  | 'unknown_scene'
  | 'missing_scene';

/** One thing that is wrong with a timing map. */
export interface TimingIssue {
  readonly code: TimingIssueCode;
  /** JSON Pointer into the map. */
  readonly path: string;
  readonly message: string;
}

export interface ValidateTimingMapOptions {
  /** Scenes of the video plan; absent, scene ids are not looked up. */
  readonly sceneIds?: readonly string[];
}

/** Floats that mean the same time differ by less, in milliseconds. */
const TOLERANCE_MS = 0.5;

/** Everything that is wrong with a timing map; empty when nothing is. Does not throw on bad numbers: it reports them. */
export function validateTimingMap(map: VoiceTimingMap, { sceneIds }: ValidateTimingMapOptions = {}): TimingIssue[] {
  if (!(map.fps > 0) || !Number.isFinite(map.fps)) {
    return [{ code: 'bad_fps', path: '/fps', message: `expected frames per second above 0, got ${map.fps}` }];
  }
  return [
    ...sceneIssues(map, sceneIds),
    ...totalIssues(map),
    ...map.segments.flatMap((_, index) => [...segmentIssues(map, index)]),
  ];
}

function* sceneIssues({ segments }: VoiceTimingMap, sceneIds: readonly string[] | undefined): Iterable<TimingIssue> {
  const seen = new Set<string>();
  for (const [index, { sceneId }] of segments.entries()) {
    const path = `/segments/${index}/sceneId`;
    if (seen.has(sceneId)) yield { code: 'repeated_scene', path, message: `the scene "${sceneId}" came before` };
    if (sceneIds !== undefined && !sceneIds.includes(sceneId)) {
      yield { code: 'unknown_scene', path, message: `no scene of the plan is called "${sceneId}"` };
    }
    seen.add(sceneId);
  }
  for (const sceneId of sceneIds ?? []) {
    if (seen.has(sceneId)) continue;
    yield { code: 'missing_scene', path: '/segments', message: `the scene "${sceneId}" has no segment` };
  }
}

/** The whole must hold all voices, and the last one must end within it. */
function* totalIssues({ segments, totalDurationMs }: VoiceTimingMap): Iterable<TimingIssue> {
  const path = '/totalDurationMs';
  const voices = segments.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const ends = segments.map(({ startMs, durationMs }) => (startMs ?? 0) + durationMs);
  const needed = Math.max(voices, ...ends);
  if (totalDurationMs + TOLERANCE_MS < needed) {
    yield {
      code: 'total_mismatch',
      path,
      message: `expected at least ${needed} ms for the voices, got ${totalDurationMs}`,
    };
  }
}

function* segmentIssues({ segments, fps }: VoiceTimingMap, index: number): Iterable<TimingIssue> {
  const segment = segments[index];
  if (segment === undefined) return;
  const path = `/segments/${index}`;
  const { durationMs, durationInFrames, recommendedSceneDurationInFrames, startMs, startFrame } = segment;
  if (!(durationMs >= 0) || !Number.isFinite(durationMs) || (startMs !== undefined && !(startMs >= 0))) {
    yield { code: 'negative_length', path: `${path}/durationMs`, message: 'expected times from 0' };
    return;
  }
  const needed = msToFrames(durationMs, fps);
  if (durationInFrames < needed) {
    const message = `${durationMs} ms need ${needed} frames at ${fps} fps, got ${durationInFrames}`;
    yield { code: 'too_few_frames', path: `${path}/durationInFrames`, message };
  }
  if (recommendedSceneDurationInFrames < durationInFrames) {
    const message = `expected at least the ${durationInFrames} frames of the voice, got ${recommendedSceneDurationInFrames}`;
    yield { code: 'scene_too_short', path: `${path}/recommendedSceneDurationInFrames`, message };
  }
  const before = segments[index - 1];
  const beforeEnd = before?.startMs === undefined ? undefined : before.startMs + before.durationMs;
  if (startMs !== undefined && beforeEnd !== undefined && startMs + TOLERANCE_MS < beforeEnd) {
    const message = `begins at ${startMs} ms, before the segment before it ends (${beforeEnd} ms)`;
    yield { code: 'start_mismatch', path: `${path}/startMs`, message };
  }
  if (startMs !== undefined && startFrame !== undefined && Math.abs((startMs * fps) / 1000 - startFrame) > 1) {
    const message = `frame ${startFrame} is more than one frame beside ${startMs} ms`;
    yield { code: 'drift', path: `${path}/startFrame`, message };
  }
  yield* wordIssues(segment, path);
}

function* wordIssues({ wordTimings = [], durationMs }: VoiceSegmentTiming, path: string): Iterable<TimingIssue> {
  let lastStart = 0;
  for (const [index, { word, startMs, endMs }] of wordTimings.entries()) {
    const at = `${path}/wordTimings/${index}`;
    if (startMs < 0 || endMs > durationMs + TOLERANCE_MS || endMs < startMs) {
      yield { code: 'word_outside', path: at, message: `"${word}" is not within the ${durationMs} ms of its segment` };
    }
    if (startMs < lastStart)
      yield { code: 'words_out_of_order', path: at, message: `"${word}" begins before the last` };
    lastStart = startMs;
  }
}
