import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://core.telegram.org/bots/api';
const CHECKED = '2026-11-23';

const BYOK_STEPS = [
  'Open a chat with BotFather at https://t.me/BotFather and create a bot with a name and a unique username.',
  'Copy the token that it answers with and paste it here.',
  'Choose a random text of 1 to 256 letters, digits, - and _ as the secret token and paste it here; it is passed to setWebhook.',
  'Add the bot to the group or channel, or let users start it: a bot cannot write first to a user.',
  'Run the connection check.',
];

const CONFIG_FIELDS = [
  { key: 'defaultChatId', description: 'Chat for messages that name none.' },
  { key: 'apiBaseUrl', description: 'Address of a Bot API server of your own.' },
  { key: 'botUsername', description: 'Name of the bot, as getMe tells it.' },
];

/**
 * Telegram Bot API. The token stands in the path of every request: never log the URL. Deliveries are not signed; the
 * secret token in a header is compared for equality.
 */
export const messagingTelegramIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'messaging.telegram',
    version: '1.0.0',
    title: 'Telegram Bot API',
    description: 'Webhook updates, topic messages and replies of a Telegram bot.',
    category: 'messaging',
    domain: 'communications',
    stability: 'beta',
    owners: ['platform.messaging'],
    tags: ['messaging', 'telegram'],
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
        defaultChatId: {
          type: 'string',
          pattern: '^(?:-?\\d+|@[A-Za-z0-9_]+)$',
          description:
            'Chat for messages that name none: a numeric id, negative for groups, or the @name of a channel.',
        },
        apiBaseUrl: {
          type: 'string',
          format: 'uri',
          pattern: '^https://[^?#]+$',
          default: 'https://api.telegram.org',
          description: 'Address of a Bot API server of your own, without the token.',
        },
        botUsername: {
          type: 'string',
          pattern: '^[A-Za-z0-9_]+$',
          description: 'Name of the bot without @, to know mentions of it; getMe tells it.',
        },
      },
    },
    example: { defaultChatId: '-1001234567890' },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['botToken', 'secretToken'],
      properties: {
        botToken: {
          type: 'string',
          pattern: '^[1-9][0-9]*:[A-Za-z0-9_-]+$',
          maxLength: 80,
          description: 'Token of the bot: its numeric id, a colon and a secret. Does not expire.',
        },
        secretToken: {
          type: 'string',
          pattern: '^[A-Za-z0-9_-]{1,256}$',
          description: 'Text of your choice that setWebhook is given and every delivery repeats.',
        },
      },
    },
    example: { botToken: '123456789:placeholder-token', secretToken: 'placeholder-secret' },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://api.telegram.org/bot{token}',
      retryAfter: [{ pointer: '/parameters/retry_after', format: 'delta-seconds' }],
      errors: {
        failures: [{ body: [{ pointer: '/ok', equals: false }] }],
        code: [{ pointer: '/error_code' }],
        message: [{ pointer: '/description' }],
        rules: [
          { when: { status: 401 }, means: 'bad_credential' },
          { when: { status: 403 }, means: 'missing_scope' },
          { when: { status: 409 }, means: 'conflict' },
          // A token that this server does not serve.
          { when: { status: 421 }, means: 'misconfigured' },
          { when: { status: 429 }, means: 'throttled' },
        ],
      },
    },
    { type: 'webhook' },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [{ type: 'path-token', tokenField: 'botToken' }],
  healthCheck: {
    method: 'custom',
    timeoutMs: 4000,
    request: {
      method: 'GET',
      path: '/getMe',
      expect: {
        status: 200,
        body: [
          { pointer: '/ok', equals: true },
          { pointer: '/result/is_bot', equals: true },
        ],
      },
      rules: [{ when: { status: [401, 404] }, means: 'bad_credential' }],
    },
  },
  docsUrl: DOCS,
  constraints: {
    // Guidance from the vendor's FAQ; it promises no exact numbers.
    quotas: { messagesPerSecondPerChat: 1, messagesPerMinutePerGroup: 20, messagesPerSecond: 30 },
  },
  byokSetup: {
    setupInstructions:
      'Create a bot with BotFather at https://t.me/BotFather and hand over its token. Tokens are replaced there by hand; the old one stops at once.',
    requiredScopes: [],
    keyRotationSupported: false,
    quotaTrackingSupported: false,
    provisioningSteps: BYOK_STEPS,
  },
  webhooks: [
    {
      verification: {
        scheme: 'token',
        from: { header: 'X-Telegram-Bot-Api-Secret-Token' },
        secretField: 'secretToken',
      },
      eventId: [{ pointer: '/update_id' }],
      occurredAt: { value: { pointer: '/message/date' }, unit: 'seconds' },
      ack: { status: 200 },
      registrationSupported: true,
    },
  ],
  credentialManifest: {
    modes: {
      managed: {
        mode: 'managed',
        configFields: CONFIG_FIELDS,
        secretFields: [
          { key: 'botToken', required: true, description: 'Bot of the host.', envVar: 'TELEGRAM_BOT_TOKEN' },
          {
            key: 'secretToken',
            required: true,
            description: 'Text that deliveries repeat.',
            envVar: 'TELEGRAM_WEBHOOK_SECRET',
          },
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: false },
        setupSteps: ['Create the bot of the host with BotFather and store its token in a secret backend of the host.'],
        docsUrl: DOCS,
      },
      byok: {
        mode: 'byok',
        configFields: CONFIG_FIELDS,
        secretFields: [
          { key: 'botToken', required: true, description: "Token of the tenant's own bot." },
          { key: 'secretToken', required: true, description: 'Text that deliveries repeat.' },
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
      url: 'https://github.com/tdlib/telegram-bot-api',
      checkedOn: CHECKED,
      facts: 'secret token header, status codes, form of tokens, paths, waits (source of the server)',
    },
    { url: 'https://core.telegram.org/bots/api-changelog', checkedOn: CHECKED, facts: 'one live version' },
    {
      url: 'https://www.npmjs.com/package/@grammyjs/types',
      checkedOn: CHECKED,
      facts: 'parameters of setWebhook (5.0.0)',
    },
    { url: 'https://grammy.dev/advanced/flood.html', checkedOn: CHECKED, facts: 'limits, quoting the FAQ' },
  ],
});

/** Adds the Telegram spec to a registry, which is returned for chaining. */
export function registerMessagingTelegramIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(messagingTelegramIntegrationSpec);
}
