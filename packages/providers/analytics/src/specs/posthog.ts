import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://posthog.com/docs/api';
const CONSOLE = 'https://app.posthog.com/settings/user-api-keys';

const BYOK_STEPS = [
  'Choose the region of the project, us or eu, or have the domain of a self-hosted installation at hand.',
  `Open ${CONSOLE} and create a personal API key, limited to the project and to the scopes that are needed.`,
  'Copy the key once and paste it here, with the id of the project from its settings.',
  'Copy the project token (phc_…) from the settings as well if events are to be sent.',
  'For events out of PostHog add a webhook destination under data pipelines, with the given address and a header named x-webhook-secret that holds a long random value. Paste that value here.',
];

const CONFIG_FIELDS = [
  { key: 'host', description: 'Host of the private API, in place of that of the region.' },
  { key: 'region', description: 'Region of the project: part of the host names.' },
  { key: 'projectId', description: 'Project to read from.' },
];

/**
 * PostHog has two hosts for each region: `{region}.posthog.com` for the private API, which takes a personal key, and
 * `{region}.i.posthog.com` for capture and flags, which take the project token in the body. A private call to the second is a common
 * mistake. Capture answers 200 even for events that are dropped later; over a billing quota `/flags` answers 200 with
 * `quotaLimited`. Limits are shared by the whole organisation.
 */
