import type { IntegrationAuthConfig, OAuth2AuthConfig } from '../auth.ts';

/** Fields of which one must be there: in the secret or, where `mayBeConfig` says so, in the configuration. */
export interface FieldChoice {
  readonly names: readonly string[];
  readonly mayBeConfig?: boolean;
}

const oneOf = (...names: string[]): FieldChoice[] => [{ names }];

/**
 * The secret fields that an auth method reads: one field of each choice. Empty for a method that reads none by a
 * fixed name: OAuth 2 keeps its tokens beside the connection, and a machine account's key may have any name.
 */
export function listAuthSecretFields(method: IntegrationAuthConfig): FieldChoice[] {
  switch (method.type) {
    case 'api-key':
      return method.secretField === undefined ? oneOf('apiKey', 'api_key') : oneOf(method.secretField);
    case 'bearer':
      return method.tokenField === undefined ? oneOf('accessToken', 'access_token') : oneOf(method.tokenField);
    case 'header':
      return method.secretField === undefined ? oneOf(method.headerName, 'apiKey') : oneOf(method.secretField);
    case 'basic':
      return [
        { names: [method.usernameField ?? 'username'], mayBeConfig: true },
        { names: [method.passwordField ?? 'password'] },
      ];
    case 'webhook-signing':
      return method.secretField === undefined ? [] : oneOf(method.secretField);
    case 'service-account':
      return method.credentialField === undefined ? [] : oneOf(method.credentialField);
    case 'path-token':
      return oneOf(method.tokenField);
    default:
      // OAuth 2; a new type fails to compile here.
      method satisfies OAuth2AuthConfig;
      return [];
  }
}
