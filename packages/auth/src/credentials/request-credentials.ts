import type {
  ApiKeyAuthConfig,
  HeaderAuthConfig,
  IntegrationAuthConfig,
  OAuth2AuthConfig,
  PathTokenAuthConfig,
  ServiceAccountAuthConfig,
} from '@mortise/core';
import { AuthError } from '../errors/auth-error.ts';
import { type AuthFields, readField, requireField } from './auth-fields.ts';
import { basicAuthorization } from './basic-authorization.ts';
import { assertFieldValue, assertHeaderName } from './field-value.ts';

/** What is added to a request so that the provider knows whose it is. */
export interface RequestCredentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Texts for the placeholders of base URL and path, encoded for them, such as `{ token: '123:abc' }` for `{token}`. */
  readonly path?: Readonly<Record<string, string>>;
}

/** Where credentials come from. */
export interface CredentialSource extends AuthFields {
  /** Token of a grant or a machine account. Absent: OAuth 2 reads the secret's own access token. */
  readonly token?: { readonly accessToken: string; readonly tokenType?: string };
}

/**
 * The credentials of a request, from the spec's own field names. A missing field is an error, never a request without
 * credentials, and a field that the spec names is never replaced by another.
 *
 * @param method Several methods are sent together, as for providers that want two headers.
 * @throws {AuthError} `MISSING_FIELD`, `INVALID_FIELD`; `UNSUPPORTED` for `webhook-signing`, which proves nothing about
 *   our requests; `INVALID_OPTIONS` where two methods want the same header.
 */
export function requestCredentials(
  method: IntegrationAuthConfig | readonly IntegrationAuthConfig[],
  source: CredentialSource,
): RequestCredentials {
  if (!isList(method)) return credentialsOf(method, source);
  return method.map((one) => credentialsOf(one, source)).reduce(merge, { headers: {}, query: {} });
}

function credentialsOf(method: IntegrationAuthConfig, source: CredentialSource): RequestCredentials {
  switch (method.type) {
    case 'api-key':
      return apiKeyCredentials(method, source);
    case 'bearer': {
      const names = method.tokenField === undefined ? ACCESS_TOKEN : ([method.tokenField] as const);
      const { name, value } = requireField(source, names);
      return header('Authorization', 'Bearer ', value, name);
    }
    case 'header':
      return headerCredentials(method, source);
    case 'basic':
      return header('Authorization', '', basicAuthorization(method, source), method.usernameField ?? 'username');
    case 'oauth2':
      return oauth2Credentials(method, source);
    case 'service-account':
      return serviceAccountCredentials(method, source);
    case 'path-token':
      return pathCredentials(method, source);
    case 'webhook-signing':
      throw new AuthError({
        code: 'UNSUPPORTED',
        message: 'Method "webhook-signing" proves what a provider sends; it authenticates no request of ours',
      });
    default:
      throw unknownMethod(method);
  }
}

const ACCESS_TOKEN = ['accessToken', 'access_token'] as const;

function apiKeyCredentials(method: ApiKeyAuthConfig, source: CredentialSource): RequestCredentials {
  const names = method.secretField === undefined ? (['apiKey', 'api_key'] as const) : ([method.secretField] as const);
  const { name, value } = requireField(source, names);
  if (method.queryParam !== undefined) {
    return { headers: {}, query: { [method.queryParam]: `${method.prefix ?? ''}${value}` } };
  }
  const headerName = method.headerName ?? 'Authorization';
  const prefix = method.prefix ?? (headerName.toLowerCase() === 'authorization' ? 'Bearer ' : '');
  return header(headerName, prefix, value, name);
}

function headerCredentials(method: HeaderAuthConfig, source: CredentialSource): RequestCredentials {
  const names =
    method.secretField === undefined ? ([method.headerName, 'apiKey'] as const) : ([method.secretField] as const);
  const { name, value } = requireField(source, names);
  return header(method.headerName, method.valuePrefix ?? '', value, name);
}

