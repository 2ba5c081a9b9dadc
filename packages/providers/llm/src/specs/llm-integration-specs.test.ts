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
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  anthropicIntegrationSpec,
  googleGeminiIntegrationSpec,
  llmIntegrationSpecs,
  openaiIntegrationSpec,
  registerAnthropicIntegration,
  registerGoogleGeminiIntegration,
  registerOpenaiIntegration,
} from './index.ts';

/** Day on which the sources were last looked at as a whole; moved on with each review, never taken from the clock. */
const REVIEWED_ON = '2026-11-25';

/** Names that existing connections use. */
const KEPT_NAMES: Readonly<Record<string, { config: readonly string[]; secret: readonly string[] }>> = {
  'ai-llm.mistral': { config: ['model', 'embeddingModel'], secret: ['apiKey'] },
};

/** What each request method makes of the example secrets, in declared order. */
const HEADERS: Readonly<Record<string, readonly Record<string, string>[]>> = {
  'ai-llm.mistral': [
    { Authorization: 'Bearer mistral-api-key-placeholder' },
    { Authorization: 'Bearer mistral-api-key-placeholder' },
  ],
  'ai-llm.openai': [
    { Authorization: 'Bearer sk-proj-placeholder-placeholder' },
    { Authorization: 'Bearer sk-proj-placeholder-placeholder' },
  ],
  'ai-llm.anthropic': [{ 'x-api-key': 'sk-ant-placeholder' }, { Authorization: 'Bearer sk-ant-placeholder' }],
  'ai-llm.google-gemini': [{ 'x-goog-api-key': 'AQ.placeholder-placeholder' }],
};

/** The example secrets, which are all text. */
function exampleSecrets(spec: IntegrationSpec): Record<string, string> {
  return Object.fromEntries(
    Object.entries(spec.secretSchema.example ?? {}).map(([name, value]) => [name, String(value)]),
  );
}

const specFiles = readdirSync(import.meta.dirname).filter(
  (file) => !/^(index|llm-integration-specs)\b|\.test\.ts$/.test(file),
);

it('lists one spec for each file of the folder', () => {
  const vendors = llmIntegrationSpecs.map((spec) => `${spec.meta.key.split('.').at(-1)}.ts`);
  expect(vendors.sort()).toEqual(specFiles.sort());
});

it('fits into one registry', () => {
  const registry = new IntegrationSpecRegistry(llmIntegrationSpecs);
  expect(registry.list()).toEqual(llmIntegrationSpecs);
});

describe.each(llmIntegrationSpecs.map((spec) => [spec.meta.key, spec] as const))('%s', (key, spec) => {
  it('is ready to be shipped', () => {
    expect(checkShippedSpec(spec, { reviewedOn: REVIEWED_ON })).toEqual([]);
  });

  it('is a language model under a key of its domain', () => {
    expect(key).toMatch(/^ai-llm\.[a-z0-9-]+$/);
    expect(spec.meta.category).toBe('ai-llm');
    expect(spec.capabilities.provides).toContainEqual({ key: 'ai.chat', version: '1.0.0' });
  });

  it('keeps the names that existing connections use', () => {
    const names = KEPT_NAMES[key] ?? { config: [], secret: [] };
    for (const name of names.config) expect(spec.configSchema.schema).toHaveProperty(['properties', name]);
    expect(spec.secretSchema.schema).toMatchObject({ required: expect.arrayContaining([...names.secret]) });
  });

  it('prefers a transport that it has, at an address with its version', () => {
    expect(supportsTransport(spec.transports ?? [], spec.preferredTransport ?? 'mcp')).toBe(true);
    const rest = findAllTransportConfigs(spec.transports ?? [], 'rest');
    expect(rest).not.toEqual([]);
    for (const { baseUrl } of rest) expect(baseUrl).toMatch(/^https:\/\/[^/]+\/(?:\{apiVersion\}|v1)$/);
    expect(spec.versionPolicy?.supportedVersions.map(({ version }) => version)).toContain(
      spec.versionPolicy?.currentVersion,
    );
  });

  it('makes credentials of its secrets by every method that it declares for requests', () => {
    const methods = (spec.supportedAuthMethods ?? []).filter(({ type }) => isRequestAuthType(type));
    const made = methods.map((method) => requestCredentials(method, { secrets: exampleSecrets(spec) }));
    expect(made).toEqual((HEADERS[key] ?? []).map((headers) => ({ headers, query: {} })));
  });

  it('refuses an empty secret, unknown fields and keys that no header can carry', () => {
    const isValid = (secret: unknown) => validateAgainstSchema<unknown>(spec.secretSchema.schema, secret).valid;
    expect(isValid(spec.secretSchema.example)).toBe(true);
    expect(isValid({})).toBe(false);
    expect(isValid({ ...spec.secretSchema.example, apikey: 'x' })).toBe(false);
    expect(isValid({ apiKey: `${exampleSecrets(spec)['apiKey']}\n` })).toBe(false);
    expect(validateAgainstSchema<unknown>(spec.configSchema.schema, { defaultModel: 'm' }).valid).toBe(false);
  });

  it('is probed by its list of models, which is free and needs the key', () => {
    const request = spec.healthCheck?.request;
    expect(request?.path).toMatch(/^\/models\b/);
    expect(request?.rules?.some(({ means }) => means === 'bad_credential')).toBe(true);
    expect(spec.byokSetup?.validationEndpoint?.endsWith(request?.path ?? '?')).toBe(true);
  });

  it('reads the vendor’s own code and message of a failure', () => {
    const [rest] = findAllTransportConfigs(spec.transports ?? [], 'rest');
    expect(rest?.errors?.code?.length).toBeGreaterThan(0);
    expect(rest?.errors?.message?.length).toBeGreaterThan(0);
    expect(rest?.errors?.rules?.some(({ means }) => means === 'throttled')).toBe(true);
  });
});

it.each([
  ['ai-llm.openai', registerOpenaiIntegration, openaiIntegrationSpec],
  ['ai-llm.anthropic', registerAnthropicIntegration, anthropicIntegrationSpec],
  ['ai-llm.google-gemini', registerGoogleGeminiIntegration, googleGeminiIntegrationSpec],
] as const)('%s is registered as it is, once', (key, register, spec) => {
  const registry = new IntegrationSpecRegistry();
  expect(register(registry)).toBe(registry);
  expect(registry.get(key, '1.0.0')).toBe(spec);
  expect(() => register(registry)).toThrow(key);
});
