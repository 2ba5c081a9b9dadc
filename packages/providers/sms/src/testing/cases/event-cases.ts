import { IntegrationError, type WebhookRequest } from '@mortise/core';
import type { ConformanceCase } from '@mortise/testing';
import type { SmsMethod } from '../../model/capabilities.ts';
import type { SmsEvent } from '../../model/sms-event.ts';
import { laterSmsStatus, type SmsStatus } from '../../model/sms-status.ts';
import type { SmsProvider } from '../../sms-provider.ts';
import { describeError, rejectsWith } from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import { type SmsConformanceTarget, type SmsSubject, withSubject } from '../conformance-target.ts';
import { SMS_NUMBERS, type SmsDelivery } from '../sms-service.ts';
import { send } from './sample-calls.ts';

const SECRET = 'hook-secret';
const OLD_SECRET = 'old-secret';
const HOUR_MS = 3_600_000;
const STOP_WORDS = ['STOP', 'stop', ' Stop. ', 'Arrêt', 'ALTO', 'Parar', 'SAIR', 'stopp'];

/** Callbacks, inbound texts, lists and honesty: `sms.4` to `sms.7`, `X9`, `X17`, `X19`, `X20`. */
export const eventCases: readonly ConformanceCase<SmsConformanceTarget>[] = [
  {
    id: 'sms.4',
    title: 'callbacks in any order lead to the same final status',
    requires: 'events',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { id: messageId } = await send(subject.provider, {});
        const wordFor = (status: SmsStatus): string =>
          subject.service.statusWords.find(([, meaning]) => meaning === status)?.[0] ?? fail(`no word for ${status}`);
        for (const statuses of [
          ['sending', 'sent', 'delivered'],
          ['delivered', 'sent', 'sending'],
          ['sent', 'delivered', 'sending'],
        ] as const) {
          let status: SmsStatus = 'queued';
          for (const told of statuses) {
            const word = wordFor(told);
            const event = await eventOf(subject, { type: 'status', messageId, status: word });
            if (event.type !== 'status') fail(`expected an event of type "status", got "${event.type}"`);
            checkEqual(event.messageId, messageId, 'message of the event');
            status = laterSmsStatus(status, event.status);
          }
          checkEqual(status, 'delivered', `status after ${statuses.join(', ')}`);
        }
      }),
  },
  {
    id: 'sms.5',
    title: 'a callback that is delivered twice has the same id twice, and no other has it',
    requires: 'events',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { id: messageId } = await send(subject.provider, {});
        const first = await eventOf(subject, { type: 'status', messageId, status: 'sent' }, 'e-1');
        const again = await eventOf(subject, { type: 'status', messageId, status: 'sent' }, 'e-1');
        const other = await eventOf(subject, { type: 'status', messageId, status: 'delivered' }, 'e-2');
        checkEqual(again.providerEventId, first.providerEventId, 'id of the repetition');
        check(other.providerEventId !== first.providerEventId, 'two events share an id');
      }),
  },
  {
    id: 'sms.6',
    title: 'an inbound text with media is read whole',
    requires: 'events',
    run: (target) =>
      withSubject(target, async (subject) => {
        const mediaUrls = ['https://media.example.com/1.jpg', 'https://media.example.com/2.jpg'];
        const delivery = {
          type: 'inbound',
          from: SMS_NUMBERS.mobile,
          body: 'please do not stop 👋',
          mediaUrls,
        } as const;
        const event = await eventOf(subject, delivery);
        if (event.type !== 'inbound') fail(`expected an event of type "inbound", got "${event.type}"`);
        const { from, body, direction, status, mediaUrls: media } = event.message;
        checkEqual(
          [from, body, direction, status, media],
          [SMS_NUMBERS.mobile, delivery.body, 'inbound', 'received', mediaUrls],
          'the message',
        );
      }),
  },
  {
    id: 'sms.7',
    title: 'STOP in several languages ends the subscription, sending then has a code of its own, and START renews it',
    requires: 'opt-outs',
    run: async (target) => {
      for (const body of STOP_WORDS) {
        await withSubject(target, async (subject) => {
          const { provider, service } = subject;
          const from = SMS_NUMBERS.mobile;
          const event = await eventOf(subject, { type: 'inbound', from, body });
          if (event.type !== 'opt_out') fail(`${JSON.stringify(body)} is told as "${event.type}"`);
          checkEqual(event.number, from, 'number that opted out');
          if (provider.getOptOut !== undefined) checkEqual(await provider.getOptOut(from), true, 'opt-out on record');
          const before = service.messages().length;
          await rejectsWith(send(provider, {}), 'recipient_opted_out', 'sending to who opted out');
          checkEqual(service.messages().length, before, 'messages handed in');
          checkEqual(
            (await eventOf(subject, { type: 'inbound', from, body: 'START' })).type,
            'opt_in',
            'event of START',
          );
          await send(provider, {});
        });
      }
    },
  },
  {
    id: 'X9',
    title: 'a list misses nothing and gives nothing twice while texts come; a foreign cursor is refused',
    requires: 'list',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const list = async (query: Parameters<NonNullable<SmsProvider['listMessages']>>[0]) =>
          provider.listMessages?.(query) ?? fail('listMessages is missing');
        const ids: string[] = [];
        for (let index = 0; index < 10; index += 1) ids.unshift((await send(provider, {}, `text ${index}`)).id);
        const seen: string[] = [];
        let cursor: string | undefined;
        for (let page = 0; page < 20; page += 1) {
          const { items, hasMore, nextCursor } = await list({
            pageSize: 3,
            ...(cursor === undefined ? {} : { cursor }),
          });
          check(items.length <= 3, `a page of 3 has ${items.length} texts`);
          seen.push(...items.map(({ id }) => id));
          await send(provider, {}, `late ${page}`);
          if (!hasMore) {
            checkEqual(nextCursor, undefined, 'cursor of the last page');
            break;
          }
          cursor = nextCursor ?? fail('a page says that there is more but has no cursor');
        }
        checkEqual(seen, ids, 'texts read');
        await rejectsWith(list({ cursor: 'not-a-cursor' }), 'invalid_request', 'a foreign cursor');
      }),
  },
  {
    id: 'X17',
    title: 'a callback with a status that nobody has heard of is unknown, and so is an event of such a kind',
    requires: 'events',
    run: (target) =>
      withSubject(target, async (subject) => {
        const odd = await eventOf(subject, { type: 'status', messageId: 'sm1', status: 'teleported' });
        checkEqual(
          odd.type === 'status' ? [odd.status, odd.rawStatus] : odd.type,
          ['unknown', 'teleported'],
          'status and word',
        );
        const event = await eventOf(subject, { type: 'novel', name: 'ported' });
        checkEqual(event.type === 'unknown' ? event.rawType : event.type, 'ported', 'name of the kind');
      }),
  },
  {
    id: 'X19',
    title: 'deliveries are genuine under any active secret, in time and unchanged; with no secret none is',
    requires: 'events',
    run: async (target) => {
      const both = [SECRET, OLD_SECRET];
      const delivery = { type: 'status', messageId: 'sm1', status: 'sent' } as const;
      await withSubject(
        target,
        async (subject) => {
          const { deliver } = subject.service;
          for (const secret of both) await expectGenuine(subject, await deliver(delivery, { secret }), true, secret);
          const genuine = await deliver(delivery, { secret: SECRET });
          const flipped = String(genuine.rawBody).replace('sent', 'read');
          await expectGenuine(subject, { ...genuine, rawBody: flipped }, false, 'a changed body');
          await expectGenuine(subject, { ...genuine, headers: {} }, false, 'no header');
          await expectGenuine(subject, await deliver(delivery, { secret: 'other' }), false, 'another secret');
          const stale = await deliver(delivery, { secret: SECRET, ageMs: HOUR_MS });
          await expectGenuine(subject, stale, false, 'a delivery of an hour ago');
          const beside = { ...genuine, parsedBody: { type: 'novel' } };
          checkEqual((await parse(subject, beside)).type, 'status', 'event read from the bytes that were signed');
        },
        undefined,
        both,
      );
      await withSubject(
        target,
        async (subject) => {
          const request = await subject.service.deliver(delivery, { secret: SECRET });
          await expectGenuine(subject, request, false, 'no secret configured');
        },
        undefined,
        [],
      );
    },
  },
  {
    id: 'X20',
    title: 'a method that is there works, and one declared as missing rejects with "unsupported"',
    run: async (target) => {
      for (const [name, call] of METHODS) {
        await withSubject(target, async ({ provider }) => {
          const support = provider.capabilities?.methods?.[name] ?? (provider[name] === undefined ? 'none' : 'native');
          const { id } = await send(provider, {});
          const error = await (call(provider, id) ?? Promise.reject(ABSENT)).then(
            () => undefined,
            (reason: unknown) => reason,
          );
          const isRefused = error === ABSENT || (IntegrationError.is(error) && error.code === 'unsupported');
          if (support === 'none') check(isRefused, `${name} is declared "none" but was not refused`);
          else check(error === undefined, `${name} is declared "${support}" but failed: ${describeError(error)}`);
        });
      }
    },
  },
];

