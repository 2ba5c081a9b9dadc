import type { JsonObject } from '../call/json.ts';
import { healthRequest, oauthDetails, resetFormat, restContract, webhooks } from './contract-structure.ts';
import { amount, flag, listOf, mapOf, name, object, oneOf, period, text, url } from './structure-terms.ts';

const VERSION_PATTERN =
  '^\\d+(\\.\\d+){0,2}(-[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?(\\+[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?$';
const KEY_PATTERN = '^[A-Za-z0-9][A-Za-z0-9_-]*(\\.[A-Za-z0-9][A-Za-z0-9_-]*)*$';
const ENVIRONMENT_NAME_PATTERN = '^[A-Za-z_][A-Za-z0-9_]*$';

const key = (): JsonObject => text({ pattern: KEY_PATTERN, maxLength: 200 });
const versionText = (): JsonObject => text({ pattern: VERSION_PATTERN });
const version = (): JsonObject => ({ type: ['string', 'integer'], pattern: VERSION_PATTERN, minimum: 0 });
const mode = (): JsonObject => oneOf(['managed', 'byok']);
const environmentName = (): JsonObject => text({ pattern: ENVIRONMENT_NAME_PATTERN });

const STABILITIES = ['idea', 'in_creation', 'experimental', 'beta', 'stable', 'deprecated'];

const meta = (): JsonObject =>
  object({
    'key!': key(),
    'version!': version(),
    'category!': name(),
    title: name(),
    description: name(),
    domain: name(),
    stability: oneOf(STABILITIES),
    'owners!': listOf(name()),
    'tags!': listOf(name()),
    docId: listOf(name()),
  });

const capabilities = (): JsonObject =>
  object({
    'provides!': listOf(
      object({
        'key!': key(),
        version: version(),
      }),
    ),
    requires: listOf(
      object({
        'key!': key(),
        version: versionText(),
        kind: oneOf(['api', 'event', 'data', 'ui', 'integration']),
        optional: flag(),
        reason: text(),
      }),
    ),
  });

const jsonSchema: JsonObject = { type: ['object', 'boolean'] };
const schemaSlot = (): JsonObject => object({ 'schema!': jsonSchema, example: { type: 'object' } });

const signingAlgorithm = (): JsonObject => oneOf(['hmac-sha256', 'hmac-sha1', 'ed25519']);

const transports = (): JsonObject =>
  listOf({
    anyOf: [
      object({
        'type!': { const: 'rest' },
        baseUrl: url(),
        defaultHeaders: mapOf(text()),
        apiVersionHeader: name(),
        rateLimitHeaders: object({
          'remaining!': name(),
          'reset!': name(),
          limit: name(),
          resetFormat: resetFormat(),
        }),
        acceptContentTypes: listOf(name()),
        ...restContract(),
      }),
      object({
        'type!': { const: 'mcp' },
        'transport!': oneOf(['stdio', 'http', 'sse']),
        url: url(),
        command: name(),
        args: listOf(text()),
        toolPrefix: text(),
      }),
      object({
        'type!': { const: 'webhook' },
        inbound: object({
          'signatureHeader!': name(),
          'signingAlgorithm!': signingAlgorithm(),
          registrationSupported: flag(),
        }),
        outbound: object({
          'deliveryRetries!': amount(),
          'timeoutMs!': period(),
        }),
      }),
      object({
        'type!': { const: 'sdk' },
        'packageName!': name(),
        minVersion: versionText(),
        runtime: oneOf(['node', 'browser', 'universal']),
      }),
    ],
  });

