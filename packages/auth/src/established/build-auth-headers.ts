import type { IntegrationAuthConfig } from '@mortise/core';
import { toBase64 } from '../encoding/base64.ts';

/**
 * Headers of a request by auth method, from fixed secret names.
 *
 * Kept as it always was, and not safe: a missing secret gives `{}` and so a request without credentials, an API key meant
 * for the query goes into a header, values are not checked for line breaks, and fields that the spec names are ignored.
 * Use `requestCredentials`.
 */
export function buildAuthHeaders(
  config: IntegrationAuthConfig,
  secrets: Readonly<Record<string, string>>,
): Record<string, string> {
  switch (config.type) {
    case 'api-key': {
      const key = secrets['apiKey'] ?? secrets['api_key'];
      return headerOf(config.headerName ?? 'Authorization', config.prefix ?? 'Bearer ', key);
    }
    case 'bearer':
      return headerOf(
        'Authorization',
        'Bearer ',
        secrets[config.tokenField ?? 'accessToken'] ?? secrets['access_token'],
      );
    case 'header':
      return headerOf(config.headerName, config.valuePrefix ?? '', secrets[config.headerName] ?? secrets['apiKey']);
    case 'basic': {
      const user = secrets[config.usernameField ?? 'username'];
      const password = secrets[config.passwordField ?? 'password'] ?? '';
      return headerOf('Authorization', 'Basic ', user ? toBase64(`${user}:${password}`) : undefined);
    }
    case 'oauth2':
      return headerOf('Authorization', 'Bearer ', secrets['accessToken'] ?? secrets['access_token']);
    default:
      return {};
  }
}

function headerOf(name: string, prefix: string, value: string | undefined): Record<string, string> {
  return value ? { [name]: `${prefix}${value}` } : {};
}
