import type { MeetingTranscriptSegment } from '../model/transcript.ts';

/** Segments as lines to read: `Ada: Good morning.` Consecutive segments of one speaker share a line. */
export function toPlainText(segments: readonly MeetingTranscriptSegment[]): string {
  const lines: string[] = [];
  let lastSpeaker: string | undefined;
  for (const { speakerName, speakerId, text } of segments) {
    const speaker = speakerName ?? speakerId;
    const isSame = lines.length > 0 && speaker !== undefined && speaker === lastSpeaker;
    if (isSame) lines[lines.length - 1] += ` ${text}`;
    else lines.push(speaker === undefined ? text : `${speaker}: ${text}`);
    lastSpeaker = speaker;
  }
  return lines.join('\n');
}
