import { defineShippedIntegration, type IntegrationSpecRegistry, type ResponseRule } from '@mortise/core';

const DOCS = 'https://supabase.com/docs/guides/ai/vector-columns';
const CONSOLE = 'https://supabase.com/dashboard/project/_/settings/api-keys';

const BYOK_STEPS = [
  'Press Connect in the dashboard of the project and copy a connection string with a role of its own, or use the Data API as below.',
  `For the Data API open ${CONSOLE}, create a secret key (sb_secret_…) for this platform and copy the reference of the project.`,
  'Enable the extension vector, create the table with its embedding column, an index whose operator class fits the metric, and the match function.',
  'Grant table and function to the role that is used: since 2026 a new table is not exposed to the Data API by itself. Turn on row level security.',
  'Paste connection string or key here and run the connection check.',
];

const CONFIG_FIELDS = [
  {
    key: 'projectRef',
    description: 'Reference of the project, the first part of its host; needed by the HTTP client.',
  },
  { key: 'schema', description: 'Schema of the table.' },
  { key: 'table', description: 'Table with the embedding column.' },
  { key: 'matchFunction', description: 'SQL function that searches, for the Data API.' },
  { key: 'dimensions', description: 'Dimensions of the embedding column.' },
  { key: 'distanceMetric', description: 'Metric; must fit the index.' },
];

/** The code decides, not the status: 42501 is 401 for one role and 403 for others, and conflicts of transactions are 500. */
const RULES: readonly ResponseRule[] = [
  { when: { body: [{ pointer: '/code', equals: '42501' }] }, means: 'missing_scope' },
  { when: { body: [{ pointer: '/code', oneOf: ['40001', '40P01', '53300'] }] }, means: 'unavailable' },
  {
    when: { body: [{ pointer: '/code', oneOf: ['PGRST000', 'PGRST001', 'PGRST002', 'PGRST003'] }] },
    means: 'unavailable',
  },
  { when: { body: [{ pointer: '/code', oneOf: ['PGRST301', 'PGRST302', 'PGRST303'] }] }, means: 'bad_credential' },
  // The table or function is missing, or not granted: the key is good.
  { when: { body: [{ pointer: '/code', oneOf: ['PGRST202', 'PGRST205'] }] }, means: 'misconfigured' },
  // A vector of the wrong length, or no vector.
  { when: { body: [{ pointer: '/code', oneOf: ['22000', '22P02'] }] }, means: 'invalid_request' },
  { when: { body: [{ pointer: '/code', equals: '23505' }] }, means: 'conflict' },
  { when: { status: 401 }, means: 'bad_credential' },
  { when: { status: 429 }, means: 'throttled' },
  { when: { status: 520 }, means: 'unavailable' },
];

/**
 * pgvector in a Supabase project: over the Data API (PostgREST) with a project key, or with a PostgreSQL driver and a connection
 * string. The Data API cannot order by distance: a search calls a SQL function. An index takes 2,000 dimensions at most (4,000 as
 * halfvec). Secret keys pass row level security and are refused where the user agent looks like a browser; legacy keys (eyJ…) end with
 * the year 2026.
 */
