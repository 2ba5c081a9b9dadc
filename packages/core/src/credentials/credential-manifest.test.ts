import { describe, expect, it } from 'vitest';
import { exampleSpec, smallSpec } from '../__fixtures__/example-spec.ts';
import { defineIntegration } from '../spec/define-integration.ts';
import { assessCredentialCoverage } from './assess-coverage.ts';
import {
  getIntegrationCredentialManifest,
  getIntegrationCredentialRequirements,
  integrationHasCredentialCoverage,
  withLegacyDefaults,
} from './credential-manifest.ts';
import { buildLegacyCredentialManifest } from './legacy-manifest.ts';

const { credentialManifest: _manifest, ...withoutManifest } = exampleSpec();
const legacy = defineIntegration(withoutManifest);
const explicit = defineIntegration(exampleSpec());
const managedOnly = defineIntegration({
  ...withoutManifest,
  credentialManifest: {
    modes: {
      managed: { mode: 'managed', secretFields: [{ key: 'apiKey', envVar: 'EXAMPLE_API_KEY' }], setupSteps: ['Ask'] },
    },
  },
});
const exempt = defineIntegration({
  ...smallSpec(),
  credentialManifest: { exempt: true, exemptionReason: 'The service is public' },
});

describe('buildLegacyCredentialManifest', () => {
  it('maps schemas and set-up facts to an entry for each mode', () => {
    const fields = {
      configFields: [
        { key: 'region', required: true, description: 'Where requests are served' },
        { key: 'maxTokens', required: false },
      ],
      secretFields: [
        { key: 'apiKey', required: true, description: 'Key from the console' },
        { key: 'webhookSecret', required: false },
      ],
    };
    expect(buildLegacyCredentialManifest(legacy)).toEqual({
      modes: {
        managed: {
          mode: 'managed',
          ...fields,
          validationStrategy: 'static-schema',
          rotation: { supported: false },
          docsUrl: 'https://docs.example.com/api',
        },
        byok: {
          mode: 'byok',
          ...fields,
          validationStrategy: 'byok-lifecycle',
          rotation: { supported: true },
          setupSteps: ['Open the console', 'Create a key'],
          docsUrl: 'https://docs.example.com/api',
        },
      },
    });
  });

  it('takes the instructions for the only step when there are no steps', () => {
    const spec = defineIntegration({ ...smallSpec(), byokSetup: { setupInstructions: 'Create a key' } });
    expect(buildLegacyCredentialManifest(spec).modes?.byok).toMatchObject({
      setupSteps: ['Create a key'],
      validationStrategy: 'byok-lifecycle',
      rotation: { supported: false },
    });
  });

  it('finds no fields in schemas without any, and no steps where none are told', () => {
    const { modes } = buildLegacyCredentialManifest(defineIntegration(smallSpec()));
    expect(modes?.byok).toEqual({
      mode: 'byok',
      configFields: [],
      secretFields: [],
      validationStrategy: 'static-schema',
      rotation: { supported: false },
    });
  });

  it('shares nothing between the entries', () => {
    const { modes } = buildLegacyCredentialManifest(legacy);
    expect(modes?.managed?.secretFields).toEqual(modes?.byok?.secretFields);
    expect(modes?.managed?.secretFields).not.toBe(modes?.byok?.secretFields);
    expect(modes?.managed?.secretFields?.[0]).not.toBe(modes?.byok?.secretFields?.[0]);
  });

  it('reads alternatives and references', () => {
    const spec = defineIntegration({
      ...smallSpec(),
      secretSchema: {
        schema: {
          oneOf: [{ $ref: '#/$defs/key' }, { properties: { user: {}, password: {} }, required: ['user', 'password'] }],
          $defs: { key: { properties: { apiKey: {} }, required: ['apiKey'] } },
        },
      },
    });
    expect(buildLegacyCredentialManifest(spec).modes?.managed?.secretFields).toEqual([
      { key: 'apiKey', required: false },
      { key: 'user', required: false },
      { key: 'password', required: false },
    ]);
  });
});

describe('getIntegrationCredentialManifest', () => {
  it('gives the own manifest as a whole, else the derived one', () => {
    expect(getIntegrationCredentialManifest(explicit)).toBe(explicit.credentialManifest);
    expect(getIntegrationCredentialManifest(legacy)).toEqual(buildLegacyCredentialManifest(legacy));
  });
});

describe('getIntegrationCredentialRequirements', () => {
  it('gives nothing for a mode that the own manifest does not describe', () => {
    expect(getIntegrationCredentialRequirements(managedOnly, 'managed')?.setupSteps).toEqual(['Ask']);
    expect(getIntegrationCredentialRequirements(managedOnly, 'byok')).toBeUndefined();
  });

  it('gives nothing for a mode that the spec does not support', () => {
    const spec = defineIntegration({ ...smallSpec(), supportedModes: ['managed'] });
    expect(getIntegrationCredentialRequirements(spec, 'byok')).toBeUndefined();
    expect(getIntegrationCredentialRequirements(spec, 'managed')).toMatchObject({ mode: 'managed' });
  });
});

