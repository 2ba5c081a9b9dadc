import type { MeetingTranscriptSegment } from '../model/transcript.ts';
import { type TranscriptCue, cuesFromSegments, formatCueTime, parseTimingLine, segmentsFromCues } from './cues.ts';
import { blocksOf } from './vtt.ts';

/** Segments as SubRip. The format has no place for speakers: they are written before the text, `[Ada] Good morning.` */
export function toSrt(segments: readonly MeetingTranscriptSegment[]): string {
  return cuesFromSegments(segments)
    .map(({ startMs, endMs, speaker, text }, index) => {
      const voice = speaker === undefined ? '' : `[${speaker.replaceAll(/[[\]]/g, '')}] `;
      return `${index + 1}\n${formatCueTime(startMs, ',')} --> ${formatCueTime(endMs, ',')}\n${voice}${text}\n`;
    })
    .join('\n');
}

/** The segments of a SubRip file. A name in square brackets before the text is the speaker. */
export function parseSrt(srt: string): MeetingTranscriptSegment[] {
  return segmentsFromCues(blocksOf(srt).flatMap(parseBlock));
}

function parseBlock(block: string): TranscriptCue[] {
  const lines = block.split('\n');
  const at = lines.findIndex((line) => line.includes('-->'));
  const times = parseTimingLine(lines[at] ?? '');
  if (times === undefined || at > 1) return [];
  const payload = lines
    .slice(at + 1)
    .join(' ')
    .trim();
  const [tag = '', speaker] = /^\[([^\][]+)\]\s*/.exec(payload) ?? [];
  return [{ ...times, ...(speaker === undefined ? {} : { speaker }), text: payload.slice(tag.length) }];
}
