import type { CallOptions, Changes, JsonValue, Operation } from '@mortise/core';
import type { MeetingRecorderCapabilities } from './capabilities.ts';
import type {
  LiveMeetingEvent,
  MeetingRecorderGetMeetingParams,
  MeetingRecorderGetTranscriptParams,
  MeetingRecorderListMeetingsParams,
  MeetingRecorderListMeetingsResult,
  MeetingReference,
} from './meeting-queries.ts';
import type { MeetingMediaKind, MeetingMediaLink } from './model/media.ts';
import type { MeetingRecord } from './model/meeting.ts';
import type { MeetingTranscriptRecord, MeetingTranscriptSegment } from './model/transcript.ts';
import type { MeetingRecorderWebhookEvent } from './model/webhook-event.ts';
import type {
  MeetingRecorderListChangesParams,
  MeetingRecorderScheduleRequest,
  MeetingRecorderUploadRequest,
} from './recording-requests.ts';
import type {
  MeetingRecorderWebhookRegistration,
  MeetingRecorderWebhookRequest,
  MeetingRecorderWebhookSubscription,
} from './webhook-requests.ts';

/**
 * Recorded meetings behind one connection. Only the first three methods are required; `complete(provider)` adds the others.
 * Failures reject with core's `IntegrationError`: `aborted` and `timeout` for the caller's signal and time limit,
 * `not_found` for a meeting that is not there or belongs to another tenant, `unsupported` for what the provider lacks.
 */
export interface MeetingRecorderProvider {
  /** What works. Absent: unknown, and only trying tells. */
  readonly capabilities?: MeetingRecorderCapabilities;

  /**
   * One page of meetings, newest start first, each listed once however the list changes in between.
   *
   * @throws {IntegrationError} `invalid_request` for a cursor that this list did not give out.
   */
  listMeetings(
    params: MeetingRecorderListMeetingsParams,
    options?: CallOptions,
  ): Promise<MeetingRecorderListMeetingsResult>;

  /** @throws {IntegrationError} `not_found` */
  getMeeting(params: MeetingRecorderGetMeetingParams, options?: CallOptions): Promise<MeetingRecord>;

  /**
   * @throws {IntegrationError} `unavailable`, with a wait where it is known, for a transcript that is still being written;
   * `not_found` for a meeting without one.
   */
  getTranscript(params: MeetingRecorderGetTranscriptParams, options?: CallOptions): Promise<MeetingTranscriptRecord>;

  /** The segments of a transcript one by one, for transcripts that are too long to hold. Can be iterated once. */
  iterateSegments?(
    params: MeetingRecorderGetTranscriptParams,
    options?: CallOptions,
  ): AsyncIterable<MeetingTranscriptSegment>;

  /** Sends a recording bot. With the same `idempotencyKey` it is sent once. */
  scheduleRecording?(request: MeetingRecorderScheduleRequest, options?: CallOptions): Promise<MeetingRecord>;
  /** Takes back a recording that has not begun. */
  cancelRecording?(reference: MeetingReference, options?: CallOptions): Promise<MeetingRecord>;
  /** Makes the bot leave; what was recorded stays. */
  leave?(reference: MeetingReference, options?: CallOptions): Promise<MeetingRecord>;
  pause?(reference: MeetingReference, options?: CallOptions): Promise<MeetingRecord>;
  resume?(reference: MeetingReference, options?: CallOptions): Promise<MeetingRecord>;

  /**
   * A fresh address of a file of the meeting.
   *
   * @throws {IntegrationError} `not_found` where there is none of this kind, or it was deleted.
   */
  getMedia?(reference: MeetingReference, kind: MeetingMediaKind, options?: CallOptions): Promise<MeetingMediaLink>;
  /** Removes the meeting with its transcript and media. Removing it again does nothing. */
  deleteMeeting?(reference: MeetingReference, options?: CallOptions): Promise<void>;
  /** Removes the media and keeps record and transcript. */
  deleteMedia?(reference: MeetingReference, options?: CallOptions): Promise<void>;

  /** What happens in a meeting while it goes on. Can be iterated once; leaving the loop closes the connection. */
  streamLive?(reference: MeetingReference, options?: CallOptions): AsyncIterable<LiveMeetingEvent>;
  /**
   * What changed since the last read, edited transcripts and deletions included.
   *
   * @throws {IntegrationError} `cursor_expired`: read everything again.
   */
  listChanges?(params: MeetingRecorderListChangesParams, options?: CallOptions): Promise<Changes<MeetingRecord>>;
  /** Hands over a recording made elsewhere. */
  uploadMedia?(request: MeetingRecorderUploadRequest, options?: CallOptions): Promise<Operation<MeetingRecord>>;
  /** An upload as it is now. */
  getUpload?(resumeToken: JsonValue, options?: CallOptions): Promise<Operation<MeetingRecord>>;

  /** False for a request that is not from the provider, also when no signing secret is configured. */
  verifyWebhook?(request: MeetingRecorderWebhookRequest): Promise<boolean>;
  /** The first event of a request, read from its raw body. `verified` says whether it was proven genuine. */
  parseWebhook?(request: MeetingRecorderWebhookRequest): Promise<MeetingRecorderWebhookEvent>;
  /** Every event of a request. */
  parseWebhookAll?(request: MeetingRecorderWebhookRequest): Promise<MeetingRecorderWebhookEvent[]>;
  /** Subscribes. The secret is shown this once, where the provider makes one. */
  registerWebhook?(
    registration: MeetingRecorderWebhookRegistration,
    options?: CallOptions,
  ): Promise<{ id: string; secret?: string }>;
  listWebhooks?(options?: CallOptions): Promise<MeetingRecorderWebhookSubscription[]>;
  /** Ends a subscription. Ending it again does nothing. */
  unregisterWebhook?(id: string, options?: CallOptions): Promise<void>;

  /** Releases connections; later calls reject. Calling it again does nothing. */
  close?(): Promise<void>;
}
