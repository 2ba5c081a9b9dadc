import type { ConformanceCase } from '@mortise/testing';
import { supports, type WebhookRequest } from '@mortise/core';
import type { EmailEvent } from '../../model/event.ts';
import { rejectsWith } from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { EmailConformanceTarget, EmailSubject } from '../conformance-target.ts';
import { mailFrom, withSubject } from '../with-subject.ts';

const HOUR_MS = 3_600_000;

/** What becomes of sent mail: `email.6`, `email.7`, `email.10`, `email.14`, `X10`, `X19`. */
export const deliveryCases: readonly ConformanceCase<EmailConformanceTarget>[] = [
  {
    id: 'email.6',
    title: 'scheduled mail goes out at its time, and not once it was taken back',
    requires: 'schedule',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { outbound, addresses, now } = subject;
        const advance = subject.advance ?? fail('the target cannot let time pass');
        const cancel = outbound.cancelScheduled?.bind(outbound) ?? fail('there is no cancelScheduled');
        const sendAt = new Date(now() + HOUR_MS);
        const kept = await outbound.sendEmail(mailFrom(subject, { subject: 'kept', sendAt }));
        const canceled = await outbound.sendEmail(mailFrom(subject, { subject: 'canceled', sendAt }));
        checkEqual([kept.status, canceled.status], ['scheduled', 'scheduled'], 'status');
        checkEqual((await subject.receivedBy(addresses.peers[0])).length, 0, 'mails before the time');
        await cancel(canceled.id);
        await cancel(canceled.id);
        await advance(HOUR_MS + 1_000);
        const subjects = (await subject.receivedBy(addresses.peers[0])).map((mail) => mail.subject);
        checkEqual(subjects, ['kept'], 'mails after the time');
        await rejectsWith(cancel(kept.id), 'conflict', 'taking back what has gone out');
        await rejectsWith(cancel('no-such-mail'), 'not_found', 'taking back an unknown mail');
      }),
  },
  {
    id: 'email.7',
    title: 'a batch gives one result for each mail in order, and a bad address stops only its own',
    requires: 'sendBatch',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { outbound, addresses } = subject;
        const messages = [
          mailFrom(subject, { subject: '0' }),
          mailFrom(subject, { subject: '1', to: [{ email: 'no address' }] }),
          mailFrom(subject, { subject: '2' }),
        ];
        const { results } = (await outbound.sendBatch?.(messages)) ?? fail('there is no sendBatch');
        checkEqual(
          results.map(({ index, ok }) => [index, ok]),
          [
            [0, true],
            [1, false],
            [2, true],
          ],
          'results',
        );
        const error = results[1]?.ok === false ? results[1].error : fail('the second mail was sent');
        checkEqual(error.code, 'invalid_request', 'code of the failed one');
        const subjects = (await subject.receivedBy(addresses.peers[0])).map((mail) => mail.subject);
        checkEqual(subjects, ['0', '2'], 'mails that went out');
      }),
  },
  {
    id: 'email.10',
    title: 'bounces and complaints are told rightly, and a repetition carries the same event ids',
    requires: 'verifyWebhook',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { outbound, addresses } = subject;
        const { hardBounce, softBounce, complaining, peers } = addresses;
        const to = [hardBounce, softBounce, complaining, peers[0]].map((email) => ({ email }));
        const { id } = await outbound.sendEmail(mailFrom(subject, { to }));
        const events = await eventsOf(subject);
        const told = (recipient: string): string[] =>
          events
            .filter((event) => event.recipient === recipient && event.messageId === id)
            .map(({ type, bounce }) => (bounce === undefined ? type : `${type} ${bounce.kind}`));
        check(told(hardBounce).includes('bounced hard'), `hard bounce: got ${told(hardBounce).join(', ')}`);
        check(told(softBounce).includes('bounced soft'), `soft bounce: got ${told(softBounce).join(', ')}`);
        check(told(complaining).includes('complained'), `complaint: got ${told(complaining).join(', ')}`);
        checkEqual(told(peers[0]), ['delivered'], 'events of a mail that arrived');
        const ids = events.map(({ providerEventId }) => providerEventId);
        checkEqual(new Set(ids).size, ids.length, 'different event ids');
        const again = (await eventsOf(subject)).map(({ providerEventId }) => providerEventId);
        checkEqual(again.slice(0, ids.length), ids, 'event ids of the repetition');
      }),
  },
  {
    id: 'email.14',
    title: 'a suppressed receiver is named as not accepted, and gets mail again once the suppression is lifted',
    requires: 'addSuppression',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { outbound, addresses } = subject;
        const [first, second] = addresses.peers;
        await outbound.addSuppression?.(first);
        const listed = await outbound.listSuppressions?.();
        checkEqual(
          listed?.items.map(({ email }) => email),
          [first.toLowerCase()],
          'suppressed addresses',
        );
        const message = mailFrom(subject, { to: [{ email: first }, { email: second }] });
        const { recipients } = await outbound.sendEmail(message);
        const outcome = Object.fromEntries((recipients ?? []).map(({ email, accepted }) => [email, accepted]));
        checkEqual(outcome, { [first]: false, [second]: true }, 'receivers');
        checkEqual((await subject.receivedBy(first)).length, 0, 'mails for the suppressed receiver');
        checkEqual((await subject.receivedBy(second)).length, 1, 'mails for the other receiver');
        await outbound.removeSuppression?.(first);
        await outbound.removeSuppression?.(first);
        await outbound.sendEmail(message);
        checkEqual((await subject.receivedBy(first)).length, 1, 'mails once the suppression is lifted');
      }),
  },
  {
    id: 'X10',
    title: 'one key means one mail and equal results, also at once; another mail under the key is refused',
    requires: 'idempotency',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { outbound, addresses } = subject;
        const call = { idempotencyKey: 'key-1' };
        const send = () => outbound.sendEmail(mailFrom(subject), call);
        const [first, second] = await Promise.all([send(), send()]);
        const third = await send();
        checkEqual([second.id, third.id], [first.id, first.id], 'ids');
        checkEqual((await subject.receivedBy(addresses.peers[0])).length, 1, 'mails');
        const other = outbound.sendEmail(mailFrom(subject, { subject: 'another' }), call);
        if (outbound.capabilities?.idempotency?.onMismatch === 'error') {
          await rejectsWith(other, 'conflict', 'another mail under the key');
        } else {
          checkEqual((await other).id, first.id, 'id of another mail under the key');
        }
        checkEqual((await subject.receivedBy(addresses.peers[0])).length, 1, 'mails after another one under the key');
      }),
  },
  {
    id: 'X19',
    title: 'only genuine deliveries are taken, and events come from the bytes that were verified',
    requires: 'verifyWebhook',
    run: async (target) => {
      const genuine = await checkDeliveries(target);
      await withSubject(
        target,
        async ({ outbound }) => {
          checkEqual(await outbound.verifyWebhook?.(genuine), false, 'a delivery where no secret is configured');
        },
        { webhookSecrets: 'none' },
      );
      await withSubject(
        target,
        async (subject) => {
          await subject.outbound.sendEmail(mailFrom(subject));
          const delivery = (await subject.deliver?.()) ?? fail('the target makes no deliveries');
          checkEqual(await subject.outbound.verifyWebhook?.(delivery), true, 'a delivery while secrets are rotated');
        },
        { webhookSecrets: 'rotating' },
      );
    },
  },
];

