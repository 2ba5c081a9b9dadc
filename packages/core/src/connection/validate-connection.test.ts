import { describe, expect, it } from 'vitest';
import { changed, exampleSpec, smallSpec } from '../__fixtures__/example-spec.ts';
import { defineIntegration } from '../spec/define-integration.ts';
import { validateConnection, validateSecret } from './validate-connection.ts';

const spec = defineIntegration(exampleSpec());
const CANARY = 'canary-7f3k29Xq7Lm4Zp1Rt';

function exampleConnection() {
  return {
    meta: {
      id: 'conn-1',
      tenantId: 'tenant-1',
      integrationKey: 'ai.example',
      integrationVersion: '1.2.0',
      label: 'Production',
      environment: 'production',
      createdAt: '2026-01-01T00:00:00Z',
      updatedAt: '2026-01-01T00:00:00Z',
    },
    ownershipMode: 'byok',
    config: { region: 'eu' },
    secretProvider: 'env',
    secretRef: 'env://EXAMPLE_API_KEY',
    status: 'connected',
    activeTransport: 'rest',
    authMethod: 'api-key',
    apiVersion: '2026-01-01',
  };
}

function problemsOf(path: string, value: unknown): string[] {
  const { problems } = validateConnection(spec, changed(exampleConnection(), path, value));
  return problems.map((problem) => `${problem.path}: ${problem.message}`);
}

describe('validateConnection', () => {
  it('knows every auth method', () => {
    const { supportedAuthMethods: _methods, ...open } = exampleSpec();
    for (const authMethod of ['api-key', 'oauth2', 'bearer', 'header', 'basic', 'service-account', 'path-token']) {
      expect(validateConnection(defineIntegration(open), { ...exampleConnection(), authMethod }).problems).toEqual([]);
    }
    expect(problemsOf('/authMethod', 'magic')).toHaveLength(1);
  });

  it('gives a sound connection back', () => {
    const connection = exampleConnection();
    const result = validateConnection(spec, connection);
    expect(result.problems).toEqual([]);
    expect(result.valid && result.value).toBe(connection);
  });

  it('takes times as Dates, and fields that a host keeps beside the connection', () => {
    expect(problemsOf('/meta/createdAt', new Date())).toEqual([]);
    expect(problemsOf('/rowVersion', 7)).toEqual([]);
  });

  it.each([
    ['/meta/id', '', '/meta/id: expected at least 1 characters'],
    ['/meta/tenantId', undefined, '/meta/tenantId: required field "tenantId" is missing'],
    ['/meta/tenantId', '  ', '/meta/tenantId: expected text that matches \\S'],
    ['/meta/integrationKey', 'ai.other', '/meta/integrationKey: expected "ai.example", as the integration spec has it'],
    ['/meta/integrationVersion', '1.0.0', '/meta/integrationVersion: expected "1.2.0", as the integration spec has it'],
    ['/meta/createdAt', 'yesterday', '/meta/createdAt: expected a Date or an ISO 8601 instant'],
    ['/meta/updatedAt', new Date(Number.NaN), '/meta/updatedAt: expected a Date or an ISO 8601 instant'],
    ['/meta/updatedAt', 5, '/meta/updatedAt: expected a Date or an ISO 8601 instant'],
    ['/ownershipMode', 'shared', '/ownershipMode: expected one of "managed", "byok"'],
    ['/config', undefined, '/config: required field "config" is missing'],
    ['/config/region', 'mars', '/config/region: expected one of "eu", "us"'],
    ['/config/regoin', 'eu', '/config/regoin: unknown field "regoin"; known fields: region, maxTokens'],
    ['/secretProvider', '', '/secretProvider: expected at least 1 characters'],
    ['/secretRef', undefined, '/secretRef: required field "secretRef" is missing'],
    ['/status', 'paused', '/status: expected one of "connected", "disconnected", "error", "unknown"'],
    ['/activeTransport', 'soap', '/activeTransport: expected one of "rest", "mcp", "webhook", "sdk"'],
    ['/authMethod', 'oauth2', '/authMethod: expected "api-key", as the integration spec has it'],
    ['/authMethod', 'webhook-signing', '/authMethod: expected "api-key", as the integration spec has it'],
    ['/apiVersion', '', '/apiVersion: expected at least 1 characters'],
  ])('refuses %s = %j', (path, value, expected) => {
    expect(problemsOf(path, value)[0]).toBe(expected);
  });

  it('holds a mode, transport and auth method only to what the spec lists', () => {
    const small = defineIntegration({ ...smallSpec('ai.example', '1.2.0'), supportedModes: ['managed'] });
    expect(validateConnection(small, exampleConnection()).problems).toEqual([
      { path: '/ownershipMode', keyword: 'agreement', message: 'expected "managed", as the integration spec has it' },
    ]);
  });

  it('lists every problem at once', () => {
    const broken = changed(changed(exampleConnection(), '/config', { maxTokens: 0 }), '/secretRef', ' ');
    expect(validateConnection(spec, broken).problems.map((problem) => problem.path)).toEqual([
      '/secretRef',
      '/config/maxTokens',
      '/config/region',
    ]);
  });

  it.each([null, undefined, 'x', [], 5])('refuses %j as a connection', (value) => {
    expect(validateConnection(spec, value)).toMatchObject({ valid: false, problems: [{ path: '', keyword: 'type' }] });
  });

  it('never quotes a value of the configuration', () => {
    for (const config of [
      { region: CANARY },
      { region: 'eu', maxTokens: CANARY },
      CANARY,
      { region: 'eu', [CANARY]: 1 },
    ]) {
      const result = validateConnection(spec, { ...exampleConnection(), config });
      expect(result.valid).toBe(false);
      expect(JSON.stringify(result)).not.toContain('7f3k29');
    }
  });
});

describe('validateSecret', () => {
  it('gives a sound secret back', () => {
    const secret = { apiKey: 'key_12345678' };
    const result = validateSecret(spec, secret);
    expect(result.valid && result.value).toBe(secret);
  });

  it('lists every problem at once with pointers', () => {
    expect(validateSecret(spec, { webhookSecret: 5, token: 'x' }).problems).toEqual([
      { path: '/webhookSecret', keyword: 'type', message: 'expected string, got number' },
      { path: '/apiKey', keyword: 'required', message: 'required field "apiKey" is missing' },
      {
        path: '/token',
        keyword: 'additionalProperties',
        message: 'unknown field "token"; known fields: apiKey, webhookSecret',
      },
    ]);
    expect(validateSecret(spec, 'plain text').problems).toEqual([
      { path: '', keyword: 'type', message: 'expected object, got string' },
    ]);
  });

  it('never quotes a secret, not even one in the place of a name', () => {
    const short = CANARY.slice(0, 4);
    for (const secret of [
      CANARY,
      { apiKey: [CANARY] },
      { [CANARY]: '' },
      { apiKey: short },
      { webhookSecret: { a: CANARY } },
    ]) {
      const result = validateSecret(spec, secret);
      expect(result.valid).toBe(false);
      expect(JSON.stringify(result)).not.toContain('7f3k29');
      expect(JSON.stringify(result)).not.toContain('cana');
    }
  });

  it('refuses everything where the spec has no usable schema', () => {
    const broken = { ...spec, secretSchema: { schema: null } };
    expect(validateSecret(broken, { apiKey: 'key_12345678' })).toMatchObject({
      valid: false,
      problems: [{ path: '', keyword: 'schema' }],
    });
  });
});
