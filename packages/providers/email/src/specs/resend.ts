import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://resend.com/docs/api-reference/introduction';
const CONSOLE = 'https://resend.com/api-keys';

const BYOK_STEPS = [
  'Create a team in Resend and add the sending domain.',
  'Publish the DNS records that are shown and wait until the domain is verified.',
  'Create an API key: with sending access for that domain, or with full access if domains and webhooks are to be managed from here.',
  'Copy the key at once: it is shown a single time.',
  'Paste it here and run the connection check.',
];

const CONFIG_FIELDS = [
  { key: 'fromEmail', description: 'Sender of mail that names none.' },
  { key: 'domain', description: 'Verified domain from which mail is sent.' },
];

/**
 * Resend: sends mail and tells of its deliveries. Rate limits are left out: they are a team's, and each answer carries them in its
 * headers.
 */
export const resendIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'email.resend',
    version: '1.0.0',
    title: 'Resend Email',
    description:
      'Sends transactional mail through Resend and tells of deliveries, bounces, complaints, opens and clicks.',
    category: 'email',
    domain: 'communications',
    stability: 'experimental',
    owners: ['platform.messaging'],
    tags: ['email', 'transactional'],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: {
    provides: [
      { key: 'email.transactional', version: '1.0.0' },
      { key: 'email.outbound', version: '1.0.0' },
    ],
    requires: [
      { key: 'platform.webhooks', optional: true, reason: 'Needed only to take in bounces and other delivery events.' },
    ],
  },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        fromEmail: {
          type: 'string',
          format: 'email',
          description: 'Sender of mail that names none, on a verified domain.',
        },
        domain: {
          type: 'string',
          format: 'hostname',
          description: 'Verified domain. Without one, mail can be sent to the own account only.',
        },
      },
    },
    example: { fromEmail: 'hello@mail.example.com', domain: 'mail.example.com' },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['apiKey'],
      properties: {
        apiKey: {
          type: 'string',
          pattern: '^re_[A-Za-z0-9_]+$',
          description: 'API key, with full access or for sending only.',
        },
        webhookSecret: {
          type: 'string',
          pattern: '^whsec_[A-Za-z0-9+/=]+$',
          description: 'Signing secret of the webhook endpoint.',
        },
      },
    },
    example: { apiKey: 're_placeholder', webhookSecret: 'whsec_cGxhY2Vob2xkZXI=' },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://api.resend.com',
      // A call without the second one is refused before the key is looked at.
      defaultHeaders: { accept: 'application/json', 'user-agent': 'mortise' },
      rateLimitHeaders: {
        limit: 'ratelimit-limit',
        remaining: 'ratelimit-remaining',
        reset: 'ratelimit-reset',
        resetFormat: 'delta-seconds',
      },
      errors: {
        code: [{ pointer: '/name' }],
        message: [{ pointer: '/message' }],
        rules: [
          {
            when: { body: [{ pointer: '/name', oneOf: ['missing_api_key', 'invalid_api_key'] }] },
            means: 'bad_credential',
          },
          { when: { body: [{ pointer: '/name', equals: 'restricted_api_key' }] }, means: 'missing_scope' },
          {
            when: { body: [{ pointer: '/name', oneOf: ['daily_quota_exceeded', 'monthly_quota_exceeded'] }] },
            means: 'quota_exhausted',
          },
          { when: { body: [{ pointer: '/name', equals: 'rate_limit_exceeded' }] }, means: 'throttled' },
          {
            when: { body: [{ pointer: '/name', equals: 'concurrent_idempotent_requests' }] },
            means: 'conflict',
            retryable: true,
          },
          { when: { body: [{ pointer: '/name', equals: 'invalid_idempotent_request' }] }, means: 'conflict' },
          // Mail to others without a verified domain comes back so, with 403.
          {
            when: {
              body: [
                {
                  pointer: '/name',
                  oneOf: [
                    'validation_error',
                    'missing_required_field',
                    'invalid_attachment',
                    'invalid_from_address',
                    'invalid_parameter',
                    'invalid_idempotency_key',
                  ],
                },
              ],
            },
            means: 'invalid_request',
          },
          { when: { body: [{ pointer: '/name', equals: 'not_found' }] }, means: 'not_found' },
        ],
      },
      idempotency: { header: 'Idempotency-Key', methods: ['POST'], maxLength: 256, lifetimeMs: 86_400_000 },
      pagination: {
        style: 'last-item',
        items: '/data',
        param: 'after',
        id: '/id',
        hasMore: '/has_more',
        sizeParam: 'limit',
      },
    },
    { type: 'mcp', transport: 'http', url: 'https://mcp.resend.com/mcp' },
    { type: 'sdk', packageName: 'resend' },
    {
      type: 'webhook',
      inbound: { signatureHeader: 'svix-signature', signingAlgorithm: 'hmac-sha256', registrationSupported: true },
    },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [
    { type: 'bearer', tokenField: 'apiKey' },
    {
      type: 'webhook-signing',
      algorithm: 'hmac-sha256',
      signatureHeader: 'svix-signature',
      timestampHeader: 'svix-timestamp',
      toleranceMs: 300_000,
      secretField: 'webhookSecret',
    },
  ],
  webhooks: [
    {
      verification: {
        scheme: 'signature',
        algorithm: 'hmac-sha256',
        signature: {
          header: 'svix-signature',
          items: { separator: ' ', assign: ',', name: 'v1' },
          encoding: 'base64',
        },
        signed: '{header:svix-id}.{timestamp}.{body}',
        key: { secretField: 'webhookSecret', encoding: 'base64', prefix: 'whsec_' },
        timestamp: { from: { header: 'svix-timestamp' }, unit: 'seconds', toleranceMs: 300_000 },
      },
      eventId: [{ header: 'svix-id' }],
      eventType: [{ pointer: '/type' }],
      occurredAt: { value: { pointer: '/created_at' }, unit: 'iso' },
      ack: { status: 200 },
      registrationSupported: true,
    },
  ],
  healthCheck: {
    method: 'list',
    timeoutMs: 5000,
    request: {
      path: '/domains?limit=1',
      expect: { status: 200, body: [{ pointer: '/object', equals: 'list' }] },
      rules: [
        // A key for sending only is good and may not list domains.
        { when: { body: [{ pointer: '/name', equals: 'restricted_api_key' }] }, means: 'missing_scope' },
        {
          when: { body: [{ pointer: '/name', oneOf: ['invalid_api_key', 'missing_api_key'] }] },
          means: 'bad_credential',
        },
      ],
    },
  },
  docsUrl: DOCS,
  byokSetup: {
    setupInstructions: `Create an API key at ${CONSOLE}. A key with full access can make its own successor through the API, one for sending cannot.`,
    requiredScopes: ['sending_access'],
    validationEndpoint: 'https://api.resend.com/domains?limit=1',
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
            description: "The host's own key; tenants are never asked for it.",
            envVar: 'RESEND_API_KEY',
          },
          { key: 'webhookSecret', description: 'Signing secret of webhooks.', envVar: 'RESEND_WEBHOOK_SECRET' },
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: true },
        setupSteps: ['Create a key in the team of the host and store it in a secret backend of the host.'],
        docsUrl: DOCS,
      },
      byok: {
        mode: 'byok',
        configFields: CONFIG_FIELDS,
        secretFields: [
          { key: 'apiKey', required: true, description: 'API key of a team of the tenant.' },
          { key: 'webhookSecret', description: 'Signing secret of webhooks.' },
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
      url: 'https://www.npmjs.com/package/resend',
      checkedOn: '2026-11-23',
      facts: 'paths, headers, names of errors and events, permissions and replacement of keys (version 6.38.0)',
    },
    { url: DOCS, checkedOn: '2026-11-23', facts: 'base URL, User-Agent, statuses, rate-limit headers' },
    {
      url: 'https://resend.com/docs/api-reference/errors',
      checkedOn: '2026-11-23',
      facts: 'names and statuses of errors',
    },
    {
      url: 'https://resend.com/docs/dashboard/emails/idempotency-keys',
      checkedOn: '2026-11-23',
      facts: 'idempotency header, its length and lifetime',
    },
    {
      url: 'https://resend.com/docs/webhooks/verify-webhooks-requests',
      checkedOn: '2026-11-23',
      facts: 'headers and form of webhook signatures',
    },
    {
      url: 'https://mcpservers.org/remote-mcp-servers/resend',
      checkedOn: '2026-11-23',
      facts: 'address of the MCP server',
    },
  ],
});

/** Adds the Resend spec to a registry, which is returned for chaining. */
export function registerResendIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(resendIntegrationSpec);
}
