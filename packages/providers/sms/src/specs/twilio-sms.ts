import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://www.twilio.com/docs/messaging';
const CHECKED = '2026-11-23';

const BYOK_STEPS = [
  'Open https://console.twilio.com and copy the account SID and the auth token.',
  'Under API keys create a standard or restricted key and copy its secret, which is shown once.',
  'Buy or choose a number, or make a messaging service with a pool of senders.',
  'Finish the registration of the sender where the country asks for it, such as A2P 10DLC or toll-free verification in the US.',
  "Set the number's webhook for incoming messages to the given URL.",
];

const CONFIG_FIELDS = [
  { key: 'accountSid', description: 'Account, as part of addresses.' },
  { key: 'fromNumber', description: 'Sender for messages that name none.' },
  { key: 'messagingServiceSid', description: 'Pool of senders, in place of one.' },
  { key: 'region', description: 'Where the account keeps its data.' },
  { key: 'edge', description: 'Where requests enter the network.' },
];

/**
 * Twilio Programmable Messaging: SMS and MMS. What is sent too fast is queued, not refused; a 429 is about concurrent
 * requests and was never processed. Failures of delivery come later, in the status callback.
 */
export const twilioSmsIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'sms.twilio',
    version: '1.0.0',
    title: 'Twilio Messaging',
    description: 'Transactional text messages.',
    category: 'sms',
    domain: 'communications',
    stability: 'stable',
    owners: ['platform.messaging'],
    tags: ['sms', 'messaging'],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: {
    provides: [{ key: 'sms.outbound', version: '1.0.0' }],
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
          pattern: '^(?:\\+[1-9]\\d{1,14}|\\d{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11})$',
          description:
            'Sender for messages that name none: a number in E.164, a short code, or up to 11 letters and digits.',
        },
        messagingServiceSid: {
          type: 'string',
          pattern: '^MG[0-9a-fA-F]{32}$',
          description: 'Messaging service whose senders are used, in place of fromNumber.',
        },
        region: {
          type: 'string',
          enum: ['us1', 'ie1', 'au1'],
          default: 'us1',
          description: 'Region of the account. Credentials belong to one region.',
        },
        edge: {
          type: 'string',
          pattern: '^[a-z0-9-]+$',
          default: 'ashburn',
          description: 'Edge of the network where requests enter, such as dublin.',
        },
      },
    },
    example: { fromNumber: '+14155552671' },
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
          { when: { body: [{ pointer: '/code', equals: 20_429 }] }, means: 'throttled' },
          { when: { body: [{ pointer: '/code', equals: 20_404 }] }, means: 'not_found' },
          { when: { body: [{ pointer: '/code', equals: 21_211 }] }, means: 'invalid_request' },
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
    timeoutMs: 3000,
    request: {
      method: 'GET',
      // The account resource would refuse standard API keys.
      path: '/{apiVersion}/Accounts/{accountSid}/Messages.json?PageSize=1',
      expect: { status: 200, body: [{ pointer: '/messages' }] },
      rules: [{ when: { status: 401 }, means: 'bad_credential' }],
    },
  },
  docsUrl: DOCS,
  constraints: {
    quotas: {
      messagesPerSecondPerLongCode: 1,
      messagesPerSecondPerTollFreeNumber: 3,
      messagesPerSecondPerShortCode: 100,
      queueSeconds: 36_000,
    },
  },
  byokSetup: {
    setupInstructions:
      'Choose a sender in the Twilio console at https://console.twilio.com and hand over the account SID, the auth token and an API key. Auth tokens are replaced by API: a second one works beside the first until it is promoted.',
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
        setupSteps: [
          'Choose and register the senders of the host, and store its credentials in a secret backend of the host.',
        ],
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
      facts: 'choice of credentials, OAuth, throughput, webhooks (official skills)',
    },
    {
      url: 'https://www.npmjs.com/package/twilio',
      checkedOn: CHECKED,
      facts: 'signature, retries, hosts, names of variables, rotation of auth tokens, errors (6.2.0)',
    },
    { url: 'https://www.twilio.com/docs/api/errors/20429', checkedOn: CHECKED, facts: 'throttling' },
  ],
});

/** Adds the Twilio SMS spec to a registry, which is returned for chaining. */
export function registerTwilioSmsIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(twilioSmsIntegrationSpec);
}
