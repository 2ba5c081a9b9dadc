import type { JsonObject, JsonValue } from '../call/json.ts';

/** Field schemas under their names; a name that ends in `!` is required. */
type Fields = Readonly<Record<string, JsonObject>>;

/** A closed object that still leaves room for extensions of the host's own under `x-…`. */
function object(description: string, fields: Fields, more: JsonObject = {}): JsonObject {
  const required = Object.keys(fields).filter((name) => name.endsWith('!'));
  return {
    type: 'object',
    description,
    properties: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name.replace('!', ''), field])),
    ...(required.length === 0 ? {} : { required: required.map((name) => name.slice(0, -1)) }),
    patternProperties: { '^x-': true },
    additionalProperties: false,
    ...more,
  };
}

const text = (description: string, more: JsonObject = {}): JsonObject => ({ type: 'string', description, ...more });
const name = (description: string, more: JsonObject = {}): JsonObject => text(description, { minLength: 1, ...more });
const url = (description: string): JsonObject =>
  text(`${description} An https URL; http only for a loopback address.`, { minLength: 1 });
const flag = (description: string): JsonObject => ({ type: 'boolean', description });
const amount = (description: string): JsonObject => ({ type: 'number', minimum: 0, description });
const period = (description: string): JsonObject => ({ type: 'number', exclusiveMinimum: 0, description });
const oneOf = (description: string, values: readonly JsonValue[]): JsonObject => ({ enum: values, description });
const listOf = (description: string, items: JsonObject, more: JsonObject = {}): JsonObject => ({
  type: 'array',
  description,
  items,
  ...more,
});
const mapOf = (description: string, values: JsonObject): JsonObject => ({
  type: 'object',
  description,
  additionalProperties: values,
});

const VERSION_PATTERN =
  '^\\d+(\\.\\d+){0,2}(-[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?(\\+[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?$';
const KEY_PATTERN = '^[A-Za-z0-9][A-Za-z0-9_-]*(\\.[A-Za-z0-9][A-Za-z0-9_-]*)*$';
const ENVIRONMENT_NAME_PATTERN = '^[A-Za-z_][A-Za-z0-9_]*$';

const key = (description: string): JsonObject => text(description, { pattern: KEY_PATTERN, maxLength: 200 });
const versionText = (description: string): JsonObject => text(description, { pattern: VERSION_PATTERN });
const version = (description: string): JsonObject => ({
  description: `${description} Semver; a whole number may be written without quotes.`,
  type: ['string', 'integer'],
  pattern: VERSION_PATTERN,
  minimum: 0,
});
const mode = (description: string): JsonObject => oneOf(description, ['managed', 'byok']);

const CATEGORY_EXAMPLES = [
  'payments',
  'email',
  'calendar',
  'sms',
  'messaging',
  'health',
  'ai-llm',
  'ai-voice-tts',
  'ai-voice-stt',
  'ai-voice-conversational',
  'ai-image',
  'analytics',
  'vector-db',
  'storage',
  'accounting',
  'crm',
  'helpdesk',
  'project-management',
  'open-banking',
  'meeting-recorder',
  'database',
  'custom',
];

const STABILITIES = ['idea', 'in_creation', 'experimental', 'beta', 'stable', 'deprecated'];

const meta = object('Identity of the integration and who answers for it.', {
  'key!': key('Unique name, dot-separated, such as "payments.stripe".'),
  'version!': version('Version of this contract.'),
  'category!': name('Kind of service that the integration reaches; a name of your own is allowed.', {
    examples: CATEGORY_EXAMPLES,
  }),
  title: name('Name that people read.'),
  description: name('Short summary. Default: the title, else the key.'),
  domain: name('Business area.'),
  stability: { ...oneOf('Maturity.', STABILITIES), default: 'stable' },
  'owners!': listOf(
    'Teams or people who answer for the contract.',
    name('Free text such as "@platform.integrations".'),
  ),
  'tags!': listOf('Search labels.', name('Free text.')),
  docId: listOf('Documentation blocks about this contract.', name('Id of a documentation block.')),
});

const capabilities = object('What the integration can do and what it needs.', {
  'provides!': listOf(
    'Capabilities that the integration offers.',
    object('A capability.', {
      'key!': key('Name of the capability, such as "payments.psp".'),
      version: { ...version('Version of the capability.'), default: '1.0.0' },
    }),
  ),
  requires: listOf(
    'Capabilities that the host must offer.',
    object('A requirement.', {
      'key!': key('Name of the capability.'),
      version: versionText('Version that is needed. Absent: any.'),
      kind: oneOf('Kind of the capability.', ['api', 'event', 'data', 'ui', 'integration']),
      optional: flag('Whether the integration works without it.'),
      reason: text('What it is needed for.'),
    }),
  ),
});

const jsonSchema: JsonObject = {
  type: ['object', 'boolean'],
  description: 'JSON Schema, draft 2020-12.',
};

const configSchema = object("Shape of a connection's configuration.", {
  'schema!': jsonSchema,
  example: { type: 'object', description: 'A configuration that fits the schema.' },
});

