import { findAllAuthConfigs, findTransportConfig, type IntegrationSpec, type RestTransportConfig } from '@mortise/core';

/**
 * `stated`: the spec has the fact. `absent`: it could have it, and the vendor documents none or it is not taken up yet.
 * `inapplicable`: the provider is reached in a way to which the fact does not belong.
 */
export type FactState = 'stated' | 'absent' | 'inapplicable';

/** Facts beyond identity, schemas and auth that a spec may state. */
export type SpecFact =
  | 'baseUrl'
  | 'healthRequest'
  | 'versionPolicy'
  | 'rateLimit'
  | 'rateLimitHeaders'
  | 'errors'
  | 'pagination'
  | 'idempotency'
  | 'webhooks'
  | 'oauth'
  | 'validationEndpoint'
  | 'credentialManifest'
  | 'sources';

export const SPEC_FACTS: readonly SpecFact[] = [
  'baseUrl',
  'healthRequest',
  'versionPolicy',
  'rateLimit',
  'rateLimitHeaders',
  'errors',
  'pagination',
  'idempotency',
  'webhooks',
  'oauth',
  'validationEndpoint',
  'credentialManifest',
  'sources',
];

/** Which facts a spec states. */
export function factsOf(spec: IntegrationSpec): Readonly<Record<SpecFact, FactState>> {
  const rest = findTransportConfig(spec.transports ?? [], 'rest');
  const webhook = findTransportConfig(spec.transports ?? [], 'webhook');
  const { constraints, byokSetup, supportedModes } = spec;
  return {
    baseUrl: restFact(rest, ({ baseUrl }) => baseUrl),
    healthRequest: restFact(rest, () => spec.healthCheck?.request),
    versionPolicy: stated(spec.versionPolicy),
    rateLimit: stated(constraints?.rateLimit ?? constraints?.quotas),
    rateLimitHeaders: restFact(rest, ({ rateLimitHeaders, rateLimits }) => rateLimitHeaders ?? rateLimits),
    errors: restFact(rest, ({ errors }) => errors),
    pagination: restFact(rest, ({ pagination }) => pagination),
    idempotency: restFact(rest, ({ idempotency }) => idempotency),
    webhooks: webhook === undefined && spec.webhooks === undefined ? 'inapplicable' : stated(spec.webhooks),
    oauth: oauthState(spec),
    validationEndpoint: supportedModes.includes('byok') ? stated(byokSetup?.validationEndpoint) : 'inapplicable',
    credentialManifest: stated(spec.credentialManifest),
    sources: stated(spec.sources),
  };
}

function restFact(rest: RestTransportConfig | undefined, read: (rest: RestTransportConfig) => unknown): FactState {
  return rest === undefined ? 'inapplicable' : stated(read(rest));
}

function stated(fact: unknown): FactState {
  return fact === undefined || (Array.isArray(fact) && fact.length === 0) ? 'absent' : 'stated';
}

/** A user's consent needs the address to which the user is sent; a grant without one needs the token endpoint alone. */
function oauthState(spec: IntegrationSpec): FactState {
  const methods = findAllAuthConfigs(spec.supportedAuthMethods ?? [], 'oauth2');
  if (methods.length === 0) return 'inapplicable';
  const isComplete = methods.every(
    ({ grantType, authorizationUrl, tokenUrl }) =>
      tokenUrl !== '' && (grantType !== 'authorization_code' || authorizationUrl !== undefined),
  );
  return isComplete ? 'stated' : 'absent';
}