const supportedAuthMethods = (): JsonObject =>
  listOf({
    anyOf: [
      object({
        'type!': { const: 'api-key' },
        headerName: name(),
        queryParam: name(),
        prefix: text(),
        secretField: name(),
      }),
      object({
        'type!': { const: 'oauth2' },
        'grantType!': oneOf(['authorization_code', 'client_credentials', 'refresh_token', 'device_code']),
        authorizationUrl: url(),
        'tokenUrl!': url(),
        'scopes!': listOf(name()),
        pkce: flag(),
        revocationUrl: url(),
        ...oauthDetails(),
      }),
      object({
        'type!': { const: 'bearer' },
        tokenField: name(),
      }),
      object({
        'type!': { const: 'header' },
        'headerName!': name(),
        valuePrefix: text(),
        secretField: name(),
      }),
      object({
        'type!': { const: 'basic' },
        usernameField: name(),
        passwordField: name(),
      }),
      object({
        'type!': { const: 'webhook-signing' },
        'algorithm!': signingAlgorithm(),
        'signatureHeader!': name(),
        timestampHeader: name(),
        toleranceMs: amount(),
        secretField: name(),
      }),
      object({
        'type!': { const: 'service-account' },
        'credentialFormat!': oneOf(['json-key', 'pem', 'p12']),
        credentialField: name(),
        grant: oneOf(['jwt-bearer', 'app-jwt']),
        tokenUrl: url(),
        audience: name(),
        scopes: listOf(name()),
        issuerField: name(),
        subjectField: name(),
        assertionLifetimeSeconds: period(),
      }),
      object({
        'type!': { const: 'path-token' },
        'tokenField!': name(),
      }),
    ],
  });

const versionPolicy = (): JsonObject =>
  object({
    'currentVersion!': name(),
    'supportedVersions!': listOf(
      object({
        'version!': name(),
        'status!': oneOf(['stable', 'beta', 'deprecated', 'sunset']),
        sunsetDate: name(),
        migrationGuide: url(),
        releasedAt: name(),
      }),
      { minItems: 1 },
    ),
    versionHeader: name(),
    versionQueryParam: name(),
    versionInPath: flag(),
  });

const credentialFields = (): JsonObject =>
  listOf(object({ 'key!': name(), required: flag(), description: text(), envVar: environmentName() }));

const modeManifest = (): JsonObject =>
  object({
    'mode!': mode(),
    configFields: credentialFields(),
    secretFields: credentialFields(),
    envAliases: listOf(
      object({
        'logicalKey!': name(),
        'envVar!': environmentName(),
        targetId: name(),
        public: flag(),
      }),
    ),
    allowedSecretProviders: listOf(name()),
    validationStrategy: oneOf(['static-schema', 'provider-health', 'byok-lifecycle', 'custom']),
    rotation: object({
      supported: flag(),
      recommendedIntervalDays: period(),
    }),
    setupSteps: listOf(name()),
    docsUrl: url(),
  });

const credentialManifest = (): JsonObject =>
  object({
    modes: object({ managed: modeManifest(), byok: modeManifest() }),
    exempt: flag(),
    exemptionReason: name(),
  });

const specFields = (): JsonObject =>
  object({
    $schema: text(),
    'meta!': meta(),
    'supportedModes!': listOf(mode(), { minItems: 1, uniqueItems: true }),
    'capabilities!': capabilities(),
    'configSchema!': schemaSlot(),
    'secretSchema!': schemaSlot(),
    healthCheck: object({
      method: oneOf(['ping', 'list', 'custom']),
      timeoutMs: period(),
      request: healthRequest(),
    }),
    docsUrl: url(),
    constraints: object({
      rateLimit: object({ rpm: period(), rph: period() }),
      quotas: mapOf(amount()),
    }),
    byokSetup: object({
      setupInstructions: name(),
      requiredScopes: listOf(name()),
      validationEndpoint: name(),
      keyRotationSupported: flag(),
      quotaTrackingSupported: flag(),
      provisioningSteps: listOf(name()),
    }),
    transports: transports(),
    preferredTransport: oneOf(['rest', 'mcp', 'webhook', 'sdk']),
    supportedAuthMethods: supportedAuthMethods(),
    versionPolicy: versionPolicy(),
    credentialManifest: credentialManifest(),
    webhooks: webhooks(),
    sources: listOf(
      object({
        'url!': url(),
        'checkedOn!': text({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
        facts: text(),
      }),
    ),
  });

let structure: JsonObject | undefined;

/**
 * Form of a spec as an author writes it, as JSON Schema without words; `integrationSpecJsonSchema` adds the words. Made
 * when it is first needed: whoever only imports the package does not pay for it.
 */
export function specStructure(): JsonObject {
  structure ??= specFields();
  return structure;
}
