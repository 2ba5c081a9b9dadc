import type { CapabilityDescription, MethodSupport } from '@mortise/core';
import type { MeetingTranscriptFormat } from './meeting-queries.ts';

/** Methods of `MeetingRecorderProvider` that not every implementation has. */
export type MeetingRecorderMethod =
  | 'parseWebhook'
  | 'parseWebhookAll'
  | 'verifyWebhook'
  | 'registerWebhook'
  | 'listWebhooks'
  | 'unregisterWebhook'
  | 'iterateSegments'
  | 'scheduleRecording'
  | 'cancelRecording'
  | 'leave'
  | 'pause'
  | 'resume'
  | 'getMedia'
  | 'deleteMeeting'
  | 'deleteMedia'
  | 'streamLive'
  | 'listChanges'
  | 'uploadMedia';

/** What an implementation can do: plain data, known without any call. */
export interface MeetingRecorderCapabilities extends CapabilityDescription {
  /** A method that is not listed is supported when it is there; one declared `none` rejects with `unsupported`. */
  readonly methods?: Readonly<Partial<Record<MeetingRecorderMethod, MethodSupport>>>;
  /** Forms that `getTranscript` gives. Absent: `json` only. */
  readonly transcriptFormats?: readonly MeetingTranscriptFormat[];
  /** Most meetings per page. */
  readonly maxPageSize?: number;
}
