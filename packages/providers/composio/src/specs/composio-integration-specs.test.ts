import { requestCredentials } from '@mortise/auth';
import { IntegrationSpecRegistry, isRequestAuthType, supportsTransport } from '@mortise/core';
import { validateAgainstSchema } from '@mortise/core/schema';
import { checkShippedSpec } from '@mortise/core/testing';
import { signWebhook, verifyWebhook } from '@mortise/webhooks';
import { tamperWebhook } from '@mortise/webhooks/testing';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { composioIntegrationSpec, composioIntegrationSpecs, registerComposioIntegration } from './index.ts';

/** Day on which the sources were last looked at as a whole; moved on with each review, never taken from the clock. */
const REVIEWED_ON = '2026-11-25';

/** Names that existing connections use. */
const KEPT_NAMES = { config: ['baseUrl', 'preferredTransport', 'toolkits'], secret: ['apiKey'] };

const specFiles = readdirSync(import.meta.dirname).filter(
  (file) => !/^(index|composio-integration-specs)\b|\.test\.ts$/.test(file),
);

it('lists one spec for each file of the folder', () => {
  const files = composioIntegrationSpecs.map((spec) => `${spec.meta.key.split('.').at(-1)}.ts`);
  expect(files.sort()).toEqual(specFiles.sort());
});

describe('the Composio spec', () => {
  const secrets = { apiKey: 'composio-api-key-placeholder', webhookSecret: 'webhook-secret-placeholder' };

  it('is ready to be shipped', () => {
    expect(checkShippedSpec(composioIntegrationSpec, { reviewedOn: REVIEWED_ON })).toEqual([]);
  });

  it('is registered as it is, once', () => {
    const registry = new IntegrationSpecRegistry();
    expect(registerComposioIntegration(registry)).toBe(registry);
    expect(registry.get('fallback.composio', '1.0.0')).toBe(composioIntegrationSpec);
    expect(() => registerComposioIntegration(registry)).toThrow(/fallback\.composio/);
  });

  it('keeps the names that existing connections and slots use', () => {
    const { configSchema, secretSchema, capabilities, meta, supportedModes } = composioIntegrationSpec;
    for (const name of KEPT_NAMES.config) expect(configSchema.schema).toHaveProperty(['properties', name]);
    for (const name of KEPT_NAMES.secret) expect(secretSchema.schema).toHaveProperty(['properties', name]);
    expect(secretSchema.schema).toMatchObject({ required: ['apiKey'] });
    expect(capabilities.provides).toEqual([{ key: 'integration.fallback', version: '1.0.0' }]);
    expect(meta).toMatchObject({
      category: 'custom',
      domain: 'platform',
      tags: ['composio', 'fallback', 'mcp', 'universal'],
    });
    expect(supportedModes).toEqual(['managed', 'byok']);
    expect(composioIntegrationSpec.preferredTransport).toBe('mcp');
    expect(supportsTransport(composioIntegrationSpec.transports ?? [], 'sdk')).toBe(true);
  });

  it('sends the key bare in its own header, by every method for requests', () => {
    expect(composioIntegrationSpec.secretSchema.example).toEqual(secrets);
    const methods = (composioIntegrationSpec.supportedAuthMethods ?? []).filter(({ type }) => isRequestAuthType(type));
    expect(methods.map((method) => requestCredentials(method, { secrets }))).toEqual([
      { headers: { 'x-api-key': 'composio-api-key-placeholder' }, query: {} },
    ]);
  });

  it.each([
    [{ toolkitVersions: { slack: '20250902_00' } }, true],
    [{ toolkitVersions: { slack: 'latest' } }, true],
    [{ toolkitVersions: { slack: '1.0' } }, false],
    [{ toolkits: ['GitHub'] }, false],
    [{ authConfigIds: { github: 'ca_wrong' } }, false],
    [{ baseUrl: 'http://backend.composio.dev' }, false],
    [{ preferredTransport: 'rest' }, false],
  ])('takes the configuration %j: %s', (config, isValid) => {
    expect(validateAgainstSchema<unknown>(composioIntegrationSpec.configSchema.schema, config).valid).toBe(isValid);
  });

  it('verifies deliveries with the secret as text, even where it looks encoded', async () => {
    const [contract] = composioIntegrationSpec.webhooks ?? [];
    if (contract === undefined) throw new Error('no contract');
    const timestampMs = Date.parse('2026-11-25T10:00:00Z');
    const now = () => timestampMs;
    const body = JSON.stringify({ id: 'msg_1', type: 'composio.trigger.message', timestamp: '2026-11-25T10:00:00Z' });
    for (const webhookSecret of ['plain', 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA']) {
      const sent = await signWebhook(contract, { body, id: 'msg_1', timestampMs }, { webhookSecret }, { now });
      // As the vendor's own code does it: the text of the secret is the key.
      const key = await crypto.subtle.importKey(
        'raw',
        new TextEncoder().encode(webhookSecret),
        { name: 'HMAC', hash: 'SHA-256' },
        false,
        ['sign'],
      );
      const signed = new TextEncoder().encode(`msg_1.${timestampMs / 1000}.${body}`);
      const digest = new Uint8Array(await crypto.subtle.sign('HMAC', key, signed));
      expect(sent.headers['webhook-signature']).toBe(`v1,${btoa(String.fromCodePoint(...digest))}`);
      expect(await verifyWebhook(contract, sent, { webhookSecret }, { now })).toMatchObject({
        ok: true,
        eventId: 'msg_1',
        eventType: 'composio.trigger.message',
        occurredAt: '2026-11-25T10:00:00.000Z',
      });
      for (const { request, what } of tamperWebhook(contract, sent)) {
        expect([what, (await verifyWebhook(contract, request, { webhookSecret }, { now })).ok]).toEqual([what, false]);
      }
    }
  });

  it('takes a run that failed behind a 200 for a failure', () => {
    const rest = composioIntegrationSpec.transports?.find(({ type }) => type === 'rest');
    expect(rest).toMatchObject({
      errors: { failures: [{ status: 200, body: [{ pointer: '/successful', equals: false }] }] },
    });
  });
});
