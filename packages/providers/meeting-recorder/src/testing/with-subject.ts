import type { MeetingRecorderConformanceTarget, MeetingRecorderSubject } from './conformance-target.ts';
import { BARE, FRESH, MISHAPS, STANDUP } from './sample-meetings.ts';
import type { ScriptedMeeting } from './scripted-meeting.ts';

export const TENANT = 'tenant-1';
const CONNECTION = 'connection-1';
const SAMPLES: readonly ScriptedMeeting[] = [STANDUP, BARE, FRESH, ...MISHAPS];

export interface SubjectWish {
  readonly meetings?: readonly ScriptedMeeting[];
  readonly credential?: string;
  readonly withWebhookSecret?: boolean;
}

/** Runs a check against a fresh provider and releases everything afterwards. */
export async function withSubject(
  target: MeetingRecorderConformanceTarget,
  run: (subject: MeetingRecorderSubject) => Promise<void>,
  { meetings = SAMPLES, credential = 'conformance-credential', withWebhookSecret = true }: SubjectWish = {},
): Promise<void> {
  const subject = await target.open({
    tenantId: TENANT,
    connectionId: CONNECTION,
    meetings,
    credential,
    withWebhookSecret,
  });
  try {
    await run(subject);
  } finally {
    await subject.close();
  }
}

/** The meeting or transcript of this id, for the tenant of the checks. */
export function of(meetingId: string): { tenantId: string; meetingId: string } {
  return { tenantId: TENANT, meetingId };
}
