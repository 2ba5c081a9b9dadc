import type { MeetingTranscriptSegment } from '../model/transcript.ts';
import { type TranscriptCue, cuesFromSegments, formatCueTime, parseTimingLine, segmentsFromCues } from './cues.ts';

/**
 * Segments as WebVTT, the speaker in a voice tag. Line breaks become spaces; what is not text, time or speaker is lost.
 *
 * @see https://www.w3.org/TR/webvtt1/
 */
export function toVtt(segments: readonly MeetingTranscriptSegment[]): string {
  const cues = cuesFromSegments(segments).map(({ startMs, endMs, speaker, text }) => {
    const voice = speaker === undefined ? '' : `<v ${escape(speaker)}>`;
    return `${formatCueTime(startMs, '.')} --> ${formatCueTime(endMs, '.')}\n${voice}${escape(text)}`;
  });
  return `${['WEBVTT', ...cues].join('\n\n')}\n`;
}

/** The segments of a WebVTT file. Notes, styles, regions and blocks that are not well formed are passed over. */
export function parseVtt(vtt: string): MeetingTranscriptSegment[] {
  return segmentsFromCues(blocksOf(vtt).flatMap(parseBlock));
}

function parseBlock(block: string): TranscriptCue[] {
  const lines = block.split('\n');
  const at = lines.findIndex((line) => line.includes('-->'));
  const times = parseTimingLine(lines[at] ?? '');
  // A cue may have an identifier above its times, and nothing else.
  if (times === undefined || at > 1) return [];
  const payload = lines.slice(at + 1).join(' ');
  const [, speaker] = /^<v(?:\.[^\s>]*)?\s+([^>]*)>/.exec(payload) ?? [];
  const text = unescape(payload.replaceAll(/<[^>]*>/g, '')).trim();
  return [{ ...times, ...(speaker === undefined ? {} : { speaker: unescape(speaker).trim() }), text }];
}

/** The parts between blank lines, whatever ends the lines. */
export function blocksOf(file: string): string[] {
  return file
    .replace(/^\uFEFF/, '')
    .replaceAll(/\r\n?/g, '\n')
    .split(/\n{2,}/)
    .map((block) => block.replace(/^\n+|\n+$/g, ''));
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function unescape(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&nbsp;', '\u00A0').replaceAll('&amp;', '&');
}
