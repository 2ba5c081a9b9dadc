import { requestCredentials } from '@mortise/auth';
import {
  findAllTransportConfigs,
  type IntegrationSpec,
  IntegrationSpecRegistry,
  isRequestAuthType,
  supportsTransport,
} from '@mortise/core';
import { validateAgainstSchema } from '@mortise/core/schema';
import { checkShippedSpec } from '@mortise/core/testing';
import { signWebhook, verifyWebhook } from '@mortise/webhooks';
import { tamperWebhook } from '@mortise/webhooks/testing';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  falImageIntegrationSpec,
  imageIntegrationSpecs,
  openaiImageIntegrationSpec,
  registerFalImageIntegration,
  registerOpenaiImageIntegration,
} from './index.ts';

/** Day on which the sources were last looked at as a whole; moved on with each review, never taken from the clock. */
const REVIEWED_ON = '2026-11-25';

interface Kept {
  readonly file: string;
  readonly modes: readonly string[];
  readonly config: readonly string[];
  readonly headers: readonly Record<string, string>[];
}

const FAL_KEY = '00000000-0000-4000-8000-000000000000:00000000000000000000000000000000';

/** What existing connections use, and what each request method makes of the example secrets. */
const KEPT_NAMES: Readonly<Record<string, Kept>> = {
  'ai-image.openai': {
    file: 'openai-image.ts',
    modes: ['managed', 'byok'],
    config: ['model', 'defaultSize', 'defaultQuality'],
    headers: [
      { Authorization: 'Bearer sk-proj-placeholder-placeholder' },
      { Authorization: 'Bearer sk-proj-placeholder-placeholder' },
    ],
  },
  'ai-image.fal': {
    file: 'fal-image.ts',
    modes: ['byok'],
    config: ['modelId', 'defaultFormat', 'defaultGuidanceScale'],
    headers: [{ Authorization: `Key ${FAL_KEY}` }, { Authorization: `Bearer ${FAL_KEY}` }],
  },
};

const REGISTRATIONS = [
  ['ai-image.openai', registerOpenaiImageIntegration, openaiImageIntegrationSpec],
  ['ai-image.fal', registerFalImageIntegration, falImageIntegrationSpec],
] as const;

const specFiles = readdirSync(import.meta.dirname).filter(
  (file) => !/^(index|image-integration-specs)\b|\.test\.ts$/.test(file),
);

function exampleSecrets(spec: IntegrationSpec): Record<string, string> {
  return Object.fromEntries(
    Object.entries(spec.secretSchema.example ?? {}).map(([name, value]) => [name, String(value)]),
  );
}

it('lists one spec for each file of the folder', () => {
  expect(imageIntegrationSpecs.map((spec) => KEPT_NAMES[spec.meta.key]?.file).sort()).toEqual(specFiles.sort());
});

it('fits into one registry', () => {
  expect(new IntegrationSpecRegistry(imageIntegrationSpecs).list()).toEqual(imageIntegrationSpecs);
});

it.each(REGISTRATIONS)('%s is registered as it is, once', (key, register, spec) => {
  const registry = new IntegrationSpecRegistry();
  expect(register(registry)).toBe(registry);
  expect(registry.get(key, '1.0.0')).toBe(spec);
  expect(() => register(registry)).toThrow(key);
});