/** Stands for a method that is not there at all, which says "unsupported" as clearly as a rejection. */
const ABSENT = new IntegrationError({ code: 'unsupported', message: 'The method is not there' });

const METHODS: readonly (readonly [SmsMethod, (provider: SmsProvider, id: string) => Promise<unknown> | undefined])[] =
  [
    ['getMessage', (provider, id) => provider.getMessage?.(id)],
    ['listMessages', (provider) => provider.listMessages?.()],
    ['lookupNumber', (provider) => provider.lookupNumber?.(SMS_NUMBERS.mobile)],
    ['getOptOut', (provider) => provider.getOptOut?.(SMS_NUMBERS.mobile)],
    ['setOptOut', (provider) => provider.setOptOut?.(SMS_NUMBERS.mobile, true)],
    [
      'cancelScheduled',
      async (provider) => {
        if (provider.cancelScheduled === undefined) throw ABSENT;
        const sendAt = new Date('2100-01-01T00:00:00Z');
        const { id } = await provider.sendSms({ to: SMS_NUMBERS.mobile, body: 'later', sendAt });
        return provider.cancelScheduled(id);
      },
    ],
  ];

async function eventOf(subject: SmsSubject, delivery: SmsDelivery, eventId?: string): Promise<SmsEvent> {
  const options = { secret: SECRET, ...(eventId === undefined ? {} : { eventId }) };
  const request = await subject.service.deliver(delivery, options);
  return parse(subject, request);
}

function parse({ provider }: SmsSubject, request: WebhookRequest): Promise<SmsEvent> {
  return provider.parseWebhook?.(request) ?? fail('events are declared but parseWebhook is missing');
}

async function expectGenuine(
  { provider }: SmsSubject,
  request: WebhookRequest,
  expected: boolean,
  what: string,
): Promise<void> {
  checkEqual(await (provider.verifyWebhook?.(request) ?? fail('verifyWebhook is missing')), expected, what);
}
