import type { IntegrationAuthConfig, OAuth2AuthConfig, ServiceAccountAuthConfig } from '@mortise/core';

/** One documented way in which a vendor's API is called, as a spec would state it, and what a request then carries. */
export interface VendorAuth {
  readonly vendor: string;
  readonly name: string;
  /** Several are sent together. */
  readonly methods: readonly IntegrationAuthConfig[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly path?: Readonly<Record<string, string>>;
}

/** A documented way that is no credential of an HTTP request, or that nobody has described well enough to state. */
export interface LeftOut {
  readonly vendor: string;
  readonly name: string;
  readonly why: string;
}

/** What every secret of the table holds. */
export const SECRETS = {
  key: 'key-1',
  username: 'user-1',
  password: 'pass-1',
  clientId: 'client-1',
  clientSecret: 'secret-1',
} as const;

/** The token of a grant or of a machine account. */
export const TOKEN = { accessToken: 'token-1', tokenType: 'Bearer' } as const;

const BEARER_KEY = { Authorization: 'Bearer key-1' };
const BEARER_TOKEN = { Authorization: 'Bearer token-1' };

function bearer(vendor: string, ...names: readonly string[]): VendorAuth[] {
  return names.map((name) => ({
    vendor,
    name,
    methods: [{ type: 'bearer', tokenField: 'key' }],
    headers: BEARER_KEY,
  }));
}

function header(vendor: string, name: string, headerName: string, valuePrefix = ''): VendorAuth {
  return {
    vendor,
    name,
    methods: [{ type: 'header', headerName, secretField: 'key', ...(valuePrefix === '' ? {} : { valuePrefix }) }],
    headers: { [headerName]: `${valuePrefix}key-1` },
  };
}

function prefixed(vendor: string, name: string, prefix: string): VendorAuth {
  return {
    vendor,
    name,
    methods: [{ type: 'api-key', prefix, secretField: 'key' }],
    headers: { Authorization: `${prefix}key-1` },
  };
}

function query(vendor: string, name: string, queryParam: string): VendorAuth {
  return {
    vendor,
    name,
    methods: [{ type: 'api-key', queryParam, secretField: 'key' }],
    query: { [queryParam]: 'key-1' },
  };
}

function basic(vendor: string, ...names: readonly string[]): VendorAuth[] {
  return names.map((name) => ({
    vendor,
    name,
    methods: [{ type: 'basic' }],
    headers: { Authorization: `Basic ${btoa('user-1:pass-1')}` },
  }));
}

type OAuthFacts = Omit<OAuth2AuthConfig, 'type' | 'grantType'> & Partial<Pick<OAuth2AuthConfig, 'grantType'>>;

function oauth(vendor: string, name: string, facts: OAuthFacts): VendorAuth {
  return {
    vendor,
    name,
    methods: [{ type: 'oauth2', grantType: 'authorization_code', ...facts }],
    headers: BEARER_TOKEN,
  };
}

const GOOGLE = {
  authorizationUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
  tokenUrl: 'https://oauth2.googleapis.com/token',
  revocationUrl: 'https://oauth2.googleapis.com/revoke',
  pkce: true,
  clientAuthentication: 'post',
  authorizationParams: { access_type: 'offline', prompt: 'consent' },
  refresh: { rotation: 'reusable' },
} as const;

function google(vendor: string, name: string, ...scopes: readonly string[]): VendorAuth {
  return oauth(vendor, name, { ...GOOGLE, scopes: scopes.map((scope) => `https://www.googleapis.com/auth/${scope}`) });
}

function googleAccount(vendor: string, name: string, extra: Partial<ServiceAccountAuthConfig> = {}): VendorAuth {
  return {
    vendor,
    name,
    methods: [
      {
        type: 'service-account',
        credentialFormat: 'json-key',
        tokenUrl: GOOGLE.tokenUrl,
        audience: GOOGLE.tokenUrl,
        assertionLifetimeSeconds: 3_600,
        ...extra,
      },
    ],
    headers: BEARER_TOKEN,
  };
}

const ROTATING = { refresh: { rotation: 'rotating' } } as const;

/** From the vendors' documentation, read in 2026. */
export const VENDOR_AUTH: readonly VendorAuth[] = [
  header('anthropic', 'API key', 'x-api-key'),
  header('anthropic', 'admin key', 'x-api-key'),
  ...bearer('anthropic', 'API key or short-lived token', 'workload identity federation'),

  header('composio', 'project key', 'x-api-key'),
  header('composio', 'user key', 'x-user-api-key'),
  header('composio', 'organisation key', 'x-org-api-key'),

  prefixed('deepgram', 'API key', 'Token '),
  ...bearer('deepgram', 'temporary token'),
  header('deepgram', 'browser socket', 'Sec-WebSocket-Protocol', 'token, '),

  header('elevenlabs', 'API key', 'xi-api-key'),
  ...bearer('elevenlabs', 'user access token'),

  prefixed('fal', 'API key', 'Key '),
  query('fal', 'realtime token', 'fal_jwt_token'),
  ...bearer('fal', 'MCP server'),
  prefixed('fal images', 'API key', 'Key '),
  query('fal images', 'realtime token', 'fal_jwt_token'),

  header('fathom', 'API key', 'X-Api-Key'),
  oauth('fathom', 'marketplace app', {
    authorizationUrl: 'https://fathom.video/external/v1/oauth2/authorize',
    tokenUrl: 'https://fathom.video/external/v1/oauth2/token',
    scopes: ['public_api'],
    pkce: false,
    clientAuthentication: 'post',
    ...ROTATING,
  }),

  ...bearer('fireflies', 'API key'),
  oauth('fireflies', 'MCP server', {
    authorizationUrl: 'https://api.fireflies.ai/authorize',
    tokenUrl: 'https://api.fireflies.ai/token',
    revocationUrl: 'https://api.fireflies.ai/revoke',
    scopes: ['profile', 'email'],
    pkce: true,
    clientAuthentication: 'post',
  }),

  oauth('fitbit', 'through Google', {
    ...GOOGLE,
    authorizationParams: { ...GOOGLE.authorizationParams, include_granted_scopes: 'true' },
    scopes: ['https://www.googleapis.com/auth/googlehealth.sleep.readonly'],
  }),
  oauth('fitbit', 'its own, older', {
    authorizationUrl: 'https://www.fitbit.com/oauth2/authorize',
    tokenUrl: 'https://api.fitbit.com/oauth2/token',
    revocationUrl: 'https://api.fitbit.com/oauth2/revoke',
    introspectionUrl: 'https://api.fitbit.com/1.1/oauth2/introspect',
    scopes: ['activity', 'heartrate', 'sleep'],
    pkce: true,
    clientAuthentication: 'basic',
    ...ROTATING,
  }),
  googleAccount('fitbit', 'subscriber management', { scopes: ['https://www.googleapis.com/auth/cloud-platform'] }),

  oauth('garmin', 'user', {
    authorizationUrl: 'https://connect.garmin.com/oauth2Confirm',
    tokenUrl: 'https://diauth.garmin.com/di-oauth2-service/oauth/token',
    scopes: [],
    pkce: true,
    clientAuthentication: 'post',
    refresh: { rotation: 'rotating', idleLifetimeMs: 90 * 86_400_000 },
  }),

  googleAccount('google cloud storage', 'service account key', {
    scopes: ['https://www.googleapis.com/auth/devstorage.read_write'],
  }),
  googleAccount('google cloud storage', 'self-signed token', {
    grant: 'app-jwt',
    audience: 'https://storage.googleapis.com/',
  }),
  google('google cloud storage', 'user', 'devstorage.read_write'),

  google('gmail', 'web server', 'gmail.readonly', 'gmail.send'),
  googleAccount('gmail', 'delegation of a domain', {
    subjectField: 'mailbox',
    scopes: ['https://www.googleapis.com/auth/gmail.readonly'],
  }),
  google('google calendar', 'web server', 'calendar.events'),
  googleAccount('google calendar', 'service account', { scopes: ['https://www.googleapis.com/auth/calendar.events'] }),
  google('google drive', 'web server', 'drive.file'),
  googleAccount('google drive', 'service account', { scopes: ['https://www.googleapis.com/auth/drive'] }),

  header('google gemini', 'API key', 'x-goog-api-key'),
  query('google gemini', 'API key in the query', 'key'),
  ...bearer('google gemini', 'OAuth token'),

  header('gradium', 'API key', 'x-api-key'),
  query('gradium', 'browser token', 'token'),

  ...bearer('granola', 'API key'),
  oauth('granola', 'MCP server', {
    authorizationUrl: 'https://mcp-auth.granola.ai/oauth2/authorize',
    tokenUrl: 'https://mcp-auth.granola.ai/oauth2/token',
    scopes: ['offline_access'],
    pkce: true,
    authorizationParams: { resource: 'https://mcp.granola.ai/' },
  }),

  oauth('jira', '3LO', {
    authorizationUrl: 'https://auth.atlassian.com/authorize',
    tokenUrl: 'https://auth.atlassian.com/oauth/token',
    scopes: ['read:jira-work', 'offline_access'],
    clientAuthentication: 'post',
    bodyFormat: 'json',
    authorizationParams: { audience: 'api.atlassian.com', prompt: 'consent' },
    refresh: { rotation: 'rotating', idleLifetimeMs: 90 * 86_400_000 },
  }),
  ...basic('jira', 'API token', 'API token with scopes'),
  ...bearer('jira', 'token of a service account'),

  ...bearer('github', 'fine-grained token', 'classic token'),
  {
    vendor: 'github',
    name: 'app',
    methods: [
      {
        type: 'service-account',
        credentialFormat: 'pem',
        grant: 'app-jwt',
        issuerField: 'clientId',
        assertionLifetimeSeconds: 600,
      },
    ],
    headers: BEARER_TOKEN,
  },
  {
    vendor: 'github',
    name: 'installation of an app',
    methods: [
      {
        type: 'service-account',
        credentialFormat: 'pem',
        grant: 'app-jwt',
        issuerField: 'clientId',
        tokenUrl: 'https://api.github.com/app/installations/{installationId}/access_tokens',
        assertionLifetimeSeconds: 600,
      },
    ],
    headers: BEARER_TOKEN,
  },
  oauth('github', 'OAuth app or user of an app', {
    authorizationUrl: 'https://github.com/login/oauth/authorize',
    tokenUrl: 'https://github.com/login/oauth/access_token',
    scopes: ['repo', 'read:org'],
    pkce: true,
    clientAuthentication: 'post',
    ...ROTATING,
  }),

  ...bearer('slack', 'bot token', 'user token', 'app-level token'),
  oauth('slack', 'OAuth v2, bot', {
    authorizationUrl: 'https://slack.com/oauth/v2/authorize',
    tokenUrl: 'https://slack.com/api/oauth.v2.access',
    revocationUrl: 'https://slack.com/api/auth.revoke',
    scopes: ['chat:write', 'channels:read'],
    scopeSeparator: ',',
    clientAuthentication: 'basic',
    tokenResponse: { okPointer: '/ok' },
    prefix: 'Bearer ',
    ...ROTATING,
  }),
  oauth('slack', 'OAuth v2, user', {
    authorizationUrl: 'https://slack.com/oauth/v2/authorize',
    tokenUrl: 'https://slack.com/api/oauth.v2.access',
    scopes: ['chat:write'],
    scopeSeparator: ',',
    scopeParam: 'user_scope',
    clientAuthentication: 'basic',
    tokenResponse: {
      okPointer: '/ok',
      accessToken: '/authed_user/access_token',
      refreshToken: '/authed_user/refresh_token',
      expiresIn: '/authed_user/expires_in',
      scope: '/authed_user/scope',
    },
    prefix: 'Bearer ',
    ...ROTATING,
  }),

  {
    vendor: 'telegram',
    name: 'bot token',
    methods: [{ type: 'path-token', tokenField: 'key' }],
    path: { token: 'key-1' },
  },

  ...basic('twilio, WhatsApp', 'API key', 'account and auth token'),
  oauth('twilio, WhatsApp', 'OAuth app', {
    grantType: 'client_credentials',
    tokenUrl: 'https://oauth.twilio.com/v2/token',
    scopes: [],
    clientAuthentication: 'post',
  }),
  ...basic('twilio, SMS', 'API key', 'account and auth token'),
  oauth('twilio, SMS', 'OAuth app', {
    grantType: 'client_credentials',
    tokenUrl: 'https://oauth.twilio.com/v2/token',
    scopes: [],
    clientAuthentication: 'post',
  }),

  ...bearer('mistral', 'API key'),
  header('mistral', 'admin key', 'x-api-key'),
  ...bearer('mistral, speech to text', 'API key'),
  header('mistral, speech to text', 'client token of a socket', 'Sec-WebSocket-Protocol', 'realtime, '),
  ...bearer('mistral, conversations', 'API key'),
  header('mistral, conversations', 'client token of a socket', 'Sec-WebSocket-Protocol', 'realtime, '),

  ...bearer('notion', 'internal connection', 'personal token'),
  oauth('notion', 'public connection', {
    authorizationUrl: 'https://api.notion.com/v1/oauth/authorize',
    tokenUrl: 'https://api.notion.com/v1/oauth/token',
    revocationUrl: 'https://api.notion.com/v1/oauth/revoke',
    introspectionUrl: 'https://api.notion.com/v1/oauth/introspect',
    scopes: [],
    clientAuthentication: 'basic',
    bodyFormat: 'json',
    authorizationParams: { owner: 'user' },
    ...ROTATING,
  }),

  ...bearer('openai', 'API key', 'admin key', 'workload identity'),
  ...bearer('openai, images', 'API key', 'workload identity'),
  ...bearer('openai, realtime', 'API key', 'client secret', 'workload identity'),
  header('openai, realtime', 'browser socket', 'Sec-WebSocket-Protocol', 'realtime, openai-insecure-api-key.'),

  header('open wearables', 'server key', 'X-Open-Wearables-API-Key'),
  ...bearer('open wearables', 'developer session', 'mobile token'),

  oauth('oura', 'user', {
    authorizationUrl: 'https://cloud.ouraring.com/oauth/authorize',
    tokenUrl: 'https://api.ouraring.com/oauth/token',
    scopes: ['daily', 'heartrate'],
    clientAuthentication: 'post',
    ...ROTATING,
  }),
  {
    vendor: 'oura',
    name: 'webhook management',
    methods: [
      { type: 'header', headerName: 'x-client-id', secretField: 'clientId' },
      { type: 'header', headerName: 'x-client-secret', secretField: 'clientSecret' },
    ],
    headers: { 'x-client-id': 'client-1', 'x-client-secret': 'secret-1' },
  },

  ...bearer('posthog', 'personal key', 'project secret key'),

  header('postmark', 'server token', 'X-Postmark-Server-Token'),
  header('postmark', 'account token', 'X-Postmark-Account-Token'),

  ...bearer('powens', 'permanent user token', 'temporary user token', 'service token', 'configuration token'),

  header('qdrant', 'database key', 'api-key'),
  ...bearer('qdrant', 'database key as bearer'),
  prefixed('qdrant', 'cloud management key', 'apikey '),

  ...bearer('resend', 'API key'),

  oauth('strava', 'athlete', {
    authorizationUrl: 'https://www.strava.com/oauth/authorize',
    tokenUrl: 'https://www.strava.com/oauth/token',
    revocationUrl: 'https://www.strava.com/oauth/revoke',
    scopes: ['read', 'activity:read'],
    scopeSeparator: ',',
    clientAuthentication: 'post',
    authorizationParams: { approval_prompt: 'auto' },
    tokenResponse: { expiresAt: { pointer: '/expires_at', format: 'epoch-seconds' } },
    ...ROTATING,
  }),

  ...bearer('supabase, postgres', 'management token'),
  oauth('supabase, postgres', 'OAuth app', {
    authorizationUrl: 'https://api.supabase.com/v1/oauth/authorize',
    tokenUrl: 'https://api.supabase.com/v1/oauth/token',
    scopes: [],
    pkce: true,
  }),
  header('supabase, vectors', 'secret key', 'apikey'),
  header('supabase, vectors', 'publishable key', 'apikey'),
  ...bearer('supabase, vectors', 'user access token', 'management token'),
  {
    vendor: 'supabase, vectors',
    name: 'legacy key, in two headers',
    methods: [
      { type: 'header', headerName: 'apikey', secretField: 'key' },
      { type: 'bearer', tokenField: 'key' },
    ],
    headers: { apikey: 'key-1', ...BEARER_KEY },
  },
  oauth('supabase, vectors', 'OAuth app', {
    authorizationUrl: 'https://api.supabase.com/v1/oauth/authorize',
    tokenUrl: 'https://api.supabase.com/v1/oauth/token',
    scopes: [],
    pkce: true,
  }),

  header('tldv', 'API key', 'x-api-key'),
  oauth('tldv', 'hosted MCP', {
    authorizationUrl: 'https://keycloak.tldv.io/realms/mcp.tldv.io/protocol/openid-connect/auth',
    tokenUrl: 'https://keycloak.tldv.io/realms/mcp.tldv.io/protocol/openid-connect/token',
    scopes: ['mcp:tools'],
    pkce: true,
  }),

  oauth('whoop', 'user', {
    authorizationUrl: 'https://api.prod.whoop.com/oauth/oauth2/auth',
    tokenUrl: 'https://api.prod.whoop.com/oauth/oauth2/token',
    scopes: ['offline', 'read:sleep'],
    clientAuthentication: 'post',
    refresh: { rotation: 'rotating', sendScope: true },
  }),
];

export const LEFT_OUT: readonly LeftOut[] = [
  { vendor: 'garmin', name: 'OAuth 1', why: 'signs each request with HMAC-SHA1; ends with 2026' },
  { vendor: 'google cloud storage', name: 'HMAC key', why: 'signs each request (SigV4); not confirmed' },
  {
    vendor: 'google cloud storage',
    name: 'workload identity',
    why: 'a token exchange with the host’s platform; not confirmed',
  },
  { vendor: 'posthog', name: 'project token', why: 'public, and a member of the body' },
  { vendor: 'posthog', name: 'OAuth', why: 'its endpoints stand in a metadata document alone; not confirmed' },
  { vendor: 'powens', name: 'client credentials', why: 'members of the JSON body of a few operations' },
  { vendor: 'resend', name: 'OAuth', why: 'its endpoints are not documented' },
  { vendor: 'supabase, postgres', name: 'database user', why: 'SCRAM in the database’s handshake, no HTTP' },
];
