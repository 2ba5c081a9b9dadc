import type { ConformanceCase } from '@mortise/testing';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { MeetingRecorderConformanceTarget } from '../conformance-target.ts';
import { rejectsWith } from '../expectations.ts';
import { STANDUP } from '../sample-meetings.ts';
import { of, TENANT, withSubject } from '../with-subject.ts';

type Case = ConformanceCase<MeetingRecorderConformanceTarget>;

const BOOKING = {
  tenantId: TENANT,
  meetingUrl: 'https://meet.example.com/abc',
  joinAt: '2026-06-01T09:00:00.000Z',
} as const;

/** `meeting-recorder.11` to `.13`: bots, changes and deletion. */
export const recordingCases: readonly Case[] = [
  {
    id: 'meeting-recorder.11',
    title: 'the same key sends one bot, another body under it is a conflict, and a cancelled bot does not come',
    requires: 'scheduleRecording',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const schedule = async (meetingUrl: string, idempotencyKey: string) =>
          provider.scheduleRecording?.({ ...BOOKING, meetingUrl }, { idempotencyKey }) ??
          fail('scheduleRecording is declared but missing');
        const before = (await provider.listMeetings({ tenantId: TENANT })).meetings.length;
        const [first, second] = await Promise.all([
          schedule(BOOKING.meetingUrl, 'k1'),
          schedule(BOOKING.meetingUrl, 'k1'),
        ]);
        checkEqual(second.id, first.id, 'id of the repeated booking');
        const after = (await provider.listMeetings({ tenantId: TENANT })).meetings.length;
        checkEqual(after - before, 1, 'bots sent for one key');
        checkEqual(first.status?.state, 'scheduled', 'state of the booking');
        await rejectsWith(
          schedule('https://meet.example.com/other', 'k1'),
          'conflict',
          'another booking under the key',
        );
        await provider.cancelRecording?.(of(first.id));
        const state = (await provider.getMeeting(of(first.id))).status?.state;
        check(state !== 'scheduled' && state !== 'recording', `after cancelling, the state is "${state}"`);
      }),
  },
  {
    id: 'meeting-recorder.12',
    title: 'an edited transcript has another revision and shows in the changes',
    requires: 'listChanges',
    run: (target) =>
      withSubject(target, async ({ provider, put }) => {
        const changes = async (cursor?: string) =>
          provider.listChanges?.({ tenantId: TENANT, ...(cursor === undefined ? {} : { cursor }) }) ??
          fail('listChanges is declared but missing');
        const first = await changes();
        const before = (await provider.getTranscript(of(STANDUP.id))).revision;
        const [, ...others] = STANDUP.utterances ?? [];
        put({ ...STANDUP, utterances: [{ text: 'Is it on?', startMs: -1500, endMs: -200 }, ...others] });
        const after = await provider.getTranscript(of(STANDUP.id));
        check(before !== undefined && after.revision !== before, 'the edit left the revision as it was');
        const second = await changes(first.nextCursor);
        checkEqual(
          second.upserted.map(({ id }) => id),
          [STANDUP.id],
          'meetings that changed',
        );
        const third = await changes(second.nextCursor);
        checkEqual([third.upserted, third.removed], [[], []], 'changes after the last');
      }),
  },
  {
    id: 'meeting-recorder.13',
    title: 'a deleted meeting is gone with its transcript and media, and deleting it again does nothing',
    requires: 'deleteMeeting',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const remove = async () =>
          provider.deleteMeeting?.(of(STANDUP.id)) ?? fail('deleteMeeting is declared but missing');
        const cursor = (await provider.listChanges?.({ tenantId: TENANT }))?.nextCursor;
        await remove();
        await remove();
        await rejectsWith(provider.getMeeting(of(STANDUP.id)), 'not_found', 'a deleted meeting');
        await rejectsWith(provider.getTranscript(of(STANDUP.id)), 'not_found', 'the transcript of a deleted meeting');
        if (cursor === undefined) return;
        const { removed } = (await provider.listChanges?.({ tenantId: TENANT, cursor })) ?? { removed: [] };
        checkEqual(
          removed.map(({ id }) => id),
          [STANDUP.id],
          'meetings that the changes tell as removed',
        );
      }),
  },
];
