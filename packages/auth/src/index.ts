export type { AuthClock } from './auth-clock.ts';

export type { AuthFields } from './credentials/auth-fields.ts';
export type { CredentialSource, RequestCredentials } from './credentials/request-credentials.ts';
export { requestCredentials } from './credentials/request-credentials.ts';

export type { AuthErrorCode, AuthErrorOptions, AuthRequiredReason } from './errors/auth-error.ts';
export { AuthError } from './errors/auth-error.ts';
export type { OAuthErrorCode, OAuthErrorOptions } from './errors/oauth-error.ts';
export { OAuthError } from './errors/oauth-error.ts';

export type { AuthorizationCallback } from './oauth/authorization-callback.ts';
export type { BeginAuthorizationOptions, PendingAuthorization } from './oauth/authorization-request.ts';
export type { DeviceAuthorization } from './oauth/device-authorization.ts';
export type { OAuthCallOptions, OAuthScopeOptions } from './oauth/oauth-client.ts';
export { OAuthClient } from './oauth/oauth-client.ts';
export type { OAuthClientOptions, OAuthRequestOptions } from './oauth/oauth-client-options.ts';
export type { TokenIntrospection } from './oauth/token-status.ts';
export type { FetchLike } from './oauth/transport.ts';

export type { ServiceAccountOptions } from './service-account/mint-service-account-token.ts';
export { mintServiceAccountToken } from './service-account/mint-service-account-token.ts';

export type { KeeperEvent } from './keeper/keeper-event.ts';
export type { OAuthTokenKeeperOptions } from './keeper/keeper-options.ts';
export type { AccessTokenOptions, GrantStatus, KeptToken } from './keeper/oauth-token-keeper.ts';
export { OAuthTokenKeeper } from './keeper/oauth-token-keeper.ts';
export type { TokenSource } from './keeper/token-source.ts';
export { clientCredentialsSource, refreshTokenSource, serviceAccountSource } from './keeper/token-source.ts';
export type { HeldLease, Lease, LeaseCallOptions, LeaseRequest, LeaseStore } from './keeper/lease-store.ts';
export { MemoryLeaseStore } from './keeper/memory-lease-store.ts';
export type {
  RenewalFailure,
  RenewalIntent,
  SaveGrantOptions,
  StoredGrant,
  TokenStore,
  TokenStoreOptions,
  VersionedGrant,
} from './keeper/token-store.ts';
export { MemoryTokenStore } from './keeper/memory-token-store.ts';
export type {
  SecretBackend,
  SecretBackendOptions,
  SecretBackendValue,
  WritableSecretBackend,
} from './keeper/secret-backend.ts';
export type { SecretTokenStoreOptions } from './keeper/secret-token-store.ts';
export { secretTokenStore } from './keeper/secret-token-store.ts';
export type { GrantUnavailableErrorCode } from './keeper/grant-unavailable-error.ts';
export { GrantUnavailableError } from './keeper/grant-unavailable-error.ts';
export type { OAuthSecretProviderOptions } from './keeper/oauth-secret-provider.ts';
export { oauthSecretProvider } from './keeper/oauth-secret-provider.ts';

export { buildAuthHeaders } from './established/build-auth-headers.ts';
export type { OAuth2AuthorizationParams } from './established/build-oauth2-authorization-url.ts';
export { buildOAuth2AuthorizationUrl } from './established/build-oauth2-authorization-url.ts';
export type { OAuth2CodeExchange } from './established/exchange-oauth2-code.ts';
export { exchangeOAuth2Code } from './established/exchange-oauth2-code.ts';
export { isOAuth2TokenExpired } from './established/is-oauth2-token-expired.ts';
export { isWebhookTimestampValid } from './established/is-webhook-timestamp-valid.ts';
export type { TokenFetch } from './established/post-for-token.ts';
export type { OAuth2ClientCredentials } from './established/refresh-oauth2-token.ts';
export { refreshOAuth2Token } from './established/refresh-oauth2-token.ts';
export { verifyWebhookSignature } from './established/verify-webhook-signature.ts';
