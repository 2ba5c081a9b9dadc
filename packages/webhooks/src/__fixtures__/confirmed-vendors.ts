import type { SignatureVerification, WebhookContract } from '@mortise/core';
import type { WebhookToSign } from '../sign/signing-context.ts';
import {
  FORM_TYPE,
  JSON_TYPE,
  overBody,
  SECONDS,
  SENT_AT,
  SENT_AT_MS,
  standard,
  svix,
  type VendorWebhook,
  WHSEC,
} from './vendor-webhook.ts';

const twilio: SignatureVerification = {
  scheme: 'signature',
  algorithm: 'hmac-sha1',
  signature: { header: 'X-Twilio-Signature', encoding: 'base64' },
  signed: '{url}{form}',
  key: { secretField: 'authToken' },
  bodyDigest: { from: { query: 'bodySHA256' }, algorithm: 'sha256', encoding: 'hex', optional: true },
};
const twilioSecrets = { authToken: '12345678901234567890123456789012' };

const falContract: WebhookContract = {
  verification: {
    scheme: 'signature',
    algorithm: 'ed25519',
    signature: { header: 'X-Fal-Webhook-Signature', encoding: 'hex' },
    signed: '{header:X-Fal-Webhook-Request-Id}\n{header:X-Fal-Webhook-User-Id}\n{timestamp}\n{body:sha256:hex}',
    key: { keySetUrl: 'https://rest.fal.ai/.well-known/jwks.json', format: 'jwks', maxAgeMs: 86_400_000 },
    timestamp: { from: { header: 'X-Fal-Webhook-Timestamp' }, unit: 'seconds' },
  },
  eventId: [{ pointer: '/request_id' }],
  eventType: [{ pointer: '/status' }],
};
const falDelivery: WebhookToSign = {
  headers: { ...JSON_TYPE, 'X-Fal-Webhook-Request-Id': 'req-1', 'X-Fal-Webhook-User-Id': 'user-1' },
  body: '{"request_id":"req-1","status":"OK","payload":{"images":[]}}',
};

