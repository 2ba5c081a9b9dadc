import { requestCredentials } from '@mortise/auth';
import {
  type IntegrationSpec,
  IntegrationSpecRegistry,
  isRequestAuthType,
  supportsTransport,
  validateCredentials,
} from '@mortise/core';
import { validateAgainstSchema } from '@mortise/core/schema';
import { checkShippedSpec } from '@mortise/core/testing';
import { signWebhook, verifyWebhook } from '@mortise/webhooks';
import { tamperWebhook } from '@mortise/webhooks/testing';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  fathomIntegrationSpec,
  firefliesIntegrationSpec,
  granolaIntegrationSpec,
  meetingRecorderIntegrationSpecs,
  registerFathomIntegration,
  registerFirefliesIntegration,
  registerGranolaIntegration,
  registerTldvIntegration,
  tldvIntegrationSpec,
} from './index.ts';

/** Day on which the sources were last looked at as a whole; moved on with each review, never taken from the clock. */
const REVIEWED_ON = '2026-11-25';

/** Names that existing connections use. */
const KEPT_NAMES: Readonly<
  Record<string, { config: readonly string[]; secret: readonly string[]; provides: readonly string[] }>
> = {
  'meeting-recorder.granola': {
    config: ['baseUrl', 'transport', 'mcpUrl', 'mcpHeaders', 'pageSize'],
    secret: ['apiKey', 'mcpAccessToken'],
    provides: ['meeting-recorder.meetings.read', 'meeting-recorder.transcripts.read'],
  },
  'meeting-recorder.tldv': {
    config: ['baseUrl', 'webhookUrl', 'webhookEvents', 'webhookScope'],
    secret: ['apiKey', 'webhookSecret'],
    provides: ['meeting-recorder.meetings.read', 'meeting-recorder.transcripts.read', 'meeting-recorder.webhooks'],
  },
  'meeting-recorder.fireflies': {
    config: ['baseUrl', 'webhookUrl', 'webhookEvents', 'transcriptsPageSize'],
    secret: ['apiKey', 'webhookSecret'],
    provides: ['meeting-recorder.meetings.read', 'meeting-recorder.transcripts.read', 'meeting-recorder.webhooks'],
  },
  'meeting-recorder.fathom': {
    config: [
      'baseUrl',
      'webhookUrl',
      'includeTranscript',
      'includeSummary',
      'includeActionItems',
      'includeCrmMatches',
      'triggeredFor',
    ],
    secret: ['apiKey', 'webhookSecret'],
    provides: ['meeting-recorder.meetings.read', 'meeting-recorder.transcripts.read', 'meeting-recorder.webhooks'],
  },
};

/** What each request method makes of the example secrets, in declared order. */
const HEADERS: Readonly<Record<string, readonly Record<string, string>[]>> = {
  'meeting-recorder.granola': [
    { Authorization: 'Bearer grn_placeholder' },
    { Authorization: 'Bearer grn_placeholder' },
    { Authorization: 'Bearer mcp-access-token-placeholder' },
  ],
  'meeting-recorder.tldv': [{ 'x-api-key': 'tldv-api-key-placeholder' }],
  'meeting-recorder.fireflies': [
    { Authorization: 'Bearer fireflies-api-key-placeholder' },
    { Authorization: 'Bearer fireflies-api-key-placeholder' },
  ],
  'meeting-recorder.fathom': [
    { 'X-Api-Key': 'fathom-api-key-placeholder' },
    { Authorization: 'Bearer access-token-placeholder' },
  ],
};

const REGISTRATIONS = [
  [granolaIntegrationSpec.meta.key, registerGranolaIntegration, granolaIntegrationSpec],
  [tldvIntegrationSpec.meta.key, registerTldvIntegration, tldvIntegrationSpec],
  [firefliesIntegrationSpec.meta.key, registerFirefliesIntegration, firefliesIntegrationSpec],
  [fathomIntegrationSpec.meta.key, registerFathomIntegration, fathomIntegrationSpec],
] as const;

