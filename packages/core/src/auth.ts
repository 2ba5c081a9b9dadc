/** How a request or a webhook proves who sent it. */
export type IntegrationAuthType =
  | 'api-key'
  | 'oauth2'
  | 'bearer'
  | 'header'
  | 'basic'
  | 'webhook-signing'
  | 'service-account';

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
  /** Field of the secret that holds the user name. Default `username`. */
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
}

export type IntegrationAuthConfig =
  | ApiKeyAuthConfig
  | OAuth2AuthConfig
  | BearerAuthConfig
  | HeaderAuthConfig
  | BasicAuthConfig
  | WebhookSigningAuthConfig
  | ServiceAccountAuthConfig;

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
