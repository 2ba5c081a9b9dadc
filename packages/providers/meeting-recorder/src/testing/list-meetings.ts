import type { MeetingRecorderListMeetingsParams } from '../meeting-queries.ts';
import type { ScriptedMeeting } from './scripted-meeting.ts';
import { refusal } from './service-line.ts';

/** Whether a meeting is one of those that were asked for. */
export function matches(meeting: ScriptedMeeting, params: MeetingRecorderListMeetingsParams): boolean {
  const startMs = Date.parse(meeting.recordingStartAt);
  const { from, to, query, organizerEmail, participantEmail } = params;
  if (from !== undefined && startMs < Date.parse(from)) return false;
  if (to !== undefined && startMs >= Date.parse(to)) return false;
  if (query !== undefined && !(meeting.title ?? '').toLowerCase().includes(query.toLowerCase())) return false;
  if (organizerEmail !== undefined && !isSame(meeting.organizer?.email, organizerEmail)) return false;
  return (
    participantEmail === undefined || (meeting.participants ?? []).some(({ email }) => isSame(email, participantEmail))
  );
}

function isSame(email: string | undefined, wanted: string): boolean {
  return email?.toLowerCase() === wanted.toLowerCase();
}

/**
 * One page. The cursor names the last meeting of the page before by its start and id, so that nothing is listed twice or
 * left out when meetings come and go in between.
 */
export function pageOf(
  meetings: readonly ScriptedMeeting[],
  cursor: string | undefined,
  size: number,
): { readonly items: readonly ScriptedMeeting[]; readonly nextCursor: string | undefined } {
  if (!Number.isInteger(size) || size < 1)
    throw refusal(`pageSize: expected a whole number from 1, got ${size}`, 'pageSize');
  const after = cursor === undefined ? undefined : parseCursor(cursor);
  const rest = after === undefined ? meetings : meetings.filter((meeting) => comesAfter(meeting, after));
  const items = rest.slice(0, size);
  const last = items.at(-1);
  return { items, nextCursor: last === undefined || rest.length <= size ? undefined : cursorOf(last) };
}

interface Position {
  readonly startMs: number;
  readonly id: string;
}

function comesAfter(meeting: ScriptedMeeting, { startMs, id }: Position): boolean {
  const ownMs = Date.parse(meeting.recordingStartAt);
  return ownMs < startMs || (ownMs === startMs && meeting.id > id);
}

function cursorOf({ recordingStartAt, id }: ScriptedMeeting): string {
  return `meetings-${Date.parse(recordingStartAt)}-${encodeURIComponent(id)}`;
}

function parseCursor(cursor: string): Position {
  const [, startMs, id] = /^meetings-(-?\d+)-(.+)$/.exec(cursor) ?? [];
  const isWellFormed = id !== undefined && !/%(?![\dA-F]{2})/i.test(id);
  if (startMs === undefined || !isWellFormed) throw refusal('cursor: this list did not give it out', 'cursor');
  return { startMs: Number(startMs), id: new URLSearchParams(`id=${id.replaceAll('+', '%2B')}`).get('id') ?? '' };
}