const secretSchema = object('Shape of the secret behind a connection. The values never appear in a spec.', {
  'schema!': jsonSchema,
  example: { type: 'object', description: 'Made-up values that fit the schema; never a real credential.' },
});

const signingAlgorithm = oneOf('How deliveries are signed.', ['hmac-sha256', 'hmac-sha1', 'ed25519']);

const transports = listOf('Ways to reach the provider.', {
  anyOf: [
    object('HTTP requests.', {
      'type!': { const: 'rest' },
      baseUrl: url('Address that paths are appended to; may hold placeholders such as {region}.'),
      defaultHeaders: mapOf('Headers of each request. Never a credential.', text('Value of the header.')),
      apiVersionHeader: name('Header that carries the API version.'),
      rateLimitHeaders: object('Headers in which the provider reports its rate limit.', {
        'remaining!': name('Header with the requests that are left.'),
        'reset!': name('Header with the time of the next window.'),
        limit: name('Header with the size of the window.'),
      }),
      acceptContentTypes: listOf('Accepted media types. Default application/json.', name('Media type.')),
    }),
    object('A Model Context Protocol server.', {
      'type!': { const: 'mcp' },
      'transport!': oneOf('How the server is reached.', ['stdio', 'http', 'sse']),
      url: url('Address of the server, for http and sse.'),
      command: name('Program to start, for stdio. Run only specs from sources you would run code from.'),
      args: listOf('Arguments of the program. Never a credential.', text('Argument.')),
      toolPrefix: text('Text before the name of each tool.'),
    }),
    object('Webhooks.', {
      'type!': { const: 'webhook' },
      inbound: object('Deliveries from the provider.', {
        'signatureHeader!': name('Header that carries the signature.'),
        'signingAlgorithm!': signingAlgorithm,
        registrationSupported: flag('Whether an API call can register the endpoint.'),
      }),
      outbound: object('Deliveries to the provider.', {
        'deliveryRetries!': amount('Repetitions of a failed delivery.'),
        'timeoutMs!': period('Longest wait for an answer, in milliseconds.'),
      }),
    }),
    object('A client library of the vendor.', {
      'type!': { const: 'sdk' },
      'packageName!': name('Name on the package registry.'),
      minVersion: versionText('Lowest supported version.'),
      runtime: oneOf('Where the library runs.', ['node', 'browser', 'universal']),
    }),
  ],
});

const secretField = (description: string): JsonObject => name(`Field of the secret that holds ${description}.`);

const supportedAuthMethods = listOf('Ways in which a request or a webhook proves who sent it.', {
  anyOf: [
    object('A static key in a header or in the query.', {
      'type!': { const: 'api-key' },
      headerName: name('Default Authorization.'),
      queryParam: name('Query parameter that carries the key instead of a header.'),
      prefix: text('Text before the key, trailing space included.'),
      secretField: secretField('the key; default apiKey, then api_key'),
    }),
    object('OAuth 2.', {
      'type!': { const: 'oauth2' },
      'grantType!': oneOf('Grant from which an access token is obtained.', [
        'authorization_code',
        'client_credentials',
        'refresh_token',
        'device_code',
      ]),
      authorizationUrl: url('Where the user consents.'),
      'tokenUrl!': url('Where tokens are issued.'),
      'scopes!': listOf('Scopes to ask for.', name('Scope.')),
      pkce: flag('Whether the authorization request carries a PKCE challenge.'),
      revocationUrl: url('Where tokens are revoked.'),
    }),
    object('A token in the Authorization header.', {
      'type!': { const: 'bearer' },
      tokenField: secretField('the token; default accessToken'),
    }),
    object("A value in a header of the vendor's own.", {
      'type!': { const: 'header' },
      'headerName!': name('Name of the header.'),
      valuePrefix: text('Text before the value.'),
      secretField: secretField('the value; default the name of the header, then apiKey'),
    }),
    object('User name and password.', {
      'type!': { const: 'basic' },
      usernameField: secretField('the user name; default username'),
      passwordField: secretField('the password; default password'),
    }),
    object('Signature of inbound webhooks.', {
      'type!': { const: 'webhook-signing' },
      'algorithm!': signingAlgorithm,
      'signatureHeader!': name('Header that carries the signature.'),
      timestampHeader: name('Header that carries the time of the delivery.'),
      toleranceMs: amount('Largest accepted age in milliseconds. Default 300000.'),
      secretField: secretField('the signing secret'),
    }),
    object('A machine account whose key signs a token request.', {
      'type!': { const: 'service-account' },
      'credentialFormat!': oneOf('Form of the key material.', ['json-key', 'pem', 'p12']),
      credentialField: secretField('the key material'),
    }),
  ],
});

