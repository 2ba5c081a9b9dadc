import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changed, exampleSpec, smallSpec } from '../__fixtures__/example-spec.ts';
import { validateIntegrationSpec } from './validate-integration-spec.ts';

/** Paths and texts of what is wrong with the example once one part of it was replaced. */
function problemsOf(path: string, value: unknown, spec: unknown = exampleSpec()): string[] {
  const { problems } = validateIntegrationSpec(changed(spec, path, value));
  return problems.map((problem) => `${problem.path}: ${problem.message}`);
}

const RANDOM_KEY = 'a8F3k29Xq7Lm4Zp1Rt6W';

describe('validateIntegrationSpec', () => {
  it('accepts a spec that uses every part, and the smallest one', () => {
    const spec = exampleSpec();
    const result = validateIntegrationSpec(spec);
    expect(result.problems).toEqual([]);
    expect(result.valid && result.value).toBe(spec);
    expect(Object.isFrozen(spec)).toBe(false);
    expect(validateIntegrationSpec(smallSpec())).toMatchObject({ valid: true, value: { meta: { version: '1' } } });
  });

  it.each([
    ['/meta/key', 'a b', 'expected text that matches'],
    ['/meta/key', '.a', 'expected text that matches'],
    ['/meta/key', undefined, 'required field "key" is missing'],
    ['/meta/version', 'v1', 'expected text that matches'],
    ['/meta/version', 1.1, 'expected string or integer, got number'],
    ['/meta/version', '1.2.3.4', 'expected text that matches'],
    ['/meta/version', -1, 'expected a number >= 0'],
    ['/meta/stability', 'new', 'expected one of "idea"'],
    ['/meta/category', '', 'expected at least 1 characters'],
    ['/meta/owners', 'me', 'expected array, got string'],
    ['/meta/descripton', 'x', 'unknown field "descripton"; known fields: key'],
    ['/supportedModes', [], 'expected at least 1 items'],
    ['/supportedModes', ['byok', 'managed', 'byok'], 'items must differ'],
    ['/supportedModes/0', 'shared', 'expected one of "managed", "byok"'],
    ['/capabilities/provides/0/version', 'latest', 'expected text that matches'],
    ['/configSchema/schema', undefined, 'required field "schema" is missing'],
    ['/configSchema/schema', null, 'expected object or boolean, got null'],
    ['/healthCheck/timeoutMs', 0, 'expected a number > 0'],
    ['/constraints/rateLimit/rpm', -5, 'expected a number > 0'],
    ['/constraints/quotas/tokens', 'many', 'expected number, got string'],
    ['/transports/0/type', 'soap', 'expected one of "rest", "mcp", "webhook", "sdk"'],
    ['/transports/0/baseUr', 'x', 'unknown field "baseUr"; known fields: type, baseUrl'],
    ['/transports/1/inbound/signingAlgorithm', 'md5', 'expected one of "hmac-sha256"'],
    ['/transports/3/minVersion', 'new', 'expected text that matches'],
    ['/supportedAuthMethods/0/type', 'magic', 'expected one of "api-key", "oauth2"'],
    ['/supportedAuthMethods/1/toleranceMs', -1, 'expected a number >= 0'],
    ['/versionPolicy/supportedVersions', [], 'expected at least 1 items'],
    ['/credentialManifest/modes/managed/secretFields/0/envVar', 'A-B', 'expected text that matches'],
    ['/credentialManifest/modes/managed/secretFields/0/value', 'x', 'unknown field "value"'],
    ['/credentialManifest/modes/shared', { mode: 'managed' }, 'unknown field "shared"'],
    ['/sources/0/checkedOn', 'yesterday', 'expected text that matches'],
    ['/prefferedTransport', 'rest', 'unknown field "prefferedTransport"'],
  ])('refuses the form of %s = %j', (path, value, message) => {
    const problems = problemsOf(path, value);
    expect(problems[0]).toContain(`${path}: ${message}`);
  });

  it.each([
    [
      'a set-up for own keys without that mode',
      '/supportedModes',
      ['managed'],
      ['/byokSetup: needs "byok" in supportedModes', '/credentialManifest/modes/byok: "byok" is not in supportedModes'],
    ],
    [
      'an auth field that the secret lacks',
      '/supportedAuthMethods/0/secretField',
      'token',
      ['/supportedAuthMethods/0: reads the field token; secretSchema has apiKey, webhookSecret'],
    ],
    [
      'auth fields by their usual names that the secret lacks',
      '/supportedAuthMethods/0',
      { type: 'basic' },
      [
        '/supportedAuthMethods/0: reads the field username; configSchema has region, maxTokens, secretSchema has apiKey, webhookSecret',
        '/supportedAuthMethods/0: reads the field password; secretSchema has apiKey, webhookSecret',
      ],
    ],
    [
      'a current API version that is not listed',
      '/versionPolicy/currentVersion',
      '2024',
      ['/versionPolicy/currentVersion: "2024" is not in supportedVersions'],
    ],
    [
      'an API version listed twice',
      '/versionPolicy/supportedVersions/1/version',
      '2026-01-01',
      ['/versionPolicy/supportedVersions/1: "2026-01-01" is listed twice'],
    ],
    [
      'a date that is none',
      '/versionPolicy/supportedVersions/1/sunsetDate',
      'soon',
      ['/versionPolicy/supportedVersions/1/sunsetDate: expected an ISO 8601 day or instant'],
    ],
    [
      'a capability provided twice',
      '/capabilities/provides',
      [{ key: 'a' }, { key: 'a', version: '1.0.0' }],
      ['/capabilities/provides/1: "a 1.0.0" is listed twice'],
    ],
    [
      'a webhook that is signed otherwise',
      '/transports/1/inbound/signingAlgorithm',
      'ed25519',
      [
        '/transports/1/inbound: ed25519 in "Example-Signature" matches no webhook-signing method of supportedAuthMethods',
      ],
    ],
    [
      'two names for the version header',
      '/transports/0/apiVersionHeader',
      'X-Version',
      ['/transports/0/apiVersionHeader: "X-Version" differs from versionPolicy.versionHeader "example-version"'],
    ],
    [
      'a manifest entry under another mode',
      '/credentialManifest/modes/byok/mode',
      'managed',
      ['/credentialManifest/modes/byok/mode: "managed" differs from "byok", under which the entry stands'],
    ],
    [
      'a secret field that is public',
      '/credentialManifest/modes/managed/envAliases/0',
      { logicalKey: 'apiKey', envVar: 'KEY', public: true },
      ['/credentialManifest/modes/managed/envAliases/0/public: "apiKey" is a secret field and must not be public'],
    ],
    [
      'a secret field whose variable build tools publish',
      '/credentialManifest/modes/managed/secretFields/0/envVar',
      'NEXT_PUBLIC_KEY',
      [
        '/credentialManifest/modes/managed/secretFields/0/envVar: "NEXT_PUBLIC_KEY" is published to clients by its prefix',
      ],
    ],
    [
      'a secret alias whose variable build tools publish',
      '/credentialManifest/modes/managed/envAliases/0',
      { logicalKey: 'webhookSecret', envVar: 'VITE_HOOK' },
      ['/credentialManifest/modes/managed/envAliases/0/envVar: "VITE_HOOK" is published to clients by its prefix'],
    ],
    [
      'an exemption without a reason',
      '/credentialManifest',
      { exempt: true },
      ['/credentialManifest/exemptionReason: an exempt integration must say why'],
    ],
    [
      'an exemption with a blank reason',
      '/credentialManifest',
      { exempt: true, exemptionReason: ' ' },
      ['/credentialManifest/exemptionReason: an exempt integration must say why'],
    ],
    [
      'a credential in a manifest',
      '/credentialManifest/modes/managed/secretFields/0/description',
      `use ${RANDOM_KEY}`,
      [
        '/credentialManifest/modes/managed/secretFields/0/description: looks like a credential; a spec names the field of the secret that holds it',
      ],
    ],
    [
      'a credential in a header',
      '/transports/0/defaultHeaders',
      { 'X-Key': RANDOM_KEY, authorization: 'Basic x' },
      [
        '/transports/0/defaultHeaders/X-Key: looks like a credential; a spec names the field of the secret that holds it',
        '/transports/0/defaultHeaders/authorization: looks like a credential; a spec names the field of the secret that holds it',
      ],
    ],
    [
      'a credential in the arguments of a program',
      '/transports/2',
      { type: 'mcp', transport: 'stdio', command: 'x', args: ['--key', RANDOM_KEY] },
      ['/transports/2/args/1: looks like a credential; a spec names the field of the secret that holds it'],
    ],
    [
      'a real-looking secret in an example',
      '/secretSchema/example/apiKey',
      RANDOM_KEY,
      [
        '/secretSchema/example/apiKey: looks like a real credential; write a made-up value such as "key_xxxxxxxxxxxxxxxx"',
      ],
    ],
    [
      'a real-looking secret in a schema',
      '/secretSchema/schema/properties/apiKey/default',
      RANDOM_KEY,
      [
        '/secretSchema/schema/properties/apiKey/default: looks like a real credential; write a made-up value such as "key_xxxxxxxxxxxxxxxx"',
      ],
    ],
    [
      'an example that does not fit',
      '/configSchema/example',
      { region: 'eu', maxTokens: 0, extra: 1 },
      [
        '/configSchema/example/maxTokens: expected a number >= 1',
        '/configSchema/example/extra: unknown field "extra"; known fields: region, maxTokens',
      ],
    ],
    [
      'a schema that cannot be meant',
      '/configSchema/schema/properties/region',
      { type: 'txt' },
      [
        '/configSchema/schema/properties/region/type: expected object, array, string, number, integer, boolean, null or a list of these',
      ],
    ],
  ])('refuses %s', (_case, path, value, expected) => {
    expect(problemsOf(path, value)).toEqual(expected);
  });

  it.each([
    '/docsUrl',
    '/byokSetup/validationEndpoint',
    '/transports/0/baseUrl',
    '/transports/2/url',
    '/versionPolicy/supportedVersions/1/migrationGuide',
    '/credentialManifest/modes/managed/docsUrl',
    '/sources/0/url',
  ])('holds the address at %s to https', (path) => {
    expect(problemsOf(path, 'http://example.com')).toEqual([
      `${path}: expected https, or http for a loopback address, got http:`,
    ]);
    expect(problemsOf(path, 'javascript://x')).toHaveLength(1);
    expect(problemsOf(path, 'https://user:pw@example.com')).toEqual([
      `${path}: must not carry a user name or password`,
    ]);
    for (const good of [
      'https://example.com',
      'http://localhost:1',
      'http://127.0.0.1',
      'http://[::1]/a',
      'http://a.localhost',
    ]) {
      expect(problemsOf(path, good)).toEqual([]);
    }
  });

  it('wants absolute addresses, except for a validation endpoint, which may be a path', () => {
    expect(problemsOf('/docsUrl', '/docs')).toEqual(['/docsUrl: expected an absolute https URL']);
    expect(problemsOf('/byokSetup/validationEndpoint', '/v1/models')).toEqual([]);
    const oauth = { type: 'oauth2', grantType: 'client_credentials', tokenUrl: 'nowhere', scopes: [] };
    expect(problemsOf('/supportedAuthMethods/0', oauth)).toEqual([
      '/supportedAuthMethods/0/tokenUrl: expected an absolute https URL',
    ]);
  });

  it('refuses a preferred transport that is not listed', () => {
    const { transports: _transports, ...spec } = exampleSpec();
    expect(problemsOf('/preferredTransport', 'rest', spec)).toEqual([
      '/preferredTransport: "rest" is not in transports (none)',
    ]);
    const sdk = { ...spec, transports: [{ type: 'sdk', packageName: 'x' }] };
    expect(problemsOf('/preferredTransport', 'rest', sdk)).toEqual([
      '/preferredTransport: "rest" is not in transports (sdk)',
    ]);
  });

  it('tells form and content faults together, and does not accuse what depends on a broken part', () => {
    const broken = changed(changed(exampleSpec(), '/transports/0', { type: 'soap' }), '/docsUrl', 'x');
    const { problems } = validateIntegrationSpec(broken);
    expect(problems.map((problem) => problem.path)).toEqual(['/transports/0/type', '/docsUrl']);
  });

  it('leaves room for extensions under x- at every level', () => {
    for (const path of ['/x-a', '/meta/x-a', '/transports/0/x-a', '/credentialManifest/modes/byok/x-a']) {
      expect(problemsOf(path, { any: 'thing' })).toEqual([]);
    }
  });

  it('asks nothing of a secret whose fields are not listed', () => {
    const spec = { ...smallSpec(), supportedAuthMethods: [{ type: 'bearer' }, { type: 'basic' }] };
    expect(validateIntegrationSpec(spec).problems).toEqual([]);
  });

  it('does not judge parts against each other when there is too much to list', () => {
    const owners = Array.from({ length: 2000 }, () => 1);
    const spec = { ...exampleSpec(), meta: { ...exampleSpec().meta, owners }, transports: 5 };
    expect(validateIntegrationSpec(spec).problems).toHaveLength(1000);
  });

  it('answers for any input, and never throws', () => {
    const part = fc.constantFrom(...Object.keys(exampleSpec()));
    fc.assert(
      fc.property(part, fc.anything({ withNullPrototype: true }), (name, junk) => {
        const result = validateIntegrationSpec({ ...exampleSpec(), [name]: junk });
        expect(result.valid).toBe(result.problems.length === 0);
        expect(validateIntegrationSpec(junk).valid).toBe(false);
      }),
    );
  });
});
