/** How a request or a webhook proves who sent it. */
export type IntegrationAuthType =
  | 'api-key'
  | 'oauth2'
  | 'bearer'
  | 'header'
  | 'basic'
  | 'webhook-signing'
  | 'service-account'
  | 'path-token';

/** A static key sent in a header or in the query. */
export interface ApiKeyAuthConfig {
  readonly type: 'api-key';
  /** Default `Authorization`. */
  readonly headerName?: string;
  /** Name of the query parameter that carries the key instead of a header. */
  readonly queryParam?: string;
  /** Text before the key, trailing space included. */
  readonly prefix?: string;
  /** Field of the secret that holds the key. Absent: `apiKey`, then `api_key`. */
  readonly secretField?: string;
}

/** OAuth 2 grant from which an access token is obtained (RFC 6749, RFC 8628). */
export type OAuth2GrantType = 'authorization_code' | 'client_credentials' | 'refresh_token' | 'device_code';

export interface OAuth2AuthConfig {
  readonly type: 'oauth2';
  readonly grantType: OAuth2GrantType;
  readonly authorizationUrl?: string;
  readonly tokenUrl: string;
  readonly scopes: readonly string[];
  /** Whether the authorization request carries a PKCE challenge (RFC 7636). */
  readonly pkce?: boolean;
  /** Token revocation endpoint (RFC 7009). */
  readonly revocationUrl?: string;
  /** Token introspection endpoint (RFC 7662). */
  readonly introspectionUrl?: string;
  /** Device authorization endpoint (RFC 8628). */
  readonly deviceAuthorizationUrl?: string;
  /** How the client proves itself at the token endpoint. Default `post`: id and secret in the body. */
  readonly clientAuthentication?: 'post' | 'basic' | 'none' | 'private_key_jwt';
  /** How requests to the token endpoint are encoded. Default `form`. */
  readonly bodyFormat?: 'form' | 'json';
  /** Text between scopes. Default a space. */
  readonly scopeSeparator?: string;
  /** Parameter that carries the scopes. Default `scope`. */
  readonly scopeParam?: string;
  /** Further parameters of the authorization URL, such as `access_type: 'offline'`. */
  readonly authorizationParams?: Readonly<Record<string, string>>;
  /** Further parameters of token requests, such as an `audience`. */
  readonly tokenParams?: Readonly<Record<string, string>>;
  /** What is unusual about the answer of the token endpoint. */
  readonly tokenResponse?: OAuth2TokenResponseQuirks;
  readonly refresh?: OAuth2RefreshPolicy;
  /** Fields of config or secret. Defaults `clientId`, `clientSecret`, `accessToken`, `refreshToken`, `privateKey`. */
  readonly clientIdField?: string;
  readonly clientSecretField?: string;
  readonly tokenField?: string;
  readonly refreshTokenField?: string;
  /** Holds the private key of `private_key_jwt`, in PEM (PKCS #8). */
  readonly privateKeyField?: string;
  /** Header that carries the access token. Default `Authorization`. */
  readonly headerName?: string;
  /** Text before the access token. Default the token type that the server named, and a space. */
  readonly prefix?: string;
}

/** Where a token endpoint departs from RFC 6749. JSON Pointers into its answer. */
export interface OAuth2TokenResponseQuirks {
  /** Default `/access_token`. */
  readonly accessToken?: string;
  /** Default `/refresh_token`. */
  readonly refreshToken?: string;
  /** Default `/expires_in`, in seconds. */
  readonly expiresIn?: string;
  /** An instant instead of a lifetime. */
  readonly expiresAt?: { readonly pointer: string; readonly format: 'iso' | 'epoch-seconds' | 'epoch-ms' };
  /** Default `/scope`. */
  readonly scope?: string;
  /** Token type where the answer has none. Default `Bearer`. */
  readonly defaultTokenType?: string;
  /** Lifetime in seconds where the answer has none. */
  readonly defaultExpiresInSeconds?: number;
  /** JSON Pointer to a value that is false where a 200 is a failure, such as `/ok`. */
  readonly okPointer?: string;
}

export interface OAuth2RefreshPolicy {
  /**
   * `rotating`: each refresh token works once. `reusable`: it stays the same, or may be used again. Absent: not known, and
   * treated as rotating.
   */
  readonly rotation?: 'rotating' | 'reusable';
  /** How long a rotated token may still be used, in milliseconds, where the vendor promises it. */
  readonly reuseIntervalMs?: number;
  /** A grant that is idle for this long ends. */
  readonly idleLifetimeMs?: number;
  /** Whether the refresh request repeats the scopes. Default false. */
  readonly sendScope?: boolean;
}

/** A token in `Authorization: Bearer`. */
export interface BearerAuthConfig {
  readonly type: 'bearer';
  /** Field of the secret that holds the token. Default `accessToken`. */
  readonly tokenField?: string;
}

