import type { IntegrationSpec, ResponseRule, WebhookContract } from '@mortise/core';
import { findAllTransportConfigs } from '@mortise/core';
import { validateAgainstSchema } from '@mortise/core/schema';
import { signWebhook, type SignWebhookOptions, verifyWebhook, type WebhookToSign } from '@mortise/webhooks';
import { tamperWebhook } from '@mortise/webhooks/testing';
import { describe, expect, it } from 'vitest';
import {
  deepgramIntegrationSpec,
  elevenLabsIntegrationSpec,
  falIntegrationSpec,
  gradiumIntegrationSpec,
  mistralConversationalIntegrationSpec,
  openaiRealtimeIntegrationSpec,
} from './index.ts';

const NOW = Date.parse('2026-11-25T10:00:00Z');
const now = (): number => NOW;

function contractOf({ webhooks: [contract] = [] }: IntegrationSpec): WebhookContract {
  if (contract === undefined) throw new TypeError('the spec has no webhooks');
  return contract;
}

function rulesOf(spec: IntegrationSpec): readonly ResponseRule[] {
  return findAllTransportConfigs(spec.transports ?? [], 'rest')[0]?.errors?.rules ?? [];
}

/** The meaning that the first fitting rule gives, for bodies with one member at a pointer. */
function meaningOf(spec: IntegrationSpec, status: number, pointer?: string, value?: string): string | undefined {
  return rulesOf(spec).find(({ when }) => {
    const isStatus = when.status === undefined || [when.status].flat().includes(status);
    const isBody = (when.body ?? []).every((match) => match.pointer === pointer && match.equals === value);
    return isStatus && isBody && when.header === undefined;
  })?.means;
}

/** Typed wider than its value: the compiler knows no pair of keys by this name. */
const ED25519: { readonly name: string } = { name: 'Ed25519' };

async function falKeys(): Promise<{ keySets: { get: () => Promise<object> }; signing: SignWebhookOptions }> {
  const pair = await crypto.subtle.generateKey(ED25519, true, ['sign', 'verify']);
  if (!('publicKey' in pair)) throw new TypeError('expected a pair of keys');
  const jwk = await crypto.subtle.exportKey('jwk', pair.publicKey);
  return {
    keySets: { get: () => Promise.resolve({ keys: [{ ...jwk, kid: 'one', use: 'sig' }] }) },
    signing: { privateKey: pair.privateKey, keyId: 'one' },
  };
}

interface Delivery {
  readonly spec: IntegrationSpec;
  readonly secrets: Record<string, string>;
  readonly delivery: WebhookToSign;
  readonly type: string;
}

