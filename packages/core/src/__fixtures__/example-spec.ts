import type { IntegrationSpecInput } from '../spec/integration-spec-input.ts';

/** A spec that uses every part, written as an author would. Fresh on each call, so that a test may change it. */
export function exampleSpec() {
  return {
    meta: {
      key: 'ai.example',
      version: '1.2.0',
      title: 'Example AI',
      description: 'Chat models of an example vendor',
      domain: 'intelligence',
      stability: 'beta',
      owners: ['@platform.integrations'],
      tags: ['ai', 'chat'],
      category: 'ai-llm',
    },
    supportedModes: ['managed', 'byok'],
    capabilities: { provides: [{ key: 'ai.chat', version: '1.0.0' }], requires: [{ key: 'net.egress' }] },
    configSchema: {
      schema: {
        type: 'object',
        properties: {
          region: { enum: ['eu', 'us'], description: 'Where requests are served' },
          maxTokens: { type: 'integer', minimum: 1 },
        },
        required: ['region'],
        additionalProperties: false,
      },
      example: { region: 'eu', maxTokens: 256 },
    },
    secretSchema: {
      schema: {
        type: 'object',
        properties: {
          apiKey: { type: 'string', minLength: 8, description: 'Key from the console' },
          webhookSecret: { type: 'string' },
        },
        required: ['apiKey'],
        additionalProperties: false,
      },
      example: { apiKey: 'key_xxxxxxxx' },
    },
    healthCheck: { method: 'ping', timeoutMs: 5000 },
    docsUrl: 'https://docs.example.com/api',
    constraints: { rateLimit: { rpm: 600 }, quotas: { tokens: 1_000_000 } },
    byokSetup: {
      setupInstructions: 'Create a key in the console',
      requiredScopes: ['chat.write'],
      validationEndpoint: 'https://api.example.com/v1/models',
      keyRotationSupported: true,
      provisioningSteps: ['Open the console', 'Create a key'],
    },
    transports: [
      {
        type: 'rest',
        baseUrl: 'https://{region}.api.example.com/v1',
        defaultHeaders: { Accept: 'application/json' },
        apiVersionHeader: 'Example-Version',
        rateLimitHeaders: { remaining: 'x-remaining', reset: 'x-reset' },
      },
      { type: 'webhook', inbound: { signatureHeader: 'Example-Signature', signingAlgorithm: 'hmac-sha256' } },
      { type: 'mcp', transport: 'http', url: 'https://mcp.example.com' },
      { type: 'sdk', packageName: '@example/sdk', minVersion: '2.0' },
    ],
    preferredTransport: 'rest',
    supportedAuthMethods: [
      { type: 'api-key', headerName: 'X-Api-Key', prefix: '' },
      {
        type: 'webhook-signing',
        algorithm: 'hmac-sha256',
        signatureHeader: 'example-signature',
        secretField: 'webhookSecret',
      },
    ],
    versionPolicy: {
      currentVersion: '2026-01-01',
      supportedVersions: [
        { version: '2026-01-01', status: 'stable', releasedAt: '2026-01-01' },
        {
          version: '2025-01-01',
          status: 'deprecated',
          sunsetDate: '2027-01-01',
          migrationGuide: 'https://docs.example.com/move',
        },
      ],
      versionHeader: 'example-version',
    },
    credentialManifest: exampleManifest(),
    sources: [{ url: 'https://docs.example.com/api', checkedOn: '2026-08-01', facts: 'limits' }],
    'x-team-note': { anything: true },
  } as const satisfies IntegrationSpecInput;
}

function exampleManifest() {
  return {
    modes: {
      managed: {
        mode: 'managed',
        configFields: [{ key: 'region', required: true, envVar: 'EXAMPLE_REGION' }],
        secretFields: [{ key: 'apiKey', required: true, envVar: 'EXAMPLE_API_KEY' }],
        envAliases: [{ logicalKey: 'region', envVar: 'NEXT_PUBLIC_EXAMPLE_REGION', public: true }],
        allowedSecretProviders: ['env'],
        validationStrategy: 'provider-health',
        rotation: { supported: true, recommendedIntervalDays: 90 },
        setupSteps: ['Ask the platform team'],
        docsUrl: 'https://docs.example.com/keys',
      },
      byok: { mode: 'byok', secretFields: [{ key: 'apiKey', required: true }] },
    },
  } as const;
}

/** The smallest spec that an author can write. */
export function smallSpec(key = 'payments.example', version: string | number = 1) {
  return {
    meta: { key, version, title: 'Example Payments', owners: ['@team'], tags: ['payments'], category: 'payments' },
    supportedModes: ['managed', 'byok'],
    capabilities: { provides: [{ key: 'payments.process' }] },
    configSchema: { schema: { type: 'object' } },
    secretSchema: { schema: { type: 'object' } },
  } as const satisfies IntegrationSpecInput;
}

/** A copy with a part replaced, for tests of what is refused. Paths lead through fields and indexes. */
export function changed(spec: unknown, path: string, value: unknown): object {
  const copy: unknown = structuredClone(spec);
  const steps = path.split('/').slice(1);
  const last = steps.pop() ?? '';
  const parent = steps.reduce<unknown>((part, step) => (isObject(part) ? Reflect.get(part, step) : undefined), copy);
  if (!isObject(copy) || !isObject(parent)) throw new TypeError(`${path} leads nowhere`);
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else Reflect.set(parent, last, value);
  return copy;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
