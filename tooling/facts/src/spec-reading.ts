import {
  findAllAuthConfigs,
  findAllTransportConfigs,
  type IntegrationSpec,
  isRequestAuthType,
  type RestTransportConfig,
} from '@mortise/core';

function restOf(spec: IntegrationSpec): readonly RestTransportConfig[] {
  return findAllTransportConfigs(spec.transports ?? [], 'rest');
}

/** The first base URL, with the current version in its place and without a slash at its end. */
export function baseUrl(spec: IntegrationSpec): string[] {
  const [first] = restOf(spec);
  if (first?.baseUrl === undefined) return [];
  return [first.baseUrl.replaceAll('{apiVersion}', spec.versionPolicy?.currentVersion ?? '').replace(/\/$/, '')];
}

/** Scheme and host of the first base URL, as it is written. */
export function origin(spec: IntegrationSpec): string[] {
  return baseUrl(spec).map((url) => url.replace(/^(https:\/\/[^/]+).*$/, '$1'));
}

/** Host of the first base URL. */
export function host(spec: IntegrationSpec): string[] {
  return origin(spec).map((url) => url.replace('https://', ''));
}

/** Path of the first base URL. */
export function basePath(spec: IntegrationSpec): string[] {
  return baseUrl(spec).map((url) => url.replace(/^https:\/\/[^/]+/, ''));
}

export function currentVersion(spec: IntegrationSpec): string[] {
  return spec.versionPolicy === undefined ? [] : [spec.versionPolicy.currentVersion];
}

export function listedVersions(spec: IntegrationSpec): string[] {
  return (spec.versionPolicy?.supportedVersions ?? []).map(({ version }) => version);
}

export function versionHeader(spec: IntegrationSpec): string[] {
  const header = spec.versionPolicy?.versionHeader ?? restOf(spec)[0]?.apiVersionHeader;
  return header === undefined ? [] : [header];
}

/** Headers in which request credentials go. */
export function authHeaders(spec: IntegrationSpec): string[] {
  const methods = (spec.supportedAuthMethods ?? []).filter(({ type }) => isRequestAuthType(type));
  return methods.flatMap((method) =>
    'headerName' in method && method.headerName !== undefined ? method.headerName : [],
  );
}

/** Text before a key, trailing space included. */
export function authPrefixes(spec: IntegrationSpec): string[] {
  const methods = spec.supportedAuthMethods ?? [];
  return [
    ...findAllAuthConfigs(methods, 'api-key').flatMap(({ prefix }) => prefix ?? []),
    ...findAllAuthConfigs(methods, 'header').flatMap(({ valuePrefix }) => valuePrefix ?? []),
  ];
}

/** Headers in which deliveries are signed. */
export function signatureHeaders(spec: IntegrationSpec): string[] {
  return findAllAuthConfigs(spec.supportedAuthMethods ?? [], 'webhook-signing').map((method) => method.signatureHeader);
}

export function idempotencyHeader(spec: IntegrationSpec): string[] {
  return restOf(spec).flatMap(({ idempotency }) => idempotency?.header ?? []);
}

/** OAuth scopes of every method, each once. */
export function scopes(spec: IntegrationSpec): string[] {
  const methods = spec.supportedAuthMethods ?? [];
  const all = [
    ...findAllAuthConfigs(methods, 'oauth2').flatMap((method) => method.scopes),
    ...findAllAuthConfigs(methods, 'service-account').flatMap((method) => method.scopes ?? []),
  ];
  return [...new Set(all)];
}

/** Values that a field of the configuration may have. */
export function choicesOf(field: string): (spec: IntegrationSpec) => string[] {
  return ({ configSchema }) => {
    const choices: unknown = Object(Object(Object(configSchema.schema).properties)[field]).enum;
    return Array.isArray(choices) ? choices.map(String) : [];
  };
}
