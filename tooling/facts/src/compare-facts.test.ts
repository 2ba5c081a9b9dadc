import { defineIntegration, type IntegrationSpec } from '@mortise/core';
import { anthropicIntegrationSpec, llmIntegrationSpecs, mistralIntegrationSpec } from '@mortise/provider-llm/specs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareFacts, type FactOutcome } from './compare-facts.ts';
import { vendorFacts } from './facts/index.ts';
import { formatOutcomes } from './format-outcomes.ts';
import { readSdk, type SdkReading } from './read-sdk.ts';
import { baseUrl, currentVersion } from './spec-reading.ts';
import type { SdkPlace, VendorFact } from './vendor-fact.ts';

const MODULES = path.resolve(import.meta.dirname, '../node_modules');
const read = (place: SdkPlace) => readSdk(place, MODULES);
const isOfLlm = ({ spec }: VendorFact) => spec.startsWith('ai-llm.');
const notSame = (outcomes: readonly FactOutcome[]) =>
  outcomes.filter(({ outcome }) => outcome !== 'same').map(({ spec, fact, outcome }) => [spec, fact, outcome]);

/** The real specs with one of them drifted. */
function drifted(spec: IntegrationSpec): IntegrationSpec[] {
  return llmIntegrationSpecs.map((shipped) => (shipped.meta.key === spec.meta.key ? spec : shipped));
}

describe('the language-model specs beside the packages of their vendors', () => {
  it('agree in every fact', () => {
    const outcomes = compareFacts(vendorFacts.filter(isOfLlm), llmIntegrationSpecs, read);
    expect(formatOutcomes(outcomes.filter(({ outcome }) => outcome !== 'same'))).toMatch(/0 facts agree, 0 do not$/);
    expect(outcomes.length).toBeGreaterThanOrEqual(12);
  });

  it('are found out when an API version lags behind', () => {
    const { versionPolicy } = anthropicIntegrationSpec;
    const old = {
      ...anthropicIntegrationSpec,
      versionPolicy: { supportedVersions: [], ...versionPolicy, currentVersion: '2023-06-01' },
    };
    const outcomes = compareFacts(vendorFacts.filter(isOfLlm), drifted(old), read);
    expect(notSame(outcomes)).toEqual([['ai-llm.anthropic', 'API version', 'drifted']]);
    expect(formatOutcomes(outcomes)).toMatch(
      /DRIFTED +ai-llm\.anthropic +API version +2023-06-01 +@anthropic.*says 20/,
    );
  });

  it('are found out when a host is another one', () => {
    const moved: IntegrationSpec = {
      ...mistralIntegrationSpec,
      transports: [{ type: 'rest', baseUrl: 'https://api.mistral.example/v1' }],
    };
    const outcomes = compareFacts(vendorFacts.filter(isOfLlm), drifted(moved), read);
    expect(notSame(outcomes)).toEqual([['ai-llm.mistral', 'host', 'drifted']]);
  });

  it('are found out when they do not list a region, or one that is none', () => {
    const facts = vendorFacts.filter(({ spec, fact }) => spec === 'ai-llm.mistral' && fact === 'hosts of regions');
    const withHosts = (...hosts: string[]): IntegrationSpec => ({
      ...mistralIntegrationSpec,
      configSchema: { schema: { properties: { baseUrl: { enum: hosts } } } },
    });
    const [eu, us, all] = ['https://api.eu.mistral.ai', 'https://api.us.mistral.ai', 'https://api.mistral.ai'];
    const outcomeOf = (...hosts: string[]) => compareFacts(facts, [withHosts(...hosts)], read)[0]?.outcome;
    expect(outcomeOf(us, eu, all)).toBe('same');
    expect(outcomeOf(eu, all)).toBe('drifted');
    expect(outcomeOf(eu, us, all, 'https://api.mars.mistral.ai')).toBe('drifted');
  });
});

