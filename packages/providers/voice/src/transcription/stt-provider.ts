import type { CallOptions, ResumableOperations, WebhookProvider } from '@mortise/core';
import type { STTCapabilities } from './stt-capabilities.ts';
import type { STTEvent } from './stt-event.ts';
import type { STTWebhookEvent } from './stt-webhook-event.ts';
import type { STTStreamOptions, STTTranscriptionInput } from './transcription-input.ts';
import type { STTTranscriptionResult } from './transcription-result.ts';
import type { TranscriptionSegment } from './transcription-segment.ts';

/**
 * Speech to text behind one connection. `completeSTT` adds the optional methods. Failures reject with core's
 * `IntegrationError`.
 */
export interface STTProvider {
  /** What works. Absent: unknown, and only trying tells. */
  readonly capabilities?: STTCapabilities;

  /**
   * Transcribes a whole recording.
   *
   * @throws {IntegrationError} `invalid_request` for raw audio without a sample rate; `unsupported` for a format that the
   * provider does not take.
   */
  transcribe(input: STTTranscriptionInput, options?: CallOptions): Promise<STTTranscriptionResult>;

  /**
   * Transcribes audio as it comes and gives what is final. Reads the audio no faster than it can be sent. Can be iterated
   * once; leaving early ends the call.
   */
  transcribeStream?(
    audio: AsyncIterable<Uint8Array>,
    settings?: STTStreamOptions,
    options?: CallOptions,
  ): AsyncIterable<TranscriptionSegment>;

  /** The same in full detail: what seems to be said, what is final, when speech starts and ends. */
  transcribeEvents?(
    audio: AsyncIterable<Uint8Array>,
    settings?: STTStreamOptions,
    options?: CallOptions,
  ): AsyncIterable<STTEvent>;

  /** Long recordings, transcribed after the call that hands them over. */
  readonly submitTranscription?: ResumableOperations<STTTranscriptionInput, STTTranscriptionResult>;

  /** Deliveries about submitted recordings. */
  readonly webhooks?: WebhookProvider<STTWebhookEvent>;

  /** Releases connections; later calls reject. Calling it again does nothing. */
  close?(): Promise<void>;
}
