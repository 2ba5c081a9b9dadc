import { requestCredentials } from '@mortise/auth';
import {
  assessApiVersion,
  findAuthConfig,
  findTransportConfig,
  IntegrationSpecRegistry,
  type SecretsOf,
} from '@mortise/core';
import { validateAgainstSchema } from '@mortise/core/schema';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { registerStripeIntegration, stripeIntegrationSpec } from './stripe.ts';

const config = stripeIntegrationSpec.configSchema.schema;
const secret = stripeIntegrationSpec.secretSchema.schema;

const isValid = (schema: unknown, value: unknown) => validateAgainstSchema<unknown>(schema, value).valid;

describe('the Stripe spec', () => {
  it('is registered as it is, and the registry returned', () => {
    const registry = new IntegrationSpecRegistry();
    expect(registerStripeIntegration(registry)).toBe(registry);
    expect(registry.get('payments.stripe')).toBe(stripeIntegrationSpec);
    expect(() => registerStripeIntegration(registry)).toThrow(/payments\.stripe/);
  });

  it.each([['sk_live_abc'], ['sk_test_abc_DEF'], ['rk_live_abc'], ['rk_test_abc'], ['sk_org_live_abc']])(
    'takes the key %s',
    (apiKey) => {
      expect(isValid(secret, { apiKey })).toBe(true);
    },
  );

  it.each([['pk_live_abc'], ['whsec_abc'], ['sk_live_'], ['sk_live_a b'], ['']])('refuses the key %j', (apiKey) => {
    expect(isValid(secret, { apiKey })).toBe(false);
  });

  it('asks for a signing secret only where webhooks are used', () => {
    expect(isValid(secret, { apiKey: 'rk_test_a', webhookSecret: 'whsec_a' })).toBe(true);
    expect(isValid(secret, { apiKey: 'rk_test_a', webhookSecret: 'secret' })).toBe(false);
  });

  it.each([
    [{ accountId: 'acct_123', region: 'eu', mode: 'live', apiVersion: '2024-06-20' }, true],
    [{ apiVersion: '2026-10-28.endive' }, true],
    [{}, true],
    [{ accountId: '123' }, false],
    [{ apiVersion: 'latest' }, false],
    [{ apiKey: 'sk_live_abc' }, false],
  ])('judges the configuration %j: %s', (value, expected) => {
    expect(isValid(config, value)).toBe(expected);
  });

  it('sends the key of the account, or the token of a connected one', () => {
    const methods = stripeIntegrationSpec.supportedAuthMethods ?? [];
    const secrets = { apiKey: 'rk_test_key', accessToken: 'token-of-account' };
    const [byKey, byGrant] = [findAuthConfig(methods, 'api-key'), findAuthConfig(methods, 'oauth2')];
    if (byKey === undefined || byGrant === undefined) expect.unreachable('both methods are declared');
    expect(requestCredentials(byKey, { secrets }).headers).toEqual({ Authorization: 'Bearer rk_test_key' });
    expect(requestCredentials(byGrant, { secrets }).headers).toEqual({ Authorization: 'Bearer token-of-account' });
    expect(byGrant.clientSecretField).toBe('apiKey');
  });

  it('knows each version that it lists by its day, newest first', () => {
    const policy = stripeIntegrationSpec.versionPolicy;
    const days = policy?.supportedVersions.map(({ releasedAt = '' }) => releasedAt) ?? [];
    expect(days).toEqual(days.toSorted((one, other) => (one < other ? 1 : -1)));
    expect(policy?.supportedVersions[0]?.version).toBe(policy?.currentVersion);
    if (policy === undefined) expect.unreachable('there is a policy');
    const now = Date.parse('2026-11-25T00:00:00Z');
    expect(assessApiVersion(policy, '2024-06-20', now).warnings).toEqual([]);
    expect(assessApiVersion(policy, '2019-01-01', now).status).toBe('unknown');
  });

  it('makes writes repeatable for a day, by a header that only POST takes', () => {
    expect(findTransportConfig(stripeIntegrationSpec.transports ?? [], 'rest')?.idempotency).toEqual({
      header: 'Idempotency-Key',
      methods: ['POST'],
      maxLength: 255,
      lifetimeMs: 86_400_000,
    });
  });

  it('takes a key that may not read the balance for good', () => {
    expect(stripeIntegrationSpec.healthCheck?.request?.rules).toContainEqual({
      when: { status: 403 },
      means: 'missing_scope',
    });
  });

  it('infers its secret types', () => {
    expectTypeOf<SecretsOf<typeof stripeIntegrationSpec>['apiKey']>().toEqualTypeOf<string>();
    expectTypeOf<SecretsOf<typeof stripeIntegrationSpec>['accessToken']>().toEqualTypeOf<string | undefined>();
  });
});
