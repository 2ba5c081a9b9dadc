import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://docs.powens.com';
const CONSOLE = 'https://console.powens.com';

/** The vendor delivers in ISO 8601 with microseconds and documents no tolerance; this one is ours. */
const TOLERANCE_MS = 300_000;

const BYOK_STEPS = [
  'Create a domain in the Powens console, a sandbox one first. A sandbox is a domain of its own with its own client.',
  'Create a client application; note its client id and secret and register the redirect URIs.',
  'Switch on the products and the connectors that are needed.',
  'Register webhooks for each event. For signed ones create an hmac_signature auth provider with the configuration token and associate it.',
  'Sign the contract and repeat the steps on a production domain.',
];

const CONFIG_FIELDS = [
  { key: 'domain', required: true, description: 'Domain of the customer, without .biapi.pro.' },
  { key: 'clientId', required: true, description: 'Id of the client application.' },
  { key: 'redirectUri', description: 'Where the hosted connection flow sends the user back.' },
];

const SECRET_FIELDS = [
  { key: 'userToken', required: true, description: 'Permanent token of one user of the domain.' },
  { key: 'clientSecret', required: true, description: 'Secret of the client application, which makes user tokens.' },
  { key: 'webhookSecret', description: 'Secret key of an hmac_signature auth provider.' },
  { key: 'configurationToken', description: 'Token that manages webhook auth providers.' },
];

/**
 * Powens (formerly Budget Insight), reading only: accounts, transactions, balances. Requests carry a user's permanent
 * token, which client id and secret make and renew; that is no OAuth 2 grant. Rate limits are left out: the vendor
 * publishes a fair-usage policy without numbers.
 */
