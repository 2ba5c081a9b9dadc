import { iterateOnce } from '../call/iterate-once.ts';
import type { STTEvent } from './stt-event.ts';
import type { TranscriptionSegment } from './transcription-segment.ts';

/** What is final of a live transcription, as `transcribeStream` gives it. */
export function segmentsFromEvents(events: AsyncIterable<STTEvent>): AsyncIterable<TranscriptionSegment> {
  return iterateOnce(async function* segments() {
    for await (const event of events) if (event.type === 'final') yield event.segment;
  });
}

/** Segments of a live transcription as events; nothing is known of what was not final. */
export function eventsFromSegments(segments: AsyncIterable<TranscriptionSegment>): AsyncIterable<STTEvent> {
  return iterateOnce(async function* events() {
    let count = 0;
    for await (const segment of segments) {
      yield { type: 'final', id: String(count), segment };
      count += 1;
    }
  });
}
