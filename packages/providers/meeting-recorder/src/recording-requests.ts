import type { FileInput } from '@mortise/core';

/** A recording bot to be sent to a call. */
export interface MeetingRecorderScheduleRequest {
  readonly tenantId: string;
  readonly connectionId?: string;
  /** Address of the call. */
  readonly meetingUrl: string;
  /** ISO 8601 instant. Absent: at once. */
  readonly joinAt?: string;
  /** Name under which the bot appears. */
  readonly botName?: string;
  readonly title?: string;
  /** Language expected, as the provider writes it. */
  readonly language?: string;
}

/** A file to be transcribed as if it had been recorded. */
export interface MeetingRecorderUploadRequest {
  readonly tenantId: string;
  readonly connectionId?: string;
  readonly file: FileInput;
  readonly title?: string;
  /** ISO 8601 instant. */
  readonly happenedAt?: string;
}

/** What to read of changes. */
export interface MeetingRecorderListChangesParams {
  readonly tenantId: string;
  readonly connectionId?: string;
  /** `nextCursor` of the last read. Absent: from the beginning. */
  readonly cursor?: string;
  readonly pageSize?: number;
}