/** A value in a header of the vendor's own. */
export interface HeaderAuthConfig {
  readonly type: 'header';
  readonly headerName: string;
  /** Text before the value. Default empty. */
  readonly valuePrefix?: string;
  /** Field of the secret that holds the value. Absent: the field named like the header, then `apiKey`. */
  readonly secretField?: string;
}

/** User name and password (RFC 7617, or a database handshake). */
export interface BasicAuthConfig {
  readonly type: 'basic';
  /** Field of config or secret that holds the user name. Default `username`. */
  readonly usernameField?: string;
  /** Field of the secret that holds the password. Default `password`. */
  readonly passwordField?: string;
}

/** How inbound webhooks are signed; never a way to authenticate a request of ours. */
export interface WebhookSigningAuthConfig {
  readonly type: 'webhook-signing';
  readonly algorithm: WebhookSigningAlgorithm;
  readonly signatureHeader: string;
  readonly timestampHeader?: string;
  /** Largest accepted age of a delivery in milliseconds. Default 300 000. */
  readonly toleranceMs?: number;
  /** Field of the secret that holds the signing secret. */
  readonly secretField?: string;
}

export type WebhookSigningAlgorithm = 'hmac-sha256' | 'hmac-sha1' | 'ed25519';

/** A machine account whose key signs a token request. */
export interface ServiceAccountAuthConfig {
  readonly type: 'service-account';
  readonly credentialFormat: 'json-key' | 'pem' | 'p12';
  /** Field of the secret that holds the key material. */
  readonly credentialField?: string;
  /**
   * How the key becomes a token. `jwt-bearer` (default, RFC 7523): a signed assertion is exchanged at `tokenUrl`.
   * `app-jwt`: the signed JWT itself is the token, and may be exchanged for an installation's at `tokenUrl`.
   */
  readonly grant?: 'jwt-bearer' | 'app-jwt';
  /** Absent: the key file's own `token_uri`. May hold `{field}` of the config. */
  readonly tokenUrl?: string;
  /** Default the token URL. */
  readonly audience?: string;
  readonly scopes?: readonly string[];
  /** Field of config or secret with the issuer, such as an app id. Absent: the key file's `client_email`. */
  readonly issuerField?: string;
  /** Field of the config with the user to act for. */
  readonly subjectField?: string;
  /** Default 3,600; some vendors take 600 at most. */
  readonly assertionLifetimeSeconds?: number;
}

/** A token that is part of the path, such as `/bot{token}/getMe`. */
export interface PathTokenAuthConfig {
  readonly type: 'path-token';
  /** Field of the secret that holds the token. Its text replaces `{token}` in the base URL or path. */
  readonly tokenField: string;
}

export type IntegrationAuthConfig =
  | ApiKeyAuthConfig
  | OAuth2AuthConfig
  | BearerAuthConfig
  | HeaderAuthConfig
  | BasicAuthConfig
  | WebhookSigningAuthConfig
  | ServiceAccountAuthConfig
  | PathTokenAuthConfig;

/** State of one OAuth 2 grant. Holds live tokens: keep it in a secret store, never in a log. */
export interface OAuth2TokenState {
  readonly accessToken: string;
  readonly refreshToken?: string;
  /** Token type as the server named it, usually `Bearer`. */
  readonly tokenType: string;
  /** ISO 8601 instant. Absent: the server did not say. */
  readonly expiresAt?: string;
  /** Space-separated scopes that were granted. */
  readonly scope?: string;
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** The auth config of a given type. */
export type AuthConfigOf<Type extends IntegrationAuthType> = Extract<IntegrationAuthConfig, { readonly type: Type }>;

/** First auth config of the given type, or undefined. */
export function findAuthConfig<Type extends IntegrationAuthType>(
  methods: readonly IntegrationAuthConfig[],
  type: Type,
): AuthConfigOf<Type> | undefined {
  return methods.find((method): method is AuthConfigOf<Type> => method.type === type);
}

/** Every auth config of the given type, in declared order. */
export function findAllAuthConfigs<Type extends IntegrationAuthType>(
  methods: readonly IntegrationAuthConfig[],
  type: Type,
): AuthConfigOf<Type>[] {
  return methods.filter((method): method is AuthConfigOf<Type> => method.type === type);
}

/** Whether one of the methods is of the given type. */
export function supportsAuthMethod(methods: readonly IntegrationAuthConfig[], type: IntegrationAuthType): boolean {
  return methods.some((method) => method.type === type);
}

/** Whether an auth type can authenticate a request of ours; webhook signing only proves what others send. */
export function isRequestAuthType(type: IntegrationAuthType): boolean {
  return type !== 'webhook-signing';
}
