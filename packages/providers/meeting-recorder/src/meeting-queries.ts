import type { MeetingRecord } from './model/meeting.ts';
import type { MeetingTranscriptSegment } from './model/transcript.ts';

/** Which meetings to list. */
export interface MeetingRecorderListMeetingsParams {
  readonly tenantId: string;
  readonly connectionId?: string;
  /** Earliest start, included. ISO 8601 instant, as is `to`. */
  readonly from?: string;
  /** Latest start, not included. */
  readonly to?: string;
  /** `nextCursor` of the page before. Opaque. */
  readonly cursor?: string;
  /** Most meetings per page; the provider may give fewer. */
  readonly pageSize?: number;
  /** Free text, matched as the provider does. */
  readonly query?: string;
  readonly organizerEmail?: string;
  readonly participantEmail?: string;
  /** Wish for embedded texts. A provider that cannot leaves them out. */
  readonly includeTranscript?: boolean;
  readonly includeSummary?: boolean;
}

/** A page of meetings. */
export interface MeetingRecorderListMeetingsResult {
  meetings: MeetingRecord[];
  /** Absent on the last page. */
  nextCursor?: string;
  hasMore?: boolean;
}

/** Which meeting to read. */
export interface MeetingRecorderGetMeetingParams {
  readonly tenantId: string;
  readonly meetingId: string;
  readonly connectionId?: string;
  readonly includeTranscript?: boolean;
  readonly includeSummary?: boolean;
}

/** The forms in which a transcript can be asked for. `native` is the provider's own. */
export type MeetingTranscriptFormat = 'json' | 'vtt' | 'srt' | 'txt' | 'native';

/** Which transcript to read. */
export interface MeetingRecorderGetTranscriptParams {
  readonly tenantId: string;
  readonly meetingId: string;
  readonly connectionId?: string;
  /** A `MeetingTranscriptFormat`; default `json`. Another one is refused with `unsupported`. */
  readonly format?: string;
  /** Default true. */
  readonly includeSegments?: boolean;
}

/** Which meeting, for methods that need nothing more. */
export interface MeetingReference {
  readonly tenantId: string;
  readonly meetingId: string;
  readonly connectionId?: string;
}

/** What a live meeting tells. */
export type LiveMeetingEvent =
  | { readonly type: 'status'; readonly at: string; readonly state: string; readonly reason?: string }
  | {
      readonly type: 'participant_joined' | 'participant_left' | 'speech_on' | 'speech_off';
      readonly at: string;
      readonly participantId: string;
    }
  /** `isFinal` of the segment tells what may still change; a later one with the same index replaces it. */
  | { readonly type: 'transcript'; readonly at: string; readonly segment: MeetingTranscriptSegment }
  | { readonly type: 'chat'; readonly at: string; readonly participantId?: string; readonly text: string };