/** The example secrets, which are all text. */
function exampleSecrets(spec: IntegrationSpec): Record<string, string> {
  return Object.fromEntries(
    Object.entries(spec.secretSchema.example ?? {}).map(([name, value]) => [name, String(value)]),
  );
}

const specFiles = readdirSync(import.meta.dirname).filter(
  (file) => !/^(index|meeting-recorder-integration-specs)\b|\.test\.ts$/.test(file),
);

it('lists one spec for each file of the folder', () => {
  const files = meetingRecorderIntegrationSpecs.map((spec) => `${spec.meta.key.split('.').at(-1)}.ts`);
  expect(files.sort()).toEqual(specFiles.sort());
});

it('fits into one registry', () => {
  expect(new IntegrationSpecRegistry(meetingRecorderIntegrationSpecs).list()).toEqual(meetingRecorderIntegrationSpecs);
});

it.each(REGISTRATIONS)('%s is registered as it is, once', (key, register, spec) => {
  const registry = new IntegrationSpecRegistry();
  expect(register(registry)).toBe(registry);
  expect(registry.get(key, '1.0.0')).toBe(spec);
  expect(() => register(registry)).toThrow(key);
});

describe.each(meetingRecorderIntegrationSpecs.map((spec) => [spec.meta.key, spec] as const))('%s', (key, spec) => {
  it('is ready to be shipped', () => {
    expect(checkShippedSpec(spec, { reviewedOn: REVIEWED_ON })).toEqual([]);
  });

  it('keeps the names that existing connections and slots use', () => {
    const kept = KEPT_NAMES[key];
    for (const name of kept?.config ?? []) expect(spec.configSchema.schema).toHaveProperty(['properties', name]);
    for (const name of kept?.secret ?? []) expect(spec.secretSchema.schema).toHaveProperty(['properties', name]);
    expect(spec.capabilities.provides.map((capability) => capability.key)).toEqual(kept?.provides);
    expect(spec.meta).toMatchObject({
      category: 'meeting-recorder',
      domain: 'productivity',
      stability: 'experimental',
    });
    expect(spec.supportedModes).toContain('byok');
  });

  it('makes credentials of its secrets by every method that it declares for requests', () => {
    const methods = (spec.supportedAuthMethods ?? []).filter(({ type }) => isRequestAuthType(type));
    const made = methods.map((method) => requestCredentials(method, { secrets: exampleSecrets(spec) }));
    expect(made).toEqual((HEADERS[key] ?? []).map((headers) => ({ headers, query: {} })));
  });

  it('refuses an empty secret and unknown fields', () => {
    const isValid = (secret: unknown) => validateAgainstSchema<unknown>(spec.secretSchema.schema, secret).valid;
    expect(isValid({})).toBe(false);
    expect(isValid({ ...spec.secretSchema.example, apikey: 'x' })).toBe(false);
    expect(validateAgainstSchema<unknown>(spec.configSchema.schema, { baseURL: 'https://x.example' }).valid).toBe(
      false,
    );
  });

  it('prefers a transport that it has, and probes with a request that needs the credential', () => {
    expect(supportsTransport(spec.transports ?? [], spec.preferredTransport ?? 'sdk')).toBe(true);
    const request = spec.healthCheck?.request;
    expect(request?.path).not.toMatch(/health$/);
    expect(request?.expect?.status).toBe(200);
    expect(request?.rules?.some(({ means }) => means === 'bad_credential')).toBe(true);
  });
});

