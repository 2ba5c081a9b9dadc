import { findAuthConfig, IntegrationSpecRegistry } from '@mortise/core';
import { validateAgainstSchema } from '@mortise/core/schema';
import { describe, expect, it } from 'vitest';
import { credentialsOf } from './__fixtures__/credentials-of.ts';
import { gmailIntegrationSpec, registerGmailIntegration } from './gmail.ts';
import { postmarkIntegrationSpec, registerPostmarkIntegration } from './postmark.ts';
import { registerResendIntegration, resendIntegrationSpec } from './resend.ts';

const isSecret = (schema: unknown, value: unknown): boolean => validateAgainstSchema<unknown>(schema, value).valid;

describe('registration', () => {
  it('adds each spec as it is and gives the registry back', () => {
    const registry = new IntegrationSpecRegistry();
    expect(registerResendIntegration(registerPostmarkIntegration(registerGmailIntegration(registry)))).toBe(registry);
    expect(registry.get('email.gmail', '1.0.0')).toBe(gmailIntegrationSpec);
    expect(registry.get('email.postmark', '1.0.0')).toBe(postmarkIntegrationSpec);
    expect(registry.get('email.resend', '1.0.0')).toBe(resendIntegrationSpec);
  });
});

describe('the Gmail spec', () => {
  const { schema } = gmailIntegrationSpec.secretSchema;
  const methods = gmailIntegrationSpec.supportedAuthMethods ?? [];

  it.each<[string, object, boolean]>([
    ['an OAuth client', { clientId: 'id', clientSecret: 's' }, true],
    ['an OAuth client with its grant', { clientId: 'id', clientSecret: 's', refreshToken: 'r' }, true],
    ['a service account', { serviceAccountKey: '{}' }, true],
    ['half a client', { clientId: 'id', refreshToken: 'r' }, false],
    ['a key that is no JSON object', { serviceAccountKey: 'key.json' }, false],
    ['a field that nobody knows', { clientId: 'id', clientSecret: 's', password: 'p' }, false],
  ])('asks for a client or a service account: %s', (_what, secrets, isValid) => {
    expect(isSecret(schema, secrets)).toBe(isValid);
  });

  it('renews a grant at the token endpoint and sends the new token', async () => {
    const oauth = findAuthConfig(methods, 'oauth2');
    const { credentials, asked } = await credentialsOf(gmailIntegrationSpec, oauth ?? { type: 'bearer' });
    expect(asked.map(({ url }) => url)).toEqual(['https://oauth2.googleapis.com/token']);
    expect(asked[0]?.form.get('refresh_token')).toBe('refresh-token-placeholder');
    expect(credentials.headers).toEqual({ Authorization: 'Bearer token-of-the-endpoint' });
  });

  it('lets a service account act for the mailbox of the config', async () => {
    const method = findAuthConfig(methods, 'service-account');
    const config = { ...gmailIntegrationSpec.configSchema.example, mailbox: 'ann@example.com' };
    const spec = { ...gmailIntegrationSpec, configSchema: { ...gmailIntegrationSpec.configSchema, example: config } };
    const { asked } = await credentialsOf(spec, method ?? { type: 'bearer' });
    const [, claims = ''] = asked[0]?.form.get('assertion')?.split('.') ?? [];
    expect(JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/')))).toMatchObject({
      iss: 'robot@example.com',
      sub: 'ann@example.com',
      aud: 'https://oauth2.googleapis.com/token',
      scope: 'https://www.googleapis.com/auth/gmail.modify',
    });
  });

  it('takes the name of a Pub/Sub topic and nothing else', () => {
    const config = gmailIntegrationSpec.configSchema.schema;
    expect(isSecret(config, { webhookTopic: 'projects/p-1/topics/t' })).toBe(true);
    expect(isSecret(config, { webhookTopic: 'https://example.com' })).toBe(false);
  });
});

describe('the Postmark spec', () => {
  it('takes a real token and not the one that delivers nothing', () => {
    const { schema, example } = postmarkIntegrationSpec.secretSchema;
    expect(isSecret(schema, { serverToken: example?.['serverToken'] })).toBe(true);
    expect(isSecret(schema, { serverToken: 'POSTMARK_API_TEST' })).toBe(false);
  });

  it('asks for user name and password of webhooks together', () => {
    const { schema, example } = postmarkIntegrationSpec.secretSchema;
    const serverToken = example?.['serverToken'];
    expect(isSecret(schema, { serverToken, webhookUsername: 'u' })).toBe(false);
    expect(isSecret(schema, { serverToken, webhookUsername: 'u', webhookPassword: 'p' })).toBe(true);
  });

  it('claims no signature, since the vendor signs nothing', () => {
    expect(postmarkIntegrationSpec.webhooks?.[0]?.verification).toMatchObject({ scheme: 'basic' });
    expect(findAuthConfig(postmarkIntegrationSpec.supportedAuthMethods ?? [], 'webhook-signing')).toBeUndefined();
  });

  it('sends the token in the header of the vendor, without a prefix', async () => {
    const [server] = postmarkIntegrationSpec.supportedAuthMethods ?? [];
    const { credentials } = await credentialsOf(postmarkIntegrationSpec, server ?? { type: 'bearer' });
    expect(credentials.headers).toEqual({ 'X-Postmark-Server-Token': '00000000-0000-4000-8000-000000000001' });
  });
});

describe('the Resend spec', () => {
  it('sends the key as bearer, and a user agent, without which every call is refused', async () => {
    const method = findAuthConfig(resendIntegrationSpec.supportedAuthMethods ?? [], 'bearer');
    const { credentials } = await credentialsOf(resendIntegrationSpec, method ?? { type: 'basic' });
    expect(credentials.headers).toEqual({ Authorization: 'Bearer re_placeholder' });
    expect(resendIntegrationSpec.transports?.[0]).toMatchObject({ defaultHeaders: { 'user-agent': 'mortise' } });
  });

  it('does not call a key for sending only a bad one', () => {
    const rules = resendIntegrationSpec.healthCheck?.request?.rules ?? [];
    const restricted = rules.find(({ when }) => when.body?.some(({ equals }) => equals === 'restricted_api_key'));
    expect(restricted?.means).toBe('missing_scope');
    expect(rules.findIndex((rule) => rule === restricted)).toBe(0);
  });
});