const versionPolicy = object("Versions of the vendor's API and where the version goes in a request.", {
  'currentVersion!': name('Version that is used unless a connection says otherwise; one of supportedVersions.'),
  'supportedVersions!': listOf(
    'Versions that the integration can speak.',
    object("A version of the vendor's API.", {
      'version!': name("Name of the version, in the vendor's form."),
      'status!': oneOf('State of the version.', ['stable', 'beta', 'deprecated', 'sunset']),
      sunsetDate: name('Day or instant (ISO 8601) from which the version is no longer served.'),
      migrationGuide: url("The vendor's migration guide."),
      releasedAt: name('Day or instant (ISO 8601) of the release.'),
    }),
    { minItems: 1 },
  ),
  versionHeader: name('Header that carries the version.'),
  versionQueryParam: name('Query parameter that carries the version.'),
  versionInPath: flag('Whether the version is part of the path.'),
});

const credentialFields = (description: string): JsonObject =>
  listOf(
    description,
    object('A field. Never holds a value.', {
      'key!': name('Name of the field.'),
      required: flag('Whether the mode needs the field.'),
      description: text('What the field holds and where to find it.'),
      envVar: text('Environment variable that stands in for the field.', { pattern: ENVIRONMENT_NAME_PATTERN }),
    }),
  );

const modeManifest = object('What one ownership mode needs.', {
  'mode!': mode('Must equal the name under which the entry stands.'),
  configFields: credentialFields('Fields of the configuration.'),
  secretFields: credentialFields('Fields of the secret.'),
  envAliases: listOf(
    'Environment variables that stand in for fields.',
    object('An alias.', {
      'logicalKey!': name('Name of the config or secret field.'),
      'envVar!': text('Name of the environment variable.', { pattern: ENVIRONMENT_NAME_PATTERN }),
      targetId: name('Deployment target that the variable belongs to.'),
      public: flag('Whether the value may reach client code. Never for a secret field.'),
    }),
  ),
  allowedSecretProviders: listOf('Secret backends that may hold the secret. Absent: any.', name('Id of a backend.')),
  validationStrategy: oneOf('How the credentials are checked.', [
    'static-schema',
    'provider-health',
    'byok-lifecycle',
    'custom',
  ]),
  rotation: object('How the credentials are renewed.', {
    supported: flag('Whether they can be renewed without a gap.'),
    recommendedIntervalDays: period('Days between renewals.'),
  }),
  setupSteps: listOf('Steps in the order in which they are done.', name('Step.')),
  docsUrl: url('Page that explains the set-up.'),
});

const credentialManifest = object('Which credentials each ownership mode needs. Never holds a value.', {
  modes: object('Entries by ownership mode.', { managed: modeManifest, byok: modeManifest }),
  exempt: flag('True for an integration that needs no credentials.'),
  exemptionReason: name('Why none are needed; required with exempt.'),
});

/**
 * JSON Schema (draft 2020-12) of an integration spec as an author writes it, in TypeScript, JSON or YAML. Published as
 * `@mortise/core/integration-spec.schema.json` for completion in editors. `validateIntegrationSpec` checks this and
 * what no schema can say.
 */
export const integrationSpecJsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Integration spec',
  ...object("A contract for one provider's service: what it is, what it needs, how it is reached.", {
    $schema: text('Address of this schema, for the editor.'),
    'meta!': meta,
    'supportedModes!': listOf(
      "Whose account at the provider may be used: the host's own (managed) or the tenant's (byok).",
      mode('Ownership mode.'),
      { minItems: 1, uniqueItems: true },
    ),
    'capabilities!': capabilities,
    'configSchema!': configSchema,
    'secretSchema!': secretSchema,
    healthCheck: object('How a connection is checked.', {
      method: oneOf('Kind of check.', ['ping', 'list', 'custom']),
      timeoutMs: period('Longest wait in milliseconds.'),
    }),
    docsUrl: url("The provider's documentation."),
    constraints: object('Limits that the provider sets.', {
      rateLimit: object('Rate limit.', { rpm: period('Requests per minute.'), rph: period('Requests per hour.') }),
      quotas: mapOf("Quotas by resource, in the provider's unit.", amount('Quota.')),
    }),
    byokSetup: object('What a tenant does to bring an own key.', {
      setupInstructions: name('Instructions in one text.'),
      requiredScopes: listOf('Scopes that the key must have.', name('Scope.')),
      validationEndpoint: name('URL or path that answers whether a key is valid.'),
      keyRotationSupported: flag("Whether a key can be replaced through the provider's API."),
      quotaTrackingSupported: flag('Whether the provider reports what is left of a quota.'),
      provisioningSteps: listOf('Steps in the order in which they are done.', name('Step.')),
    }),
    transports,
    preferredTransport: oneOf('The transport to use first; one of transports.', ['rest', 'mcp', 'webhook', 'sdk']),
    supportedAuthMethods,
    versionPolicy,
    credentialManifest,
    sources: listOf(
      'Where the facts were taken from.',
      object('A source.', {
        'url!': url('Page or package that states the fact.'),
        'checkedOn!': text('Day on which it was read, YYYY-MM-DD.', { pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
        facts: text('Which facts were taken from it.'),
      }),
    ),
  }),
} as const satisfies JsonObject;