describe.each(imageIntegrationSpecs.map((spec) => [spec.meta.key, spec] as const))('%s', (key, spec) => {
  it('is ready to be shipped', () => {
    expect(checkShippedSpec(spec, { reviewedOn: REVIEWED_ON })).toEqual([]);
  });

  it('keeps the names that existing connections and slots use', () => {
    const kept = KEPT_NAMES[key];
    for (const name of kept?.config ?? []) expect(spec.configSchema.schema).toHaveProperty(['properties', name]);
    expect(spec.secretSchema.schema).toMatchObject({ required: ['apiKey'] });
    expect(spec.meta).toMatchObject({ category: 'ai-image', domain: 'ai', owners: ['platform.ai'] });
    expect(spec.supportedModes).toEqual(kept?.modes);
    expect(spec.capabilities.provides).toEqual([{ key: 'ai.image.generation', version: '1.0.0' }]);
  });

  it('makes credentials of its secrets by every method that it declares for requests', () => {
    const methods = (spec.supportedAuthMethods ?? []).filter(({ type }) => isRequestAuthType(type));
    const made = methods.map((method) => requestCredentials(method, { secrets: exampleSecrets(spec) }));
    expect(made).toEqual(KEPT_NAMES[key]?.headers.map((headers) => ({ headers, query: {} })));
  });

  it('covers each mode by its manifest', () => {
    expect(new Set(Object.keys(spec.credentialManifest?.modes ?? {}))).toEqual(new Set(spec.supportedModes));
  });

  it.each([[{}], [{ apiKey: '' }], [{ apiKey: 'two words: of text' }]])('refuses the secret %j', (secret) => {
    expect(validateAgainstSchema<unknown>(spec.secretSchema.schema, secret).valid).toBe(false);
  });

  it('states no limits: they depend on the account', () => expect(spec.constraints).toBeUndefined());

  it('prefers REST, and probes with a free request', () => {
    expect(supportsTransport(spec.transports ?? [], spec.preferredTransport ?? 'mcp')).toBe(true);
    expect(spec.preferredTransport).toBe('rest');
    expect(spec.healthCheck?.request?.rules?.[0]).toEqual({ when: { status: 401 }, means: 'bad_credential' });
  });
});

describe('the OpenAI spec', () => {
  const isConfig = (config: unknown) =>
    validateAgainstSchema<unknown>(openaiImageIntegrationSpec.configSchema.schema, config).valid;

  it.each([['auto'], ['1024x1024'], ['1024x1792'], ['3840x2160']])('takes the size %s', (defaultSize) => {
    expect(isConfig({ defaultSize })).toBe(true);
  });

  it.each([['1024'], ['0x100'], ['1024x1024x3'], ['']])('refuses the size %j', (defaultSize) => {
    expect(isConfig({ defaultSize })).toBe(false);
  });

  it('no longer knows the qualities of retired models', () => {
    expect(isConfig({ defaultQuality: 'high' })).toBe(true);
    expect(isConfig({ defaultQuality: 'hd' })).toBe(false);
  });

  it('reads waits in milliseconds and limits in durations', () => {
    const [rest] = findAllTransportConfigs(openaiImageIntegrationSpec.transports ?? [], 'rest');
    expect(rest?.retryAfter).toEqual([{ header: 'retry-after-ms', format: 'delta-ms' }]);
    expect(rest?.rateLimits?.map(({ resetFormat }) => resetFormat)).toEqual(['duration', 'duration']);
  });
});

/** Typed wider than its value: the compiler knows no pair of keys by this name. */
const ED25519: { readonly name: string } = { name: 'Ed25519' };

it('deliveries of fal pass with the own user id only, and unaltered', async () => {
  const timestampMs = Date.parse('2026-11-25T10:00:00Z');
  const now = () => timestampMs;
  const pair = await crypto.subtle.generateKey(ED25519, true, ['sign', 'verify']);
  if (!('publicKey' in pair)) throw new TypeError('expected a pair of keys');
  const jwk = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const keySets = { get: () => Promise.resolve({ keys: [{ ...jwk, kid: 'one', use: 'sig' }] }) };
  const [contract] = falImageIntegrationSpec.webhooks ?? [];
  if (contract === undefined) throw new TypeError('the spec has no webhooks');
  const headers = { 'X-Fal-Webhook-Request-Id': 'req-1', 'X-Fal-Webhook-User-Id': 'user-1' };
  const own = { webhookUserId: 'user-1' };
  const delivery = { headers, body: '{"request_id":"req-1","status":"ERROR"}', timestampMs };
  const sent = await signWebhook(contract, delivery, own, { now, privateKey: pair.privateKey, keyId: 'one' });
  const verify = (request: typeof sent, secrets: Record<string, string>) =>
    verifyWebhook(falImageIntegrationSpec, request, secrets, { now, keySets });
  expect(await verify(sent, own)).toMatchObject({ ok: true, eventType: 'ERROR' });
  expect(await verify(sent, { webhookUserId: 'somebody-else' })).toMatchObject({ ok: false });
  for (const { request, what } of tamperWebhook(contract, sent)) {
    expect([what, (await verify(request, own)).ok]).toEqual([what, false]);
  }
});
