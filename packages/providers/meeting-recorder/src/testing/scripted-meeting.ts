import type { MeetingMedia } from '../model/media.ts';
import type { MeetingStatus } from '../model/meeting-state.ts';
import type { MeetingParticipant } from '../model/participant.ts';

/** Something that is said in a scripted meeting. */
export interface ScriptedUtterance {
  /** Id of a participant, or a voice that nobody knows. Absent: not told apart. */
  readonly speakerId?: string;
  readonly text: string;
  /** From the start of the recording; negative before it. */
  readonly startMs: number;
  readonly endMs?: number;
}

/** A meeting as it really was, from which a provider is to report. Absent: the service does not know. */
export interface ScriptedMeeting {
  readonly id: string;
  readonly title?: string;
  /** Start of the recording, ISO 8601 in UTC. */
  readonly recordingStartAt: string;
  readonly durationMs?: number;
  readonly organizer?: MeetingParticipant;
  readonly participants?: readonly MeetingParticipant[];
  readonly utterances?: readonly ScriptedUtterance[];
  /** Whether the transcript can be had. */
  readonly transcript: 'ready' | 'pending' | 'none';
  readonly status?: MeetingStatus;
  readonly recordings?: readonly MeetingMedia[];
}
