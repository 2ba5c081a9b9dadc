import { defineQuery, type OperationSpec, type OperationSpecRegistry } from '@mortise/core/operations';
import { MeetingRecord } from '../model/meeting.ts';
import {
  MeetingRecorderGetMeetingInput,
  MeetingRecorderListMeetingsInput,
  MeetingRecorderListMeetingsOutput,
} from './meeting-inputs.ts';
import { capability, connectionErrors, meetingErrors, readMeetings, shared } from './shared-terms.ts';

/** The recorded meetings of a tenant, page by page. */
export const MeetingRecorderListMeetings: OperationSpec<
  typeof MeetingRecorderListMeetingsInput,
  typeof MeetingRecorderListMeetingsOutput
> = defineQuery({
  meta: {
    ...shared,
    key: 'meeting-recorder.meetings.list',
    title: 'List Meetings',
    description: 'Lists recorded meetings of a tenant, newest first.',
    goal: 'See which meetings were recorded.',
    context:
      'Used by meeting lists and by whatever looks for meetings to read. Filters act at the provider where it can.',
    tags: ['meeting-recorder', 'meetings', 'transcripts'],
  },
  capability,
  io: {
    input: MeetingRecorderListMeetingsInput,
    output: MeetingRecorderListMeetingsOutput,
    errors: {
      ...connectionErrors,
      CURSOR_INVALID: { description: 'The cursor is not one of this list; start again.', httpStatus: 400 },
    },
  },
  policy: { ...readMeetings, pii: ['/organizerEmail', '/participantEmail', '/query'] },
});

/** One recorded meeting. */
export const MeetingRecorderGetMeeting: OperationSpec<typeof MeetingRecorderGetMeetingInput, typeof MeetingRecord> =
  defineQuery({
    meta: {
      ...shared,
      key: 'meeting-recorder.meetings.get',
      title: 'Get Meeting',
      description: 'Reads one recorded meeting with its people, times and links.',
      goal: 'Show a meeting.',
      context: 'Used by meeting pages, and after a webhook that names a meeting.',
      tags: ['meeting-recorder', 'meetings'],
    },
    capability,
    io: { input: MeetingRecorderGetMeetingInput, output: MeetingRecord, errors: meetingErrors },
    policy: readMeetings,
  });

/** The operations on meetings by name. */
export const meetingRecorderMeetingContracts: {
  readonly MeetingRecorderListMeetings: typeof MeetingRecorderListMeetings;
  readonly MeetingRecorderGetMeeting: typeof MeetingRecorderGetMeeting;
} = { MeetingRecorderListMeetings, MeetingRecorderGetMeeting };

/**
 * Registers the operations on meetings.
 *
 * @returns The registry.
 * @throws {DuplicateContractError} One of them is registered already.
 */
export function registerMeetingRecorderMeetingContracts(registry: OperationSpecRegistry): OperationSpecRegistry {
  return registry.register(MeetingRecorderListMeetings).register(MeetingRecorderGetMeeting);
}