const DELIVERIES: readonly (readonly [string, Delivery])[] = [
  [
    'ElevenLabs',
    {
      spec: elevenLabsIntegrationSpec,
      secrets: { webhookSecret: 'wsec_placeholder' },
      delivery: {
        body: '{"type":"post_call_transcription","event_timestamp":1764064800,"data":{"conversation_id":"c-1"}}',
        timestampMs: NOW,
      },
      type: 'post_call_transcription',
    },
  ],
  [
    'OpenAI',
    {
      spec: openaiRealtimeIntegrationSpec,
      secrets: { webhookSecret: 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' },
      delivery: {
        body: '{"type":"realtime.call.incoming","created_at":1764064800,"data":{"call_id":"rtc-1"}}',
        id: 'wh_1',
        timestampMs: NOW,
      },
      type: 'realtime.call.incoming',
    },
  ],
];

describe('deliveries', () => {
  it.each(DELIVERIES)(
    'of %s are told from forged, altered and old ones',
    async (_name, { spec, secrets, delivery, type }) => {
      const contract = contractOf(spec);
      const sent = await signWebhook(contract, delivery, secrets, { now });
      expect(await verifyWebhook(spec, sent, secrets, { now })).toMatchObject({ ok: true, eventType: type });
      expect(await verifyWebhook(spec, sent, {}, { now })).toMatchObject({ ok: false, reason: 'no_secret' });
      const other = { webhookSecret: 'whsec_BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB' };
      expect(await verifyWebhook(spec, sent, other, { now })).toMatchObject({ ok: false });
      for (const { request, what } of tamperWebhook(contract, sent)) {
        expect([what, (await verifyWebhook(spec, request, secrets, { now })).ok]).toEqual([what, false]);
      }
      const late = await verifyWebhook(spec, sent, secrets, { now: () => NOW + 1_800_001 });
      expect(late).toMatchObject({ ok: false, reason: 'timestamp_out_of_tolerance' });
    },
  );

  it('of fal pass with the own user id only: fal signs for all its customers with the same keys', async () => {
    const { keySets, signing } = await falKeys();
    const contract = contractOf(falIntegrationSpec);
    const delivery = {
      headers: { 'X-Fal-Webhook-Request-Id': 'req-1', 'X-Fal-Webhook-User-Id': 'user-1' },
      body: '{"request_id":"req-1","status":"OK","payload":{}}',
      timestampMs: NOW,
    };
    const own = { webhookUserId: 'user-1' };
    const sent = await signWebhook(contract, delivery, own, { now, ...signing });
    const verify = (secrets: Record<string, string>) =>
      verifyWebhook(falIntegrationSpec, sent, secrets, { now, keySets });
    expect(await verify(own)).toMatchObject({ ok: true, eventType: 'OK' });
    expect(await verify({ webhookUserId: 'somebody-else' })).toMatchObject({ ok: false });
    expect(await verify({})).toMatchObject({ ok: false });
    for (const { request, what } of tamperWebhook(contract, sent)) {
      expect([what, (await verifyWebhook(falIntegrationSpec, request, own, { now, keySets })).ok]).toEqual([
        what,
        false,
      ]);
    }
  });

  it('of Deepgram carry the identifier of the key, and nothing else proves them', async () => {
    const body = '{"metadata":{"request_id":"r-1","created":"2026-11-25T10:00:00Z"}}';
    const apiKeyId = '00000000-0000-4000-8000-000000000000';
    const request = { method: 'POST', headers: { 'dg-token': apiKeyId }, rawBody: body };
    expect(await verifyWebhook(deepgramIntegrationSpec, request, { apiKeyId }, { now })).toMatchObject({ ok: true });
    const stranger = { ...request, headers: { 'dg-token': '11111111-0000-4000-8000-000000000000' } };
    expect(await verifyWebhook(deepgramIntegrationSpec, stranger, { apiKeyId }, { now })).toMatchObject({ ok: false });
    expect(await verifyWebhook(deepgramIntegrationSpec, request, {}, { now })).toMatchObject({ ok: false });
  });
});

describe('what failures mean', () => {
  it('a 401 of ElevenLabs is a bad key, a missing permission or used-up credits', () => {
    const at = (value: string) => meaningOf(elevenLabsIntegrationSpec, 401, '/detail/status', value);
    expect(at('missing_permissions')).toBe('missing_scope');
    expect(at('quota_exceeded')).toBe('quota_exhausted');
    expect(at('invalid_api_key')).toBe('bad_credential');
  });

  it('a 401 of Deepgram can be a missing permission', () => {
    expect(meaningOf(deepgramIntegrationSpec, 401, '/err_code', 'INSUFFICIENT_PERMISSIONS')).toBe('missing_scope');
    expect(meaningOf(deepgramIntegrationSpec, 401, '/err_code', 'INVALID_AUTH')).toBe('bad_credential');
    expect(meaningOf(deepgramIntegrationSpec, 402)).toBe('quota_exhausted');
  });

  it('a 429 of OpenAI is used-up quota where its code says so', () => {
    const code = (value: string) => meaningOf(openaiRealtimeIntegrationSpec, 429, '/error/code', value);
    expect(code('insufficient_quota')).toBe('quota_exhausted');
    expect(code('rate_limit_exceeded')).toBe('throttled');
  });

  it('a time limit of the caller is not tried again at fal', () => {
    const rule = rulesOf(falIntegrationSpec).find(({ when }) => when.header?.equals === 'user');
    expect(rule).toMatchObject({ when: { status: 504 }, retryable: false });
  });
});

describe('what vendors do differently', () => {
  it('Deepgram lets a connection choose a region of the vendor, and nothing else', () => {
    const isValid = (baseUrl: string) =>
      validateAgainstSchema<unknown>(deepgramIntegrationSpec.configSchema.schema, { baseUrl }).valid;
    expect(isValid('https://api.eu.deepgram.com')).toBe(true);
    expect(isValid('https://169.254.169.254')).toBe(false);
  });

  it('fal is reached through its queue', () => {
    expect(findAllTransportConfigs(falIntegrationSpec.transports ?? [], 'rest')[0]?.baseUrl).toBe(
      'https://queue.fal.run',
    );
  });

  it('Gradium has sessions of five minutes and no documented limit of requests', () => {
    expect(gradiumIntegrationSpec.constraints).toEqual({ quotas: { sessionSeconds: 300 } });
  });

  it('Mistral conversations are beta', () => {
    expect(mistralConversationalIntegrationSpec.versionPolicy?.supportedVersions).toEqual([
      { version: 'v1', status: 'beta' },
    ]);
  });
});
