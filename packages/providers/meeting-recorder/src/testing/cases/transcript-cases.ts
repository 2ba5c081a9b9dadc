import type { ConformanceCase } from '@mortise/testing';
import type { MeetingTranscriptSegment } from '../../model/transcript.ts';
import { parseSrt } from '../../transcript/srt.ts';
import { parseVtt } from '../../transcript/vtt.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { MeetingRecorderConformanceTarget, MeetingRecorderSubject } from '../conformance-target.ts';
import { rejectsWith } from '../expectations.ts';
import { BARE, FRESH, STANDUP } from '../sample-meetings.ts';
import type { ScriptedMeeting } from '../scripted-meeting.ts';
import { of, withSubject } from '../with-subject.ts';

type Case = ConformanceCase<MeetingRecorderConformanceTarget>;

const SPOKEN = STANDUP.utterances ?? [];
const FOUR_HOURS_MS = 4 * 3_600_000;

async function segmentsOf({ provider }: MeetingRecorderSubject): Promise<MeetingTranscriptSegment[]> {
  const { segments } = await provider.getTranscript({ ...of(STANDUP.id), includeSegments: true });
  return segments ?? fail('getTranscript: expected segments, got none');
}

/** `meeting-recorder.1` to `.7` and `.14`: what a transcript is. */
export const transcriptCases: readonly Case[] = [
  {
    id: 'meeting-recorder.1',
    title: 'segments ascend by start, and the words of each lie inside it and make up its text',
    run: (target) =>
      withSubject(target, async (subject) => {
        let previousMs = Number.NEGATIVE_INFINITY;
        for (const { text, startTimeMs = previousMs, endTimeMs, words } of await segmentsOf(subject)) {
          check(startTimeMs >= previousMs, `segment "${text}": starts before the one ahead of it`);
          previousMs = startTimeMs;
          if (words === undefined) continue;
          checkEqual(words.map((word) => word.text).join(' '), text, 'joined words');
          for (const { startMs, endMs } of words) {
            check(
              startMs >= startTimeMs - 1 && endMs <= (endTimeMs ?? endMs) + 1 && startMs <= endMs,
              `segment "${text}": a word from ${startMs} to ${endMs} ms lies outside of it`,
            );
          }
        }
      }),
  },
  {
    id: 'meeting-recorder.2',
    title: 'times are those that were spoken, in milliseconds, whatever unit the service uses',
    run: (target) =>
      withSubject(target, async (subject) => {
        const segments = await segmentsOf(subject);
        for (const [index, { startMs }] of SPOKEN.entries()) {
          const got = segments[index]?.startTimeMs ?? fail(`segment ${index}: has no startTimeMs`);
          check(Math.abs(got - startMs) <= 1, `segment ${index}: expected a start at ${startMs} ms, got ${got}`);
        }
        const { durationSeconds } = await subject.provider.getMeeting(of(STANDUP.id));
        const expected = (STANDUP.durationMs ?? 0) / 1000;
        check(
          durationSeconds === undefined || Math.abs(durationSeconds - expected) <= 1,
          `durationSeconds: expected ${expected}, got ${durationSeconds}`,
        );
      }),
  },
  {
    id: 'meeting-recorder.3',
    title: 'speech before the recording, and speech of nobody known, are kept',
    run: (target) =>
      withSubject(target, async (subject) => {
        const segments = await segmentsOf(subject);
        checkEqual(
          segments.map(({ text }) => text),
          SPOKEN.map(({ text }) => text),
          'texts of the segments',
        );
        check(segments[0]?.speakerId === undefined, 'the first segment: expected no speaker, got one');
      }),
  },
  {
    id: 'meeting-recorder.4',
    title: 'where times are there in both forms, they name the same moment',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { segments = [], recordingStartAt = STANDUP.recordingStartAt } = await subject.provider.getTranscript(
          of(STANDUP.id),
        );
        for (const { text, startTime, startTimeMs } of segments) {
          if (startTime === undefined || startTimeMs === undefined) continue;
          const apartMs = Math.abs(Date.parse(startTime) - Date.parse(recordingStartAt) - startTimeMs);
          check(apartMs <= 1000, `segment "${text}": startTime and startTimeMs are ${apartMs} ms apart`);
        }
      }),
  },
  {
    id: 'meeting-recorder.5',
    title: 'speakers keep their ids, names belong to participants, and no e-mail address is guessed',
    run: (target) =>
      withSubject(target, async (subject) => {
        const segments = await segmentsOf(subject);
        const ada = segments.filter((_, index) => SPOKEN[index]?.speakerId === 'p-ada');
        check(
          ada.length > 1 && new Set(ada.map(({ speakerId }) => speakerId)).size === 1,
          'Ada has several ids, or none',
        );
        for (const [index, { speakerName, speakerEmail }] of segments.entries()) {
          const person = STANDUP.participants?.find(({ id }) => id === SPOKEN[index]?.speakerId);
          check(speakerName === undefined || speakerName === person?.name, `segment ${index}: the name is made up`);
          check(
            speakerEmail === undefined || speakerEmail === person?.email,
            `segment ${index}: the address is made up`,
          );
        }
      }),
  },
  {
    id: 'meeting-recorder.6',
    title: 'a transcript in a declared format reads back to the same texts, and another format is refused',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const formats = provider.capabilities?.transcriptFormats ?? [];
        const texts = SPOKEN.map(({ text }) => text);
        for (const [format, parse] of [
          ['vtt', parseVtt],
          ['srt', parseSrt],
        ] as const) {
          if (!formats.includes(format)) continue;
          const { text = '' } = await provider.getTranscript({ ...of(STANDUP.id), format });
          checkEqual(
            parse(text).map((segment) => segment.text),
            texts,
            `texts read back from ${format}`,
          );
        }
        const odd = provider.getTranscript({ ...of(STANDUP.id), format: 'no-such-format' });
        await rejectsWith(odd, ['unsupported', 'invalid_request'], 'getTranscript in an unknown format');
      }),
  },
  {
    id: 'meeting-recorder.7',
    title: 'a transcript that is not ready yet may be tried again, one that does not exist may not',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const pending = await rejectsWith(provider.getTranscript(of(FRESH.id)), 'unavailable', 'a pending transcript');
        check(pending.retryable, 'a pending transcript: expected an error that may be retried');
        await rejectsWith(provider.getTranscript(of(BARE.id)), 'not_found', 'a transcript that does not exist');
        await rejectsWith(provider.getTranscript(of('no-such-meeting')), 'not_found', 'a meeting that does not exist');
      }),
  },
  {
    id: 'meeting-recorder.14',
    title: 'a transcript of four hours is read segment by segment, once, and can be left early',
    requires: 'iterateSegments',
    run: (target) =>
      withSubject(
        target,
        async ({ provider, openRequests }) => {
          const iterable = provider.iterateSegments?.(of(LONG.id)) ?? fail('iterateSegments is declared but missing');
          const seen: string[] = [];
          for await (const { text } of iterable) {
            seen.push(text);
            if (seen.length === 3) break;
          }
          checkEqual(seen, ['Sentence 0.', 'Sentence 1.', 'Sentence 2.'], 'the first segments');
          checkEqual(openRequests(), 0, 'requests under way after leaving early');
          try {
            for await (const { text } of iterable) fail(`a second pass yielded "${text}" instead of throwing`);
          } catch (error) {
            check(!isFailure(error), 'a second pass: expected an error, got segments');
          }
          const whole: string[] = [];
          for await (const { text } of provider.iterateSegments?.(of(LONG.id)) ?? []) whole.push(text);
          checkEqual(whole.length, LONG.utterances?.length, 'segments of the whole transcript');
        },
        { meetings: [LONG] },
      ),
  },
];

const LONG: ScriptedMeeting = {
  id: 'm-long',
  recordingStartAt: '2026-03-05T08:00:00.000Z',
  transcript: 'ready',
  utterances: Array.from({ length: FOUR_HOURS_MS / 4000 }, (_, index) => ({
    text: `Sentence ${index}.`,
    startMs: index * 4000,
    endMs: index * 4000 + 3500,
  })),
};

function isFailure(error: unknown): boolean {
  return error instanceof Error && error.name === 'ConformanceFailure';
}