export const posthogIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'analytics.posthog',
    version: '1.1.0',
    title: 'PostHog',
    description: 'Product analytics, feature flags, HogQL and analytics of language models.',
    category: 'analytics',
    domain: 'analytics',
    stability: 'beta',
    owners: ['@platform.integrations'],
    tags: ['analytics', 'posthog', 'llm', 'ai'],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: {
    provides: [
      { key: 'analytics.events', version: '1.0.0' },
      { key: 'analytics.feature-flags', version: '1.0.0' },
      { key: 'analytics.query', version: '1.0.0' },
      { key: 'analytics.events.read', version: '1.0.0' },
      { key: 'analytics.persons', version: '1.0.0' },
      { key: 'analytics.insights', version: '1.0.0' },
      { key: 'analytics.cohorts', version: '1.0.0' },
      { key: 'analytics.annotations', version: '1.0.0' },
      { key: 'analytics.llm-tracing', version: '1.0.0' },
      { key: 'analytics.llm-evaluations', version: '1.0.0' },
    ],
  },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        region: {
          type: 'string',
          enum: ['us', 'eu'],
          default: 'us',
          description: 'Region of the project. Both hosts follow from it; the HTTP client needs it.',
        },
        host: {
          type: 'string',
          format: 'uri',
          pattern: '^https://[^/?#]+/?$',
          description:
            'Host of the private API, where it does not follow from the region: the domain of a self-hosted installation.',
        },
        ingestHost: {
          type: 'string',
          format: 'uri',
          pattern: '^https://[^/?#]+/?$',
          description: 'Host of capture and flags. Self-hosted: the same domain.',
        },
        projectId: {
          type: 'string',
          pattern: '^\\d+$',
          description: 'Id of the project. Needed for all reading.',
        },
        mcpUrl: {
          type: 'string',
          format: 'uri',
          pattern: '^https://[^?#]+$',
          default: 'https://mcp.posthog.com/mcp',
          description: 'MCP server. It takes the personal key as a bearer token.',
        },
      },
    },
    example: { region: 'eu', projectId: '12345' },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['personalApiKey'],
      properties: {
        personalApiKey: {
          type: 'string',
          pattern: '^phx_[!-~]+$',
          description: 'Personal API key, for the private API. Keys that leak to GitHub are revoked by the vendor.',
        },
        projectApiKey: {
          type: 'string',
          pattern: '^phc_[A-Za-z0-9_]+$',
          description: 'Project token, for capture and flags; sent in the body. Public by nature.',
        },
        projectSecretKey: {
          type: 'string',
          pattern: '^phs_[!-~]+$',
          description: 'Project secret API key (beta), for the few endpoints that take one.',
        },
        webhookSecret: {
          type: 'string',
          minLength: 16,
          description: 'Value of the header x-webhook-secret of the webhook destination.',
        },
      },
    },
    example: {
      personalApiKey: 'phx_placeholder',
      projectApiKey: 'phc_placeholder',
      webhookSecret: 'webhook-secret-placeholder',
    },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://{region}.posthog.com',
      defaultHeaders: { 'content-type': 'application/json' },
      retryAfter: [{ header: 'Retry-After', format: 'delta-seconds' }],
      errors: {
        code: [{ pointer: '/code' }],
        message: [{ pointer: '/detail' }],
        rules: [
          { when: { status: 400 }, means: 'invalid_request' },
          { when: { status: 401 }, means: 'bad_credential' },
          { when: { status: 403 }, means: 'missing_scope' },
          { when: { status: 404 }, means: 'not_found' },
          { when: { status: 408 }, means: 'unavailable', retryable: true },
          { when: { status: 429 }, means: 'throttled' },
        ],
      },
      pagination: { style: 'next-url', items: '/results', url: '/next', sizeParam: 'limit' },
    },
    { type: 'mcp', transport: 'http', url: 'https://mcp.posthog.com/mcp' },
    { type: 'sdk', packageName: 'posthog-node', minVersion: '5.70.0', runtime: 'node' },
    { type: 'webhook' },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [
    { type: 'api-key', headerName: 'Authorization', prefix: 'Bearer ', secretField: 'personalApiKey' },
    { type: 'bearer', tokenField: 'personalApiKey' },
  ],
  webhooks: [
    {
      // Headers and body of a destination are templates of the user; nothing is signed unless they add it.
      verification: { scheme: 'token', from: { header: 'x-webhook-secret' }, secretField: 'webhookSecret' },
      registrationSupported: false,
    },
  ],
  healthCheck: {
    method: 'custom',
    timeoutMs: 5000,
    request: {
      path: '/api/users/@me/',
      expect: { status: 200, body: [{ pointer: '/email' }, { pointer: '/organization' }] },
      rules: [
        { when: { status: 401 }, means: 'bad_credential' },
        // A key without the scope user:read is good all the same.
        { when: { status: 403 }, means: 'missing_scope' },
      ],
    },
  },
  docsUrl: DOCS,
  // Creating, reading, updating and deleting through the private API, for the whole organisation. Reading analytics has less.
  constraints: {
    rateLimit: { rpm: 480, rph: 4800 },
    quotas: {
      analyticsReadsPerMinute: 240,
      analyticsReadsPerHour: 1200,
      localEvaluationsPerMinute: 600,
      bodyBytes: 20_000_000,
    },
  },
  byokSetup: {
    setupInstructions: `Create a personal API key at ${CONSOLE}, limited to the project. Keys are created and deleted by hand on the same page.`,
    requiredScopes: ['query:read', 'person:read', 'feature_flag:read', 'user:read'],
    validationEndpoint: '/api/users/@me/',
    keyRotationSupported: false,
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
            key: 'personalApiKey',
            required: true,
            description: "The host's own key; tenants are never asked for it.",
            envVar: 'POSTHOG_PERSONAL_API_KEY',
          },
          { key: 'projectApiKey', description: 'Project token, for capture and flags.', envVar: 'POSTHOG_API_KEY' },
          { key: 'projectSecretKey', description: 'Project secret key.', envVar: 'POSTHOG_PROJECT_SECRET_API_KEY' },
          { key: 'webhookSecret', description: 'Shared value of the webhook destination.' },
        ],
        envAliases: [
          { logicalKey: 'host', envVar: 'POSTHOG_HOST' },
          { logicalKey: 'projectId', envVar: 'POSTHOG_PROJECT_ID' },
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: false },
        setupSteps: ['Create a personal API key of a service user of the host and store it in a secret backend.'],
        docsUrl: DOCS,
      },
      byok: {
        mode: 'byok',
        configFields: CONFIG_FIELDS,
        secretFields: [
          { key: 'personalApiKey', required: true, description: 'Personal API key, limited to the project.' },
          { key: 'projectApiKey', description: 'Project token; needed to send events.' },
          { key: 'projectSecretKey', description: 'Project secret key.' },
          { key: 'webhookSecret', description: 'Shared value of the webhook destination; needed for webhooks.' },
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: false },
        setupSteps: BYOK_STEPS,
        docsUrl: DOCS,
      },
    },
  },
  sources: [
    { url: DOCS, checkedOn: '2026-11-23', facts: 'Hosts, limits, errors, paging, project secret keys.' },
    {
      url: 'https://posthog.com/docs/cdp/destinations/webhook',
      checkedOn: '2026-11-23',
      facts: 'Webhook destinations: headers and body are templates, nothing is signed.',
    },
    {
      url: 'https://www.npmjs.com/package/posthog-node',
      checkedOn: '2026-11-23',
      facts: 'Kinds of keys, retry classes, paths of capture and flags (version 5.70.0).',
    },
    {
      url: 'https://posthog.com/docs/model-context-protocol',
      checkedOn: '2026-11-23',
      facts: 'Address and authentication of the MCP server.',
    },
    {
      url: 'https://github.com/PostHog/posthog',
      checkedOn: '2026-11-23',
      facts: '480 requests a minute and 4800 an hour (posthog/rate_limit.py).',
    },
  ],
});

/** Adds the PostHog spec to a registry, which is returned for chaining. */
export function registerPosthogIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(posthogIntegrationSpec);
}