describe('a comparison', () => {
  const spec = defineIntegration({
    meta: { key: 'crm.example', version: '1.0.0', owners: ['@team'], tags: ['crm'], category: 'crm' },
    supportedModes: ['byok'],
    capabilities: { provides: [{ key: 'crm.contacts' }] },
    configSchema: { schema: { type: 'object' } },
    secretSchema: { schema: { type: 'object', required: ['apiKey'], properties: { apiKey: { type: 'string' } } } },
    transports: [{ type: 'rest', baseUrl: 'https://api.example.com/{apiVersion}/' }],
    versionPolicy: {
      currentVersion: 'v2',
      supportedVersions: [{ version: 'v2', status: 'stable' }],
      versionInPath: true,
    },
  });
  const place: SdkPlace = { package: 'example', file: 'x.js', says: /x/g };
  const outcome = (fact: Partial<VendorFact>, reading: SdkReading | undefined, specs = [spec]) =>
    compareFacts(
      [{ spec: 'crm.example', fact: 'base URL', ours: baseUrl, theirs: place, ...fact }],
      specs,
      () => reading,
    )[0];
  const says = (...texts: string[]): SdkReading => ({ version: '1.2.3', says: texts });

  it('fills the version into the base URL and looks past case', () => {
    expect(outcome({}, says('https://API.example.com/v2'))).toEqual({
      spec: 'crm.example',
      fact: 'base URL',
      ours: ['https://api.example.com/v2'],
      theirs: ['https://API.example.com/v2'],
      source: 'example@1.2.3',
      outcome: 'same',
    });
  });

  it('tells what the package does not say any more from what it says otherwise', () => {
    expect(outcome({}, says())?.outcome).toBe('silent');
    expect(outcome({}, undefined)).toMatchObject({ outcome: 'silent', source: 'example@?' });
    expect(outcome({}, says('https://api.example.com/v3'))?.outcome).toBe('drifted');
  });

  it('fails for a spec that says nothing, and for one that is not shipped', () => {
    expect(outcome({ ours: () => [] }, says('v2'))?.outcome).toBe('unstated');
    expect(outcome({}, says('v2'), [])?.outcome).toBe('missing');
  });

  it.each([
    ['same', ['v2'], 'same'],
    ['same', ['v1', 'v2'], 'drifted'],
    ['ours-among-theirs', ['v1', 'v2'], 'same'],
    ['ours-among-theirs', ['v1'], 'drifted'],
    ['theirs-among-ours', ['v2'], 'same'],
    ['theirs-among-ours', ['v1', 'v2'], 'drifted'],
  ] as const)('where %s is wanted and the package says %j, it is %s', (agree, texts, expected) => {
    expect(outcome({ ours: currentVersion, agree }, says(...texts))?.outcome).toBe(expected);
  });

  it('is a table that says how many facts agree', () => {
    const outcomes = [outcome({}, says('https://api.example.com/v2')), outcome({}, says('https://api.example.com/v3'))];
    const table = formatOutcomes(outcomes.filter((row) => row !== undefined));
    expect(table.split('\n')).toEqual([
      '         spec         fact      spec says                   package',
      'ok       crm.example  base URL  https://api.example.com/v2  example@1.2.3',
      'DRIFTED  crm.example  base URL  https://api.example.com/v2  example@1.2.3 says https://api.example.com/v3',
      '',
      '1 facts agree, 1 do not',
    ]);
  });
});

describe('the facts', () => {
  it('are each told once, and every place can still be read', () => {
    const names = vendorFacts.map(({ spec, fact }) => `${spec}: ${fact}`);
    expect(new Set(names).size).toBe(names.length);
    const silent = vendorFacts.filter(({ theirs }) => (read(theirs)?.says.length ?? 0) === 0);
    expect(silent.map(({ spec, fact }) => `${spec}: ${fact}`)).toEqual([]);
  });
});
