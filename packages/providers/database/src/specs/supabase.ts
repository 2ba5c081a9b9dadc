import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://supabase.com/docs/guides/database/connecting-to-postgres';

const BYOK_STEPS = [
  'Open the project in the Supabase dashboard and press Connect.',
  'Choose the session pooler for long-running servers, or the transaction pooler for serverless code. The direct host is reachable over IPv6 only unless the project has the IPv4 add-on.',
  'Create a role of its own for the platform, with only the needed grants and a strong password.',
  'Copy the connection string and put in the role and its password, with special characters percent-encoded. On the shared pooler the user name is the role, a dot and the project reference.',
  'If the project has network restrictions, allow the addresses of the platform.',
  'Paste the connection string here and run the connection check.',
];

const CONFIG_FIELDS = [
  { key: 'sslMode', description: 'How the connection is encrypted and the server verified.' },
  { key: 'poolMode', description: 'Which way the connection string leads to the database.' },
  { key: 'maxConnections', description: 'Most connections that the pool opens.' },
];

/**
 * The PostgreSQL database of a Supabase project, reached by its connection string with any PostgreSQL driver. Connection limits are left out:
 * they depend on the compute size of the project. The REST and MCP interfaces of the vendor take other credentials than these.
 * So does any request: the connection is checked with `select 1`. SQLSTATE 28P01 or 28000 is a refused credential, as is a text
 * with "Tenant or user not found" of the pooler.
 */
export const supabasePostgresIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'database.supabase',
    version: '1.0.0',
    title: 'Supabase Postgres',
    description: 'SQL and transactions on the PostgreSQL database of a Supabase project, directly or through a pooler.',
    category: 'database',
    domain: 'infrastructure',
    stability: 'beta',
    owners: ['platform.infrastructure'],
    tags: ['database', 'postgres', 'supabase'],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: { provides: [{ key: 'database.sql', version: '1.0.0' }] },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        maxConnections: {
          type: 'integer',
          minimum: 1,
          maximum: 10_000,
          description:
            'Most connections that the pool opens. The project limits connections by its compute size and shares them among all clients.',
        },
        sslMode: {
          type: 'string',
          enum: ['verify-full', 'verify-ca', 'require', 'prefer', 'allow', 'disable'],
          default: 'require',
          description:
            'TLS level in the words of libpq. The two verifying levels need the CA certificate of the project; prefer, allow and disable may send everything unencrypted.',
        },
        poolMode: {
          type: 'string',
          enum: ['direct', 'session', 'transaction'],
          default: 'session',
          description:
            'Where the connection string leads: db.… on port 5432 is direct, the pooler on 5432 is session, port 6543 is transaction. In transaction mode prepared statements, session settings, advisory locks and LISTEN do not last beyond a transaction.',
        },
      },
    },
    example: { sslMode: 'require', poolMode: 'session', maxConnections: 10 },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['databaseUrl'],
      properties: {
        databaseUrl: {
          type: 'string',
          format: 'uri',
          pattern: '^postgres(?:ql)?://[!-~]+$',
          description:
            'Connection string as the Connect dialog shows it, copied rather than put together: the number after aws in the host differs by project. Special characters of the password are percent-encoded.',
        },
        username: {
          type: 'string',
          pattern: '^[a-z_][a-z0-9_]*(?:\\.[a-z0-9]{20})?$',
          description:
            'Role to log in as, in place of the one in databaseUrl. On the shared pooler followed by a dot and the project reference.',
        },
        password: {
          type: 'string',
          minLength: 1,
          description:
            'Password of the role, as it is, in place of the one in databaseUrl. The API keys of the project are no database passwords.',
        },
      },
    },
    example: {
      databaseUrl:
        'postgresql://app_role.abcdefghijklmnopqrst:placeholder@aws-0-eu-central-1.pooler.supabase.com:5432/postgres',
      username: 'app_role.abcdefghijklmnopqrst',
      password: 'placeholder',
    },
  },
  transports: [
    { type: 'sdk', packageName: 'pg', minVersion: '8.16.0', runtime: 'node' },
    { type: 'sdk', packageName: 'postgres', minVersion: '3.4.0' },
  ],
  preferredTransport: 'sdk',
  supportedAuthMethods: [{ type: 'basic', usernameField: 'username', passwordField: 'password' }],
  healthCheck: { method: 'ping', timeoutMs: 5000 },
  docsUrl: DOCS,
  byokSetup: {
    setupInstructions: `Create a role with only the needed grants and hand over a connection string with it: ${DOCS}. The password of such a role can be replaced over SQL; two roles used in turn avoid an interruption.`,
    requiredScopes: [],
    keyRotationSupported: true,
    quotaTrackingSupported: false,
    provisioningSteps: BYOK_STEPS,
  },
  credentialManifest: {
    modes: {
      managed: {
        mode: 'managed',
        configFields: CONFIG_FIELDS,
        secretFields: [
          {
            key: 'databaseUrl',
            required: true,
            description: "Connection string of the host's own project; tenants are never asked for it.",
            envVar: 'DATABASE_URL',
          },
          { key: 'username', description: 'Role, where it is kept apart from the string.', envVar: 'PGUSER' },
          { key: 'password', description: 'Password, where it is kept apart from the string.', envVar: 'PGPASSWORD' },
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: true },
        setupSteps: [
          'Create a role for the host and store a connection string with it in a secret backend of the host.',
        ],
        docsUrl: DOCS,
      },
      byok: {
        mode: 'byok',
        configFields: CONFIG_FIELDS,
        secretFields: [
          { key: 'databaseUrl', required: true, description: "Connection string of the tenant's own project." },
          { key: 'username', description: 'Role, where it is kept apart from the string.' },
          { key: 'password', description: 'Password, where it is kept apart from the string.' },
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: true },
        setupSteps: BYOK_STEPS,
        docsUrl: DOCS,
      },
    },
  },
  sources: [
    {
      url: DOCS,
      checkedOn: '2026-11-23',
      facts: 'hosts, ports, user names, pooler modes, IP versions, TLS, what a refused login looks like',
    },
    {
      url: 'https://supabase.com/docs/guides/self-hosting/accessing-postgres',
      checkedOn: '2026-11-23',
      facts: 'what does not last in transaction mode',
    },
    {
      url: 'https://www.npmjs.com/package/pg',
      checkedOn: '2026-11-23',
      facts: 'driver; the vendor ships none of its own',
    },
    { url: 'https://www.npmjs.com/package/postgres', checkedOn: '2026-11-23', facts: 'driver' },
  ],
});

/** Adds the Supabase Postgres spec to a registry, which is returned for chaining. */
export function registerSupabasePostgresIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(supabasePostgresIntegrationSpec);
}
