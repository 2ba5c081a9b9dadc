import { defineIntegration, type IntegrationSpecInput } from '@mortise/core';
import { describe, expect, it } from 'vitest';
import { integrationSpecs } from '../integration-specs.ts';
import { catalogTable } from './catalog-table.ts';
import { factsOf, SPEC_FACTS } from './spec-facts.ts';

const bare: IntegrationSpecInput = {
  meta: { key: 'crm.example', version: 1, owners: ['@team'], tags: [], category: 'crm' },
  supportedModes: ['managed'],
  capabilities: { provides: [{ key: 'crm.contacts' }] },
  configSchema: { schema: { type: 'object' } },
  secretSchema: { schema: { type: 'object' } },
};

describe('the facts of a spec', () => {
  it('are absent where it could state them', () => {
    const spec = defineIntegration({ ...bare, transports: [{ type: 'rest' }] });
    const facts = factsOf(spec);
    const { webhooks, oauth, validationEndpoint, ...others } = facts;
    expect([webhooks, oauth, validationEndpoint]).toEqual(['inapplicable', 'inapplicable', 'inapplicable']);
    expect(new Set(Object.values(others))).toEqual(new Set(['absent']));
    expect(Object.keys(facts).sort()).toEqual([...SPEC_FACTS].sort());
  });

  it('do not belong to a provider without a REST API', () => {
    const spec = defineIntegration({ ...bare, transports: [{ type: 'sdk', packageName: 'x' }] });
    expect(factsOf(spec)).toMatchObject({
      baseUrl: 'inapplicable',
      healthRequest: 'inapplicable',
      errors: 'inapplicable',
    });
  });

  it('are stated where the spec has them', () => {
    const spec = defineIntegration({
      ...bare,
      supportedModes: ['managed', 'byok'],
      constraints: { rateLimit: { rpm: 60 } },
      byokSetup: { validationEndpoint: 'https://api.example.com/me' },
      healthCheck: { request: { path: '/me' } },
      transports: [
        {
          type: 'rest',
          baseUrl: 'https://api.example.com',
          rateLimitHeaders: { remaining: 'x-remaining', reset: 'x-reset' },
        },
      ],
      supportedAuthMethods: [
        { type: 'oauth2', grantType: 'client_credentials', tokenUrl: 'https://api.example.com/token', scopes: [] },
      ],
      secretSchema: {
        schema: {
          type: 'object',
          properties: {
            clientId: { type: 'string' },
            clientSecret: { type: 'string' },
            accessToken: { type: 'string' },
          },
        },
      },
      sources: [{ url: 'https://docs.example.com', checkedOn: '2026-11-01' }],
    });
    expect(catalogTable([spec])[0]?.blanks).toEqual([
      'versionPolicy',
      'errors',
      'pagination',
      'idempotency',
      'credentialManifest',
    ]);
  });

  it('count consent without an address to go to as absent', () => {
    const oauth = (authorizationUrl: string | undefined) =>
      defineIntegration({
        ...bare,
        secretSchema: {
          schema: {
            type: 'object',
            properties: {
              clientId: { type: 'string' },
              clientSecret: { type: 'string' },
              accessToken: { type: 'string' },
            },
          },
        },
        supportedAuthMethods: [
          {
            type: 'oauth2',
            grantType: 'authorization_code',
            tokenUrl: 'https://example.com/token',
            scopes: [],
            ...(authorizationUrl === undefined ? {} : { authorizationUrl }),
          },
        ],
      });
    expect(factsOf(oauth('https://example.com/authorize')).oauth).toBe('stated');
  });
});

describe('the table', () => {
  it('has a row for each spec of the catalog', () => {
    expect(catalogTable().map(({ key }) => key)).toEqual(integrationSpecs.map(({ meta }) => meta.key));
  });

  it('names types once, and the day of the oldest source', () => {
    const spec = defineIntegration({
      ...bare,
      transports: [
        { type: 'rest', baseUrl: 'https://eu.example.com' },
        { type: 'rest', baseUrl: 'https://us.example.com' },
      ],
      sources: [
        { url: 'https://a.example.com', checkedOn: '2026-11-02' },
        { url: 'https://b.example.com', checkedOn: '2026-11-01' },
      ],
    });
    expect(catalogTable([spec])).toMatchObject([
      { key: 'crm.example', version: '1', title: 'crm.example', transports: ['rest'], checkedOn: '2026-11-01' },
    ]);
  });

  it('has no row without sources, manifest and address of the API', () => {
    const missing = catalogTable().filter(({ blanks }) => {
      return blanks.includes('sources') || blanks.includes('credentialManifest') || blanks.includes('oauth');
    });
    expect(missing.map(({ key, blanks }) => [key, blanks])).toEqual([]);
  });
});
