import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://developers.facebook.com/documentation/business-messaging/whatsapp/';
const CHECKED = '2026-11-23';

const BYOK_STEPS = [
  'Open https://developers.facebook.com/apps, create a business app with the WhatsApp product and connect it to a verified business portfolio.',
  'Add or migrate a phone number and note the phone number id and the WhatsApp Business Account id.',
  'In Business settings add a system user, give it the app and the WhatsApp account, and make a token with both WhatsApp permissions. The temporary token of the developer panel lasts about a day and is no use here.',
  "Copy the app secret from the app's basic settings.",
  'Under webhooks enter the callback URL and a verify token of your choice, subscribe to the messages field, and subscribe the app to the account.',
];

const CONFIG_FIELDS = [
  { key: 'phoneNumberId', required: true, description: 'Phone number that sends.' },
  { key: 'businessAccountId', description: 'WhatsApp Business Account, for templates and subscriptions.' },
  { key: 'apiVersion', description: 'Graph API version.' },
];

/**
 * WhatsApp Cloud API on Meta's Graph API. Throttling comes with status 400 and a code; there is no `Retry-After`. Free
 * text reaches a user only within 24 hours of their last message; outside of that it takes a template.
 */
export const messagingWhatsappMetaIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'messaging.whatsapp.meta',
    version: '1.0.0',
    title: 'WhatsApp Cloud API (Meta)',
    description: "Business messages on WhatsApp through Meta's own API.",
    category: 'messaging',
    domain: 'communications',
    stability: 'beta',
    owners: ['platform.messaging'],
    tags: ['messaging', 'whatsapp', 'meta'],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: {
    provides: [
      { key: 'messaging.inbound', version: '1.0.0' },
      { key: 'messaging.outbound', version: '1.0.0' },
    ],
  },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['phoneNumberId'],
      properties: {
        phoneNumberId: {
          type: 'string',
          pattern: '^\\d+$',
          description: 'Id of the business phone number; not the number itself.',
        },
        businessAccountId: {
          type: 'string',
          pattern: '^\\d+$',
          description: 'Id of the WhatsApp Business Account, for templates and webhook subscriptions.',
        },
        appId: { type: 'string', pattern: '^\\d+$', description: 'Id of the Meta app.' },
        apiVersion: {
          type: 'string',
          pattern: '^v\\d+\\.\\d+$',
          default: 'v26.0',
          description: 'Graph API version, such as v26.0. Each one ends about two years after its successor came out.',
        },
      },
    },
    example: { phoneNumberId: '106540352242922', apiVersion: 'v26.0' },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['accessToken', 'appSecret', 'verifyToken'],
      properties: {
        accessToken: {
          type: 'string',
          pattern: '^[!-~]+$',
          description: 'Token of a system user with both WhatsApp permissions.',
        },
        appSecret: { type: 'string', pattern: '^[!-~]+$', description: 'Secret of the app; verifies what Meta sends.' },
        verifyToken: {
          type: 'string',
          minLength: 1,
          description: 'Text of your choice with which Meta checks the endpoint when it is registered.',
        },
      },
    },
    example: {
      accessToken: 'access-token-placeholder',
      appSecret: 'app-secret-placeholder',
      verifyToken: 'verify-token-placeholder',
    },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://graph.facebook.com/{apiVersion}',
      errors: {
        code: [{ pointer: '/error/code' }],
        message: [{ pointer: '/error/error_data/details' }, { pointer: '/error/message' }],
        requestId: [{ pointer: '/error/fbtrace_id' }],
        rules: [
          { when: { body: [{ pointer: '/error/code', equals: 190 }] }, means: 'bad_credential' },
          { when: { body: [{ pointer: '/error/code', equals: 10 }] }, means: 'missing_scope' },
          {
            when: { body: [{ pointer: '/error/code', oneOf: [130_429, 131_056, 80_007] }] },
            means: 'throttled',
          },
          // Spam and the marketing cap of a user: trying again soon makes it worse.
          {
            when: { body: [{ pointer: '/error/code', oneOf: [131_048, 131_049] }] },
            means: 'quota_exhausted',
            retryable: false,
          },
        ],
      },
      pagination: {
        style: 'cursor',
        items: '/data',
        param: 'after',
        sizeParam: 'limit',
        // Also there on the last page; the page after that one is empty and has none.
        cursor: { pointer: '/paging/cursors/after' },
      },
    },
    {
      type: 'webhook',
      inbound: {
        signatureHeader: 'x-hub-signature-256',
        signingAlgorithm: 'hmac-sha256',
        registrationSupported: true,
      },
    },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [
    { type: 'bearer', tokenField: 'accessToken' },
    {
      type: 'webhook-signing',
      algorithm: 'hmac-sha256',
      signatureHeader: 'x-hub-signature-256',
      secretField: 'appSecret',
    },
  ],
  versionPolicy: {
    currentVersion: 'v26.0',
    supportedVersions: [
      { version: 'v26.0', status: 'stable', releasedAt: '2026-07-29' },
      { version: 'v25.0', status: 'stable', releasedAt: '2026-02-18', sunsetDate: '2028-07-29' },
      { version: 'v24.0', status: 'stable', releasedAt: '2025-10-08', sunsetDate: '2028-02-18' },
      { version: 'v23.0', status: 'stable', releasedAt: '2025-05-29', sunsetDate: '2027-10-08' },
      { version: 'v22.0', status: 'deprecated', releasedAt: '2025-01-21', sunsetDate: '2027-05-20' },
      { version: 'v21.0', status: 'deprecated', releasedAt: '2024-10-02', sunsetDate: '2027-01-21' },
      { version: 'v20.0', status: 'sunset', sunsetDate: '2026-09-24' },
    ],
    versionInPath: true,
  },
  healthCheck: {
    method: 'custom',
    timeoutMs: 5000,
    request: {
      method: 'GET',
      // Asking for the number proves access to it; asking for the user would prove the token alone.
      path: '/{phoneNumberId}',
      expect: { status: 200, body: [{ pointer: '/id' }] },
      rules: [
        { when: { body: [{ pointer: '/error/code', equals: 190 }] }, means: 'bad_credential' },
        { when: { body: [{ pointer: '/error/code', equals: 10 }] }, means: 'missing_scope' },
      ],
    },
  },
  docsUrl: DOCS,
  constraints: { quotas: { messagesPerSecondPerNumber: 80 } },
  byokSetup: {
    setupInstructions:
      'Create a Meta app with WhatsApp at https://developers.facebook.com/apps and a token of a system user. A token is replaced by making another and revoking the old one, by hand.',
    requiredScopes: ['whatsapp_business_messaging', 'whatsapp_business_management'],
    keyRotationSupported: false,
    quotaTrackingSupported: false,
    provisioningSteps: BYOK_STEPS,
  },
  webhooks: [
    {
      verification: {
        scheme: 'signature',
        algorithm: 'hmac-sha256',
        signature: { header: 'X-Hub-Signature-256', prefix: 'sha256=', encoding: 'hex' },
        // The bytes as received: Meta escapes what is not ASCII, so that JSON written anew has another signature.
        signed: '{body}',
        key: { secretField: 'appSecret' },
      },
      handshakes: [
        {
          method: 'GET',
          when: [{ value: { query: 'hub.mode' }, equals: 'subscribe' }],
          token: { value: { query: 'hub.verify_token' }, secretField: 'verifyToken' },
          answer: { status: 200, refusedStatus: 403, echo: { query: 'hub.challenge' } },
        },
      ],
      // Without an id of the whole: one delivery may carry many messages and receipts.
      eventType: [{ pointer: '/entry/0/changes/0/field' }],
      ack: { status: 200 },
      registrationSupported: true,
    },
  ],
  credentialManifest: {
    modes: {
      managed: {
        mode: 'managed',
        configFields: [...CONFIG_FIELDS, { key: 'appId', description: 'App of the host.', envVar: 'WHATSAPP_APP_ID' }],
        secretFields: [
          {
            key: 'accessToken',
            required: true,
            description: 'System-user token of the host.',
            envVar: 'WHATSAPP_ACCESS_TOKEN',
          },
          { key: 'appSecret', required: true, description: 'Secret of its app.', envVar: 'WHATSAPP_APP_SECRET' },
          {
            key: 'verifyToken',
            required: true,
            description: 'Text for the check of the endpoint.',
            envVar: 'WHATSAPP_VERIFY_TOKEN',
          },
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: false },
        setupSteps: [
          'Create the app of the host; serving numbers of other businesses takes advanced access and business verification.',
          'Store its token and secret in a secret backend of the host.',
        ],
        docsUrl: DOCS,
      },
      byok: {
        mode: 'byok',
        configFields: [...CONFIG_FIELDS, { key: 'appId', description: "The tenant's own app." }],
        secretFields: [
          { key: 'accessToken', required: true, description: "System-user token of the tenant's own business." },
          { key: 'appSecret', required: true, description: 'Secret of its app.' },
          { key: 'verifyToken', required: true, description: 'Text for the check of the endpoint.' },
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: false },
        setupSteps: BYOK_STEPS,
        docsUrl: DOCS,
      },
    },
  },
  sources: [
    {
      url: 'https://developers.facebook.com/docs/graph-api/changelog/versions/',
      checkedOn: CHECKED,
      facts: 'versions and the days on which they end',
    },
    {
      url: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/throughput',
      checkedOn: CHECKED,
      facts: '80 messages per second and number',
    },
    {
      url: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes',
      checkedOn: CHECKED,
      facts: 'form of errors, codes of throttling and of bad tokens',
    },
    {
      url: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/errors',
      checkedOn: CHECKED,
      facts: 'envelope of deliveries',
    },
    {
      url: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids/',
      checkedOn: CHECKED,
      facts: 'users may be known by an id without a number',
    },
  ],
});

/** Adds the WhatsApp (Meta) spec to a registry, which is returned for chaining. */
export function registerMessagingWhatsappMetaIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(messagingWhatsappMetaIntegrationSpec);
}
