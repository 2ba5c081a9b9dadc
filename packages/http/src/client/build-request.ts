import { misconfigured } from '../errors/integration-request-error.ts';
import type { PreparedRequest } from '../exchange/send.ts';
import { addHeader, addHeaders, type HeaderSet } from '../request/header-set.ts';
import { addIdempotencyKey, takesIdempotencyKey } from '../request/idempotency-key.ts';
import type { IntegrationRequest } from '../request/integration-request.ts';
import { encodeParameters, joinQuery } from '../request/query.ts';
import { prepareBody } from '../request/request-body.ts';
import { addTraceContext } from '../request/trace-context.ts';
import { type BaseUrl, fillBaseUrl } from '../url/base-url.ts';
import type { NetworkPolicy } from '../url/network-policy.ts';
import { type FieldLookup, fillPath, parseUrlTemplate } from '../url/url-template.ts';
import type { ClientCredentials } from './client-options.ts';
import type { SpecSettings } from './client-settings.ts';

/** Whose request it is and what belongs to all of them. */
export interface RequestContext {
  readonly settings: SpecSettings;
  readonly config: Readonly<Record<string, unknown>>;
  readonly credentials: ClientCredentials;
  readonly apiVersion: string | undefined;
  readonly network: NetworkPolicy;
  /** The filled base URL, once it was needed and does not depend on credentials. */
  readonly cache: { base?: BaseUrl };
  readonly traceparent: string | undefined;
  readonly tracestate: string | undefined;
  /** The key of the next request without one of its own; undefined where there is none. */
  nextIdempotencyKey(): string | undefined;
}

/** Where the rest of an address came from: the caller, or the provider's own link to the next page. */
export type LinkedPage = string | undefined;

/** Methods whose repetition has no effect beyond the first (RFC 9110, section 9.2.2). */
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE']);
const METHOD = /^[A-Z]{3,20}$/;
const PATH = /^(?:[/?][^#\\\s]*)?$/;

/** What to call a request in messages: method and path as written, so that no value that was filled in is told. */
export function subjectOf(request: IntegrationRequest): string {
  const path = (request.url ?? request.path ?? '/').split('?', 1)[0] ?? '';
  return `${methodOf(request)} ${path.slice(0, 200)}`;
}

function methodOf({ method, json, form, body }: IntegrationRequest): string {
  const hasBody = json !== undefined || form !== undefined || body !== undefined;
  return method?.toUpperCase() ?? (hasBody ? 'POST' : 'GET');
}

/**
 * Puts a request together. Nothing is sent.
 *
 * @throws {IntegrationRequestError} `misconfigured`, `address-refused`.
 */
export function buildRequest(
  request: IntegrationRequest,
  context: RequestContext,
  linked?: LinkedPage,
): PreparedRequest {
  const { settings, credentials } = context;
  const method = methodOf(request);
  if (!METHOD.test(method)) throw misconfigured(`"${method.slice(0, 20)}" is no method of HTTP`, 'method');
  const headers: HeaderSet = { ...settings.headers };
  const { apiVersion } = context;
  if (apiVersion !== undefined && settings.versionHeader !== undefined) {
    addHeader(headers, settings.versionHeader, apiVersion);
  }
  if (request.headers !== undefined) addHeaders(headers, request.headers);
  addTraceContext(headers, request.traceparent ?? context.traceparent, request.tracestate ?? context.tracestate);
  const { idempotency } = settings.transport;
  let hasKey = false;
  if (idempotency !== undefined && takesIdempotencyKey(idempotency, method)) {
    const key = request.idempotencyKey ?? context.nextIdempotencyKey();
    hasKey = key !== undefined;
    if (key !== undefined) addIdempotencyKey(headers, idempotency, key);
  }
  const body = prepareBody(request, headers);
  addHeaders(headers, credentials.headers);
  return {
    method,
    url: addressOf(request, context, linked),
    headers,
    body,
    credentialQuery: credentials.query,
    subject: subjectOf(request),
    isRepeatable: hasKey || IDEMPOTENT.has(method),
  };
}

function addressOf(request: IntegrationRequest, context: RequestContext, linked: LinkedPage): string {
  const { credentials, settings, config, apiVersion } = context;
  const { params } = request;
  const encoded = credentials.path ?? NOTHING;
  const lookup: FieldLookup = (name) => {
    if (params !== undefined && Object.hasOwn(params, name)) return params[name];
    return configLookup(config, apiVersion, name);
  };
  const base = baseUrlOf(request, context);
  const credentialQuery = encodeParameters(credentials.query);
  if (linked !== undefined) return withQuery(`${base.origin}${linked}`, credentialQuery);
  const path = request.url === undefined ? (request.path ?? '') : '';
  if (!PATH.test(path)) throw misconfigured('A path begins with "/" and has no "#", "\\" or space', 'path');
  const cut = path.indexOf('?');
  const own = fillPath(cut === -1 ? path : path.slice(0, cut), lookup, encoded);
  let query = joinQuery(base.query, cut === -1 ? '' : fillPath(path.slice(cut + 1), lookup, encoded));
  const { versionQueryParam } = settings.spec.versionPolicy ?? {};
  if (versionQueryParam !== undefined && apiVersion !== undefined) {
    query = joinQuery(query, encodeParameters({ [versionQueryParam]: apiVersion }));
  }
  if (request.query !== undefined) query = joinQuery(query, encodeParameters(request.query));
  const fullPath = `${base.path}${own}`;
  return withQuery(`${base.origin}${fullPath === '' ? '/' : fullPath}`, joinQuery(query, credentialQuery));
}

/** Where a request goes to, as far as the host is concerned. */
export function baseUrlOf(request: IntegrationRequest, context: RequestContext): BaseUrl {
  if (request.url !== undefined || context.credentials.path !== undefined) return fillBase(request, context);
  return (context.cache.base ??= fillBase(request, context));
}

function fillBase(request: IntegrationRequest, context: RequestContext): BaseUrl {
  const { settings, credentials, config, apiVersion, network } = context;
  const template = request.url === undefined ? settings.template : parseUrlTemplate(request.url);
  if (template === undefined) {
    throw misconfigured(`Spec "${settings.spec.meta.key}" has no base URL; give the request a url`, 'baseUrl');
  }
  const { params } = request;
  return fillBaseUrl(template, {
    lookup: (name) => {
      if (request.url !== undefined && params !== undefined && Object.hasOwn(params, name)) return params[name];
      return configLookup(config, apiVersion, name);
    },
    encoded: credentials.path ?? NOTHING,
    network,
    allowedHosts: settings.transport.allowedHosts,
  });
}

const NOTHING: Readonly<Record<string, string>> = {};

function configLookup(
  config: Readonly<Record<string, unknown>>,
  apiVersion: string | undefined,
  name: string,
): unknown {
  if (name === 'apiVersion') return apiVersion;
  return Object.hasOwn(config, name) ? config[name] : undefined;
}

function withQuery(address: string, query: string): string {
  if (query === '') return address;
  return `${address}${address.includes('?') ? '&' : '?'}${query}`;
}