describe('deliveries', () => {
  const timestampMs = Date.parse('2026-11-25T10:00:00Z');
  const now = () => timestampMs;
  const body = JSON.stringify({ id: 'evt-1', event: 'TranscriptReady', timestamp: timestampMs, meeting_id: 'm-1' });

  it.each(
    [tldvIntegrationSpec, firefliesIntegrationSpec, fathomIntegrationSpec].map(
      (spec) => [spec.meta.key, spec] as const,
    ),
  )('of %s are told from forged and altered ones', async (_key, spec) => {
    const [contract] = spec.webhooks ?? [];
    if (contract === undefined) throw new Error('no contract');
    const secrets = exampleSecrets(spec);
    const sent = await signWebhook(contract, { body, id: 'msg-1', timestampMs }, secrets, { now });
    expect(await verifyWebhook(spec, sent, secrets, { now })).toMatchObject({ ok: true });
    const others = { webhookSecret: 'whsec_BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB' };
    expect(await verifyWebhook(spec, sent, others, { now })).toMatchObject({ ok: false });
    expect(await verifyWebhook(spec, sent, {}, { now })).toMatchObject({ ok: false, reason: 'no_secret' });
    expect(await verifyWebhook(spec, { ...sent, headers: {} }, secrets, { now })).toMatchObject({ ok: false });
  });

  it('of Fathom are refused when altered in any way, or old', async () => {
    const [contract] = fathomIntegrationSpec.webhooks ?? [];
    if (contract === undefined) throw new Error('no contract');
    const secrets = exampleSecrets(fathomIntegrationSpec);
    const sent = await signWebhook(contract, { body, id: 'msg-1', timestampMs }, secrets, { now });
    const tampered = tamperWebhook(contract, sent);
    expect(tampered.length).toBeGreaterThan(3);
    for (const { request, what } of tampered) {
      expect([what, (await verifyWebhook(fathomIntegrationSpec, request, secrets, { now })).ok]).toEqual([what, false]);
    }
    const late = await verifyWebhook(fathomIntegrationSpec, sent, secrets, { now: () => timestampMs + 300_001 });
    expect(late).toMatchObject({ ok: false, reason: 'timestamp_out_of_tolerance' });
  });

  it('of Fireflies pass with the prefix of version 2 and bare as in version 1', async () => {
    const [contract] = firefliesIntegrationSpec.webhooks ?? [];
    if (contract === undefined) throw new Error('no contract');
    const secrets = { webhookSecret: 'sixteen-characters' };
    const sent = await signWebhook(contract, { body, timestampMs }, secrets, { now });
    const signature = sent.headers['x-hub-signature'] ?? '';
    expect(signature).toMatch(/^sha256=[0-9a-f]{64}$/);
    const bare = { ...sent, headers: { 'x-hub-signature': signature.slice('sha256='.length) } };
    expect(await verifyWebhook(firefliesIntegrationSpec, bare, secrets, { now })).toMatchObject({
      ok: true,
      eventType: 'TranscriptReady',
      occurredAt: '2026-11-25T10:00:00.000Z',
    });
  });
});

describe('what vendors do differently', () => {
  it('tl;dv signs nothing and takes the key bare', () => {
    expect(tldvIntegrationSpec.supportedAuthMethods?.map(({ type }) => type)).toEqual(['api-key']);
    expect(tldvIntegrationSpec.webhooks?.[0]?.verification).toMatchObject({ scheme: 'token' });
  });

  it('Fireflies tells a bad key by a code, whatever the status', () => {
    expect(firefliesIntegrationSpec.healthCheck?.request?.rules?.[0]).toEqual({
      when: { body: [{ pointer: '/errors/0/code', equals: 'auth_failed' }] },
      means: 'bad_credential',
    });
  });

  it('Granola has no webhooks and pages of 30 at most', () => {
    expect(granolaIntegrationSpec.webhooks).toBeUndefined();
    const isValid = (pageSize: number) =>
      validateAgainstSchema<unknown>(granolaIntegrationSpec.configSchema.schema, { pageSize }).valid;
    expect([isValid(30), isValid(31), isValid(0), isValid(1.5)]).toEqual([true, false, false, false]);
  });

  it('Granola is reached with a key or with a token of its MCP server', () => {
    const validate = (secrets: object) =>
      validateCredentials(granolaIntegrationSpec, 'byok', { config: {}, secrets }).valid;
    expect([validate({ apiKey: 'grn_x' }), validate({ mcpAccessToken: 'x' }), validate({})]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('Fathom refresh tokens work once', () => {
    expect(fathomIntegrationSpec.supportedAuthMethods?.find(({ type }) => type === 'oauth2')).toMatchObject({
      refresh: { rotation: 'rotating' },
      scopes: ['public_api'],
    });
  });
});