export const supabaseVectorIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'vectordb.supabase',
    version: '1.0.0',
    title: 'Supabase Vector Database',
    description: 'Vector search and storage with pgvector in the database of a Supabase project.',
    category: 'vector-db',
    domain: 'ai',
    stability: 'beta',
    owners: ['platform.ai'],
    tags: ['vector-db', 'supabase', 'pgvector'],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: {
    provides: [
      { key: 'vector-db.search', version: '1.0.0' },
      { key: 'vector-db.storage', version: '1.0.0' },
    ],
    requires: [
      { key: 'ai.embeddings', optional: true, reason: 'Needed where vectors are made by a hosted embedding service.' },
    ],
  },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        projectRef: {
          type: 'string',
          pattern: '^[a-z0-9]{20}$',
          description: 'Reference of the project, the first part of its host. The Data API needs it.',
        },
        schema: {
          type: 'string',
          pattern: '^[A-Za-z_][A-Za-z0-9_]{0,62}$',
          default: 'public',
          description: 'Schema of the table. Over the Data API it must be exposed.',
        },
        table: {
          type: 'string',
          pattern: '^[A-Za-z_][A-Za-z0-9_]{0,62}$',
          default: 'contractspec_vectors',
          description: 'Table with the embedding column. The connection check over the Data API needs it said.',
        },
        matchFunction: {
          type: 'string',
          pattern: '^[A-Za-z_][A-Za-z0-9_]{0,62}$',
          default: 'match_documents',
          description: 'SQL function that searches, called through the Data API.',
        },
        createTableIfMissing: {
          type: 'boolean',
          default: false,
          description:
            'Whether extension and table are created on the first write, which needs a connection string with the rights.',
        },
        distanceMetric: {
          type: 'string',
          enum: ['cosine', 'l2', 'inner_product'],
          default: 'cosine',
          description: 'Metric. It must fit the operator class of the index, or the index is not used.',
        },
        dimensions: {
          type: 'integer',
          minimum: 1,
          maximum: 16_000,
          description: 'Dimensions of the embedding column. An index takes 2,000 at most, 4,000 as halfvec.',
        },
        maxConnections: { type: 'integer', minimum: 1, maximum: 10_000, description: 'Most connections of a driver.' },
        sslMode: {
          type: 'string',
          enum: ['verify-full', 'verify-ca', 'require', 'prefer', 'allow', 'disable'],
          default: 'require',
          description:
            'TLS level of a driver in the words of libpq; prefer, allow and disable may send everything unencrypted.',
        },
      },
    },
    example: { projectRef: 'abcdefghijklmnopqrst', table: 'documents', distanceMetric: 'cosine', dimensions: 1536 },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        databaseUrl: {
          type: 'string',
          format: 'uri',
          pattern: '^postgres(?:ql)?://[!-~]+$',
          description: 'Connection string for a PostgreSQL driver, special characters of the password percent-encoded.',
        },
        secretKey: {
          type: 'string',
          pattern: '^sb_secret_[A-Za-z0-9_-]+$',
          description: 'Secret key of the project, for the Data API. It passes row level security.',
        },
        serviceRoleKey: {
          type: 'string',
          pattern: '^eyJ[!-~]+$',
          description: 'Legacy key, for projects without secret keys. Ends with the year 2026.',
        },
        managementToken: {
          type: 'string',
          pattern: '^sbp_[!-~]+$',
          description: 'Access token of the management API, only to make and delete secret keys.',
        },
      },
      anyOf: [{ required: ['databaseUrl'] }, { required: ['secretKey'] }, { required: ['serviceRoleKey'] }],
    },
    example: {
      databaseUrl: 'postgresql://app_role.project-ref:placeholder@aws-0-eu-central-1.pooler.supabase.com:5432/postgres',
      secretKey: 'sb_secret_placeholder',
    },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://{projectRef}.supabase.co/rest/{apiVersion}',
      defaultHeaders: { 'content-type': 'application/json' },
      errors: {
        code: [{ pointer: '/code' }],
        message: [{ pointer: '/message' }],
        rules: RULES,
      },
      // 1,000 rows per answer by default, a setting of the project.
      pagination: { style: 'offset', items: '', param: 'offset', sizeParam: 'limit' },
    },
    { type: 'sdk', packageName: '@supabase/supabase-js', minVersion: '2.119.1' },
    { type: 'sdk', packageName: 'pg', minVersion: '8.16.0', runtime: 'node' },
    { type: 'mcp', transport: 'http', url: 'https://mcp.supabase.com/mcp' },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [{ type: 'api-key', headerName: 'apikey', prefix: '', secretField: 'secretKey' }],
  versionPolicy: {
    currentVersion: 'v1',
    supportedVersions: [{ version: 'v1', status: 'stable' }],
    versionInPath: true,
  },
  healthCheck: {
    method: 'ping',
    timeoutMs: 5000,
    request: { path: '/{table}?select=id&limit=1', expect: { status: 200 }, rules: RULES },
  },
  docsUrl: DOCS,
  byokSetup: {
    setupInstructions: `Create a secret key of the project at ${CONSOLE}, or hand over a connection string; see ${DOCS}. Secret keys can be made and deleted through the management API, several at a time.`,
    requiredScopes: [],
    validationEndpoint: '/{table}?select=id&limit=1',
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
            key: 'secretKey',
            description: "Secret key of the host's own project; tenants are never asked for it.",
            envVar: 'SUPABASE_SECRET_KEY',
          },
          { key: 'databaseUrl', description: 'Connection string, for a driver.' },
          { key: 'serviceRoleKey', description: 'Legacy key.', envVar: 'SUPABASE_SERVICE_ROLE_KEY' },
          { key: 'managementToken', description: 'Token for rotation.', envVar: 'SUPABASE_ACCESS_TOKEN' },
        ],
        envAliases: [{ logicalKey: 'projectRef', envVar: 'SUPABASE_PROJECT_REF' }],
        validationStrategy: 'provider-health',
        rotation: { supported: true },
        setupSteps: ['Create a secret key of the project of the host and store it in a secret backend of the host.'],
        docsUrl: DOCS,
      },
      byok: {
        mode: 'byok',
        configFields: CONFIG_FIELDS,
        secretFields: [
          {
            key: 'secretKey',
            description: 'Secret key of the project. Not needed with a driver alone.',
          },
          { key: 'databaseUrl', description: 'Connection string, for a driver.' },
          { key: 'serviceRoleKey', description: 'Legacy key.' },
          { key: 'managementToken', description: 'Token for rotation.' },
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
      url: 'https://www.npmjs.com/package/@supabase/supabase-js',
      checkedOn: '2026-11-23',
      facts: 'Paths, kinds of keys, headers (version 2.119.1).',
    },
    { url: 'https://github.com/PostgREST/postgrest', checkedOn: '2026-08-21', facts: 'Error codes and statuses.' },
    {
      url: 'https://supabase.com/docs/guides/getting-started/migrating-to-new-api-keys',
      checkedOn: '2026-11-23',
      facts: 'Secret keys, end of legacy keys.',
    },
    {
      url: 'https://supabase.com/docs/guides/functions/auth-headers',
      checkedOn: '2026-11-23',
      facts: 'Keys go into apikey and are no bearer tokens.',
    },
    {
      url: 'https://supabase.com/changelog/45329-breaking-change-tables-not-exposed-to-data-and-graphql-api-automatically',
      checkedOn: '2026-11-23',
      facts: 'Tables must be granted to be exposed.',
    },
    {
      url: 'https://github.com/pgvector/pgvector',
      checkedOn: '2026-08-19',
      facts: 'Dimensions, operators and indexes.',
    },
  ],
});

/** Adds the Supabase vector spec to a registry, which is returned for chaining. */
export function registerSupabaseVectorIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(supabaseVectorIntegrationSpec);
}
