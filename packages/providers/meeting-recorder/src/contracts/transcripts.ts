import { defineCommand, defineQuery, type OperationSpec, type OperationSpecRegistry } from '@mortise/core/operations';
import { MeetingTranscriptRecord } from '../model/transcript.ts';
import { MEETING_RECORDER_TELEMETRY_EVENTS } from '../telemetry/meeting-recorder-telemetry.ts';
import { capability, errorCodeOf, meetingErrors, readMeetings, shared } from './shared-terms.ts';
import {
  MeetingRecorderGetTranscriptInput,
  MeetingRecorderSyncTranscriptInput,
  MeetingRecorderSyncTranscriptOutput,
} from './transcript-inputs.ts';

const errors = {
  ...meetingErrors,
  TRANSCRIPT_NOT_FOUND: { description: 'The meeting has no transcript and gets none.', httpStatus: 404 },
  TRANSCRIPT_NOT_READY: { description: 'The transcript is still being written; try again later.', httpStatus: 409 },
} as const;

/** The transcript of one meeting. */
export const MeetingRecorderGetTranscript: OperationSpec<
  typeof MeetingRecorderGetTranscriptInput,
  typeof MeetingTranscriptRecord
> = defineQuery({
  meta: {
    ...shared,
    key: 'meeting-recorder.transcripts.get',
    title: 'Get Transcript',
    description: 'Reads the transcript of a meeting, as segments and in the wanted form.',
    goal: 'Read what was said in a meeting.',
    context: 'Used by meeting pages and by whatever works on transcripts. A transcript comes later than its meeting.',
    tags: ['meeting-recorder', 'transcripts'],
  },
  capability,
  io: { input: MeetingRecorderGetTranscriptInput, output: MeetingTranscriptRecord, errors },
  policy: readMeetings,
  telemetry: {
    success: {
      event: { key: MEETING_RECORDER_TELEMETRY_EVENTS.transcriptsFetched, version: '1.0.0' },
      properties: ({ input, output }) => ({
        tenantId: input.tenantId,
        meetingId: input.meetingId,
        segmentCount: output?.segments?.length ?? 0,
      }),
    },
    failure: {
      event: { key: MEETING_RECORDER_TELEMETRY_EVENTS.transcriptsFetchFailed, version: '1.0.0' },
      properties: ({ input, error }) => ({
        tenantId: input.tenantId,
        meetingId: input.meetingId,
        error: errorCodeOf(error),
      }),
    },
  },
});

/** Brings the host's copy of a transcript up to date. */
export const MeetingRecorderSyncTranscript: OperationSpec<
  typeof MeetingRecorderSyncTranscriptInput,
  typeof MeetingRecorderSyncTranscriptOutput
> = defineCommand({
  meta: {
    ...shared,
    key: 'meeting-recorder.transcripts.sync',
    title: 'Sync Transcript',
    description: "Reads a transcript from the provider and stores it in the host's own records.",
    goal: 'Have transcripts at hand without asking the provider each time.',
    context: 'Used after webhooks and by scheduled jobs. A repeat stores the same transcript again.',
    tags: ['meeting-recorder', 'transcripts', 'sync'],
  },
  capability,
  io: { input: MeetingRecorderSyncTranscriptInput, output: MeetingRecorderSyncTranscriptOutput, errors },
  policy: {
    auth: 'admin',
    tenantScoped: true,
    resource: 'meeting-recorder.transcript',
    idempotent: true,
    destructive: false,
  },
  telemetry: {
    success: {
      event: { key: MEETING_RECORDER_TELEMETRY_EVENTS.transcriptsSynced, version: '1.0.0' },
      properties: ({ input, output }) => ({
        tenantId: input.tenantId,
        meetingId: input.meetingId,
        synced: output?.synced,
        failed: output?.failed,
      }),
    },
    failure: {
      event: { key: MEETING_RECORDER_TELEMETRY_EVENTS.transcriptsSyncFailed, version: '1.0.0' },
      properties: ({ input, error }) => ({
        tenantId: input.tenantId,
        meetingId: input.meetingId,
        error: errorCodeOf(error),
      }),
    },
  },
});

/** The operations on transcripts by name. */
export const meetingRecorderTranscriptContracts: {
  readonly MeetingRecorderGetTranscript: typeof MeetingRecorderGetTranscript;
  readonly MeetingRecorderSyncTranscript: typeof MeetingRecorderSyncTranscript;
} = { MeetingRecorderGetTranscript, MeetingRecorderSyncTranscript };

/**
 * Registers the operations on transcripts.
 *
 * @returns The registry.
 * @throws {DuplicateContractError} One of them is registered already.
 */
export function registerMeetingRecorderTranscriptContracts(registry: OperationSpecRegistry): OperationSpecRegistry {
  return registry.register(MeetingRecorderGetTranscript).register(MeetingRecorderSyncTranscript);
}
