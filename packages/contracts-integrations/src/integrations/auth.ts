export type {
  ApiKeyAuthConfig,
  BasicAuthConfig,
  BearerAuthConfig,
  HeaderAuthConfig,
  IntegrationAuthConfig,
  IntegrationAuthType,
  OAuth2AuthConfig,
  OAuth2TokenState,
  ServiceAccountAuthConfig,
  WebhookSigningAuthConfig,
} from '@mortise/core';
export { findAuthConfig, supportsAuthMethod } from '@mortise/core';
