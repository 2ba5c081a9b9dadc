import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://docs.stripe.com/api';
const KEYS_PAGE = 'https://dashboard.stripe.com/apikeys';
const SDK = 'https://www.npmjs.com/package/stripe';
const DAY_MS = 86_400_000;

/** The vendor's own SDK refuses older deliveries. */
const TOLERANCE_MS = 300_000;

/** Named lines open with a version that breaks; the monthly ones within a line only add. */
const VERSIONS = [
  '2026-10-28.endive',
  '2026-09-30.endive',
  '2026-08-26.dahlia',
  '2026-03-25.dahlia',
  '2026-02-25.clover',
  '2025-09-30.clover',
  '2025-08-27.basil',
  '2025-03-31.basil',
  '2024-09-30.acacia',
  '2024-06-20',
];

const BYOK_STEPS = [
  'Sign in to the Stripe Dashboard and choose the account and the mode: live, or a sandbox.',
  'Open Developers, API keys, and create a restricted key with only what is needed: write on payment intents, refunds and customers, read on invoices, balance and balance transactions.',
  'Copy the key at once: a live key is shown a single time.',
  'Create a webhook endpoint for the events of payments and copy its signing secret, or let the platform create it with a key that may write webhook endpoints.',
  'Paste the key, and the signing secret where webhooks are used, and run the connection check.',
];

const CONFIG_FIELDS = [
  { key: 'accountId', description: 'Connected account to act on.' },
  { key: 'apiVersion', description: 'API version that requests ask for.' },
  { key: 'mode', description: 'Live or test; the key decides.' },
  { key: 'publishableKey', description: 'Key for the browser.' },
];

/**
 * Stripe: payments, refunds, customers, invoices, balance. Requests of `/v1` carry form bodies, those of `/v2` JSON. An
 * idempotency key is remembered for a day at least and gives failures again, those of the server included.
 */
