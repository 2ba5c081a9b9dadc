import { requestCredentials } from '@mortise/auth';
import { IntegrationSpecRegistry, isRequestAuthType, supportsTransport } from '@mortise/core';
import { checkShippedSpec } from '@mortise/core/testing';
import { validateAgainstSchema } from '@mortise/core/schema';
import { verifyWebhook } from '@mortise/webhooks';
import { createHash, createHmac } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { registerTwilioSmsIntegration, smsIntegrationSpecs, twilioSmsIntegrationSpec } from './index.ts';

/** Day on which the sources were last looked at as a whole; moved on with each review, never taken from the clock. */
const REVIEWED_ON = '2026-11-25';

/** Names that existing connections use. */
const KEPT_NAMES: Readonly<Record<string, { config: readonly string[]; secret: readonly string[] }>> = {
  'sms.twilio': { config: ['fromNumber'], secret: ['accountSid', 'authToken'] },
};

const specFiles = readdirSync(import.meta.dirname).filter(
  (file) => !/^(index|sms-integration-specs)\b|\.test\.ts$/.test(file),
);

it('lists one spec for each file of the folder', () => {
  const files = smsIntegrationSpecs.map((spec) => `${spec.meta.key.split('.').reverse().join('-')}.ts`);
  expect(files.sort()).toEqual(specFiles.sort());
});

it('registers its spec as it is, once', () => {
  const registry = new IntegrationSpecRegistry();
  expect(registerTwilioSmsIntegration(registry)).toBe(registry);
  expect(registry.get('sms.twilio', '1.0.0')).toBe(twilioSmsIntegrationSpec);
  expect(() => registerTwilioSmsIntegration(registry)).toThrow(/sms\.twilio/);
});

describe.each(smsIntegrationSpecs.map((spec) => [spec.meta.key, spec] as const))('%s', (key, spec) => {
  it('is ready to be shipped', () => {
    expect(checkShippedSpec(spec, { reviewedOn: REVIEWED_ON })).toEqual([]);
  });

  it('is an SMS integration of both modes', () => {
    expect(key).toMatch(/^sms\.[a-z0-9-]+$/);
    expect(spec.meta).toMatchObject({ category: 'sms', stability: 'stable', owners: ['platform.messaging'] });
    expect(spec.supportedModes).toEqual(['managed', 'byok']);
    expect(spec.capabilities.provides).toEqual([{ key: 'sms.outbound', version: '1.0.0' }]);
  });

  it('keeps the names that existing connections use', () => {
    const kept = KEPT_NAMES[key] ?? { config: ['?'], secret: ['?'] };
    for (const name of kept.config) expect(spec.configSchema.schema).toHaveProperty(['properties', name]);
    expect(spec.secretSchema.schema).toMatchObject({ required: [...kept.secret] });
  });

  it('says how a connection is checked, how deliveries are proven and how requests fail', () => {
    expect(spec.healthCheck).toMatchObject({ timeoutMs: 3000, request: { rules: [{ means: 'bad_credential' }] } });
    expect(spec.webhooks).toHaveLength(1);
    expect(supportsTransport(spec.transports ?? [], 'webhook')).toBe(true);
    expect(spec.transports?.[0]).toMatchObject({ type: 'rest', errors: { rules: expect.anything() } });
  });
});

describe('the Twilio spec', () => {
  const accountSid = 'AC00000000000000000000000000000000';
  const apiKeySid = 'SK00000000000000000000000000000000';

  it('makes credentials of the auth token, of an API key and of an OAuth app', () => {
    const methods = (twilioSmsIntegrationSpec.supportedAuthMethods ?? []).filter(({ type }) => isRequestAuthType(type));
    const secrets = { accountSid, authToken: 'token', apiKeySid, apiKeySecret: 'secret', accessToken: 'oauth' };
    expect(methods.map((method) => requestCredentials(method, { secrets }).headers['Authorization'])).toEqual([
      `Basic ${btoa(`${accountSid}:token`)}`,
      `Basic ${btoa(`${apiKeySid}:secret`)}`,
      'Bearer oauth',
    ]);
  });

  it('takes an API key only whole', () => {
    const { schema, example } = twilioSmsIntegrationSpec.secretSchema;
    expect(validateAgainstSchema<unknown>(schema, { ...example, apiKeySid }).valid).toBe(false);
    expect(validateAgainstSchema<unknown>(schema, { ...example, apiKeySid, apiKeySecret: 'x' }).valid).toBe(true);
  });

  it.each(['+14155552671', '12345', 'ACME Bank', 'A1'])('takes the sender %j', (fromNumber) => {
    expect(validateAgainstSchema<unknown>(twilioSmsIntegrationSpec.configSchema.schema, { fromNumber }).valid).toBe(
      true,
    );
  });

  it.each(['0612345678', '+0123', 'whatsapp:+14155552671', 'Twelve chars', '', '12'])(
    'refuses the sender %j',
    (fromNumber) => {
      const { schema } = twilioSmsIntegrationSpec.configSchema;
      expect(validateAgainstSchema<unknown>(schema, { fromNumber }).valid).toBe(false);
    },
  );

  describe('proves deliveries', () => {
    // The example of the vendor's own library tests.
    const secrets = { authToken: '12345' };
    const url = 'https://mycompany.com/myapp.php?foo=1&bar=2';
    const delivery = {
      method: 'POST',
      url,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': 'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
      },
      rawBody: 'Digits=1234&CallSid=CA1234567890ABCDE&To=%2B18005551212&Caller=%2B14158675309&From=%2B14158675309',
    };

    it('by address and fields, as the vendor documents it', async () => {
      expect(await verifyWebhook(twilioSmsIntegrationSpec, delivery, secrets)).toMatchObject({ ok: true });
      const changed = { ...delivery, rawBody: `${delivery.rawBody}&Extra=1` };
      expect(await verifyWebhook(twilioSmsIntegrationSpec, changed, secrets)).toMatchObject({ reason: 'no_match' });
    });

    it('never by the secret of an API key', async () => {
      const wrong = { authToken: 'other', apiKeySecret: '12345' };
      expect(await verifyWebhook(twilioSmsIntegrationSpec, delivery, wrong)).toMatchObject({ ok: false });
    });

    it('with JSON by the digest in the address', async () => {
      const rawBody = '{"sid":"SM1"}';
      const address = `https://example.com/hook?bodySHA256=${createHash('sha256').update(rawBody).digest('hex')}`;
      const headers = {
        'content-type': 'application/json',
        'x-twilio-signature': createHmac('sha1', secrets.authToken).update(address).digest('base64'),
      };
      const json = { method: 'POST', url: address, headers, rawBody };
      expect(await verifyWebhook(twilioSmsIntegrationSpec, json, secrets)).toMatchObject({ ok: true });
      const changed = { ...json, rawBody: '{"sid":"SM2"}' };
      expect(await verifyWebhook(twilioSmsIntegrationSpec, changed, secrets)).toMatchObject({ ok: false });
    });

    it('and tells the statuses of one message apart', async () => {
      const signed = `${url}MessageSidSM1MessageStatusdelivered`;
      const mac = createHmac('sha1', secrets.authToken).update(signed).digest('base64');
      const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': mac };
      const rawBody = 'MessageSid=SM1&MessageStatus=delivered';
      expect(
        await verifyWebhook(twilioSmsIntegrationSpec, { method: 'POST', url, headers, rawBody }, secrets),
      ).toMatchObject({ ok: true, eventId: 'SM1:delivered', eventType: 'delivered' });
    });
  });
});
