import type { MeetingTranscriptSegment } from '../model/transcript.ts';

/** What a subtitle format can hold of a segment. */
export interface TranscriptCue {
  /** Milliseconds from the start of the recording, never negative. */
  readonly startMs: number;
  /** Always after `startMs`: players skip empty cues. */
  readonly endMs: number;
  readonly speaker?: string;
  readonly text: string;
}

/** Shown for a segment of which only the start is known and that no other follows. */
const FALLBACK_LENGTH_MS = 2000;

/**
 * Segments as cues. Subtitles know no time before 0, so speech before the recording is shown at its start. A segment
 * without an end lasts until the next one starts; one without a start follows the one before it.
 */
export function cuesFromSegments(segments: readonly MeetingTranscriptSegment[]): TranscriptCue[] {
  let previousEndMs = 0;
  return segments.map((segment, index) => {
    const startMs = Math.max(0, Math.round(segment.startTimeMs ?? previousEndMs));
    const wordEndMs = segment.words?.at(-1)?.endMs;
    const nextStartMs = segments[index + 1]?.startTimeMs;
    const endMs = segment.endTimeMs ?? wordEndMs ?? nextStartMs ?? startMs + FALLBACK_LENGTH_MS;
    const speaker = oneLine(segment.speakerName ?? segment.speakerId ?? '');
    previousEndMs = Math.max(startMs + 1, Math.round(endMs));
    return {
      startMs,
      endMs: previousEndMs,
      ...(speaker === '' ? {} : { speaker }),
      text: oneLine(segment.text),
    };
  });
}

/** Cues back as segments: the speaker becomes a name, the order the index. */
export function segmentsFromCues(cues: readonly TranscriptCue[]): MeetingTranscriptSegment[] {
  return cues.map(({ startMs, endMs, speaker, text }, index) => ({
    index,
    text,
    startTimeMs: startMs,
    endTimeMs: endMs,
    ...(speaker === undefined ? {} : { speakerName: speaker }),
  }));
}

/** A blank line ends a cue, so none may be inside. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** `HH:MM:SS` and milliseconds after the given mark. Hours go beyond two digits where they must. */
export function formatCueTime(ms: number, mark: '.' | ','): string {
  const pad = (value: number, length: number) => String(value).padStart(length, '0');
  const seconds = Math.floor(ms / 1000);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => pad(part, 2));
  return `${clock.join(':')}${mark}${pad(ms % 1000, 3)}`;
}

const CUE_TIME = /^(?:(\d{2,}):)?([0-5]\d):([0-5]\d)[.,](\d{3})$/;

/** Milliseconds of a cue's time; undefined where it is none. */
export function parseCueTime(text: string): number | undefined {
  const match = CUE_TIME.exec(text.trim());
  if (match === null) return undefined;
  const [, hours = '0', minutes, seconds, ms] = match;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(ms);
}

/** The two times of a line `start --> end`; undefined where it is no such line. */
export function parseTimingLine(line: string): { readonly startMs: number; readonly endMs: number } | undefined {
  const [start, rest, ...more] = line.split('-->');
  if (start === undefined || rest === undefined || more.length > 0) return undefined;
  const startMs = parseCueTime(start);
  // What follows the time are settings of the cue, such as its position.
  const endMs = parseCueTime(rest.trim().split(/\s/)[0] ?? '');
  return startMs === undefined || endMs === undefined ? undefined : { startMs, endMs };
}
