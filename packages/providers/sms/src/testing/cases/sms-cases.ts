import { assertNoCanary, type ConformanceCase } from '@mortise/testing';
import { isDecimalString } from '@mortise/core';
import type { SendSmsInput } from '../../model/send-sms-input.ts';
import type { SmsMessage } from '../../model/sms-message.ts';
import { estimateSegments } from '../../text/estimate-segments.ts';
import { deepFreeze, rejectionOf, rejectsWith } from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import { type SmsConformanceTarget, type SmsSubject, withSubject } from '../conformance-target.ts';
import { SMS_NUMBERS } from '../sms-service.ts';
import { effects, send } from './sample-calls.ts';

const HOUR_MS = 3_600_000;
const last = ({ service }: SmsSubject): SmsMessage => service.messages().at(-1) ?? fail('nothing was handed in');

const WRONG_NUMBERS = ['07700900001', '447700900001', '+0770090000', '+44 7700 900001', 'tel:+447700900001', '+1', ''];
const TEXTS = [
  'x'.repeat(160),
  'x'.repeat(161),
  'я'.repeat(70),
  'я'.repeat(71),
  `${'x'.repeat(159)}€`,
  '👋'.repeat(36),
];

/** Each field with what shows that it was taken. */
const FIELDS: readonly (readonly [keyof SendSmsInput, Partial<SendSmsInput>, (subject: SmsSubject) => boolean])[] = [
  ['from', { from: 'ACME' }, (subject) => last(subject).from === 'ACME'],
  ['metadata', { metadata: { order: '1' } }, (subject) => last(subject).metadata?.['order'] === '1'],
  ['senderPoolId', { senderPoolId: 'pool-1' }, (subject) => last(subject).from === 'pool-1'],
  ['mediaUrls', { mediaUrls: ['https://example.com/a.png'] }, (subject) => last(subject).mediaUrls?.length === 1],
  ['sendAt', { sendAt: new Date('2100-01-01T00:00:00Z') }, (subject) => last(subject).status === 'scheduled'],
  ['category', { category: 'otp' }, () => false],
  ['templateId', { templateId: 't1' }, () => false],
  ['variables', { variables: { name: 'Ada' } }, () => false],
  ['smartEncoding', { smartEncoding: true }, () => false],
  ['maxPrice', { maxPrice: '0.05' }, () => false],
  ['statusCallbackUrl', { statusCallbackUrl: 'https://example.com/hook' }, () => false],
  ['reference', { reference: 'ref-1' }, (subject) => last(subject).reference === 'ref-1'],
];

