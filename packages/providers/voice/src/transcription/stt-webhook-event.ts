import type { STTTranscriptionResult } from './transcription-result.ts';

/** What a provider reports of a submitted transcription. */
export interface STTWebhookEvent {
  /** Same over repeated deliveries. Absent: the vendor gives none. */
  id?: string;
  /** `unknown` for what the vendor reports under a name that is not known here; see `rawType`. */
  type: 'transcription.completed' | 'transcription.failed' | 'unknown';
  /** The vendor's own name. */
  rawType?: string;
  /** Id of the operation that `submitTranscription.start` gave. */
  operationId?: string;
  /** Present where the delivery holds it. */
  result?: STTTranscriptionResult;
  /** ISO 8601 instant. */
  occurredAt?: string;
}
