import { requestCredentials } from '@mortise/auth';
import { IntegrationSpecRegistry, isRequestAuthType, type IntegrationSpec } from '@mortise/core';
import { validateAgainstSchema } from '@mortise/core/schema';
import { checkShippedSpec } from '@mortise/core/testing';
import { signWebhook, verifyWebhook } from '@mortise/webhooks';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyticsIntegrationSpecs, posthogIntegrationSpec, registerPosthogIntegration } from './index.ts';

/** Day on which the sources were last looked at as a whole; moved on with each review, never taken from the clock. */
const REVIEWED_ON = '2026-11-25';

/** Names that existing connections use. */
const KEPT_NAMES: Readonly<Record<string, { config: readonly string[]; secret: readonly string[] }>> = {
  'analytics.posthog': { config: ['host', 'projectId', 'mcpUrl'], secret: ['personalApiKey', 'projectApiKey'] },
};

const KEPT_CAPABILITIES = [
  'analytics.events',
  'analytics.feature-flags',
  'analytics.query',
  'analytics.events.read',
  'analytics.persons',
  'analytics.insights',
  'analytics.cohorts',
  'analytics.annotations',
  'analytics.llm-tracing',
  'analytics.llm-evaluations',
];

/** The example secrets, which are all text. */
function exampleSecrets(spec: IntegrationSpec): Record<string, string> {
  return Object.fromEntries(
    Object.entries(spec.secretSchema.example ?? {}).map(([name, value]) => [name, String(value)]),
  );
}

const specFiles = readdirSync(import.meta.dirname).filter(
  (file) => !/^(index|analytics-integration-specs)\b|\.test\.ts$/.test(file),
);

it('lists one spec for each file of the folder', () => {
  const files = analyticsIntegrationSpecs.map((spec) => `${spec.meta.key.split('.').at(-1)}.ts`);
  expect(files.sort()).toEqual(specFiles.sort());
});

describe.each(analyticsIntegrationSpecs.map((spec) => [spec.meta.key, spec] as const))('%s', (key, spec) => {
  it('is ready to be shipped', () => {
    expect(checkShippedSpec(spec, { reviewedOn: REVIEWED_ON })).toEqual([]);
  });

  it('keeps the names that existing connections use', () => {
    for (const name of KEPT_NAMES[key]?.config ?? []) {
      expect(spec.configSchema.schema).toHaveProperty(['properties', name]);
    }
    for (const name of KEPT_NAMES[key]?.secret ?? []) {
      expect(spec.secretSchema.schema).toHaveProperty(['properties', name]);
    }
  });

  it('makes credentials of its secrets by every method that it declares for requests', () => {
    const methods = (spec.supportedAuthMethods ?? []).filter(({ type }) => isRequestAuthType(type));
    const made = methods.map((method) => requestCredentials(method, { secrets: exampleSecrets(spec) }));
    expect(made).toEqual(methods.map(() => ({ headers: { Authorization: 'Bearer phx_placeholder' }, query: {} })));
    expect(made).toHaveLength(2);
  });
});

describe('the PostHog spec', () => {
  it('is registered as it is, once, with its version', () => {
    const registry = new IntegrationSpecRegistry();
    expect(registerPosthogIntegration(registry)).toBe(registry);
    expect(registry.get('analytics.posthog', '1.1.0')).toBe(posthogIntegrationSpec);
    expect(() => registerPosthogIntegration(registry)).toThrow(/analytics\.posthog/);
  });

  it('keeps its capabilities and requires the personal key', () => {
    expect(posthogIntegrationSpec.capabilities.provides.map((capability) => capability.key)).toEqual(KEPT_CAPABILITIES);
    expect(posthogIntegrationSpec.secretSchema.schema).toMatchObject({ required: ['personalApiKey'] });
    expect(posthogIntegrationSpec.supportedModes).toEqual(['managed', 'byok']);
  });

  it.each([
    [{ personalApiKey: 'phc_token' }, false],
    [{ projectApiKey: 'phc_token' }, false],
    [{ personalApiKey: 'phx_key', projectApiKey: 'phx_key' }, false],
    [{ personalApiKey: 'phx_key', projectApiKey: 'phc_token' }, true],
  ])('tells kinds of keys apart: %j', (secret, isValid) => {
    expect(validateAgainstSchema<unknown>(posthogIntegrationSpec.secretSchema.schema, secret).valid).toBe(isValid);
  });

  it.each([
    [{ region: 'eu' }, true],
    [{ host: 'https://posthog.example.com' }, true],
    [{ host: 'https://posthog.example.com/evil?x' }, false],
    [{ host: 'http://posthog.example.com' }, false],
    [{ projectId: '12a' }, false],
    [{ region: 'us.evil.example.com/' }, false],
  ])('takes the configuration %j: %s', (config, isValid) => {
    expect(validateAgainstSchema<unknown>(posthogIntegrationSpec.configSchema.schema, config).valid).toBe(isValid);
  });

  it('accepts deliveries with the shared value alone', async () => {
    const [contract] = posthogIntegrationSpec.webhooks ?? [];
    if (contract === undefined) throw new Error('no contract');
    const secrets = exampleSecrets(posthogIntegrationSpec);
    const sent = await signWebhook(contract, { body: '{}' }, secrets);
    expect(sent.headers).toEqual({ 'x-webhook-secret': 'webhook-secret-placeholder' });
    expect(await verifyWebhook(contract, sent, secrets)).toMatchObject({ ok: true });
    const forged = { ...sent, headers: { 'x-webhook-secret': 'guess' } };
    expect(await verifyWebhook(contract, forged, secrets)).toMatchObject({ ok: false, reason: 'no_match' });
    expect(await verifyWebhook(contract, { ...sent, headers: {} }, {})).toMatchObject({ ok: false });
  });
});
