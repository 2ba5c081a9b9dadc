import { describe, expect, it } from 'vitest';
import { complete } from '../complete.ts';
import { brokenRecorders } from './__fixtures__/broken-recorders.ts';
import { checkMeetingRecorderProvider, describeMeetingRecorderProvider } from './check-meeting-recorder-provider.ts';
import { inMemoryMeetingRecorderTarget } from './in-memory-target.ts';
import { meetingRecorderConformanceCases } from './meeting-recorder-conformance-cases.ts';

const LIMIT = { timeout: 60_000 };

const failed = async (target: Parameters<typeof checkMeetingRecorderProvider>[0]) =>
  (await checkMeetingRecorderProvider(target)).filter(({ status }) => status === 'failed');

describeMeetingRecorderProvider('the in-memory recorder', inMemoryMeetingRecorderTarget(), { describe, it });

describe('the conformance kit', () => {
  it('holds each check once', () => {
    const ids = meetingRecorderConformanceCases.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(
      expect.arrayContaining(Array.from({ length: 16 }, (_, index) => `meeting-recorder.${index + 1}`)),
    );
  });

  it('lets an honest provider pass every check, none skipped', LIMIT, async () => {
    const outcomes = await checkMeetingRecorderProvider(inMemoryMeetingRecorderTarget());
    expect(outcomes.filter(({ status }) => status !== 'passed')).toEqual([]);
  });

  it('lets it pass with the optional methods filled in', LIMIT, async () => {
    expect(await failed(inMemoryMeetingRecorderTarget((recorder) => complete(recorder)))).toEqual([]);
  });

  it('reports what a provider of the first interface lacks as skipped', LIMIT, async () => {
    const target = inMemoryMeetingRecorderTarget((recorder) => ({
      listMeetings: (params, options) => recorder.listMeetings(params, options),
      getMeeting: (params, options) => recorder.getMeeting(params, options),
      getTranscript: (params, options) => recorder.getTranscript(params, options),
    }));
    const outcomes = await checkMeetingRecorderProvider(target);
    expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(outcomes.filter(({ status }) => status === 'skipped').map(({ id }) => id)).toEqual([
      'meeting-recorder.14',
      'meeting-recorder.9',
      'meeting-recorder.11',
      'meeting-recorder.12',
      'meeting-recorder.13',
      'meeting-recorder.15',
      'X19',
      'X16',
    ]);
  });

  it.each(brokenRecorders.map((broken) => [broken.fails, broken.mistake, broken.target] as const))(
    '%s alone finds a provider that %s',
    LIMIT,
    async (fails, _mistake, target) => {
      expect((await failed(target)).map(({ id }) => id)).toEqual([fails]);
    },
  );
});
