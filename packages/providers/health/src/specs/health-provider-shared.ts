import {
  type CapabilityRef,
  defineIntegration,
  type IntegrationAuthConfig,
  type IntegrationOwnershipMode,
  type IntegrationSpec,
  type IntegrationTransportConfig,
  type Stability,
} from '@mortise/core';
import type { HealthDataTransport } from '../model/source.ts';
import { readCapabilities } from './read-capabilities.ts';
import { keptFields, oauthExample, oauthFields, strategyExample, strategyFields } from './spec-fields.ts';

/** What `defineHealthProviderSpec` needs to know of a vendor. */
export interface HealthProviderSpecInput {
  /** Such as `health.acme`. */
  readonly key: string;
  readonly title: string;
  readonly description: string;
  readonly docsUrl: string;
  /** Added to `health` and `wearables`. */
  readonly tags: readonly string[];
  /** Default both. */
  readonly supportedModes?: readonly IntegrationOwnershipMode[];
  /** Default `experimental`. */
  readonly stability?: Stability;
  readonly byokSetupInstructions?: string;
  /** Scopes that a tenant's own app needs; those of the OAuth method, too. */
  readonly byokScopes?: readonly string[];
  /** Default: activities, workouts, sleep and biometrics can be read. */
  readonly capabilities?: readonly CapabilityRef[];
  /** Default `official-api`. */
  readonly defaultTransport?: HealthDataTransport;
  /** Default: REST alone. How a vendor signs its webhooks cannot be guessed, so none is claimed. */
  readonly transports?: readonly IntegrationTransportConfig[];
  /** Default: API key, bearer and basic, and OAuth where there is an address for it. */
  readonly supportedAuthMethods?: readonly IntegrationAuthConfig[];
  /** Absent: no OAuth method is declared. */
  readonly oauthTokenUrl?: string;
  /** Where members consent. Absent: tokens can only be renewed. */
  readonly oauthAuthorizationUrl?: string;
}

const DEFAULT_SETUP =
  'Create credentials in the developer settings of the vendor, give them the scopes listed here, and store them in the secret of the connection.';

/**
 * A spec for one more health data vendor, with the config, the secret and the routes that the shipped ones share. Every
 * part of it is made anew, so that nothing done to one spec reaches another, and it is checked and frozen.
 *
 * @throws {IntegrationSpecError} The parts do not fit together.
 */
export function defineHealthProviderSpec(input: HealthProviderSpecInput): IntegrationSpec {
  const { key, title, description, docsUrl, byokScopes = [], defaultTransport = 'official-api' } = input;
  const supportedModes = input.supportedModes ?? ['managed', 'byok'];
  const transports = copy(input.transports ?? [{ type: 'rest' }]);
  const preferred = transports.find(({ type }) => type === 'rest') ?? transports[0];
  return defineIntegration({
    meta: {
      key,
      version: '1.0.0',
      title,
      description,
      category: 'health',
      domain: 'health',
      stability: input.stability ?? 'experimental',
      owners: ['platform.integrations'],
      tags: ['health', 'wearables', ...input.tags],
    },
    supportedModes: [...supportedModes],
    capabilities: {
      provides:
        input.capabilities?.map((capability) => ({ ...capability })) ??
        readCapabilities('activities', 'workouts', 'sleep', 'biometrics'),
    },
    configSchema: {
      schema: { type: 'object', additionalProperties: false, properties: strategyFields(defaultTransport) },
      example: strategyExample(defaultTransport),
    },
    secretSchema: {
      schema: {
        type: 'object',
        additionalProperties: false,
        properties: {
          ...oauthFields(title),
          ...keptFields(),
          webhookSecret: { type: 'string', minLength: 1, description: "Signing secret of the vendor's webhooks." },
        },
      },
      example: oauthExample('example'),
    },
    transports,
    ...(preferred === undefined ? {} : { preferredTransport: preferred.type }),
    supportedAuthMethods: copy(input.supportedAuthMethods ?? defaultMethods(input)),
    healthCheck: { method: 'list', timeoutMs: 10_000 },
    docsUrl,
    ...(supportedModes.includes('byok')
      ? {
          byokSetup: {
            setupInstructions: input.byokSetupInstructions ?? DEFAULT_SETUP,
            requiredScopes: [...byokScopes],
            keyRotationSupported: false,
            quotaTrackingSupported: false,
          },
        }
      : {}),
  });
}

function defaultMethods({ oauthTokenUrl, oauthAuthorizationUrl, byokScopes = [] }: HealthProviderSpecInput) {
  const others: IntegrationAuthConfig[] = [{ type: 'api-key' }, { type: 'bearer' }, { type: 'basic' }];
  if (oauthTokenUrl === undefined) return others;
  const oauth: IntegrationAuthConfig = {
    type: 'oauth2',
    tokenUrl: oauthTokenUrl,
    scopes: [...byokScopes],
    ...(oauthAuthorizationUrl === undefined
      ? { grantType: 'refresh_token' }
      : { grantType: 'authorization_code', authorizationUrl: oauthAuthorizationUrl }),
  };
  return [oauth, ...others];
}

/** The spec is frozen; what the caller gave is not. */
function copy<Item>(items: readonly Item[]): Item[] {
  return structuredClone([...items]);
}
