import { describe, expect, it } from 'vitest';
import { contractSpec } from '../../__fixtures__/contract-spec.ts';
import { changed } from '../../__fixtures__/example-spec.ts';
import { validateIntegrationSpec } from '../validate-integration-spec.ts';

function problemsOf(path: string, value: unknown, spec: unknown = contractSpec()): string[] {
  const { problems } = validateIntegrationSpec(changed(spec, path, value));
  return problems.map((problem) => `${problem.path}: ${problem.message}`);
}

const CONFIG = 'configSchema has account, clientId, user';
const SECRET = 'secretSchema has token, clientSecret, signingSecret, hookPassword, accountKey';

describe('fields that a spec names', () => {
  it.each([
    ['/webhooks/0/handshakes/0/token/secretField', SECRET],
    ['/webhooks/0/handshakes/0/keep/secretField', SECRET],
    ['/webhooks/1/verification/0/secretField', SECRET],
    ['/webhooks/1/verification/1/passwordField', SECRET],
    ['/webhooks/1/verification/1/usernameField', `${CONFIG}, ${SECRET}`],
    ['/webhooks/1/verification/2/audienceField', `${CONFIG}, ${SECRET}`],
    ['/webhooks/1/verification/2/claimFields/email', `${CONFIG}, ${SECRET}`],
    ['/supportedAuthMethods/1/clientIdField', `${CONFIG}, ${SECRET}`],
    ['/supportedAuthMethods/1/clientSecretField', SECRET],
    ['/supportedAuthMethods/1/tokenField', SECRET],
    ['/supportedAuthMethods/1/refreshTokenField', SECRET],
    ['/supportedAuthMethods/1/privateKeyField', SECRET],
    ['/supportedAuthMethods/2/issuerField', `${CONFIG}, ${SECRET}`],
    ['/supportedAuthMethods/2/subjectField', CONFIG],
  ])('exist: %s', (path, known) => {
    expect(problemsOf(path, 'nowhere')).toEqual([`${path}: reads the field nowhere; ${known}`]);
    expect(problemsOf(path, path.endsWith('/subjectField') ? 'account' : 'token')).toEqual([]);
  });

  it('exist where an auth method reads them, and are reported once', () => {
    expect(problemsOf('/supportedAuthMethods/0/tokenField', 'nowhere')).toEqual([
      `/supportedAuthMethods/0: reads the field nowhere; ${SECRET}`,
    ]);
    expect(problemsOf('/supportedAuthMethods/2/credentialField', 'nowhere')).toEqual([
      `/supportedAuthMethods/2: reads the field nowhere; ${SECRET}`,
    ]);
  });

  it('are in the secret, where they are secret', () => {
    expect(problemsOf('/supportedAuthMethods/1/clientSecretField', 'user')).toHaveLength(1);
    expect(problemsOf('/webhooks/1/verification/1/passwordField', 'user')).toHaveLength(1);
  });

  it('are in the config, where they name somebody to act for', () => {
    expect(problemsOf('/supportedAuthMethods/2/subjectField', 'token')).toHaveLength(1);
  });

  it('may hold a user name in the config', () => {
    const basic = { type: 'basic', usernameField: 'user', passwordField: 'token' };
    expect(problemsOf('/supportedAuthMethods/1', basic)).toEqual([]);
    expect(problemsOf('/supportedAuthMethods/1', { ...basic, passwordField: 'user' })).toHaveLength(1);
  });

  it('are not asked for where a schema takes any', () => {
    const open = changed(contractSpec(), '/secretSchema/schema', { type: 'object' });
    expect(problemsOf('/webhooks/1/verification/0/secretField', 'nowhere', open)).toEqual([]);
    expect(problemsOf('/webhooks/1/verification/1/usernameField', 'nowhere', open)).toEqual([]);
  });

  it('are asked for where a schema takes none', () => {
    const schema = { type: 'object', properties: {}, additionalProperties: false };
    const { webhooks: _webhooks, transports: _transports, ...spec } = contractSpec();
    const bearer = { ...spec, supportedAuthMethods: [{ type: 'bearer' }], healthCheck: {}, versionPolicy: undefined };
    expect(problemsOf('/secretSchema/schema', schema, bearer)).toEqual([
      '/supportedAuthMethods/0: reads the field accessToken or access_token; secretSchema has none',
    ]);
  });

  it('are told from parameters and claims of the same name', () => {
    expect(problemsOf('/supportedAuthMethods/1/authorizationParams', { customField: 'x' })).toEqual([]);
    expect(problemsOf('/webhooks/1/verification/2/claims', { customField: 'x' })).toEqual([]);
  });
});

describe('the grant authorization_code', () => {
  it('needs the address of the consent', () => {
    const path = '/supportedAuthMethods/1/authorizationUrl';
    expect(problemsOf(path, undefined)).toEqual([`${path}: the grant authorization_code needs it`]);
    const machine = changed(contractSpec(), '/supportedAuthMethods/1/grantType', 'client_credentials');
    expect(problemsOf(path, undefined, machine)).toEqual([]);
  });
});
