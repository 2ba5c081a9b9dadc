import {
  assessCredentialCoverage,
  type ConfigOf,
  IntegrationSpecRegistry,
  makeIntegrationSpecKey,
  type SecretsOf,
} from '@mortise/core';
import { validateAgainstSchema } from '@mortise/core/schema';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { registerSupabasePostgresIntegration, supabasePostgresIntegrationSpec } from './supabase.ts';

const config = supabasePostgresIntegrationSpec.configSchema.schema;
const secret = supabasePostgresIntegrationSpec.secretSchema.schema;

const isValid = (schema: unknown, value: unknown) => validateAgainstSchema<unknown>(schema, value).valid;

describe('the Supabase Postgres spec', () => {
  it('is registered as it is, and the registry returned', () => {
    const registry = new IntegrationSpecRegistry();
    expect(registerSupabasePostgresIntegration(registry)).toBe(registry);
    expect(registry.get('database.supabase')).toBe(supabasePostgresIntegrationSpec);
    expect(makeIntegrationSpecKey(supabasePostgresIntegrationSpec.meta)).toBe('database.supabase.v1.0.0');
  });

  it('cannot be registered twice', () => {
    const registry = registerSupabasePostgresIntegration(new IntegrationSpecRegistry());
    expect(() => registerSupabasePostgresIntegration(registry)).toThrow(/database\.supabase/);
  });

  it('provides SQL and nothing else, in both modes', () => {
    expect(supabasePostgresIntegrationSpec.capabilities.provides).toEqual([{ key: 'database.sql', version: '1.0.0' }]);
    expect(supabasePostgresIntegrationSpec.supportedModes).toEqual(['managed', 'byok']);
  });

  it('logs in with user and password over the wire protocol of PostgreSQL, not with a key over REST', () => {
    expect(supabasePostgresIntegrationSpec.supportedAuthMethods?.map(({ type }) => type)).toEqual(['basic']);
    expect(supabasePostgresIntegrationSpec.transports?.map(({ type }) => type)).toEqual(['sdk', 'sdk']);
    expect(assessCredentialCoverage(supabasePostgresIntegrationSpec).covered).toBe(true);
  });

  it.each([['verify-full'], ['verify-ca'], ['require'], ['prefer'], ['allow'], ['disable']])(
    'knows the TLS level %s',
    (sslMode) => {
      expect(isValid(config, { sslMode })).toBe(true);
    },
  );

  it.each([
    [{ sslMode: 'on' }],
    [{ maxConnections: 0 }],
    [{ maxConnections: 2.5 }],
    [{ poolMode: 'statement' }],
    [{ maxConnection: 5 }],
  ])('refuses the configuration %j', (value) => {
    expect(isValid(config, value)).toBe(false);
  });

  it.each([
    ['postgresql://postgres.abcdefghijklmnopqrst:secret@aws-0-eu-central-1.pooler.supabase.com:6543/postgres'],
    ['postgres://postgres:secret@db.abcdefghijklmnopqrst.supabase.co:5432/postgres?sslmode=require'],
  ])('takes the connection string %s', (databaseUrl) => {
    expect(isValid(secret, { databaseUrl })).toBe(true);
  });

  it.each([['https://project.supabase.co'], ['postgresql://user:pass word@host/db'], ['']])(
    'refuses %j for a connection string',
    (databaseUrl) => {
      expect(isValid(secret, { databaseUrl })).toBe(false);
    },
  );

  it('takes user and password apart from the string, so that a password can be replaced alone', () => {
    const databaseUrl = 'postgresql://db.example.com/postgres';
    expect(isValid(secret, { databaseUrl, username: 'app.abcdefghijklmnopqrst', password: 'a b/c' })).toBe(true);
    expect(isValid(secret, { databaseUrl, username: 'App' })).toBe(false);
    expect(isValid(secret, { username: 'app', password: 'x' })).toBe(false);
  });

  it('states no limit on connections: they depend on the compute size', () => {
    expect(supabasePostgresIntegrationSpec.constraints).toBeUndefined();
  });

  it('infers its config and secret types', () => {
    expectTypeOf<SecretsOf<typeof supabasePostgresIntegrationSpec>['databaseUrl']>().toEqualTypeOf<string>();
    expectTypeOf<ConfigOf<typeof supabasePostgresIntegrationSpec>['maxConnections']>().toEqualTypeOf<
      number | undefined
    >();
    expectTypeOf<ConfigOf<typeof supabasePostgresIntegrationSpec>>().not.toHaveProperty('host');
  });
});
