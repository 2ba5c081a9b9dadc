import type { ConformanceCase } from '@mortise/testing';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { MeetingRecorderConformanceTarget, MeetingRecorderSubject } from '../conformance-target.ts';
import { STANDUP } from '../sample-meetings.ts';
import { withSubject } from '../with-subject.ts';

const A_DAY_MS = 86_400_000;

async function delivery({ deliver }: MeetingRecorderSubject, wish: { ageMs?: number; isForged?: boolean } = {}) {
  return deliver?.({ meetingId: STANDUP.id, ...wish }) ?? fail('the target makes no deliveries');
}

/** `meeting-recorder.15` and `X19`: deliveries. */
export const webhookCases: readonly ConformanceCase<MeetingRecorderConformanceTarget>[] = [
  {
    id: 'meeting-recorder.15',
    title: 'an event is read from the bytes that were verified, and says whether they were',
    requires: 'webhooks',
    run: (target) =>
      withSubject(target, async (subject) => {
        const request = await delivery(subject);
        const parse = async (given: typeof request & { parsedBody?: unknown }) =>
          subject.provider.parseWebhook?.(given) ?? fail('parseWebhook is missing');
        const event = await parse({ ...request, parsedBody: { meetingId: 'm-forged' } });
        checkEqual(event.meetingId, STANDUP.id, 'meetingId of the event');
        checkEqual(event.verified, true, 'verified, for a genuine delivery');
        const forged = await parse(await delivery(subject, { isForged: true })).catch(() => undefined);
        check(forged?.verified !== true, 'verified: true for a forged delivery');
      }),
  },
  {
    id: 'X19',
    title: 'a delivery that is altered, unsigned, old or forged is refused, and every one without a secret',
    requires: 'webhooks',
    run: async (target) => {
      await withSubject(target, async (subject) => {
        const verify = async (request: Awaited<ReturnType<typeof delivery>>) =>
          subject.provider.verifyWebhook?.(request) ?? fail('verifyWebhook is missing');
        const request = await delivery(subject);
        checkEqual(await verify(request), true, 'a genuine delivery');
        const bytes = { ...request, rawBody: request.rawBody.replace(STANDUP.id, 'm-other') };
        checkEqual(await verify(bytes), false, 'a delivery with another body');
        checkEqual(await verify({ ...request, headers: {} }), false, 'a delivery without a signature');
        checkEqual(await verify(await delivery(subject, { isForged: true })), false, 'a delivery of somebody else');
        checkEqual(await verify(await delivery(subject, { ageMs: A_DAY_MS })), false, 'a delivery of yesterday');
      });
      await withSubject(
        target,
        async (subject) => {
          const request = await delivery(subject);
          checkEqual(await subject.provider.verifyWebhook?.(request), false, 'a delivery where no secret is known');
        },
        { withWebhookSecret: false },
      );
    },
  },
];
