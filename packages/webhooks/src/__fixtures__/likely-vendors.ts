import type { WebhookContract, WebhookVerification } from '@mortise/core';
import type { WebhookToSign } from '../sign/signing-context.ts';
import { overBody, SECONDS, SENT_AT, SENT_AT_MS, standard, type VendorWebhook, WHSEC } from './vendor-webhook.ts';

const [pubSubEmail, pubSubAudience] = ['pushServiceAccount', 'pushAudience'];

const pubSub: WebhookVerification = {
  scheme: 'jwt',
  algorithm: 'RS256',
  key: { keySetUrl: 'https://www.googleapis.com/oauth2/v3/certs', format: 'jwks', maxAgeMs: 3_600_000 },
  issuer: ['https://accounts.google.com', 'accounts.google.com'],
  audienceField: pubSubAudience,
  claimFields: { email: pubSubEmail },
  claims: { email_verified: true },
};
const pubSubConfig = {
  [pubSubEmail]: 'push@project.iam.gserviceaccount.com',
  [pubSubAudience]: 'https://hooks.example.com/pubsub',
};

const googleChannel: WebhookContract = {
  verification: { scheme: 'token', from: { header: 'X-Goog-Channel-Token' }, secretField: 'channelToken' },
  handshakes: [
    {
      method: 'POST',
      when: [{ value: { header: 'X-Goog-Resource-State' }, equals: 'sync' }],
      token: { value: { header: 'X-Goog-Channel-Token' }, secretField: 'channelToken' },
      answer: { status: 200 },
    },
  ],
  eventId: [{ header: 'X-Goog-Channel-ID' }, { header: 'X-Goog-Message-Number' }],
  eventType: [{ header: 'X-Goog-Resource-State' }],
};
const googleChannelDelivery: WebhookToSign = {
  headers: { 'X-Goog-Channel-ID': 'channel:1', 'X-Goog-Message-Number': '17', 'X-Goog-Resource-State': 'exists' },
  body: '',
};

const metaHandshake = {
  method: 'GET',
  when: [{ value: { query: 'hub.mode' }, equals: 'subscribe' }],
  token: { value: { query: 'hub.verify_token' }, secretField: 'verifyToken' },
} as const;

