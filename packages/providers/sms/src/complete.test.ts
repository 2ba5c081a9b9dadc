import { validateAgainstSchema } from '@mortise/core/schema';
import { describe, expect, it } from 'vitest';
import { complete } from './complete.ts';
import type { SmsMessage } from './model/sms-message.ts';
import type { SmsStatus } from './model/sms-status.ts';
import { fromPortableSms, SmsMessageSchema, toPortableSms } from './schema/sms-message-schema.ts';
import { seedCompat } from './seed-compat.ts';
import type { SmsProvider } from './sms-provider.ts';
import { InMemorySmsProvider } from './testing/in-memory-sms-provider.ts';
import { SMS_NUMBERS } from './testing/sms-service.ts';

const answering = (status: SmsStatus): SmsProvider => ({
  sendSms: async ({ to, body }) => ({ id: 'sm1', to, from: 'ACME', body, status }),
  getDeliveryStatus: async () => ({ status, updatedAt: new Date(0) }),
});

describe('a completed provider', () => {
  it.each([
    'getMessage',
    'listMessages',
    'cancelScheduled',
    'lookupNumber',
    'getOptOut',
    'setOptOut',
    'parseWebhook',
    'parseWebhookAll',
  ] as const)('rejects %s with "unsupported", since it is missing', async (method) => {
    const whole: object = complete(answering('sent'));
    const call: unknown = Reflect.get(whole, method);
    if (typeof call !== 'function') throw new TypeError(`${method} is no function`);
    await expect(Reflect.apply(call, whole, ['sm1'])).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('takes nothing for genuine where there is nothing to check it by', async () => {
    expect(await complete(answering('sent')).verifyWebhook({ headers: {}, rawBody: '{}' })).toBe(false);
    await expect(complete(answering('sent')).close()).resolves.toBeUndefined();
  });

  it('uses the methods that are there, on the provider itself', async () => {
    const provider = new InMemorySmsProvider({ webhookSecrets: ['s'] });
    const whole = complete(provider);
    const { id } = await whole.sendSms({ to: SMS_NUMBERS.mobile, body: 'hello' });
    provider.service.carryOut();
    expect((await whole.getDeliveryStatus(id)).status).toBe('delivered');
    expect((await whole.listMessages()).items.map((message) => message.id)).toEqual([id]);
    expect(whole.capabilities).toBe(provider.capabilities);
    const stop = await provider.service.deliver(
      { type: 'inbound', from: SMS_NUMBERS.mobile, body: 'STOP' },
      { secret: 's' },
    );
    expect(await whole.verifyWebhook(stop)).toBe(true);
    expect(await whole.parseWebhookAll(stop)).toMatchObject([{ type: 'opt_out', number: SMS_NUMBERS.mobile }]);
    await expect(whole.sendSms({ to: SMS_NUMBERS.mobile, body: 'hello?' })).rejects.toMatchObject({
      code: 'recipient_opted_out',
    });
  });
});

describe('seedCompat', () => {
  it.each<[SmsStatus, string]>([
    ['queued', 'queued'],
    ['sending', 'sending'],
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['undelivered', 'undelivered'],
    ['failed', 'failed'],
    ['scheduled', 'queued'],
    ['canceled', 'undelivered'],
    ['received', 'delivered'],
    ['read', 'delivered'],
    ['unknown', 'sending'],
  ])('tells %s as %s', async (status, folded) => {
    const provider = seedCompat(answering(status));
    expect((await provider.sendSms({ to: '+12', body: 'x' })).status).toBe(folded);
    expect(await provider.getDeliveryStatus('sm1')).toEqual({ status: folded, updatedAt: new Date(0) });
  });
});

describe('a text message', () => {
  const message: SmsMessage = {
    id: 'sm1',
    to: '+447700900001',
    from: 'ACME',
    body: 'héllo 👋',
    status: 'delivered',
    priceDecimal: '0.00750',
    priceCurrency: 'USD',
    segments: 1,
    encoding: 'UCS-2',
    mediaUrls: ['https://example.com/a.png'],
    metadata: { order: '1' },
    createdAt: new Date('2026-11-25T10:00:00.123Z'),
    sentAt: new Date('2026-11-25T10:00:01Z'),
    deliveredAt: new Date('2026-11-25T10:00:02Z'),
    updatedAt: new Date('2026-11-25T10:00:02Z'),
  };

  it('comes through JSON unchanged, its dates and its price included', () => {
    const sent: unknown = JSON.parse(JSON.stringify(toPortableSms(message)));
    const received = validateAgainstSchema(SmsMessageSchema, sent);
    expect(received.problems).toEqual([]);
    if (received.valid) expect(fromPortableSms(received.value)).toEqual(message);
  });

  it('leaves behind what is about the call', () => {
    const portable = toPortableSms({ ...message, raw: { token: 'x' }, requestId: 'r1', warnings: [] });
    expect(portable).toEqual(toPortableSms(message));
  });

  it.each([
    [{ ...toPortableSms(message), status: 'teleported' }],
    [{ ...toPortableSms(message), segments: 1.5 }],
    [{ ...toPortableSms(message), priceDecimal: '0,75' }],
    [{ ...toPortableSms(message), sentAt: 'yesterday' }],
  ])('is refused: %#', (wrong) => {
    expect(validateAgainstSchema<unknown>(SmsMessageSchema, wrong).valid).toBe(false);
  });
});
