import type { ScriptedMeeting } from './scripted-meeting.ts';

const ADA = { id: 'p-ada', name: 'Ada', email: 'ada@example.com' };
const BOB = { id: 'p-bob', name: 'Bob' };

/** A meeting with a transcript that has every peculiarity: speech before the recording, an unknown voice, fractions. */
export const STANDUP: ScriptedMeeting = {
  id: 'm-standup',
  title: 'Stand-up 🚀',
  recordingStartAt: '2026-03-02T09:00:00.000Z',
  durationMs: 61_500,
  organizer: ADA,
  participants: [ADA, BOB],
  transcript: 'ready',
  utterances: [
    { text: 'Is it recording?', startMs: -1500, endMs: -200 },
    { speakerId: 'p-ada', text: 'Good morning, everyone.', startMs: 100, endMs: 1700 },
    { speakerId: 'p-bob', text: 'Morning — we shipped <v2> & more.', startMs: 1850.5, endMs: 4000 },
    { speakerId: 'voice-3', text: 'Nice.', startMs: 4200, endMs: 4600 },
    { speakerId: 'p-ada', text: 'Thanks.', startMs: 5000, endMs: 5600 },
  ],
  recordings: [{ kind: 'video', mediaType: 'video/mp4', durationMs: 61_500 }],
};

/** A meeting of which the service knows nothing but its start. */
export const BARE: ScriptedMeeting = {
  id: 'm-bare',
  recordingStartAt: '2026-03-03T10:00:00.000Z',
  transcript: 'none',
};

/** A meeting whose transcript is still being written. */
export const FRESH: ScriptedMeeting = {
  id: 'm-fresh',
  title: 'Review',
  recordingStartAt: '2026-03-04T11:00:00.000Z',
  participants: [BOB],
  transcript: 'pending',
};

/** Meetings that went wrong, each with the state that must be told. */
export const MISHAPS: readonly ScriptedMeeting[] = (['denied', 'no_show', 'failed', 'waiting_room'] as const).map(
  (state, index) => ({
    id: `m-${state}`,
    recordingStartAt: `2026-02-0${index + 1}T08:00:00.000Z`,
    transcript: 'none',
    status: { state, reason: `bot: ${state}`, at: `2026-02-0${index + 1}T08:05:00.000Z` },
  }),
);

/** As many meetings as wanted, one a minute, newest first. */
export function manyMeetings(count: number): ScriptedMeeting[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `m-${String(index).padStart(3, '0')}`,
    recordingStartAt: new Date(Date.UTC(2026, 0, 20) - index * 60_000).toISOString(),
    transcript: 'none',
  }));
}