/** What becomes of texts: `sms.1` to `sms.3`, `sms.8` to `sms.12`, and `X5`, `X6`, `X8`, `X18`. */
export const smsCases: readonly ConformanceCase<SmsConformanceTarget>[] = [
  {
    id: 'sms.1',
    title: 'local, incomplete and badly written numbers are refused before any request',
    run: (target) =>
      withSubject(target, async ({ provider, service }) => {
        for (const to of WRONG_NUMBERS) {
          const error = await rejectionOf(provider.sendSms({ to, body: 'hello' }), `sending to ${JSON.stringify(to)}`);
          checkEqual([error.code, error.field], ['invalid_request', 'to'], 'code and field');
        }
        const from = provider.sendSms({ to: SMS_NUMBERS.mobile, from: 'a name too long', body: 'hello' });
        checkEqual((await rejectionOf(from, 'a sender that is none')).field, 'from', 'field');
        checkEqual(service.requests(), 0, 'requests that reached the service');
      }),
  },
  {
    id: 'sms.2',
    title: 'segments and encoding are told as they are billed',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        for (const text of TEXTS) {
          const { segments, encoding } = await send(provider, {}, text);
          const expected = estimateSegments(text);
          if (segments !== undefined) checkEqual(segments, expected.segments, `segments of ${text.length} units`);
          if (encoding !== undefined) checkEqual(encoding, expected.encoding, `encoding of ${text.length} units`);
        }
      }),
  },
  {
    id: 'sms.3',
    title: 'each status of the service is told as what it means, and one that is unknown as unknown, with its word',
    run: (target) =>
      withSubject(target, async ({ provider, service }) => {
        const { id } = await send(provider, {});
        for (const [word, status] of service.statusWords) {
          service.setStatus(id, word);
          checkEqual((await provider.getDeliveryStatus(id)).status, status, `status for the word "${word}"`);
        }
        service.setStatus(id, 'teleported');
        const { status, rawStatus } = await provider.getDeliveryStatus(id);
        checkEqual([status, rawStatus], ['unknown', 'teleported'], 'status and word of one that is unknown');
      }),
  },
  {
    id: 'sms.8',
    title: 'a scheduled message that is canceled is never delivered; one that is not is delivered in time',
    requires: 'schedule',
    run: (target) =>
      withSubject(target, async ({ provider, service, advance }) => {
        if (advance === undefined) return;
        const sendAt = new Date((await send(provider, {})).createdAt?.getTime() ?? fail('createdAt is missing'));
        sendAt.setTime(sendAt.getTime() + HOUR_MS);
        const kept = await provider.sendSms({ to: SMS_NUMBERS.mobile, body: 'kept', sendAt });
        const gone = await provider.sendSms({ to: SMS_NUMBERS.mobile, body: 'gone', sendAt });
        checkEqual([kept.status, gone.status], ['scheduled', 'scheduled'], 'statuses before their time');
        checkEqual((await provider.cancelScheduled?.(gone.id))?.status, 'canceled', 'status after canceling');
        service.carryOut();
        check(!service.delivered().some(({ id }) => id === kept.id), 'it was delivered before its time');
        await advance(HOUR_MS);
        service.carryOut();
        const bodies = new Set(service.delivered().map(({ body }) => body));
        checkEqual([bodies.has('kept'), bodies.has('gone')], [true, false], 'what was delivered');
        const late = provider.cancelScheduled?.(kept.id) ?? fail('cancelScheduled is missing');
        await rejectsWith(late, 'conflict', 'canceling what was sent');
      }),
  },
  {
    id: 'sms.9',
    title: 'landline, unreachable, blocked, filtered and expired are told apart',
    run: (target) =>
      withSubject(target, async ({ provider, service }) => {
        for (const reason of ['landline', 'unreachable', 'blocked', 'spam_filtered', 'expired'] as const) {
          const { id } = await provider.sendSms({ to: SMS_NUMBERS[reason], body: 'hello' });
          service.carryOut();
          const { status, failureReason, errorCode } = await provider.getDeliveryStatus(id);
          checkEqual([status, failureReason], ['undelivered', reason], 'status and reason');
          check(errorCode !== undefined, "the service's own code is missing");
        }
      }),
  },
  {
    id: 'sms.10',
    title: 'a text whose answer was lost is sent once, when it is sent again under its key',
    requires: 'idempotency',
    run: (target) =>
      withSubject(target, async ({ provider, service }) => {
        service.failNext({ type: 'lost-answer' });
        await rejectionOf(send(provider, { idempotencyKey: 'otp-1' }, 'code 1234'), 'the first attempt');
        await send(provider, { idempotencyKey: 'otp-1' }, 'code 1234');
        service.carryOut();
        checkEqual(
          service.delivered().map(({ body }) => body),
          ['code 1234'],
          'texts that arrived',
        );
      }),
  },
  {
    id: 'sms.11',
    title: 'no error holds the text or the number',
    run: (target) =>
      withSubject(target, async ({ provider, service }) => {
        const body = 'Your code is 493817205 for canary-text';
        for (const status of [400, 404, 429, 500]) {
          service.failNext({ type: 'status', status });
          const error = await rejectionOf(send(provider, {}, body), `a call against status ${status}`);
          assertNoCanary(error, 'canary-text');
          assertNoCanary(error, SMS_NUMBERS.mobile);
        }
        const wrong = await rejectionOf(provider.sendSms({ to: '0770090canary', body }), 'a wrong number');
        assertNoCanary(wrong, '0770090canary');
        assertNoCanary(wrong, 'canary-text');
      }),
  },
  {
    id: 'sms.12',
    title: 'a price that is not known is absent, not 0; a known one is exact',
    requires: 'read',
    run: (target) =>
      withSubject(target, async ({ provider, service }) => {
        const sent = await send(provider, {});
        checkEqual([sent.price, sent.priceDecimal, sent.priceCurrency], [undefined, undefined, undefined], 'price');
        service.setPrice(sent.id, '0.00750', 'USD');
        const priced = await provider.getMessage?.(sent.id);
        checkEqual([priced?.priceDecimal, priced?.priceCurrency], ['0.00750', 'USD'], 'exact price and currency');
        check(isDecimalString(priced?.priceDecimal ?? ''), 'priceDecimal is no decimal');
      }),
  },
  {
    id: 'X5',
    title: 'each field of the input is seen by the service, or named by a warning, or refused',
    run: async (target) => {
      for (const [field, input, isSeen] of FIELDS) {
        await withSubject(target, async (subject) => {
          const isTold = await subject.provider.sendSms({ to: SMS_NUMBERS.mobile, body: 'hello', ...input }).then(
            ({ warnings }) => warnings?.some((warning) => warning.field === field) === true,
            (error: unknown) => rejectionOf(Promise.reject(error), field).then(() => true),
          );
          check(isTold || isSeen(subject), `${field} was dropped without a word`);
        });
      }
    },
  },
  {
    id: 'X6',
    title: 'nothing is told that the service did not say: no sending, no delivery, no carrier, no error',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const { status, sentAt, deliveredAt, carrier, errorCode, failureReason } = await send(provider, {});
        check(status === 'queued' || status === 'sending', `a message that was handed in is told as "${status}"`);
        checkEqual(
          [sentAt, deliveredAt, carrier, errorCode, failureReason],
          Array.from({ length: 5 }, () => undefined),
          'facts of a message that was only handed in',
        );
      }),
  },
  {
    id: 'X8',
    title: 'the input is not changed',
    run: (target) =>
      withSubject(target, async ({ provider, service }) => {
        const input: SendSmsInput = deepFreeze({
          to: SMS_NUMBERS.mobile,
          body: 'hello',
          metadata: { order: '1' },
          mediaUrls: ['https://example.com/a.png'],
        });
        await provider.sendSms(input);
        checkEqual(effects(service), 1, 'messages sent from a frozen input');
      }),
  },
  {
    id: 'X18',
    title: 'emoji, right-to-left text, combining marks and NUL come through unchanged or are refused; so is a megabyte',
    run: (target) =>
      withSubject(target, async (subject) => {
        for (const text of ['👩‍👩‍👧‍👦', 'שלום', 'Ze\u0301ro', 'a\u0000b', 'x'.repeat(1024 * 1024)]) {
          const code = await send(subject.provider, {}, text).then(
            () => undefined,
            (error: unknown) => rejectionOf(Promise.reject(error), 'strange text').then((refusal) => refusal.code),
          );
          if (code !== undefined) checkEqual(code, 'invalid_request', 'code of the refusal');
          else check(last(subject).body === text, `a text of ${text.length} units was changed`);
        }
      }),
  },
];
