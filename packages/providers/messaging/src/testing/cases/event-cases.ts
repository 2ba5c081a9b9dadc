import type { ConformanceCase } from '@mortise/testing';
import { supports, type WebhookRequest } from '@mortise/core';
import type { MessagingEvent } from '../../model/event.ts';
import { decodeMessageRef } from '../../model/message-ref.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import { type MessagingConformanceTarget, type MessagingSubject, withSubject } from '../conformance-target.ts';
import type { ServiceDelivery } from '../messaging-service.ts';
import { CHANNEL, send } from './sample-calls.ts';

const SECRET = 'hook-secret';
const OLD_SECRET = 'old-secret';
const HOUR_MS = 3_600_000;

/** What the platform tells: `messaging.9`, `messaging.10`, `messaging.12`, `messaging.13`, `messaging.15`, `X17`, `X19`. */
export const eventCases: readonly ConformanceCase<MessagingConformanceTarget>[] = [
  {
    id: 'messaging.9',
    title: "the connection's own messages are marked, those of others are not",
    requires: 'events',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { id } = await send(subject.provider, {});
        const own = await eventOf(subject, { type: 'message', ref: decodeMessageRef(id) });
        checkEqual(own.author.isSelf, true, 'isSelf of an own message');
        const other = await eventOf(subject, { type: 'message', ref: subject.service.write('hi') });
        checkEqual([other.author.isSelf, other.author.id], [false, subject.service.userId], 'author of another');
      }),
  },
  {
    id: 'messaging.10',
    title: 'an event that is delivered twice has the same id twice, and no other event has it',
    requires: 'events',
    run: (target) =>
      withSubject(target, async (subject) => {
        const ref = subject.service.write('hi');
        const first = await eventOf(subject, { type: 'message', ref }, 'event-1');
        const again = await eventOf(subject, { type: 'message', ref }, 'event-1');
        const other = await eventOf(subject, { type: 'message_updated', ref }, 'event-2');
        checkEqual(again.providerEventId, first.providerEventId, 'id of the repetition');
        check(other.providerEventId !== first.providerEventId, 'two events share an id');
      }),
  },
  {
    id: 'messaging.12',
    title: 'a pressed button brings back its id and value and the message that it stands in',
    requires: 'events',
    run: (target) =>
      withSubject(target, async (subject) => {
        const action = { type: 'button', id: 'approve', label: 'Approve', value: 'v2' } as const;
        const { id } = await subject.provider.sendMessage({
          channelId: CHANNEL,
          text: 'Deploy?',
          content: { card: { elements: [{ type: 'actions', actions: [action] }] } },
        });
        const ref = decodeMessageRef(id);
        const event = await eventOf(subject, { type: 'press', ref, actionId: action.id, value: action.value });
        if (event.type !== 'action') fail(`expected an event of type "action", got "${event.type}"`);
        checkEqual([event.actionId, event.value, event.ref], ['approve', 'v2', ref], 'the action');
      }),
  },
  {
    id: 'messaging.13',
    title: 'events of edits and deletions carry the reference that sending gave',
    requires: 'events',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { id } = await send(subject.provider, {});
        const ref = decodeMessageRef(id);
        for (const type of ['message_updated', 'message_deleted'] as const) {
          if (type === 'message_deleted') await subject.provider.deleteMessage?.(id);
          const event = await eventOf(subject, { type, ref });
          checkEqual([event.type, event.ref], [type, ref], 'type and reference of the event');
        }
      }),
  },
  {
    id: 'messaging.15',
    title: 'the check of the endpoint is answered exactly, and only where it is genuine',
    requires: 'events',
    run: (target) =>
      withSubject(target, async ({ provider, service }) => {
        if (!supports(provider, 'handleHandshake')) return;
        const challenge = 'a+b/c=&<d> é';
        const genuine = await service.deliver({ type: 'check', challenge }, { secret: SECRET });
        const answer = await provider.handleHandshake(genuine);
        checkEqual([answer?.status, answer?.body], [200, challenge], 'status and body of the answer');
        const forged = await service.deliver({ type: 'check', challenge }, { secret: 'guessed' });
        const refused = await provider.handleHandshake(forged);
        check(refused === undefined || (refused.status >= 400 && refused.body === ''), 'a forged check was answered');
        const delivery = await service.deliver({ type: 'message', ref: service.write('hi') }, { secret: SECRET });
        checkEqual(await provider.handleHandshake(delivery), undefined, 'answer to a delivery');
      }),
  },
  {
    id: 'X17',
    title: 'an event of a kind that nobody has heard of is "unknown", with its name',
    requires: 'events',
    run: (target) =>
      withSubject(target, async (subject) => {
        const ref = subject.service.write('hi');
        const event = await eventOf(subject, { type: 'novel', name: 'pin_added', ref });
        checkEqual([event.type, event.type === 'unknown' && event.rawType], ['unknown', 'pin_added'], 'the event');
      }),
  },
  {
    id: 'X19',
    title: 'deliveries are genuine under any active secret, in time and unchanged; with no secret none is',
    requires: 'events',
    run: async (target) => {
      const both = [SECRET, OLD_SECRET];
      await withSubject(
        target,
        async (subject) => {
          const delivery: ServiceDelivery = { type: 'message', ref: subject.service.write('hi') };
          const { deliver } = subject.service;
          for (const secret of both) await expectGenuine(subject, await deliver(delivery, { secret }), true, secret);
          const genuine = await deliver(delivery, { secret: SECRET });
          const flipped = String(genuine.rawBody).replace('"message"', '"mess4ge"');
          await expectGenuine(subject, { ...genuine, rawBody: flipped }, false, 'a changed byte');
          await expectGenuine(subject, { ...genuine, headers: {} }, false, 'no header');
          await expectGenuine(subject, await deliver(delivery, { secret: 'other' }), false, 'another secret');
          const stale = await deliver(delivery, { secret: SECRET, ageMs: HOUR_MS });
          await expectGenuine(subject, stale, false, 'a delivery of an hour ago');
          const beside = { ...genuine, parsedBody: { type: 'message_deleted' } };
          checkEqual((await parse(subject, beside)).type, 'message', 'event read from the bytes that were signed');
        },
        undefined,
        both,
      );
      await withSubject(
        target,
        async (subject) => {
          const delivery = await subject.service.deliver(
            { type: 'message', ref: subject.service.write('hi') },
            { secret: SECRET },
          );
          await expectGenuine(subject, delivery, false, 'no secret configured');
        },
        undefined,
        [],
      );
    },
  },
];

async function eventOf(
  subject: MessagingSubject,
  delivery: ServiceDelivery,
  eventId?: string,
): Promise<MessagingEvent> {
  const options = { secret: SECRET, ...(eventId === undefined ? {} : { eventId }) };
  const request = await subject.service.deliver(delivery, options);
  return parse(subject, request);
}

function parse({ provider }: MessagingSubject, request: WebhookRequest): Promise<MessagingEvent> {
  return provider.parseWebhook?.(request) ?? fail('events are declared but parseWebhook is missing');
}

async function expectGenuine(
  { provider }: MessagingSubject,
  request: WebhookRequest,
  expected: boolean,
  what: string,
): Promise<void> {
  checkEqual(await (provider.verifyWebhook?.(request) ?? fail('verifyWebhook is missing')), expected, what);
}
