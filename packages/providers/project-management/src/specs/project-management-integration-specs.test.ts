import { requestCredentials } from '@mortise/auth';
import { IntegrationSpecRegistry, isRequestAuthType, supportsTransport } from '@mortise/core';
import { checkShippedSpec } from '@mortise/core/testing';
import { validateAgainstSchema } from '@mortise/core/schema';
import { answerHandshake, signWebhook, verifyWebhook, type WebhookSource } from '@mortise/webhooks';
import { createHmac } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  jiraIntegrationSpec,
  linearIntegrationSpec,
  notionIntegrationSpec,
  projectManagementIntegrationSpecs,
  registerJiraIntegration,
  registerLinearIntegration,
  registerNotionIntegration,
} from './index.ts';

/** Day on which the sources were last looked at as a whole; moved on with each review, never taken from the clock. */
const REVIEWED_ON = '2026-11-25';

/** Names that existing connections use. */
const KEPT_NAMES: Readonly<Record<string, { config: readonly string[]; secret: readonly string[] }>> = {
  'project-management.linear': {
    config: ['teamId', 'projectId', 'stateId', 'assigneeId', 'labelIds', 'tagLabelMap'],
    secret: ['apiKey'],
  },
  'project-management.jira': {
    config: ['siteUrl', 'projectKey', 'issueType', 'defaultLabels', 'issueTypeMap'],
    secret: ['email', 'apiToken'],
  },
  'project-management.notion': {
    config: [
      'databaseId',
      'summaryParentPageId',
      'titleProperty',
      'statusProperty',
      'priorityProperty',
      'tagsProperty',
      'dueDateProperty',
      'descriptionProperty',
    ],
    secret: ['apiKey'],
  },
};

const OAUTH_SECRETS = { accessToken: 'oauth-token', clientId: 'client-id', clientSecret: 'client-secret' };

/** The header that each request method makes of the example secrets. */
const AUTHORIZATION: Readonly<Record<string, readonly string[]>> = {
  // Linear wants its API keys bare.
  'project-management.linear': ['linear-api-key-placeholder', 'Bearer oauth-token'],
  'project-management.jira': [`Basic ${btoa('bot@example.com:api-token-placeholder')}`, 'Bearer oauth-token'],
  'project-management.notion': ['Bearer notion-token-placeholder', 'Bearer notion-token-placeholder'],
};

const specFiles = readdirSync(import.meta.dirname).filter(
  (file) => !/^(index|project-management-integration-specs)\b|\.test\.ts$/.test(file),
);

it('lists one spec for each file of the folder', () => {
  const files = projectManagementIntegrationSpecs.map((spec) => `${spec.meta.key.split('.').at(-1)}.ts`);
  expect(files.sort()).toEqual(specFiles.sort());
});

it('fits into one registry', () => {
  const registry = new IntegrationSpecRegistry(projectManagementIntegrationSpecs);
  expect(registry.list()).toEqual(projectManagementIntegrationSpecs);
});

it.each([
  [registerLinearIntegration, linearIntegrationSpec],
  [registerJiraIntegration, jiraIntegrationSpec],
  [registerNotionIntegration, notionIntegrationSpec],
])('%o registers its spec as it is, once', (register, spec) => {
  const registry = new IntegrationSpecRegistry();
  expect(register(registry)).toBe(registry);
  expect(registry.get(spec.meta.key, '1.0.0')).toBe(spec);
  expect(() => register(registry)).toThrow(new RegExp(spec.meta.key.replaceAll('.', '\\.')));
});

describe.each(projectManagementIntegrationSpecs.map((spec) => [spec.meta.key, spec] as const))('%s', (key, spec) => {
  it('is ready to be shipped', () => {
    expect(checkShippedSpec(spec, { reviewedOn: REVIEWED_ON })).toEqual([]);
  });

  it('is a project-management integration of both modes', () => {
    expect(key).toMatch(/^project-management\.[a-z0-9-]+$/);
    expect(spec.meta).toMatchObject({ category: 'project-management', owners: ['@platform.integrations'] });
    expect(spec.supportedModes).toEqual(['managed', 'byok']);
    expect(spec.capabilities.provides).toEqual([{ key: 'project-management.work-items', version: '1.0.0' }]);
  });

  it('keeps the names that existing connections use', () => {
    for (const name of KEPT_NAMES[key]?.config ?? ['?']) {
      expect(spec.configSchema.schema).toHaveProperty(['properties', name]);
    }
    for (const name of KEPT_NAMES[key]?.secret ?? ['?']) {
      expect(spec.secretSchema.schema).toHaveProperty(['properties', name]);
    }
  });

  it('takes either the secrets of a key or those of OAuth, and not none', () => {
    const { schema, example } = spec.secretSchema;
    expect(validateAgainstSchema<unknown>(schema, example).valid).toBe(true);
    expect(validateAgainstSchema<unknown>(schema, { clientId: 'id', clientSecret: 'secret' }).valid).toBe(true);
    expect(validateAgainstSchema<unknown>(schema, {}).valid).toBe(false);
  });

  it('makes credentials of its secrets by every method that it declares for requests', () => {
    const methods = (spec.supportedAuthMethods ?? []).filter(({ type }) => isRequestAuthType(type));
    const secrets = { ...OAUTH_SECRETS, ...spec.secretSchema.example };
    const made = methods.map((method) => requestCredentials(method, { secrets }).headers['Authorization']);
    expect(made).toEqual(AUTHORIZATION[key]);
  });

  it('says how a connection is checked, how deliveries are proven and how requests fail', () => {
    expect(spec.healthCheck?.request?.expect).toBeDefined();
    expect(spec.healthCheck?.request?.rules?.map(({ means }) => means)).toContain('bad_credential');
    expect(spec.webhooks).toHaveLength(1);
    expect(supportsTransport(spec.transports ?? [], 'webhook')).toBe(true);
    expect(supportsTransport(spec.transports ?? [], 'mcp')).toBe(true);
    expect(spec.transports?.[0]).toMatchObject({ type: 'rest', errors: { rules: expect.anything() } });
  });
});