/** Facts that a primary source confirms. */
export const CONFIRMED: readonly VendorWebhook[] = [
  {
    vendor: 'composio',
    // The secret is taken as text although everything else follows Standard Webhooks.
    contract: {
      ...standard,
      verification: overBody('webhook-signature', {
        signature: {
          header: 'webhook-signature',
          items: { separator: ' ', assign: ',', name: 'v1' },
          encoding: 'base64',
        },
        signed: '{header:webhook-id}.{timestamp}.{body}',
        timestamp: { from: { header: 'webhook-timestamp' }, unit: 'seconds' },
      }),
      occurredAt: { value: { pointer: '/timestamp' }, unit: 'iso' },
    },
    secrets: { signingSecret: 'whsec_not-base64!' },
    delivery: { id: 'msg_1', body: `{"type":"composio.trigger.message","timestamp":"2026-11-23T11:59:58Z"}` },
    expected: { eventId: 'msg_1', eventType: 'composio.trigger.message', occurredAt: '2026-11-23T11:59:58.000Z' },
  },
  {
    vendor: 'deepgram',
    contract: {
      verification: { scheme: 'token', from: { header: 'dg-token' }, secretField: 'apiKeyId' },
      eventId: [{ pointer: '/metadata/request_id' }],
      occurredAt: { value: { pointer: '/metadata/created' }, unit: 'iso' },
    },
    secrets: { apiKeyId: '1f3ba7b8-1c5d-4a1e-9b5a-0d0f5a1c2b3d' },
    delivery: { headers: JSON_TYPE, body: '{"metadata":{"request_id":"r-1","created":"2026-11-23T12:00:00.000Z"}}' },
    expected: { eventId: 'r-1', occurredAt: SENT_AT },
  },
  {
    vendor: 'elevenlabs',
    contract: {
      verification: overBody('ElevenLabs-Signature', {
        signature: {
          header: 'ElevenLabs-Signature',
          items: { separator: ',', assign: '=', name: 'v0' },
          encoding: 'hex',
        },
        signed: '{timestamp}.{body}',
        timestamp: { from: { item: 't' }, unit: 'seconds', toleranceMs: 1_800_000, futureToleranceMs: 300_000 },
      }),
      eventId: [{ pointer: '/type' }, { pointer: '/data/conversation_id' }],
      eventType: [{ pointer: '/type' }],
      occurredAt: { value: { pointer: '/event_timestamp' }, unit: 'seconds' },
    },
    secrets: { signingSecret: 'wsec_5f1c' },
    delivery: {
      body: `{"type":"post_call_transcription","event_timestamp":${SECONDS},"data":{"conversation_id":"conv_1"}}`,
    },
    expected: { eventId: 'post_call_transcription:conv_1', eventType: 'post_call_transcription', occurredAt: SENT_AT },
  },
  {
    vendor: 'fal',
    contract: falContract,
    secrets: {},
    delivery: falDelivery,
    expected: { eventId: 'req-1', eventType: 'OK' },
  },
  {
    vendor: 'fal-image',
    contract: falContract,
    secrets: {},
    delivery: { ...falDelivery, body: '{"request_id":"req-2","status":"ERROR","error":"out of memory"}' },
    expected: { eventId: 'req-2', eventType: 'ERROR' },
  },
  {
    vendor: 'fathom',
    contract: {
      ...standard,
      // The names of Svix are accepted too.
      verification: [standard, svix].flatMap(({ verification }) => verification),
    },
    secrets: { signingSecret: WHSEC },
    delivery: { id: 'msg_2', headers: { 'svix-id': 'msg_2' }, body: '{"title":"Weekly"}' },
    expected: { eventId: 'msg_2' },
  },
  {
    vendor: 'fireflies',
    contract: {
      verification: overBody('X-Hub-Signature', {
        signature: { header: 'X-Hub-Signature', prefix: 'sha256=', prefixOptional: true, encoding: 'hex' },
      }),
      eventId: [{ pointer: '/event' }, { pointer: '/meeting_id' }, { pointer: '/timestamp' }],
      eventType: [{ pointer: '/event' }],
      occurredAt: { value: { pointer: '/timestamp' }, unit: 'ms' },
    },
    secrets: { signingSecret: 'fireflies-secret' },
    delivery: { body: `{"event":"meeting.transcribed","timestamp":${SENT_AT_MS},"meeting_id":"m1"}` },
    expected: {
      eventId: `meeting.transcribed:m1:${SENT_AT_MS}`,
      eventType: 'meeting.transcribed',
      occurredAt: SENT_AT,
    },
  },
  {
    vendor: 'fitbit (Google Health)',
    contract: {
      key: 'google-health',
      verification: {
        scheme: 'signature',
        algorithm: 'ecdsa-p256-sha256',
        signature: { header: ['GOOGLE-HEALTH-API-SIGNATURE', 'X-HEALTHAPI-SIGNATURE'], encoding: 'base64' },
        signed: '{body}',
        key: {
          keySetUrl: 'https://www.gstatic.com/googlehealthapi/webhooks/webhooks_public_keyset.json',
          format: 'tink',
        },
        // Google signs for all receivers alike; the registered value says that this one is meant.
        token: { from: { header: 'Authorization' }, secretField: 'authorization' },
      },
      handshakes: [
        {
          method: 'POST',
          when: [{ value: { pointer: '/type' }, equals: 'verification' }],
          token: { value: { header: 'Authorization' }, secretField: 'authorization' },
          answer: { status: 201, refusedStatus: 401 },
        },
        {
          method: 'GET',
          when: [{ value: { query: 'verify' } }],
          token: { value: { query: 'verify' }, secretField: 'verifyCode' },
          answer: { status: 204, refusedStatus: 404 },
        },
      ],
      eventId: [
        { pointer: '/data/healthUserId' },
        { pointer: '/data/dataType' },
        { pointer: '/data/intervals/0/startTime' },
      ],
      eventType: [{ pointer: '/data/operation' }, { pointer: '/data/dataType' }],
      ack: { status: 204 },
    },
    secrets: { authorization: 'Bearer chosen-by-us', verifyCode: 'c0de' },
    delivery: {
      body: '{"data":{"healthUserId":"u1","operation":"UPSERT","dataType":"steps","intervals":[{"startTime":"2026-11-23T00:00:00Z"}]}}',
    },
    expected: { eventId: 'u1:steps:2026-11-23T00%3A00%3A00Z', eventType: 'UPSERT.steps' },
  },
  {
    vendor: 'garmin',
    // No proof, only the client's own id; deliveries name users that must be known.
    contract: {
      verification: { scheme: 'token', from: { header: 'garmin-client-id' }, secretField: 'clientId' },
      ack: { status: 200 },
    },
    secrets: { clientId: 'a-client-id' },
    delivery: { body: '{"dailies":[{"userId":"u1","summaryId":"s1","startTimeInSeconds":1795435200}]}' },
    expected: {},
  },
  {
    vendor: 'linear',
    contract: {
      verification: overBody('Linear-Signature', {
        timestamp: { from: { pointer: '/webhookTimestamp' }, unit: 'ms', toleranceMs: 60_000 },
      }),
      eventId: [{ header: 'Linear-Delivery' }],
      eventType: [{ pointer: '/type' }, { pointer: '/action' }],
      occurredAt: { value: { pointer: '/createdAt' }, unit: 'iso' },
    },
    secrets: { signingSecret: 'lin_wh_5f1c' },
    delivery: {
      id: '234d1a4e-b617-4388-90fe-adc3633d6b72',
      body: `{"action":"create","type":"Issue","createdAt":"2026-11-23T11:59:59.000Z","webhookTimestamp":${SENT_AT_MS}}`,
    },
    expected: {
      eventId: '234d1a4e-b617-4388-90fe-adc3633d6b72',
      eventType: 'Issue.create',
      occurredAt: '2026-11-23T11:59:59.000Z',
    },
  },
  {
    vendor: 'messaging-github',
    contract: {
      verification: overBody('X-Hub-Signature-256', { prefix: 'sha256=' }),
      eventId: [{ header: 'X-GitHub-Delivery' }],
      eventType: [{ header: 'X-GitHub-Event' }, { pointer: '/action' }],
    },
    secrets: { signingSecret: "It's a Secret to Everybody" },
    delivery: {
      id: '72d3162e-cc78-11e3-81ab-4c9367dc0958',
      headers: { ...JSON_TYPE, 'X-GitHub-Event': 'issues' },
      body: '{"action":"opened","issue":{"number":1}}',
    },
    expected: { eventId: '72d3162e-cc78-11e3-81ab-4c9367dc0958', eventType: 'issues.opened' },
  },
  {
    vendor: 'messaging-telegram',
    contract: {
      verification: {
        scheme: 'token',
        from: { header: 'X-Telegram-Bot-Api-Secret-Token' },
        secretField: 'webhookSecret',
      },
      eventId: [{ pointer: '/update_id' }],
      occurredAt: { value: { pointer: '/message/date' }, unit: 'seconds' },
    },
    secrets: { webhookSecret: 'A-Z_a-z_0-9' },
    delivery: { body: `{"update_id":10000,"message":{"date":${SECONDS},"text":"hello"}}` },
    expected: { eventId: '10000', occurredAt: SENT_AT },
  },
  {
    vendor: 'messaging-whatsapp-twilio',
    contract: {
      verification: twilio,
      eventId: [{ form: 'MessageSid' }, { form: 'MessageStatus' }],
      eventType: [{ form: 'MessageStatus' }],
    },
    secrets: twilioSecrets,
    delivery: {
      url: 'https://hooks.example.com/twilio?tenant=a%20b',
      headers: FORM_TYPE,
      body: 'MessageSid=SM1&MessageStatus=read&From=whatsapp%3A%2B14155238886&ProfileName=J%C3%BCrgen+%26+Co',
    },
    expected: { eventId: 'SM1:read', eventType: 'read' },
  },
  {
    vendor: 'notion',
    contract: {
      verification: overBody('X-Notion-Signature', { prefix: 'sha256=', key: { secretField: 'verificationToken' } }),
      handshakes: [
        {
          method: 'POST',
          when: [{ value: { pointer: '/verification_token' } }],
          signed: true,
          answer: { status: 200 },
          keep: { value: { pointer: '/verification_token' }, secretField: 'verificationToken' },
        },
      ],
      eventId: [{ pointer: '/id' }],
      eventType: [{ pointer: '/type' }],
      occurredAt: { value: { pointer: '/timestamp' }, unit: 'iso' },
    },
    secrets: { verificationToken: 'secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl' },
    delivery: { body: '{"id":"367cba44","timestamp":"2026-11-23T12:00:00.000Z","type":"page.created"}' },
    expected: { eventId: '367cba44', eventType: 'page.created', occurredAt: SENT_AT },
  },
  ...['openai', 'openai-realtime'].map((vendor): VendorWebhook => ({
    vendor,
    contract: {
      ...standard,
      verification: overBody('webhook-signature', {
        signature: {
          header: 'webhook-signature',
          items: { separator: ' ', assign: ',', name: 'v1' },
          encoding: 'base64',
        },
        signed: '{header:webhook-id}.{timestamp}.{body}',
        key: { secretField: 'signingSecret', encoding: 'base64', prefix: 'whsec_' },
        timestamp: { from: { header: 'webhook-timestamp' }, unit: 'seconds' },
      }),
      occurredAt: { value: { pointer: '/created_at' }, unit: 'seconds' },
    },
    secrets: { signingSecret: vendor === 'openai' ? WHSEC : 'plain text is its own bytes' },
    delivery: { id: 'wh_1', body: `{"id":"evt_1","type":"response.completed","created_at":${SECONDS}}` },
    expected: { eventId: 'wh_1', eventType: 'response.completed', occurredAt: SENT_AT },
  })),
  {
    vendor: 'openwearables',
    contract: { ...svix, eventType: [{ pointer: '/type' }] },
    secrets: { signingSecret: WHSEC },
    delivery: { id: 'msg_3', body: '{"type":"workout.created","data":{}}' },
    expected: { eventId: 'msg_3', eventType: 'workout.created', occurredAt: SENT_AT },
  },
  {
    vendor: 'oura',
    contract: {
      verification: overBody('x-oura-signature', {
        signed: '{timestamp}{body}',
        key: { secretField: 'clientSecret' },
        timestamp: { from: { header: 'x-oura-timestamp' }, unit: 'seconds' },
      }),
      handshakes: [
        {
          method: 'GET',
          when: [{ value: { query: 'verification_token' } }, { value: { query: 'challenge' } }],
          token: { value: { query: 'verification_token' }, secretField: 'verificationToken' },
          answer: { refusedStatus: 401, echo: { query: 'challenge' }, echoAs: 'challenge' },
        },
      ],
      eventId: ['user_id', 'data_type', 'event_type', 'object_id', 'event_time'].map((name) => ({
        pointer: `/${name}`,
      })),
      eventType: [{ pointer: '/event_type' }, { pointer: '/data_type' }],
      occurredAt: { value: { pointer: '/event_time' }, unit: 'iso' },
    },
    secrets: { clientSecret: 'oura-client-secret', verificationToken: 'verify-me' },
    delivery: {
      body: '{"user_id":"u","data_type":"sleep","event_type":"update","object_id":"o","event_time":"2026-11-23T13:00:00+01:00"}',
    },
    expected: {
      eventId: 'u:sleep:update:o:2026-11-23T13%3A00%3A00+01%3A00',
      eventType: 'update.sleep',
      occurredAt: SENT_AT,
    },
  },
  {
    vendor: 'postmark',
    contract: {
      verification: { scheme: 'basic', usernameField: 'webhookUser', passwordField: 'webhookPassword' },
      eventId: [{ pointer: '/RecordType' }, { pointer: '/MessageID' }, { pointer: '/ID' }],
      eventType: [{ pointer: '/RecordType' }],
      occurredAt: { value: { pointer: '/BouncedAt' }, unit: 'iso' },
    },
    secrets: { webhookUser: 'postmark', webhookPassword: 'pass:word ü' },
    delivery: { body: '{"RecordType":"Bounce","MessageID":"m-1","ID":42,"BouncedAt":"2026-11-23T12:00:00Z"}' },
    expected: { eventId: 'Bounce:m-1:42', eventType: 'Bounce', occurredAt: SENT_AT },
  },
  {
    vendor: 'powens',
    contract: {
      verification: {
        scheme: 'signature',
        algorithm: 'hmac-sha256',
        signature: { header: 'BI-Signature', encoding: 'base64' },
        signed: '{method}.{path}.{timestamp}.{body}',
        key: { secretField: 'secretKey' },
        timestamp: { from: { header: 'BI-Signature-Date' }, unit: 'iso' },
      },
      eventId: [{ pointer: '/id_webhook_data' }],
      occurredAt: { value: { header: 'BI-Signature-Date' }, unit: 'iso' },
    },
    secrets: { secretKey: 'powens-secret-key' },
    delivery: { url: 'https://hooks.example.com/hooks/powens', body: '{"id_webhook_data":7,"user":{"id":1}}' },
    expected: { eventId: '7', occurredAt: SENT_AT },
  },
  {
    vendor: 'resend',
    contract: { ...svix, occurredAt: { value: { pointer: '/created_at' }, unit: 'iso' } },
    secrets: { signingSecret: WHSEC },
    delivery: { id: 'msg_4', body: '{"type":"email.delivered","created_at":"2026-11-23T12:00:00.000Z","data":{}}' },
    expected: { eventId: 'msg_4', eventType: 'email.delivered', occurredAt: SENT_AT },
  },
  {
    vendor: 'stripe',
    contract: {
      verification: overBody('Stripe-Signature', {
        signature: { header: 'Stripe-Signature', items: { separator: ',', assign: '=', name: 'v1' }, encoding: 'hex' },
        signed: '{timestamp}.{body}',
        timestamp: { from: { item: 't' }, unit: 'seconds' },
      }),
      eventId: [{ pointer: '/id' }],
      eventType: [{ pointer: '/type' }],
      occurredAt: { value: { pointer: '/created' }, unit: 'seconds' },
    },
    // Used as it is, prefix included.
    secrets: { signingSecret: ['whsec_current', 'whsec_before'] },
    delivery: { body: `{"id":"evt_1","object":"event","type":"invoice.paid","created":${SECONDS}}` },
    expected: { eventId: 'evt_1', eventType: 'invoice.paid', occurredAt: SENT_AT },
  },
  {
    vendor: 'twilio-sms',
    contract: { verification: twilio, eventId: [{ pointer: '/Sid' }] },
    secrets: twilioSecrets,
    delivery: { url: 'https://hooks.example.com/twilio/json', headers: JSON_TYPE, body: '{"Sid":"EV1"}' },
    expected: { eventId: 'EV1' },
  },
  {
    vendor: 'whoop',
    contract: {
      verification: overBody('X-WHOOP-Signature', {
        signature: { header: 'X-WHOOP-Signature', encoding: 'base64' },
        signed: '{timestamp}{body}',
        key: { secretField: 'clientSecret' },
        timestamp: { from: { header: 'X-WHOOP-Signature-Timestamp' }, unit: 'ms' },
      }),
      eventId: [{ pointer: '/trace_id' }, { pointer: '/type' }, { pointer: '/id' }],
      eventType: [{ pointer: '/type' }],
    },
    secrets: { clientSecret: 'whoop-client-secret' },
    delivery: { body: '{"user_id":10129,"id":"550e8400","type":"sleep.updated","trace_id":"t-1"}' },
    expected: { eventId: 't-1:sleep.updated:550e8400', eventType: 'sleep.updated', occurredAt: SENT_AT },
  },
  {
    vendor: 'whoop (partners)',
    contract: { verification: overBody('WHOOP-Signed') },
    secrets: { signingSecret: 'partner-secret' },
    delivery: { body: '{"partner":true}' },
    expected: {},
  },
];

/** Vendors of the catalogue that send signed or marked deliveries which a contract cannot describe. */
export const INEXPRESSIBLE: readonly string[] = [];
