import {
  type AppIntegrationBinding,
  type AppIntegrationSlot,
  defineIntegration,
  type IntegrationConnection,
  type ResolvedAppConfig,
  type ResolvedIntegration,
} from '@mortise/core';
import type { SecretProvider, SecretValue } from '@mortise/secrets';

export const CHAT_SPEC = defineIntegration({
  meta: {
    key: 'ai-llm.example',
    version: '1.0.0',
    title: 'Example model',
    owners: ['@team.ai'],
    tags: ['ai'],
    category: 'ai-llm',
  },
  supportedModes: ['managed', 'byok'],
  capabilities: { provides: [{ key: 'ai.chat' }] },
  configSchema: {
    schema: { type: 'object', properties: { model: { type: 'string' } }, additionalProperties: false },
  },
  secretSchema: {
    schema: {
      type: 'object',
      properties: { apiKey: { type: 'string', minLength: 1 } },
      required: ['apiKey'],
      additionalProperties: false,
    },
  },
  transports: [{ type: 'rest', baseUrl: 'https://api.example.com' }],
  supportedAuthMethods: [{ type: 'bearer', tokenField: 'apiKey' }],
});

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

export interface ApplicationParts {
  readonly slot?: Partial<AppIntegrationSlot>;
  readonly binding?: Partial<AppIntegrationBinding>;
  readonly connection?: Partial<Mutable<IntegrationConnection>>;
  readonly meta?: Partial<IntegrationConnection['meta']>;
  readonly spec?: ResolvedIntegration['spec'];
}

/** An integration whose parts belong together, but for what the test changes. */
export function integrationOf(parts: ApplicationParts = {}): ResolvedIntegration {
  return {
    slot: { slotId: 'primary-llm', requiredCategory: 'ai-llm', ...parts.slot },
    binding: { slotId: 'primary-llm', connectionId: 'conn-1', ...parts.binding },
    connection: {
      meta: {
        id: 'conn-1',
        tenantId: 'acme',
        integrationKey: 'ai-llm.example',
        integrationVersion: '1.0.0',
        label: 'Acme chat',
        createdAt: '2026-01-01T00:00:00.000Z',
        updatedAt: '2026-01-01T00:00:00.000Z',
        ...parts.meta,
      },
      ownershipMode: 'managed',
      config: { model: 'small' },
      secretProvider: 'fixture',
      secretRef: 'fixture://chat',
      status: 'connected',
      ...parts.connection,
    },
    spec: parts.spec ?? CHAT_SPEC,
  };
}

/** The config of tenant `acme` with one integration, or with those given. */
export function configOf(...integrations: ResolvedIntegration[]): ResolvedAppConfig {
  return {
    appId: 'assistant',
    tenantId: 'acme',
    environment: 'test',
    blueprintName: 'assistant',
    blueprintVersion: '2.0.0',
    configVersion: '7',
    integrations: integrations.length > 0 ? integrations : [integrationOf()],
  };
}

/** A backend that answers as the test says. */
export function secretsThat(
  getSecret: SecretProvider['getSecret'],
  overrides: Partial<SecretProvider> = {},
): SecretProvider {
  const refuse = (): Promise<never> => Promise.reject(new TypeError('The guard must not write secrets'));
  return {
    id: 'fixture',
    canHandle: () => true,
    getSecret,
    setSecret: refuse,
    rotateSecret: refuse,
    deleteSecret: refuse,
    ...overrides,
  };
}

export function secretValue(text: string | Uint8Array, version = '1'): SecretValue {
  const data = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return { data, version, retrievedAt: new Date(0) };
}

/** A backend that holds one secret. */
export function secretsOf(text: string | Uint8Array, version = '1'): SecretProvider {
  return secretsThat(() => Promise.resolve(secretValue(text, version)));
}

export const API_KEY = 'key-4711-canary-0815';

/** A backend that holds the API key that the spec asks for. */
export const chatSecrets = (): SecretProvider => secretsOf(JSON.stringify({ apiKey: API_KEY }));
