import { requestCredentials } from '@mortise/auth';
import { IntegrationSpecRegistry, isRequestAuthType, supportsTransport } from '@mortise/core';
import { checkShippedSpec } from '@mortise/core/testing';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  messagingIntegrationSpecs,
  messagingGithubIntegrationSpec,
  messagingSlackIntegrationSpec,
  messagingTelegramIntegrationSpec,
  messagingWhatsappMetaIntegrationSpec,
  messagingWhatsappTwilioIntegrationSpec,
  registerMessagingGithubIntegration,
  registerMessagingSlackIntegration,
  registerMessagingTelegramIntegration,
  registerMessagingWhatsappMetaIntegration,
  registerMessagingWhatsappTwilioIntegration,
} from './index.ts';

/** Day on which the sources were last looked at as a whole; moved on with each review, never taken from the clock. */
const REVIEWED_ON = '2026-11-25';

interface KeptNames {
  readonly provides: readonly string[];
  readonly config: readonly string[];
  readonly secret: readonly string[];
  readonly required: readonly string[];
}

/** Names that existing connections and bindings use. */
const KEPT_NAMES: Readonly<Record<string, KeptNames>> = {
  'messaging.slack': {
    provides: ['messaging.inbound', 'messaging.outbound', 'messaging.interactions'],
    config: ['defaultChannelId', 'allowUserMentions'],
    secret: ['botToken', 'signingSecret', 'appToken'],
    required: ['botToken', 'signingSecret'],
  },
  'messaging.github': {
    provides: ['messaging.inbound', 'messaging.outbound'],
    config: ['defaultOwner', 'defaultRepo', 'apiBaseUrl'],
    secret: ['token', 'webhookSecret'],
    required: ['token', 'webhookSecret'],
  },
  'messaging.telegram': {
    provides: ['messaging.inbound', 'messaging.outbound'],
    config: ['defaultChatId', 'apiBaseUrl'],
    secret: ['botToken', 'secretToken'],
    required: ['botToken', 'secretToken'],
  },
  'messaging.whatsapp.meta': {
    provides: ['messaging.inbound', 'messaging.outbound'],
    config: ['phoneNumberId', 'apiVersion'],
    secret: ['accessToken', 'appSecret', 'verifyToken'],
    required: ['accessToken', 'appSecret', 'verifyToken'],
  },
  'messaging.whatsapp.twilio': {
    provides: ['messaging.inbound', 'messaging.outbound'],
    config: ['fromNumber'],
    secret: ['accountSid', 'authToken'],
    required: ['accountSid', 'authToken'],
  },
};

/** One value for every secret field that a method may read, beside the example. */
const MORE_SECRETS = {
  clientId: 'client-id',
  clientSecret: 'client-secret',
  refreshToken: 'refresh-token',
  apiKeySid: 'SK00000000000000000000000000000000',
  apiKeySecret: 'api-key-secret',
  accessToken: 'access-token-placeholder',
};

/** The header or path that each request method makes of the example secrets. */
const CREDENTIALS: Readonly<Record<string, readonly object[]>> = {
  'messaging.slack': [
    { headers: { Authorization: 'Bearer xoxb-placeholder' } },
    { headers: { Authorization: 'Bearer xoxb-placeholder' } },
  ],
  'messaging.github': [
    { headers: { Authorization: 'Bearer github-token-placeholder' } },
    { headers: { Authorization: 'Bearer github-token-placeholder' } },
    { headers: { Authorization: 'Bearer installation-token' } },
  ],
  'messaging.telegram': [{ headers: {}, path: { token: '123456789:placeholder-token' } }],
  'messaging.whatsapp.meta': [{ headers: { Authorization: 'Bearer access-token-placeholder' } }],
  'messaging.whatsapp.twilio': [
    { headers: { Authorization: `Basic ${btoa('AC00000000000000000000000000000000:auth-token-placeholder')}` } },
    { headers: { Authorization: `Basic ${btoa('SK00000000000000000000000000000000:api-key-secret')}` } },
    { headers: { Authorization: 'Bearer access-token-placeholder' } },
  ],
};

