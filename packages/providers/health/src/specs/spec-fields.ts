import { HEALTH_DATA_TRANSPORTS, type HealthDataTransport } from '../model/source.ts';

/** Fields that every health connection may have. Each call makes new objects: no two specs share one. */
export function strategyFields(defaultTransport: HealthDataTransport) {
  return {
    apiBaseUrl: {
      type: 'string',
      format: 'uri',
      pattern: '^https://',
      description: 'Base address of an adapter that brings its own. Requests made from this spec go to its own hosts.',
    },
    mcpUrl: {
      type: 'string',
      format: 'uri',
      pattern: '^https://',
      description: 'MCP endpoint, for the routes official-mcp and aggregator-mcp.',
    },
    oauthTokenUrl: {
      type: 'string',
      format: 'uri',
      pattern: '^https://',
      description: 'Token endpoint of an adapter that brings its own. Tokens are renewed at the address of this spec.',
    },
    defaultTransport: {
      type: 'string',
      enum: [...HEALTH_DATA_TRANSPORTS],
      default: defaultTransport,
      description: 'Route that is tried first.',
    },
    strategyOrder: {
      type: 'array',
      items: { type: 'string', enum: [...HEALTH_DATA_TRANSPORTS] },
      uniqueItems: true,
      description: 'Routes that may be tried, in order. Absent or empty: all of them, official ones first.',
    },
    allowUnofficial: {
      type: 'boolean',
      default: false,
      description: "Must be true for unofficial connectors, which break the vendor's terms at the member's risk.",
    },
    unofficialAllowList: {
      type: 'array',
      items: { type: 'string' },
      uniqueItems: true,
      description: 'Integration keys for which unofficial connectors are permitted. Absent or empty: none.',
    },
  } as const;
}

/** Example values of the fields above. */
export function strategyExample(defaultTransport: HealthDataTransport) {
  return {
    defaultTransport,
    strategyOrder: [...HEALTH_DATA_TRANSPORTS],
    allowUnofficial: false,
    unofficialAllowList: [],
  };
}

/** Where the consent page sends people back to. */
export function redirectField() {
  return {
    redirectUri: {
      type: 'string',
      format: 'uri',
      description: 'Address to which the consent page sends the member back; exactly as registered with the vendor.',
    },
  } as const;
}

/** What a header can carry; vendors document no form for their keys. */
const PRINTABLE = '^[!-~]+$';

/** Credentials of an OAuth client, and the tokens of one member. */
export function oauthFields(vendor: string) {
  return {
    clientId: { type: 'string', pattern: PRINTABLE, description: `OAuth client id of the app at ${vendor}.` },
    clientSecret: { type: 'string', pattern: PRINTABLE, description: `OAuth client secret of the app at ${vendor}.` },
    accessToken: { type: 'string', pattern: PRINTABLE, description: "The member's access token." },
    refreshToken: { type: 'string', pattern: PRINTABLE, description: "The member's refresh token." },
    tokenExpiresAt: {
      type: 'string',
      format: 'date-time',
      description: 'Instant at which the access token ends.',
    },
  } as const;
}

/** Names that secrets of earlier connections may hold. */
export function keptFields(names: 'all' | 'without-api-key' = 'all') {
  const field = (what: string) =>
    ({
      type: 'string',
      description: `${what} of an adapter that brings its own; this spec does not read it.`,
    }) as const;
  return {
    ...(names === 'all' ? { apiKey: field('API key') } : {}),
    mcpAccessToken: field('Token for the MCP endpoint'),
    username: field('User name'),
    password: field('Password'),
  } as const;
}

/** A secret holds the client, or at least a member's token. */
export function clientOrToken() {
  return [{ required: ['clientId', 'clientSecret'] }, { required: ['accessToken'] }] as const;
}

/** Made-up values of the right form. */
export function oauthExample(vendor: string) {
  return {
    clientId: `${vendor}-client-id`,
    clientSecret: `${vendor}-client-secret`,
    accessToken: `${vendor}-access-token`,
    refreshToken: `${vendor}-refresh-token`,
    tokenExpiresAt: '2026-01-01T00:00:00Z',
  };
}