/** Facts that are likely: an older source, or one that is not the vendor's. */
export const LIKELY: readonly VendorWebhook[] = [
  ...['anthropic', 'google-gemini', 'openai-image'].map((vendor): VendorWebhook => ({
    vendor,
    contract: standard,
    secrets: { signingSecret: WHSEC },
    delivery: { id: 'msg_5', body: '{"type":"event"}' },
    expected: { eventId: 'msg_5', eventType: 'event', occurredAt: SENT_AT },
  })),
  {
    vendor: 'gmail',
    contract: { verification: pubSub, eventId: [{ pointer: '/message/messageId' }] },
    secrets: {},
    config: pubSubConfig,
    delivery: { body: '{"message":{"messageId":"136969346945","data":"e30="}}' },
    expected: { eventId: '136969346945' },
  },
  {
    vendor: 'gcs-storage',
    contract: {
      verification: pubSub,
      eventId: [{ pointer: '/message/messageId' }],
      eventType: [{ pointer: '/message/attributes/eventType' }],
      ack: { status: 204 },
    },
    secrets: {},
    config: pubSubConfig,
    delivery: { body: '{"message":{"messageId":"1","attributes":{"eventType":"OBJECT_FINALIZE"}}}' },
    expected: { eventId: '1', eventType: 'OBJECT_FINALIZE' },
  },
  ...['google-calendar', 'google-drive'].map((vendor): VendorWebhook => ({
    vendor,
    contract: googleChannel,
    secrets: { channelToken: 'tenant=1&token=x' },
    delivery: googleChannelDelivery,
    expected: { eventId: 'channel%3A1:17', eventType: 'exists' },
  })),
  {
    vendor: 'jira',
    // Either of two proofs, depending on how the webhook was registered.
    contract: {
      verification: [
        overBody('X-Hub-Signature', { prefix: 'sha256=' }),
        { scheme: 'jwt', algorithm: 'HS256', key: { secretField: 'clientSecret' } },
      ],
      eventId: [{ header: 'X-Atlassian-Webhook-Identifier' }],
      eventType: [{ pointer: '/webhookEvent' }],
      occurredAt: { value: { pointer: '/timestamp' }, unit: 'ms' },
    },
    secrets: { signingSecret: 'admin-secret', clientSecret: 'app-secret' },
    delivery: { id: 'jira-1', body: `{"timestamp":${SENT_AT_MS},"webhookEvent":"jira:issue_updated"}` },
    expected: { eventId: 'jira-1', eventType: 'jira:issue_updated', occurredAt: SENT_AT },
  },
  {
    vendor: 'messaging-slack',
    contract: {
      verification: overBody('X-Slack-Signature', {
        prefix: 'v0=',
        signed: 'v0:{timestamp}:{body}',
        timestamp: { from: { header: 'X-Slack-Request-Timestamp' }, unit: 'seconds' },
      }),
      handshakes: [
        {
          method: 'POST',
          when: [{ value: { pointer: '/type' }, equals: 'url_verification' }],
          signed: true,
          answer: { echo: { pointer: '/challenge' } },
        },
      ],
      eventId: [{ pointer: '/event_id' }],
      eventType: [{ pointer: '/event/type' }],
      occurredAt: { value: { pointer: '/event_time' }, unit: 'seconds' },
    },
    secrets: { signingSecret: '8f742231b10e8888abcd99yyyzzz85a5' },
    delivery: { body: `{"type":"event_callback","event_id":"Ev1","event_time":${SECONDS},"event":{"type":"message"}}` },
    expected: { eventId: 'Ev1', eventType: 'message', occurredAt: SENT_AT },
  },
  {
    vendor: 'messaging-whatsapp-meta',
    contract: {
      verification: overBody('X-Hub-Signature-256', { prefix: 'sha256=', key: { secretField: 'appSecret' } }),
      handshakes: [{ ...metaHandshake, answer: { refusedStatus: 403, echo: { query: 'hub.challenge' } } }],
    },
    secrets: { appSecret: 'app-secret', verifyToken: 'verify-me' },
    delivery: { body: '{"entry":[{"changes":[{"field":"messages"}]}],"text":"\\u00fc"}' },
    expected: {},
  },
  ...['posthog', 'supabase-postgres', 'supabase-vector', 'tldv'].map((vendor): VendorWebhook => ({
    vendor,
    contract: {
      verification: { scheme: 'token', from: { header: 'X-Webhook-Secret' }, secretField: 'webhookSecret' },
      eventType: [{ pointer: '/type' }],
    },
    secrets: { webhookSecret: 'typed into the console' },
    delivery: { body: '{"type":"INSERT"}' },
    expected: { eventType: 'INSERT' },
  })),
  {
    vendor: 'strava',
    contract: {
      verification: overBody('X-Strava-Signature', {
        signature: {
          header: 'X-Strava-Signature',
          items: { separator: ',', assign: '=', name: 'v1' },
          encoding: 'hex',
        },
        signed: '{timestamp}.{body}',
        key: { secretField: 'clientSecret' },
        timestamp: { from: { item: 't' }, unit: 'seconds' },
      }),
      handshakes: [{ ...metaHandshake, answer: { echo: { query: 'hub.challenge' }, echoAs: 'hub.challenge' } }],
      eventId: ['object_type', 'object_id', 'aspect_type', 'event_time', 'owner_id'].map((name) => ({
        pointer: `/${name}`,
      })),
      eventType: [{ pointer: '/object_type' }, { pointer: '/aspect_type' }],
      occurredAt: { value: { pointer: '/event_time' }, unit: 'seconds' },
    },
    secrets: { clientSecret: 'strava-client-secret', verifyToken: 'verify-me' },
    delivery: {
      body: `{"object_type":"activity","object_id":1,"aspect_type":"create","event_time":${SECONDS},"owner_id":2}`,
    },
    expected: { eventId: `activity:1:create:${SECONDS}:2`, eventType: 'activity.create', occurredAt: SENT_AT },
  },
];