export const powensIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'openbanking.powens',
    version: '1.0.0',
    title: 'Powens Open Banking (Read)',
    description:
      'Accounts, transactions and balances of European banks through Powens, with the consent of their users.',
    category: 'open-banking',
    domain: 'finance',
    stability: 'experimental',
    owners: ['platform.finance'],
    tags: ['open-banking', 'powens', 'finance'],
  },
  supportedModes: ['byok'],
  capabilities: {
    provides: [
      { key: 'openbanking.accounts.read', version: '1.0.0' },
      { key: 'openbanking.transactions.read', version: '1.0.0' },
      { key: 'openbanking.balances.read', version: '1.0.0' },
    ],
  },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['domain', 'clientId'],
      properties: {
        domain: {
          type: 'string',
          pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
          maxLength: 63,
          description:
            'Domain of the customer, without .biapi.pro. A sandbox has one of its own, such as acme-sandbox.',
        },
        clientId: { type: 'string', pattern: '^[0-9]+$', description: 'Id of the client application: digits only.' },
        redirectUri: {
          type: 'string',
          format: 'uri',
          description:
            'Where the hosted connection flow sends the user back; registered on the client application. Without a query for banks that redirect.',
        },
        environment: {
          type: 'string',
          enum: ['sandbox', 'production'],
          description: 'What the domain is for. The domain decides; this only lets a mix-up be noticed.',
        },
        webviewLanguage: {
          type: 'string',
          pattern: '^[a-z]{2}$',
          description: 'Language of the hosted connection flow, as a segment of its path.',
        },
        baseUrl: {
          type: 'string',
          format: 'uri',
          pattern: '^https://[a-z0-9]+(-[a-z0-9]+)*\\.biapi\\.pro/2\\.0$',
          deprecated: true,
          description: 'Address of the API. Follows from the domain; kept for connections that have it.',
        },
        region: {
          type: 'string',
          minLength: 1,
          deprecated: true,
          description: 'Not used: the vendor offers no choice of region. Kept for connections that have it.',
        },
        pollingIntervalMs: {
          type: 'integer',
          minimum: 60_000,
          description:
            'Milliseconds between two reads of the host. The vendor reads from the banks by itself about once a day.',
        },
      },
    },
    example: {
      domain: 'acme-sandbox',
      clientId: '12345678',
      redirectUri: 'https://app.example.com/powens/callback',
      environment: 'sandbox',
    },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['clientSecret', 'userToken'],
      properties: {
        clientSecret: {
          type: 'string',
          pattern: '^[!-~]+$',
          description: 'Secret of the client application. Makes and renews tokens of users; sent in JSON bodies only.',
        },
        userToken: {
          type: 'string',
          pattern: '^[!-~]+$',
          description:
            "Permanent token of one user of the domain: full read access to that person's bank data. Does not expire.",
        },
        webhookSecret: {
          type: 'string',
          pattern: '^\\S+$',
          description: 'Secret key of an hmac_signature auth provider, as given. Shown once.',
        },
        configurationToken: {
          type: 'string',
          pattern: '^[!-~]+$',
          description: 'Token from the console that manages webhook auth providers and the domain.',
        },
        clientId: {
          type: 'string',
          pattern: '^[0-9]+$',
          deprecated: true,
          description: 'Id of the client application. Not secret; belongs into the configuration.',
        },
        apiKey: {
          type: 'string',
          pattern: '^[!-~]+$',
          deprecated: true,
          description: 'Not used: the vendor has no API key. Kept for connections that have it.',
        },
      },
    },
    example: {
      clientSecret: 'powens-client-secret-placeholder',
      userToken: 'powens-user-token-placeholder',
      webhookSecret: 'powens-webhook-secret-placeholder',
    },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://{domain}.biapi.pro/{apiVersion}',
      allowedHosts: ['*.biapi.pro'],
      defaultHeaders: { accept: 'application/json' },
      errors: {
        code: [{ pointer: '/code' }],
        message: [{ pointer: '/description' }],
        requestId: [{ pointer: '/request_id' }],
        rules: [
          { when: { status: 409, body: [{ pointer: '/code', equals: 'noAccount' }] }, means: 'not_found' },
          { when: { body: [{ pointer: '/code', equals: 'bug' }] }, means: 'unavailable', retryable: true },
          {
            when: {
              body: [{ pointer: '/code', oneOf: ['missingParameter', 'invalidValue', 'methodNotAllowed'] }],
            },
            means: 'invalid_request',
            retryable: false,
          },
        ],
      },
      pagination: {
        style: 'next-url',
        url: '/_links/next/href',
        items: '/transactions',
        sizeParam: 'limit',
        maxSize: 1000,
      },
    },
    {
      type: 'webhook',
      inbound: { signatureHeader: 'BI-Signature', signingAlgorithm: 'hmac-sha256', registrationSupported: false },
    },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [
    { type: 'bearer', tokenField: 'userToken' },
    {
      type: 'webhook-signing',
      algorithm: 'hmac-sha256',
      signatureHeader: 'BI-Signature',
      timestampHeader: 'BI-Signature-Date',
      toleranceMs: TOLERANCE_MS,
      secretField: 'webhookSecret',
    },
  ],
  versionPolicy: {
    currentVersion: '2.0',
    supportedVersions: [{ version: '2.0', status: 'stable' }],
    versionInPath: true,
  },
  healthCheck: {
    method: 'ping',
    timeoutMs: 8000,
    request: {
      method: 'GET',
      path: '/users/me',
      expect: { status: 200, body: [{ pointer: '/id' }] },
      rules: [{ when: { status: [401, 403] }, means: 'bad_credential' }],
    },
  },
  webhooks: [
    {
      verification: {
        scheme: 'signature',
        algorithm: 'hmac-sha256',
        signature: { header: 'BI-Signature', encoding: 'base64' },
        signed: '{method}.{path}.{timestamp}.{body}',
        key: { secretField: 'webhookSecret' },
        timestamp: { from: { header: 'BI-Signature-Date' }, unit: 'iso', toleranceMs: TOLERANCE_MS },
      },
      eventId: [{ pointer: '/id_webhook_data' }],
      occurredAt: { value: { header: 'BI-Signature-Date' }, unit: 'iso' },
      ack: { status: 200 },
      registrationSupported: false,
    },
  ],
  docsUrl: DOCS,
  byokSetup: {
    setupInstructions: `Create a domain and a client application at ${CONSOLE}. A user of the domain is made with POST /2.0/auth/init, whose answer holds the permanent token; keep one token for each end user. A token is replaced with POST /2.0/auth/renew, always with id_user: without it a new user is made.`,
    requiredScopes: [],
    keyRotationSupported: true,
    quotaTrackingSupported: false,
    provisioningSteps: BYOK_STEPS,
  },
  credentialManifest: {
    modes: {
      byok: {
        mode: 'byok',
        configFields: CONFIG_FIELDS,
        secretFields: SECRET_FIELDS,
        validationStrategy: 'provider-health',
        rotation: { supported: true },
        setupSteps: BYOK_STEPS,
        docsUrl: `${DOCS}/api-reference/overview/authentication`,
      },
    },
  },
  sources: [
    {
      url: `${DOCS}/api-reference/overview/authentication`,
      checkedOn: '2026-11-23',
      facts: 'base URL, kinds of token, how they are made, renewed and revoked',
    },
    {
      url: `${DOCS}/api-reference/products/data-aggregation/bank-transactions`,
      checkedOn: '2026-11-23',
      facts: 'transactions, paging with a required limit of at most 1000, deletions, booked and coming',
    },
    { url: `${DOCS}/api-reference/user-connections/connections`, checkedOn: '2026-11-23', facts: 'connections' },
    {
      url: `${DOCS}/documentation/integration-guides/webhooks`,
      checkedOn: '2026-11-23',
      facts: 'events, signature, event id, retries',
    },
    { url: `${DOCS}/api-reference/overview/errors`, checkedOn: '2026-11-23', facts: 'form and codes of errors' },
    {
      url: `${DOCS}/api-reference/overview/fair-usage-policy`,
      checkedOn: '2026-11-23',
      facts: 'that limits exist and no numbers are published',
    },
    {
      url: `${DOCS}/documentation/integration-guides/sca-and-connection-states`,
      checkedOn: '2026-11-23',
      facts: 'states of a connection',
    },
    {
      url: 'https://github.com/formancehq/payments',
      checkedOn: '2026-11-23',
      facts: 'encoding of the webhook signature and parameters of the webview, as implemented by an independent client',
    },
  ],
});

/** Adds the Powens spec to a registry, which is returned for chaining. */
export function registerPowensIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(powensIntegrationSpec);
}
