import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://api.qdrant.tech';
const CONSOLE = 'https://cloud.qdrant.io';

const BYOK_STEPS = [
  `Open ${CONSOLE} and the cluster that should be used.`,
  'Copy its endpoint: the host, and port 6333.',
  'In the tab API keys create a key: manage or write where data is to be written, limited to collections if wanted, with an expiry (90 days unless another value is chosen).',
  'Copy the key: it is shown once. Paste host and key here and note the expiry.',
];

const CONFIG_FIELDS = [
  { key: 'host', description: 'Host of the cluster; needed by the HTTP client.' },
  { key: 'apiUrl', description: 'Address of the cluster with its port, for SDKs.' },
  { key: 'collectionPrefix', description: 'Text before every collection name.' },
];

/**
 * Qdrant, in the cloud or self-hosted. Point ids are UUIDs or whole numbers and nothing else: derive a UUID from an id of yours. A
 * write answers before a search sees it unless `wait=true`. Cosine vectors are normalised on write. Paths such as `/`, `/healthz` and
 * `/readyz` need no key and prove nothing about one. A server without keys accepts everything.
 */
export const qdrantIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'vectordb.qdrant',
    version: '1.0.0',
    title: 'Qdrant Vector Database',
    description: 'Vector search and storage on a Qdrant cluster, in the cloud or self-hosted.',
    category: 'vector-db',
    domain: 'ai',
    stability: 'experimental',
    owners: ['platform.ai'],
    tags: ['vector-db', 'search'],
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
        apiUrl: {
          type: 'string',
          format: 'uri',
          pattern: '^https?://[^?#]+$',
          description:
            'Address of the cluster with its port, such as https://xyz.eu-central.aws.cloud.qdrant.io:6333. SDKs take it; without a port they add 6333. http is for a server on the own machine.',
        },
        host: {
          type: 'string',
          pattern: '^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$',
          description:
            'Host of the cluster, without scheme and port. The HTTP client takes it instead of apiUrl and adds port 6333, that of every cloud cluster and the default of a server.',
        },
        collectionPrefix: {
          type: 'string',
          pattern: '^[^<>:"/\\\\|?*\\x00-\\x1f]{0,128}$',
          description: 'Text that is put before every collection name, so that tenants can share a cluster.',
        },
        tenantField: {
          type: 'string',
          minLength: 1,
          description: 'Field of the payload that holds the namespace; index it as a tenant keyword.',
        },
        distance: {
          type: 'string',
          enum: ['Cosine', 'Euclid', 'Dot', 'Manhattan'],
          default: 'Cosine',
          description: 'Metric of collections that are made. It cannot be changed later.',
        },
        vectorSize: {
          type: 'integer',
          minimum: 1,
          maximum: 65_536,
          description:
            'Dimensions of collections that are made: those of the embeddings. They cannot be changed later.',
        },
      },
      anyOf: [{ required: ['apiUrl'] }, { required: ['host'] }],
    },
    example: {
      apiUrl: 'https://xyz-example.eu-central.aws.cloud.qdrant.io:6333',
      host: 'xyz-example.eu-central.aws.cloud.qdrant.io',
      collectionPrefix: 'tenant-1-',
    },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        apiKey: {
          type: 'string',
          pattern: '^[!-~]+$',
          description:
            'Database API key: random text, or a token (JWT) for granular access. Not needed by a server without keys.',
        },
        managementKey: {
          type: 'string',
          pattern: '^[!-~]+$',
          description: 'Cloud management key, only to make and delete database keys.',
        },
      },
    },
    example: { apiKey: 'qdrant-api-key-placeholder' },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://{host}:6333',
      defaultHeaders: { 'content-type': 'application/json' },
      retryAfter: [{ header: 'retry-after', format: 'delta-seconds' }],
      errors: {
        message: [{ pointer: '/status/error' }],
        rules: [
          { when: { status: 400 }, means: 'invalid_request' },
          { when: { status: 401 }, means: 'bad_credential' },
          // Missing rights, an expired token, or a collection that is locked for writing.
          { when: { status: 403 }, means: 'missing_scope' },
          { when: { status: 404 }, means: 'not_found' },
          { when: { status: 408 }, means: 'unavailable', retryable: true },
          { when: { status: 409 }, means: 'conflict' },
          { when: { status: 422 }, means: 'invalid_request' },
          { when: { status: 429 }, means: 'throttled' },
          // Disk or memory is used up.
          { when: { status: 507 }, means: 'quota_exhausted' },
        ],
      },
      pagination: {
        style: 'cursor',
        items: '/result/points',
        param: 'offset',
        in: 'body',
        cursor: { pointer: '/result/next_page_offset' },
        sizeParam: 'limit',
      },
    },
    { type: 'sdk', packageName: '@qdrant/js-client-rest', minVersion: '1.19.0' },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [
    { type: 'api-key', headerName: 'api-key', prefix: '', secretField: 'apiKey' },
    { type: 'bearer', tokenField: 'apiKey' },
  ],
  healthCheck: {
    method: 'ping',
    timeoutMs: 4000,
    request: {
      path: '/collections',
      expect: { status: 200, body: [{ pointer: '/status', equals: 'ok' }, { pointer: '/result/collections' }] },
      // Refusals are plain text.
      rules: [
        { when: { status: 401 }, means: 'bad_credential' },
        { when: { status: 403 }, means: 'missing_scope' },
      ],
    },
  },
  docsUrl: DOCS,
  byokSetup: {
    setupInstructions: `Create a database API key of the cluster at ${CONSOLE}. Cloud keys can be made and deleted through the management API; a self-hosted server takes an alternative key meanwhile and needs restarts.`,
    requiredScopes: [],
    validationEndpoint: '/collections',
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
            key: 'apiKey',
            required: true,
            description: "Key of the host's own cluster; tenants are never asked for it.",
            envVar: 'QDRANT_API_KEY',
          },
          { key: 'managementKey', description: 'Cloud management key, for rotation.', envVar: 'QDRANT_CLOUD_API_KEY' },
        ],
        envAliases: [{ logicalKey: 'apiUrl', envVar: 'QDRANT_URL' }],
        validationStrategy: 'provider-health',
        rotation: { supported: true, recommendedIntervalDays: 90 },
        setupSteps: ['Create a key of the cluster of the host and store it in a secret backend of the host.'],
        docsUrl: DOCS,
      },
      byok: {
        mode: 'byok',
        configFields: CONFIG_FIELDS,
        secretFields: [
          { key: 'apiKey', required: true, description: "Database API key of the tenant's cluster." },
          { key: 'managementKey', description: 'Cloud management key, for rotation.' },
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: true, recommendedIntervalDays: 90 },
        setupSteps: BYOK_STEPS,
        docsUrl: DOCS,
      },
    },
  },
  sources: [
    {
      url: 'https://github.com/qdrant/qdrant',
      checkedOn: '2026-08-04',
      facts:
        'Headers, paths without authentication, error bodies, statuses, Retry-After, alternative key (server 1.19).',
    },
    {
      url: 'https://www.npmjs.com/package/@qdrant/js-client-rest',
      checkedOn: '2026-11-23',
      facts: 'Handling of ports and of 429, methods (version 1.19.0).',
    },
    {
      url: 'https://qdrant.tech/documentation/cloud/authentication',
      checkedOn: '2026-11-23',
      facts: 'Cloud keys, their expiry, granular keys.',
    },
    {
      url: 'https://github.com/qdrant/qdrant-cloud-public-api',
      checkedOn: '2026-08-20',
      facts: 'Management API and replacement of database keys.',
    },
  ],
});

/** Adds the Qdrant spec to a registry, which is returned for chaining. */
export function registerQdrantIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(qdrantIntegrationSpec);
}
