import type { IntegrationAuthConfig, OAuth2AuthConfig } from '../auth.ts';

/** Fields of which one must be there. */
export type FieldChoice = readonly string[];

/**
 * The secret fields that an auth method reads: one field of each choice. Empty for a method that reads none by a
 * fixed name: OAuth 2 keeps its tokens beside the connection, and a machine account's key may have any name.
 */
export function listAuthSecretFields(method: IntegrationAuthConfig): FieldChoice[] {
  switch (method.type) {
    case 'api-key':
      return [method.secretField === undefined ? ['apiKey', 'api_key'] : [method.secretField]];
    case 'bearer':
      return [method.tokenField === undefined ? ['accessToken', 'access_token'] : [method.tokenField]];
    case 'header':
      return [method.secretField === undefined ? [method.headerName, 'apiKey'] : [method.secretField]];
    case 'basic':
      return [[method.usernameField ?? 'username'], [method.passwordField ?? 'password']];
    case 'webhook-signing':
      return method.secretField === undefined ? [] : [[method.secretField]];
    case 'service-account':
      return method.credentialField === undefined ? [] : [[method.credentialField]];
    case 'path-token':
      return [[method.tokenField]];
    default:
      // OAuth 2; a new type fails to compile here.
      method satisfies OAuth2AuthConfig;
      return [];
  }
}
