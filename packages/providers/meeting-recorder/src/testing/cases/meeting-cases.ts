import type { ConformanceCase } from '@mortise/testing';
import type { MeetingRecorderListMeetingsParams } from '../../meeting-queries.ts';
import type { MeetingRecorderProvider } from '../../meeting-recorder-provider.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { MeetingRecorderConformanceTarget } from '../conformance-target.ts';
import { rejectsWith } from '../expectations.ts';
import { BARE, FRESH, manyMeetings, MISHAPS, STANDUP } from '../sample-meetings.ts';
import { of, TENANT, withSubject } from '../with-subject.ts';

type Case = ConformanceCase<MeetingRecorderConformanceTarget>;

/** Ids of all pages in order, and how long each page was. */
async function listAll(
  provider: MeetingRecorderProvider,
  params: Omit<MeetingRecorderListMeetingsParams, 'tenantId'>,
  afterPage: (page: number) => void = () => {},
): Promise<{ ids: string[]; sizes: number[] }> {
  const ids: string[] = [];
  const sizes: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await provider.listMeetings({
      tenantId: TENANT,
      ...params,
      ...(cursor === undefined ? {} : { cursor }),
    });
    ids.push(...page.meetings.map(({ externalId }) => externalId));
    sizes.push(page.meetings.length);
    check(sizes.length <= 50, 'listMeetings: the pages never end');
    check(page.hasMore !== true || page.nextCursor !== undefined, 'listMeetings: hasMore without a cursor');
    cursor = page.hasMore === false ? undefined : page.nextCursor;
    afterPage(sizes.length);
  } while (cursor !== undefined);
  return { ids, sizes };
}

/** `meeting-recorder.8` to `.10` and `.16`, `X6`, `X7`, `X9`: what is listed and told of a meeting. */
export const meetingCases: readonly Case[] = [
  {
    id: 'meeting-recorder.8',
    title: 'window and participant limit what is listed: the start is included, the end is not',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const window = { from: STANDUP.recordingStartAt, to: FRESH.recordingStartAt };
        checkEqual((await listAll(provider, window)).ids, [BARE.id, STANDUP.id], 'meetings of the window');
        const withAda = await listAll(provider, { participantEmail: 'ada@example.com' });
        checkEqual(withAda.ids, [STANDUP.id], 'meetings with Ada');
      }),
  },
  {
    id: 'meeting-recorder.9',
    title: 'an address of media is fresh each time and says until when it works; what is not there is not found',
    requires: 'getMedia',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const getMedia = async (kind: 'video' | 'audio') =>
          provider.getMedia?.(of(STANDUP.id), kind) ?? fail('getMedia is declared but missing');
        const [first, second] = [await getMedia('video'), await getMedia('video')];
        check(URL.canParse(first.url), 'getMedia: expected an address');
        check(first.expiresAt !== undefined, 'getMedia: says nothing about when the address ends');
        check(first.url !== second.url, 'getMedia: gave an old address instead of a fresh one');
        await rejectsWith(getMedia('audio'), 'not_found', 'media of a kind that was not kept');
      }),
  },
  {
    id: 'meeting-recorder.10',
    title: 'a bot that was denied, kept waiting, met nobody or failed is told as such, with the reason',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        for (const { id, status } of MISHAPS) {
          const told = (await provider.getMeeting(of(id))).status;
          checkEqual(
            { state: told?.state, reason: told?.reason },
            { state: status?.state, reason: status?.reason },
            id,
          );
        }
      }),
  },
  {
    id: 'meeting-recorder.16',
    title: "another tenant's meetings are not found and not listed",
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const foreign = { tenantId: 'tenant-2', meetingId: STANDUP.id };
        await rejectsWith(provider.getMeeting(foreign), ['not_found', 'forbidden'], 'getMeeting of another tenant');
        await rejectsWith(
          provider.getTranscript(foreign),
          ['not_found', 'forbidden'],
          'getTranscript of another tenant',
        );
        const listed = await provider.listMeetings({ tenantId: 'tenant-2' }).then(
          ({ meetings }) => meetings.length,
          () => 0,
        );
        checkEqual(listed, 0, 'meetings listed for another tenant');
      }),
  },
  {
    id: 'X6',
    title: 'what the service does not know is absent',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const meeting = await provider.getMeeting(of(BARE.id));
        for (const field of INVENTED) {
          check(meeting[field] === undefined, `${field}: the service does not know it, yet it is there`);
        }
        check(meeting.connectionId !== 'unknown' && meeting.connectionId !== '', 'connectionId: made up');
      }),
  },
  {
    id: 'X7',
    title: 'the id of a listed meeting is accepted everywhere',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const { meetings } = await provider.listMeetings({ tenantId: TENANT });
        const listed =
          meetings.find(({ externalId }) => externalId === STANDUP.id) ?? fail('the stand-up is not listed');
        checkEqual((await provider.getMeeting(of(listed.id))).id, listed.id, 'id of the meeting');
        checkEqual((await provider.getTranscript(of(listed.id))).meetingId, listed.id, 'meetingId of the transcript');
      }),
  },
  {
    id: 'X9',
    title: 'pages keep their size, and list each meeting once although meetings come and go in between',
    run: (target) =>
      withSubject(
        target,
        async ({ provider, put, remove }) => {
          const { ids, sizes } = await listAll(provider, { pageSize: 5 }, (page) => {
            if (page !== 1) return;
            for (const id of ['m-new-1', 'm-new-2']) {
              put({ id, recordingStartAt: '2026-01-21T00:00:00.000Z', transcript: 'none' });
            }
            remove('m-002');
            remove('m-011');
          });
          check(
            sizes.every((size) => size <= 5),
            `pageSize 5: got pages of ${sizes.join(', ')}`,
          );
          check(new Set(ids).size === ids.length, 'a meeting is listed twice');
          const lost = manyMeetings(17)
            .map(({ id }) => id)
            .filter((id) => id !== 'm-002' && id !== 'm-011' && !ids.includes(id));
          checkEqual(lost, [], 'meetings that were lost between pages');
          const foreign = provider.listMeetings({ tenantId: TENANT, cursor: 'no-cursor-of-this-list' });
          await rejectsWith(foreign, 'invalid_request', 'a cursor that the list did not give out');
        },
        { meetings: manyMeetings(17) },
      ),
  },
];

const INVENTED = [
  'title',
  'summary',
  'organizer',
  'invitees',
  'participants',
  'scheduledStartAt',
  'scheduledEndAt',
  'recordingEndAt',
  'durationSeconds',
  'language',
  'status',
  'consent',
] as const;