async function checkDeliveries(target: EmailConformanceTarget): Promise<WebhookRequest> {
  let genuine: WebhookRequest | undefined;
  await withSubject(target, async (subject) => {
    const { outbound } = subject;
    if (!supports(outbound, 'verifyWebhook') || !supports(outbound, 'parseWebhook'))
      fail('webhooks are declared but missing');
    await outbound.sendEmail(mailFrom(subject));
    const delivery = (await subject.deliver?.()) ?? fail('the target makes no deliveries');
    genuine = delivery;
    const verify = (request: WebhookRequest) => outbound.verifyWebhook(request);
    checkEqual(await verify(delivery), true, 'a genuine delivery');
    const body = typeof delivery.rawBody === 'string' ? new TextEncoder().encode(delivery.rawBody) : delivery.rawBody;
    checkEqual(await verify({ ...delivery, rawBody: body }), true, 'the same as bytes');
    const flipped = body.slice();
    flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1;
    checkEqual(await verify({ ...delivery, rawBody: flipped }), false, 'a delivery with one bit changed');
    for (const name of Object.keys(delivery.headers)) {
      const headers = Object.fromEntries(Object.entries(delivery.headers).filter(([key]) => key !== name));
      checkEqual(await verify({ ...delivery, headers }), false, `a delivery without ${name}`);
    }
    const misled = { ...delivery, parsedBody: { events: [{ type: 'complained' }] } };
    const { type } = await outbound.parseWebhook(misled);
    checkEqual(type, 'sent', 'type of the event beside a body that was parsed by somebody else');
    await subject.advance?.(HOUR_MS);
    if (subject.advance !== undefined) checkEqual(await verify(delivery), false, 'an old delivery');
  });
  return genuine ?? fail('the target makes no deliveries');
}

async function eventsOf({ outbound, deliver }: EmailSubject): Promise<EmailEvent[]> {
  const delivery = (await deliver?.()) ?? fail('the target makes no deliveries');
  checkEqual(await outbound.verifyWebhook?.(delivery), true, 'a genuine delivery');
  if (outbound.parseWebhookAll !== undefined) return outbound.parseWebhookAll(delivery);
  return [(await outbound.parseWebhook?.(delivery)) ?? fail('there is no parseWebhook')];
}