const REGISTRATIONS = [
  [registerMessagingSlackIntegration, messagingSlackIntegrationSpec],
  [registerMessagingGithubIntegration, messagingGithubIntegrationSpec],
  [registerMessagingTelegramIntegration, messagingTelegramIntegrationSpec],
  [registerMessagingWhatsappMetaIntegration, messagingWhatsappMetaIntegrationSpec],
  [registerMessagingWhatsappTwilioIntegration, messagingWhatsappTwilioIntegrationSpec],
] as const;

const specFiles = readdirSync(import.meta.dirname).filter(
  (file) => !/^(index|messaging-integration-specs)\b|\.test\.ts$/.test(file),
);

it('lists one spec for each file of the folder', () => {
  const files = messagingIntegrationSpecs.map((spec) => `${spec.meta.key.replaceAll('.', '-')}.ts`);
  expect(files.sort()).toEqual(specFiles.sort());
});

it('fits into one registry', () => {
  const registry = new IntegrationSpecRegistry(messagingIntegrationSpecs);
  expect(registry.list()).toEqual(messagingIntegrationSpecs);
});

it.each(REGISTRATIONS)('%o registers its spec as it is, once', (register, spec) => {
  const registry = new IntegrationSpecRegistry();
  expect(register(registry)).toBe(registry);
  expect(registry.get(spec.meta.key, '1.0.0')).toBe(spec);
  expect(() => register(registry)).toThrow(new RegExp(spec.meta.key.replaceAll('.', '\\.')));
});

describe.each(messagingIntegrationSpecs.map((spec) => [spec.meta.key, spec] as const))('%s', (key, spec) => {
  it('is ready to be shipped', () => {
    expect(checkShippedSpec(spec, { reviewedOn: REVIEWED_ON })).toEqual([]);
  });

  it('is a messaging integration of both modes', () => {
    expect(key).toMatch(/^messaging\.[a-z0-9.-]+$/);
    expect(spec.meta).toMatchObject({ category: 'messaging', stability: 'beta', owners: ['platform.messaging'] });
    expect(spec.supportedModes).toEqual(['managed', 'byok']);
  });

  it('keeps the names that existing connections use', () => {
    const kept = KEPT_NAMES[key];
    expect(spec.capabilities.provides.map((capability) => capability.key)).toEqual(kept?.provides);
    for (const name of kept?.config ?? []) expect(spec.configSchema.schema).toHaveProperty(['properties', name]);
    for (const name of kept?.secret ?? []) expect(spec.secretSchema.schema).toHaveProperty(['properties', name]);
    expect(spec.secretSchema.schema).toMatchObject({ required: kept?.required });
  });

  it('makes credentials of its secrets by every method that it declares for requests', () => {
    const methods = (spec.supportedAuthMethods ?? []).filter(({ type }) => isRequestAuthType(type));
    const secrets = { ...spec.secretSchema.example, ...MORE_SECRETS };
    const made = methods.map((method) =>
      requestCredentials(method, {
        secrets,
        ...(method.type === 'service-account' ? { token: { accessToken: 'installation-token' } } : {}),
      }),
    );
    expect(made).toEqual((CREDENTIALS[key] ?? []).map((credentials) => ({ query: {}, ...credentials })));
  });

  it('says how a connection is checked, how deliveries are proven and how requests fail', () => {
    expect(spec.healthCheck?.request?.expect).toBeDefined();
    expect(spec.healthCheck?.request?.rules?.map(({ means }) => means)).toContain('bad_credential');
    expect(spec.webhooks).toHaveLength(1);
    expect(supportsTransport(spec.transports ?? [], 'webhook')).toBe(true);
    expect(spec.transports?.[0]).toMatchObject({ type: 'rest', errors: { rules: expect.anything() } });
    expect(spec.preferredTransport).toBe('rest');
  });
});