function oauth2Credentials(method: OAuth2AuthConfig, source: CredentialSource): RequestCredentials {
  const headerName = method.headerName ?? 'Authorization';
  if (source.token !== undefined) {
    const { accessToken, tokenType } = source.token;
    return header(headerName, method.prefix ?? schemeOf(tokenType), accessToken, 'token');
  }
  const names = method.tokenField === undefined ? ACCESS_TOKEN : ([method.tokenField] as const);
  const { name, value } = requireField(source, names);
  const tokenType = readField(source, 'tokenType') ?? method.tokenResponse?.defaultTokenType;
  return header(headerName, method.prefix ?? schemeOf(tokenType), value, name);
}

function serviceAccountCredentials(method: ServiceAccountAuthConfig, { token }: CredentialSource): RequestCredentials {
  if (token !== undefined) return header('Authorization', schemeOf(token.tokenType), token.accessToken, 'token');
  throw new AuthError({
    code: 'MISSING_FIELD',
    message: `Method "${method.type}" needs a token made from the key; see mintServiceAccountToken`,
    field: 'token',
  });
}

/** The authentication scheme of a token type. Servers write `bearer` in any case. */
function schemeOf(tokenType: string | undefined): string {
  if (tokenType === undefined || tokenType === '' || tokenType.toLowerCase() === 'bearer') return 'Bearer ';
  return `${tokenType} `;
}

function pathCredentials(method: PathTokenAuthConfig, source: CredentialSource): RequestCredentials {
  const { name, value } = requireField(source, [method.tokenField]);
  // oxlint-disable-next-line no-control-regex
  if (/[\x00-\x20\x7f/\\?#]/.test(value) || value === '.' || value === '..') {
    const message = `Field "${name}" holds a character that cannot be part of a path segment`;
    throw new AuthError({ code: 'INVALID_FIELD', message, field: name });
  }
  return { headers: {}, query: {}, path: { token: encodePathText(value, name) } };
}

/** Colons stay as they are: vendors compare the text of the path. */
function encodePathText(value: string, field: string): string {
  try {
    return encodeURIComponent(value).replaceAll('%3A', ':');
  } catch (cause) {
    throw new AuthError({ code: 'INVALID_FIELD', message: `Field "${field}" is no valid Unicode text`, field, cause });
  }
}

function header(name: string, prefix: string, value: string, field: string): RequestCredentials {
  assertHeaderName(name);
  // By itself first: behind a prefix, white space at its beginning would not be noticed.
  assertFieldValue(value, field);
  assertFieldValue(`${prefix}${value}`, field);
  return { headers: { [name]: `${prefix}${value}` }, query: {} };
}

function merge(left: RequestCredentials, right: RequestCredentials): RequestCredentials {
  const taken = new Set(Object.keys(left.headers).map((name) => name.toLowerCase()));
  const clash =
    Object.keys(right.headers).find((name) => taken.has(name.toLowerCase())) ??
    Object.keys(right.query).find((name) => Object.hasOwn(left.query, name));
  if (clash !== undefined) {
    throw new AuthError({ code: 'INVALID_OPTIONS', message: `Two of the auth methods want to set "${clash}"` });
  }
  const path = left.path ?? right.path;
  return {
    headers: { ...left.headers, ...right.headers },
    query: { ...left.query, ...right.query },
    ...(path === undefined ? {} : { path }),
  };
}

function isList(
  method: IntegrationAuthConfig | readonly IntegrationAuthConfig[],
): method is readonly IntegrationAuthConfig[] {
  return Array.isArray(method);
}

function unknownMethod(method: never): AuthError {
  const type: unknown = Reflect.get(Object(method), 'type');
  return new AuthError({ code: 'UNSUPPORTED', message: `There is no auth method ${JSON.stringify(type)}` });
}