export const stripeIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'payments.stripe',
    version: '1.0.0',
    title: 'Stripe Payments',
    description: 'Card payments, refunds, invoices and payouts through Stripe.',
    category: 'payments',
    domain: 'payments',
    stability: 'stable',
    owners: ['platform.payments'],
    tags: ['payments', 'psp'],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: {
    provides: [{ key: 'payments.psp', version: '1.0.0' }],
    requires: [
      {
        key: 'platform.webhooks',
        optional: true,
        reason: 'Payments end asynchronously; webhooks tell of it dependably.',
      },
    ],
  },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        accountId: {
          type: 'string',
          pattern: '^acct_[A-Za-z0-9]+$',
          description: 'Connected account to act on; the adapter sends it as Stripe-Account.',
        },
        region: {
          type: 'string',
          minLength: 1,
          deprecated: true,
          description: 'Not used: the vendor offers no choice of region. Kept for connections that have it.',
        },
        apiVersion: {
          type: 'string',
          pattern: '^\\d{4}-\\d{2}-\\d{2}(\\.[a-z]+)?$',
          default: '2026-10-28.endive',
          description: 'API version that requests ask for. Without one the account’s own would apply.',
        },
        mode: {
          type: 'string',
          enum: ['live', 'test'],
          description: 'Which data the key reaches. The key decides; this only lets a mix-up be noticed.',
        },
        publishableKey: {
          type: 'string',
          pattern: '^pk_(live|test)_[A-Za-z0-9]+$',
          description: 'Key for the browser. Not secret, and not accepted for calls of a server.',
        },
      },
    },
    example: { accountId: 'acct_1Example0000000', mode: 'test' },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['apiKey'],
      properties: {
        apiKey: {
          type: 'string',
          pattern: '^(sk|rk)_(live|test|org_live|org_test)_[A-Za-z0-9_]+$',
          description:
            'Secret or, better, restricted key of the account. For OAuth the key of the platform, which is its client secret.',
        },
        webhookSecret: {
          type: 'string',
          pattern: '^whsec_\\S+$',
          description: 'Signing secret of the webhook endpoint, used whole with its prefix. Each endpoint has its own.',
        },
        accessToken: {
          type: 'string',
          pattern: '^[!-~]+$',
          description: 'Access token of an account that was connected by OAuth.',
        },
        refreshToken: { type: 'string', pattern: '^[!-~]+$', description: 'Refresh token of the same grant.' },
        clientId: {
          type: 'string',
          pattern: '^ca_[A-Za-z0-9]+$',
          description: 'Client id of the platform, for OAuth. Not secret; kept here beside what it is used with.',
        },
      },
    },
    example: {
      apiKey: 'rk_test_placeholder',
      webhookSecret: 'whsec_placeholder',
      accessToken: 'stripe-access-token-placeholder',
      clientId: 'ca_placeholder',
    },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://api.stripe.com',
      apiVersionHeader: 'Stripe-Version',
      defaultHeaders: { accept: 'application/json' },
      idempotency: {
        header: 'Idempotency-Key',
        methods: ['POST'],
        maxLength: 255,
        lifetimeMs: DAY_MS,
      },
      errors: {
        code: [{ pointer: '/error/code' }, { pointer: '/error/type' }],
        message: [{ pointer: '/error/message' }],
        requestId: [{ header: 'Request-Id' }],
        rules: [
          { when: { status: 400, body: [{ pointer: '/error/code', equals: 'rate_limit' }] }, means: 'throttled' },
          {
            when: { status: 400, body: [{ pointer: '/error/type', equals: 'idempotency_error' }] },
            means: 'invalid_request',
            retryable: false,
          },
          { when: { status: 401 }, means: 'bad_credential' },
          { when: { status: 403 }, means: 'missing_scope' },
          { when: { status: 402 }, means: 'invalid_request', retryable: false },
          {
            when: { status: 409, header: { name: 'Stripe-Should-Retry', equals: 'false' } },
            means: 'conflict',
            retryable: false,
          },
          { when: { status: 409 }, means: 'conflict', retryable: true },
          {
            when: { status: 429, header: { name: 'Stripe-Should-Retry', equals: 'false' } },
            means: 'throttled',
            retryable: false,
          },
          {
            when: { status: [500, 502, 503, 504], header: { name: 'Stripe-Should-Retry', equals: 'false' } },
            means: 'unavailable',
            retryable: false,
          },
        ],
      },
      pagination: {
        style: 'last-item',
        param: 'starting_after',
        id: '/id',
        items: '/data',
        hasMore: '/has_more',
        sizeParam: 'limit',
        maxSize: 100,
      },
    },
    {
      type: 'webhook',
      inbound: { signatureHeader: 'Stripe-Signature', signingAlgorithm: 'hmac-sha256', registrationSupported: true },
    },
    { type: 'sdk', packageName: 'stripe', minVersion: '23.1.0', runtime: 'universal' },
    { type: 'mcp', transport: 'http', url: 'https://mcp.stripe.com' },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [
    { type: 'api-key', headerName: 'Authorization', prefix: 'Bearer ', secretField: 'apiKey' },
    {
      type: 'oauth2',
      grantType: 'authorization_code',
      authorizationUrl: 'https://connect.stripe.com/oauth/authorize',
      tokenUrl: 'https://connect.stripe.com/oauth/token',
      revocationUrl: 'https://connect.stripe.com/oauth/deauthorize',
      scopes: ['read_write'],
      pkce: false,
      clientIdField: 'clientId',
      clientSecretField: 'apiKey',
      tokenField: 'accessToken',
      refreshTokenField: 'refreshToken',
    },
    {
      type: 'webhook-signing',
      algorithm: 'hmac-sha256',
      signatureHeader: 'Stripe-Signature',
      toleranceMs: TOLERANCE_MS,
      secretField: 'webhookSecret',
    },
  ],
  versionPolicy: {
    currentVersion: '2026-10-28.endive',
    versionHeader: 'Stripe-Version',
    supportedVersions: VERSIONS.map((version) => ({
      version,
      status: 'stable' as const,
      releasedAt: version.slice(0, 10),
    })),
  },
  healthCheck: {
    method: 'ping',
    timeoutMs: 5000,
    request: {
      method: 'GET',
      path: '/v1/balance',
      expect: { status: 200, body: [{ pointer: '/object', equals: 'balance' }] },
      rules: [
        { when: { status: 401 }, means: 'bad_credential' },
        // A restricted key that may not read the balance is good all the same.
        { when: { status: 403 }, means: 'missing_scope' },
      ],
    },
  },
  webhooks: [
    {
      verification: {
        scheme: 'signature',
        algorithm: 'hmac-sha256',
        signature: {
          header: 'Stripe-Signature',
          items: { separator: ',', assign: '=', name: 'v1' },
          encoding: 'hex',
        },
        signed: '{timestamp}.{body}',
        key: { secretField: 'webhookSecret' },
        timestamp: { from: { item: 't' }, unit: 'seconds', toleranceMs: TOLERANCE_MS },
      },
      eventId: [{ pointer: '/id' }],
      eventType: [{ pointer: '/type' }],
      occurredAt: { value: { pointer: '/created' }, unit: 'seconds' },
      ack: { status: 200 },
      registrationSupported: true,
    },
  ],
  // 100 requests a second in live mode; a sandbox, and any single endpoint, has 25.
  constraints: { rateLimit: { rpm: 6000 } },
  docsUrl: DOCS,
  byokSetup: {
    setupInstructions: `Create a restricted key at ${KEYS_PAGE} with only the permissions that are needed, and a webhook endpoint with its signing secret. Keys are rolled in the Dashboard, where the old one can be kept for a while.`,
    requiredScopes: ['Payment Intents: write', 'Refunds: write', 'Customers: write', 'Invoices: read', 'Balance: read'],
    validationEndpoint: 'https://api.stripe.com/v1/balance',
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
            key: 'apiKey',
            required: true,
            description: "Key of the host's own account; tenants are never asked for it.",
            envVar: 'STRIPE_SECRET_KEY',
          },
          {
            key: 'webhookSecret',
            description: "Signing secret of the host's webhook endpoint.",
            envVar: 'STRIPE_WEBHOOK_SECRET',
          },
          { key: 'clientId', description: 'Client id of the platform, for OAuth.', envVar: 'STRIPE_CLIENT_ID' },
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: false },
        setupSteps: ['Create a restricted key for the host and store it in a secret backend of the host.'],
        docsUrl: 'https://docs.stripe.com/keys',
      },
      byok: {
        mode: 'byok',
        configFields: CONFIG_FIELDS,
        secretFields: [
          { key: 'apiKey', required: true, description: 'Restricted key of the tenant’s account.' },
          { key: 'webhookSecret', description: 'Signing secret of the tenant’s webhook endpoint.' },
          { key: 'accessToken', description: 'Access token, for an account that is connected by OAuth.' },
          { key: 'refreshToken', description: 'Refresh token of the same grant.' },
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: false },
        setupSteps: BYOK_STEPS,
        docsUrl: 'https://docs.stripe.com/keys',
      },
    },
  },
  sources: [
    {
      url: SDK,
      checkedOn: '2026-11-23',
      facts: 'version list, hosts, signature, retry rule, OAuth paths, endpoints (official SDK 23.1.0)',
    },
    { url: 'https://docs.stripe.com/rate-limits', checkedOn: '2026-11-23', facts: 'rate limits and refusals' },
    {
      url: 'https://docs.stripe.com/api/idempotent_requests',
      checkedOn: '2026-11-23',
      facts: 'idempotency header, key length, lifetime, replay of failures',
    },
    { url: 'https://docs.stripe.com/keys', checkedOn: '2026-11-23', facts: 'kinds of keys and their rotation' },
    { url: 'https://docs.stripe.com/mcp', checkedOn: '2026-11-23', facts: 'MCP server' },
  ],
});

/** Adds the Stripe spec to a registry, which is returned for chaining. */
export function registerStripeIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(stripeIntegrationSpec);
}