describe('integrationHasCredentialCoverage', () => {
  it('is true with an entry for every supported mode, or an exemption', () => {
    expect(integrationHasCredentialCoverage(legacy)).toBe(true);
    expect(integrationHasCredentialCoverage(explicit)).toBe(true);
    expect(integrationHasCredentialCoverage(exempt)).toBe(true);
    expect(integrationHasCredentialCoverage(managedOnly)).toBe(false);
  });
});

describe('withLegacyDefaults', () => {
  it('adds what the own manifest leaves out, and keeps what it says', () => {
    const spec = withLegacyDefaults(managedOnly);
    expect(integrationHasCredentialCoverage(spec)).toBe(true);
    expect(spec.credentialManifest.modes?.managed).toMatchObject({
      secretFields: [{ key: 'apiKey', envVar: 'EXAMPLE_API_KEY' }],
      configFields: [{ key: 'region' }, { key: 'maxTokens' }],
      setupSteps: ['Ask'],
    });
    expect(spec.credentialManifest.modes?.byok).toMatchObject({
      secretFields: [{ key: 'apiKey', required: true }, { key: 'webhookSecret' }],
      validationStrategy: 'provider-health',
    });
    expect(managedOnly.credentialManifest?.modes?.byok).toBeUndefined();
  });

  it('promises no check that nobody would run', () => {
    expect(withLegacyDefaults(defineIntegration(smallSpec())).credentialManifest.modes?.byok?.validationStrategy).toBe(
      'static-schema',
    );
  });

  it('adds nothing to an exemption', () => {
    expect(withLegacyDefaults(exempt).credentialManifest).toBe(exempt.credentialManifest);
  });
});

describe('assessCredentialCoverage', () => {
  it('covers a mode whose fields satisfy an auth method for requests', () => {
    expect(assessCredentialCoverage(explicit)).toEqual({
      covered: true,
      exempt: false,
      modes: [
        { mode: 'managed', suppliedBy: 'host', covered: true, satisfiable: ['api-key'], reasons: [] },
        { mode: 'byok', suppliedBy: 'tenant', covered: true, satisfiable: ['api-key'], reasons: [] },
      ],
    });
  });

  it('is not content with an entry that holds nothing', () => {
    const { covered, modes } = assessCredentialCoverage(defineIntegration(smallSpec()));
    expect(covered).toBe(false);
    expect(modes[0]?.reasons).toEqual([
      'the spec declares no request auth method, and the mode requires no secret field',
    ]);
  });

  it('says what each auth method lacks', () => {
    const spec = defineIntegration({
      ...smallSpec(),
      supportedModes: ['byok'],
      supportedAuthMethods: [
        { type: 'basic' },
        { type: 'bearer' },
        { type: 'oauth2', grantType: 'client_credentials', tokenUrl: 'https://example.com/token', scopes: [] },
        { type: 'webhook-signing', algorithm: 'ed25519', signatureHeader: 'x' },
      ],
      credentialManifest: { modes: { byok: { mode: 'byok', configFields: [{ key: 'username' }] } } },
    });
    expect(assessCredentialCoverage(spec).modes).toEqual([
      {
        mode: 'byok',
        suppliedBy: 'tenant',
        covered: false,
        satisfiable: [],
        reasons: [
          'basic lacks the secret field password',
          'bearer lacks the secret field accessToken or access_token',
          'oauth2 lacks the secret field (any)',
        ],
      },
    ]);
  });

  it('looks for a user name in the config too, and for a password in the secret alone', () => {
    const fields = { configFields: [{ key: 'username' }, { key: 'password' }], secretFields: [{ key: 'other' }] };
    const spec = defineIntegration({
      ...smallSpec(),
      supportedModes: ['byok'],
      supportedAuthMethods: [{ type: 'basic' }],
      credentialManifest: { modes: { byok: { mode: 'byok', ...fields } } },
    });
    expect(assessCredentialCoverage(spec).modes[0]?.reasons).toEqual(['basic lacks the secret field password']);
  });

  it('says when a mode has no entry, and when an empty secret would pass', () => {
    const lax = { ...managedOnly, secretSchema: { schema: { type: 'object' } } };
    expect(assessCredentialCoverage(lax)).toMatchObject({
      covered: false,
      modes: [
        { mode: 'managed', covered: true, reasons: ['no secret field is required, so an empty secret would pass'] },
        { mode: 'byok', covered: false, reasons: ['the credential manifest has no entry for this mode'] },
      ],
    });
  });

  it('knows that an empty secret would not pass where the schema asks for one of several sets of fields', () => {
    const anyOf = [{ required: ['clientId', 'clientSecret'] }, { required: ['serviceAccountKey'] }];
    const reasonsFor = (schema: unknown) =>
      assessCredentialCoverage({ ...managedOnly, secretSchema: { schema } }).modes[0]?.reasons;
    expect(reasonsFor({ type: 'object', anyOf })).toEqual([]);
    expect(reasonsFor({ type: 'object', anyOf: [{ required: [] }, ...anyOf] })).not.toEqual([]);
  });

  it('covers an exempt integration', () => {
    expect(assessCredentialCoverage(exempt)).toMatchObject({ covered: true, exempt: true });
  });
});
