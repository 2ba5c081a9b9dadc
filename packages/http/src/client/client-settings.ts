import {
  findTransportConfig,
  type IntegrationAuthConfig,
  type IntegrationSpec,
  isRequestAuthType,
  type RateLimitReading,
  resolveApiVersion,
  type RestTransportConfig,
} from '@mortise/core';
import { misconfigured } from '../errors/integration-request-error.ts';
import { listReadings } from '../limits/read-rate-limits.ts';
import { addHeaders, type HeaderSet } from '../request/header-set.ts';
import { parseUrlTemplate, type UrlTemplate } from '../url/url-template.ts';
import { configDefaultsOf } from './config-defaults.ts';
import type { ClientConnection, IntegrationClientOptions } from './client-options.ts';

/** What a spec says about its requests, worked out once. */
export interface SpecSettings {
  readonly spec: IntegrationSpec;
  readonly transport: RestTransportConfig;
  readonly template: UrlTemplate | undefined;
  readonly readings: readonly RateLimitReading[] | undefined;
  readonly headers: Readonly<HeaderSet>;
  readonly versionHeader: string | undefined;
  /** Config of connections that leave fields out. */
  readonly configDefaults: Readonly<Record<string, unknown>>;
}

const known = new WeakMap<IntegrationSpec, SpecSettings>();

/** @throws {IntegrationRequestError} `misconfigured`: the spec has no REST transport, or a base URL that is none. */
export function settingsOf(spec: IntegrationSpec): SpecSettings {
  const remembered = known.get(spec);
  if (remembered !== undefined) return remembered;
  const transport = findTransportConfig(spec.transports ?? [], 'rest');
  if (transport === undefined) throw misconfigured(`Spec "${spec.meta.key}" has no REST transport`, 'transports');
  const headers: HeaderSet = {};
  addHeaders(headers, { accept: (transport.acceptContentTypes ?? ['application/json']).join(', ') });
  addHeaders(headers, transport.defaultHeaders ?? {});
  const settings: SpecSettings = {
    spec,
    transport,
    template: transport.baseUrl === undefined ? undefined : parseUrlTemplate(transport.baseUrl),
    readings: listReadings(transport.rateLimits, transport.rateLimitHeaders),
    headers,
    versionHeader: spec.versionPolicy?.versionHeader ?? transport.apiVersionHeader,
    configDefaults: configDefaultsOf(spec),
  };
  known.set(spec, settings);
  return settings;
}

/** The API version of a client's requests; an empty override is none. */
export function apiVersionOf(
  spec: IntegrationSpec,
  { apiVersion, connection }: IntegrationClientOptions,
): string | undefined {
  const override = apiVersion ?? connection?.apiVersion;
  return resolveApiVersion(spec.versionPolicy, override === '' ? undefined : override);
}

/** The auth methods of a client's requests: the given ones, else the connection's, else the spec's first for requests. */
export function authMethodsOf(
  spec: IntegrationSpec,
  auth: IntegrationClientOptions['auth'],
  connection: ClientConnection | undefined,
): readonly IntegrationAuthConfig[] {
  if (auth === false) return [];
  if (auth !== undefined) return isList(auth) ? auth : [auth];
  const methods = (spec.supportedAuthMethods ?? []).filter(({ type }) => isRequestAuthType(type));
  const chosen = methods.find(({ type }) => type === connection?.authMethod) ?? methods[0];
  return chosen === undefined ? [] : [chosen];
}

function isList(
  auth: IntegrationAuthConfig | readonly IntegrationAuthConfig[],
): auth is readonly IntegrationAuthConfig[] {
  return Array.isArray(auth);
}
