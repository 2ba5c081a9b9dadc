import type { MeetingTranscriptSegment } from '../model/transcript.ts';

/**
 * The segment with its times in both forms, as far as the origin allows: milliseconds become instants and instants
 * milliseconds. What is there already stays as it is.
 *
 * @param originAt Instant (ISO 8601) of 0 milliseconds. Absent or unreadable: the segment is returned unchanged.
 */
export function withBothTimes(
  segment: MeetingTranscriptSegment,
  originAt: string | undefined,
): MeetingTranscriptSegment {
  const originMs = originAt === undefined ? Number.NaN : Date.parse(originAt);
  if (Number.isNaN(originMs)) return segment;
  const start = complete(segment.startTimeMs, segment.startTime, originMs);
  const end = complete(segment.endTimeMs, segment.endTime, originMs);
  return {
    ...segment,
    ...(start === undefined ? {} : { startTimeMs: start.ms, startTime: start.at }),
    ...(end === undefined ? {} : { endTimeMs: end.ms, endTime: end.at }),
  };
}

function complete(
  ms: number | undefined,
  at: string | undefined,
  originMs: number,
): { readonly ms: number; readonly at: string } | undefined {
  const clockMs = at === undefined ? Number.NaN : Date.parse(at);
  const offsetMs = ms ?? clockMs - originMs;
  if (Number.isNaN(offsetMs)) return undefined;
  const instant = new Date(originMs + offsetMs);
  if (Number.isNaN(instant.getTime())) return undefined;
  return { ms: offsetMs, at: at ?? instant.toISOString() };
}

/** Milliseconds of a time that a provider gives in seconds, without the noise of binary fractions: 0.1 s is 100 ms. */
export function msFromSeconds(seconds: number): number {
  return Math.round(seconds * 1_000_000) / 1000;
}

/**
 * Milliseconds of a clock-like text such as `01:02:03` or `02:03.5`; undefined where it is none. Some providers write the
 * start of an utterance so.
 */
export function msFromClock(text: string): number | undefined {
  const match = /^(?:(\d+):)?([0-5]?\d):([0-5]\d(?:\.\d+)?)$/.exec(text.trim());
  if (match === null) return undefined;
  const [, hours = '0', minutes, seconds] = match;
  return (Number(hours) * 60 + Number(minutes)) * 60_000 + msFromSeconds(Number(seconds));
}
