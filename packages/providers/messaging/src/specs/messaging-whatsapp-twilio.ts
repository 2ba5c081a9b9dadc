import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://www.twilio.com/docs/whatsapp';
const CHECKED = '2026-11-23';

const BYOK_STEPS = [
  'Open https://console.twilio.com and upgrade the account: a trial account may use only the sandbox.',
  'Copy the account SID and the auth token, and create a standard API key.',
  'Register a WhatsApp sender with a number that is not in use on WhatsApp, enter the one-time code, and wait for the review by Meta.',
  'Create templates for messages outside the 24-hour window and wait for their approval.',
  "Set the sender's incoming and status webhook URLs to the given ones.",
];

const CONFIG_FIELDS = [
  { key: 'accountSid', description: 'Account, as part of addresses.' },
  { key: 'fromNumber', description: 'Sender for messages that name none.' },
  { key: 'messagingServiceSid', description: 'Pool of senders, in place of one.' },
];

/**
 * WhatsApp through Twilio's Messages resource; addresses carry the prefix `whatsapp:`. Free text outside the 24-hour
 * window is accepted and fails later, in the status callback.
 */
export const messagingWhatsappTwilioIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'messaging.whatsapp.twilio',
    version: '1.0.0',
    title: 'WhatsApp via Twilio',
    description: 'Business messages on WhatsApp through Twilio.',
    category: 'messaging',
    domain: 'communications',
    stability: 'beta',
    owners: ['platform.messaging'],
    tags: ['messaging', 'whatsapp', 'twilio'],
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
      properties: {
        accountSid: {
          type: 'string',
          pattern: '^AC[0-9a-fA-F]{32}$',
          description: 'Account SID again, where addresses need it; it is no secret.',
        },
        fromNumber: {
          type: 'string',
          pattern: '^whatsapp:\\+[1-9]\\d{1,14}$',
          description: 'Sender for messages that name none: whatsapp: and the number in E.164.',
        },
        messagingServiceSid: {
          type: 'string',
          pattern: '^MG[0-9a-fA-F]{32}$',
          description: 'Messaging service whose senders are used, in place of fromNumber.',
        },
        senderSid: {
          type: 'string',
          pattern: '^XE[0-9a-fA-F]{32}$',
          description: 'WhatsApp sender, needed to set its webhook addresses by API.',
        },
      },
    },
    example: { fromNumber: 'whatsapp:+14155238886' },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['accountSid', 'authToken'],
      properties: {
        accountSid: { type: 'string', pattern: '^AC[0-9a-fA-F]{32}$', description: 'Account SID.' },
        authToken: {
          type: 'string',
          pattern: '^[!-~]+$',
          description: 'Auth token. Verifies webhooks, also where requests use an API key.',
        },
        apiKeySid: {
          type: 'string',
          pattern: '^SK[0-9a-fA-F]{32}$',
          description: 'API key, which the vendor advises for production in place of the auth token.',
        },
        apiKeySecret: { type: 'string', pattern: '^[!-~]+$', description: 'Secret of the API key.' },
        clientId: { type: 'string', pattern: '^[!-~]+$', description: 'Client id of an OAuth app of the account.' },
        clientSecret: { type: 'string', pattern: '^[!-~]+$', description: 'Its client secret.' },
        accessToken: {
          type: 'string',
          pattern: '^[!-~]+$',
          description: 'Token made from the OAuth app; lives an hour and is never typed in.',
        },
      },
      dependentRequired: {
        apiKeySid: ['apiKeySecret'],
        apiKeySecret: ['apiKeySid'],
        clientId: ['clientSecret'],
        clientSecret: ['clientId'],
      },
    },
    example: { accountSid: 'AC00000000000000000000000000000000', authToken: 'auth-token-placeholder' },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://api.twilio.com',
      defaultHeaders: { 'content-type': 'application/x-www-form-urlencoded' },
      errors: {
        code: [{ pointer: '/code' }],
        message: [{ pointer: '/message' }],
        rules: [
          { when: { body: [{ pointer: '/code', equals: 20_003 }] }, means: 'bad_credential' },
          { when: { body: [{ pointer: '/code', oneOf: [20_429, 63_018] }] }, means: 'throttled' },
          { when: { body: [{ pointer: '/code', oneOf: [63_003, 63_020] }] }, means: 'invalid_request' },
        ],
      },
      pagination: {
        style: 'next-url',
        items: '/messages',
        url: '/next_page_uri',
        sizeParam: 'PageSize',
        maxSize: 1000,
      },
    },
    {
      type: 'webhook',
      inbound: { signatureHeader: 'x-twilio-signature', signingAlgorithm: 'hmac-sha1', registrationSupported: true },
    },
    { type: 'sdk', packageName: 'twilio', minVersion: '5.0.0' },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [
    { type: 'basic', usernameField: 'accountSid', passwordField: 'authToken' },
    { type: 'basic', usernameField: 'apiKeySid', passwordField: 'apiKeySecret' },
    {
      type: 'oauth2',
      grantType: 'client_credentials',
      tokenUrl: 'https://oauth.twilio.com/v2/token',
      scopes: [],
      clientAuthentication: 'post',
    },
    {
      type: 'webhook-signing',
      algorithm: 'hmac-sha1',
      signatureHeader: 'x-twilio-signature',
      secretField: 'authToken',
    },
  ],
  versionPolicy: {
    currentVersion: '2010-04-01',
    supportedVersions: [{ version: '2010-04-01', status: 'stable' }],
    versionInPath: true,
  },
  healthCheck: {
    method: 'custom',
    timeoutMs: 4000,
    request: {
      method: 'GET',
      // The account resource would refuse standard API keys.
      path: '/{apiVersion}/Accounts/{accountSid}/Messages.json?PageSize=1',
      expect: { status: 200, body: [{ pointer: '/messages' }] },
      rules: [{ when: { status: 401 }, means: 'bad_credential' }],
    },
  },
  docsUrl: DOCS,
  constraints: { quotas: { messagesPerSecondPerSender: 80 } },
  byokSetup: {
    setupInstructions:
      'Register a WhatsApp sender in the Twilio console at https://console.twilio.com and hand over the account SID, the auth token and an API key. Auth tokens are replaced by API: a second one works beside the first until it is promoted.',
    requiredScopes: ['messages read and write'],
    keyRotationSupported: true,
    quotaTrackingSupported: false,
    provisioningSteps: BYOK_STEPS,
  },
  webhooks: [
    {
      verification: {
        scheme: 'signature',
        algorithm: 'hmac-sha1',
        signature: { header: 'X-Twilio-Signature', encoding: 'base64' },
        signed: '{url}{form}',
        key: { secretField: 'authToken' },
        bodyDigest: { from: { query: 'bodySHA256' }, algorithm: 'sha256', encoding: 'hex', optional: true },
      },
      eventId: [{ form: 'MessageSid' }, { form: 'MessageStatus' }],
      eventType: [{ form: 'MessageStatus' }],
      ack: { status: 200, withinMs: 15_000 },
      registrationSupported: true,
    },
  ],
  credentialManifest: {
    modes: {
      managed: {
        mode: 'managed',
        configFields: CONFIG_FIELDS,
        secretFields: [
          { key: 'accountSid', required: true, description: 'Account of the host.', envVar: 'TWILIO_ACCOUNT_SID' },
          { key: 'authToken', required: true, description: 'Its auth token.', envVar: 'TWILIO_AUTH_TOKEN' },
          { key: 'apiKeySid', description: 'API key for requests.', envVar: 'TWILIO_API_KEY' },
          { key: 'apiKeySecret', description: 'Secret of the API key.', envVar: 'TWILIO_API_SECRET' },
          { key: 'clientId', description: 'OAuth app, in place of an API key.' },
          { key: 'clientSecret', description: 'Secret of the OAuth app.' },
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: true },
        setupSteps: ['Register the sender of the host and store its credentials in a secret backend of the host.'],
        docsUrl: DOCS,
      },
      byok: {
        mode: 'byok',
        configFields: CONFIG_FIELDS,
        secretFields: [
          { key: 'accountSid', required: true, description: "The tenant's own account." },
          { key: 'authToken', required: true, description: 'Its auth token.' },
          { key: 'apiKeySid', description: 'API key for requests.' },
          { key: 'apiKeySecret', description: 'Secret of the API key.' },
          { key: 'clientId', description: 'OAuth app, in place of an API key.' },
          { key: 'clientSecret', description: 'Secret of the OAuth app.' },
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
      url: 'https://github.com/twilio/ai',
      checkedOn: CHECKED,
      facts: 'limits, senders, windows, error codes, webhooks, choice of credentials (official skills)',
    },
    {
      url: 'https://www.npmjs.com/package/twilio',
      checkedOn: CHECKED,
      facts: 'signature, statuses, rotation of auth tokens (6.2.0)',
    },
    {
      url: 'https://www.twilio.com/docs/whatsapp/api/error-code-mapping',
      checkedOn: CHECKED,
      facts: 'error codes',
    },
  ],
});

/** Adds the WhatsApp (Twilio) spec to a registry, which is returned for chaining. */
export function registerMessagingWhatsappTwilioIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(messagingWhatsappTwilioIntegrationSpec);
}
