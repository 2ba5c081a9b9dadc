import type { Changes } from '@mortise/core';
import type { MeetingRecord } from '../model/meeting.ts';
import type { MeetingTranscriptRecord, MeetingTranscriptSegment } from '../model/transcript.ts';
import { withBothTimes } from '../transcript/segment-times.ts';
import type { ScriptedMeeting, ScriptedUtterance } from './scripted-meeting.ts';
import { refusal } from './service-line.ts';

interface Stored {
  readonly meeting: ScriptedMeeting;
  readonly revision: number;
}

/** The meetings of one tenant, with a log of what changed. */
export class MeetingStore {
  readonly #scope: { readonly tenantId: string; readonly connectionId: string };
  readonly #meetings = new Map<string, Stored>();
  readonly #log: string[] = [];

  constructor(
    scope: { readonly tenantId: string; readonly connectionId: string },
    meetings: readonly ScriptedMeeting[],
  ) {
    this.#scope = scope;
    for (const meeting of meetings) this.put(meeting);
  }

  put(meeting: ScriptedMeeting): void {
    const revision = (this.#meetings.get(meeting.id)?.revision ?? 0) + 1;
    this.#meetings.set(meeting.id, { meeting: structuredClone(meeting), revision });
    this.#log.push(meeting.id);
  }

  remove(id: string): void {
    if (this.#meetings.delete(id)) this.#log.push(id);
  }

  get(id: string): ScriptedMeeting | undefined {
    return this.#meetings.get(id)?.meeting;
  }

  /** Newest start first, ids in order where starts are equal. */
  list(): ScriptedMeeting[] {
    return [...this.#meetings.values()].map(({ meeting }) => meeting).sort(byStart);
  }

  changesSince(cursor: string | undefined, pageSize: number): Changes<MeetingRecord> {
    const from = cursor === undefined ? 0 : positionOf(cursor, this.#log.length);
    const to = Math.min(this.#log.length, from + pageSize);
    const touched = [...new Set(this.#log.slice(from, to))];
    return {
      upserted: touched.flatMap((id) => this.record(id) ?? []),
      removed: touched.filter((id) => !this.#meetings.has(id)).map((id) => ({ id })),
      nextCursor: `changes-${to}`,
      hasMore: to < this.#log.length,
    };
  }

  /** The meeting as the interface has it. What the script does not say is absent. */
  record(id: string): MeetingRecord | undefined {
    const stored = this.#meetings.get(id);
    if (stored === undefined) return undefined;
    const { meeting, revision } = stored;
    const { durationMs, participants, recordings, transcript } = meeting;
    const isPlanned = meeting.status?.state === 'scheduled';
    return {
      id,
      ...this.#scope,
      externalId: id,
      ...(meeting.title === undefined ? {} : { title: meeting.title }),
      ...(meeting.organizer === undefined ? {} : { organizer: { ...meeting.organizer } }),
      ...(participants === undefined ? {} : { participants: structuredClone([...participants]) }),
      ...(isPlanned ? { scheduledStartAt: meeting.recordingStartAt } : { recordingStartAt: meeting.recordingStartAt }),
      ...(durationMs === undefined ? {} : { durationSeconds: durationMs / 1000 }),
      transcriptAvailable: transcript === 'ready',
      ...(meeting.status === undefined ? {} : { status: { ...meeting.status } }),
      ...(recordings === undefined ? {} : { recordings: structuredClone([...recordings]) }),
      revision: String(revision),
    };
  }

  transcript(id: string): MeetingTranscriptRecord | undefined {
    const stored = this.#meetings.get(id);
    if (stored === undefined) return undefined;
    const { meeting, revision } = stored;
    const segments = segmentsOf(meeting);
    const voices = new Set(segments.flatMap(({ speakerId }) => speakerId ?? []));
    return {
      id: `${id}-transcript`,
      meetingId: id,
      ...this.#scope,
      format: 'json',
      segments,
      speakers: [...voices].map((voice) => {
        const person = meeting.participants?.find((participant) => participant.id === voice);
        return {
          id: voice,
          ...(person === undefined ? {} : { participantId: voice }),
          ...(person?.name === undefined ? {} : { name: person.name }),
        };
      }),
      timeOrigin: 'recording_start',
      recordingStartAt: meeting.recordingStartAt,
      revision: String(revision),
      status: 'final',
    };
  }
}

function segmentsOf({
  utterances = [],
  participants = [],
  recordingStartAt,
}: ScriptedMeeting): MeetingTranscriptSegment[] {
  return [...utterances]
    .sort((left, right) => left.startMs - right.startMs)
    .map((utterance, index) => {
      const person = participants.find(({ id }) => id !== undefined && id === utterance.speakerId);
      const { text, startMs, endMs, speakerId } = utterance;
      const segment: MeetingTranscriptSegment = {
        index,
        text,
        startTimeMs: startMs,
        ...(endMs === undefined ? {} : { endTimeMs: endMs, words: wordsOf(utterance, endMs) }),
        ...(speakerId === undefined ? {} : { speakerId }),
        ...(person?.name === undefined ? {} : { speakerName: person.name }),
        ...(person?.email === undefined ? {} : { speakerEmail: person.email }),
      };
      return withBothTimes(segment, recordingStartAt);
    });
}

/** Words that share the time of their utterance evenly. */
function wordsOf({ text, startMs }: ScriptedUtterance, endMs: number): NonNullable<MeetingTranscriptSegment['words']> {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const lengthMs = (endMs - startMs) / words.length;
  return words.map((word, index) => ({
    text: word,
    startMs: startMs + index * lengthMs,
    endMs: startMs + (index + 1) * lengthMs,
  }));
}

function byStart(left: ScriptedMeeting, right: ScriptedMeeting): number {
  const difference = Date.parse(right.recordingStartAt) - Date.parse(left.recordingStartAt);
  return difference === 0 ? (left.id < right.id ? -1 : 1) : difference;
}

function positionOf(cursor: string, end: number): number {
  const position = Number(/^changes-(\d+)$/.exec(cursor)?.[1] ?? Number.NaN);
  if (position <= end) return position;
  throw refusal('cursor: this list did not give it out', 'cursor');
}
