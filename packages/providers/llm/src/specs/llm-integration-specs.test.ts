import { findAllTransportConfigs, IntegrationSpecRegistry, supportsTransport } from '@mortise/core';
import { checkShippedSpec } from '@mortise/core/testing';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { llmIntegrationSpecs } from './llm-integration-specs.ts';

/** Day on which the sources were last looked at as a whole; moved on with each review, never taken from the clock. */
const REVIEWED_ON = '2026-11-25';

/** Names that existing connections use. */
const KEPT_NAMES: Readonly<Record<string, { config: readonly string[]; secret: readonly string[] }>> = {
  'ai-llm.mistral': { config: ['model', 'embeddingModel'], secret: ['apiKey'] },
};

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

  it('prefers a transport that it has, at hosts without a path', () => {
    expect(supportsTransport(spec.transports ?? [], spec.preferredTransport ?? 'mcp')).toBe(true);
    const rest = findAllTransportConfigs(spec.transports ?? [], 'rest');
    expect(rest).not.toEqual([]);
    for (const { baseUrl } of rest) expect(baseUrl).toMatch(/^https:\/\/[^/]+$/);
  });
});