const hmac = (secret: string, text: string): string => createHmac('sha256', secret).update(text).digest('hex');

describe('Linear signs the body, which holds the time', () => {
  const secrets = { webhookSecret: 'lin_wh_placeholder' };
  const SENT_AT = Date.UTC(2026, 10, 25, 12);
  const rawBody = JSON.stringify({
    type: 'Issue',
    action: 'update',
    createdAt: '2026-11-25T11:59:59.000Z',
    webhookTimestamp: SENT_AT,
  });
  const delivery: WebhookSource = {
    method: 'POST',
    headers: { 'linear-signature': hmac(secrets.webhookSecret, rawBody), 'linear-delivery': 'd-1' },
    rawBody,
  };

  it('accepts it for a minute', async () => {
    expect(
      await verifyWebhook(linearIntegrationSpec, delivery, secrets, { now: () => SENT_AT + 60_000 }),
    ).toMatchObject({ ok: true, eventId: 'd-1', eventType: 'Issue.update', occurredAt: '2026-11-25T11:59:59.000Z' });
    expect(
      await verifyWebhook(linearIntegrationSpec, delivery, secrets, { now: () => SENT_AT + 60_001 }),
    ).toMatchObject({ ok: false, reason: 'timestamp_out_of_tolerance' });
  });

  it('refuses another body', async () => {
    const changed = { ...delivery, rawBody: rawBody.replace('update', 'remove') };
    expect(await verifyWebhook(linearIntegrationSpec, changed, secrets, { now: () => SENT_AT })).toMatchObject({
      ok: false,
      reason: 'no_match',
    });
  });
});

describe('Jira proves a delivery in one of two ways', () => {
  const secrets = { webhookSecret: 'admin-secret', clientSecret: 'app-secret' };
  const rawBody = '{"timestamp":1795435200000,"webhookEvent":"jira:issue_updated"}';

  it('by a signature, where an administrator set a secret', async () => {
    const headers = {
      'x-hub-signature': `sha256=${hmac(secrets.webhookSecret, rawBody)}`,
      'x-atlassian-webhook-identifier': 'jira-1',
    };
    expect(await verifyWebhook(jiraIntegrationSpec, { method: 'POST', headers, rawBody }, secrets)).toMatchObject({
      ok: true,
      scheme: 'signature',
      eventId: 'jira-1',
      eventType: 'jira:issue_updated',
    });
    const changed = { method: 'POST', headers, rawBody: rawBody.replace('updated', 'deleted') };
    expect(await verifyWebhook(jiraIntegrationSpec, changed, secrets)).toMatchObject({ ok: false });
  });

  it('by a token, where the OAuth app registered it, signed with its client secret', async () => {
    const [contract] = jiraIntegrationSpec.webhooks ?? [];
    if (contract === undefined) throw new TypeError('Jira has no webhooks');
    const sent = await signWebhook(contract, { body: rawBody }, secrets, { verification: 1 });
    expect(await verifyWebhook(jiraIntegrationSpec, sent, secrets)).toMatchObject({ ok: true, scheme: 'jwt' });
    const other = { ...secrets, clientSecret: 'another' };
    expect(await verifyWebhook(jiraIntegrationSpec, sent, other)).toMatchObject({ ok: false });
  });
});

describe('Notion gives out its secret once and signs with it', () => {
  const token = 'verification-token-placeholder';
  const secrets = { webhookVerificationToken: token };
  const signed = (body: object) => {
    const rawBody = JSON.stringify(body);
    const headers = { 'x-notion-signature': `sha256=${hmac(token, rawBody)}`, 'content-type': 'application/json' };
    return { method: 'POST', headers, rawBody };
  };

  it('hands over the token to be kept, while there is none', async () => {
    const handshake = signed({ verification_token: token });
    expect(await answerHandshake(notionIntegrationSpec, handshake, {})).toMatchObject({
      accepted: true,
      response: { status: 200 },
      keep: { secretField: 'webhookVerificationToken', value: token },
    });
    const known = { webhookVerificationToken: 'another-one' };
    expect(await answerHandshake(notionIntegrationSpec, handshake, known)).toMatchObject({ accepted: false });
  });

  it('signs deliveries with it', async () => {
    const event = { id: 'e-1', type: 'page.created', timestamp: '2026-11-25T12:00:00.000Z' };
    expect(await verifyWebhook(notionIntegrationSpec, signed(event), secrets)).toMatchObject({
      ok: true,
      eventId: 'e-1',
      eventType: 'page.created',
      occurredAt: '2026-11-25T12:00:00.000Z',
    });
    const forged = { ...signed(event), rawBody: JSON.stringify({ ...event, type: 'page.deleted' }) };
    expect(await verifyWebhook(notionIntegrationSpec, forged, secrets)).toMatchObject({ ok: false });
  });
});
