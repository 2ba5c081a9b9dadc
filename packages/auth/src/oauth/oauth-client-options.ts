import type { OAuth2AuthConfig } from '@mortise/core';
import type { AuthorizationServer, Client } from 'oauth4webapi';
import { type AuthClock, systemAuthClock } from '../auth-clock.ts';
import type { AuthFields } from '../credentials/auth-fields.ts';
import { AuthError } from '../errors/auth-error.ts';
import { type ClientIdentity, clientIdentity } from './client-authentication.ts';
import { endpointUrl, type EndpointRules } from './endpoint-url.ts';
import type { FetchLike, OAuthTransport } from './transport.ts';

/** How requests to OAuth endpoints are sent. */
export interface OAuthRequestOptions {
  /** Default the global `fetch`. A host that lets tenants choose endpoints passes one that refuses private networks. */
  readonly fetch?: FetchLike;
  readonly clock?: AuthClock;
  /** Milliseconds for one request, its answer included. Default 10,000. */
  readonly timeoutMs?: number;
  /** Longest answer that is read. Default 262,144. */
  readonly maxResponseBytes?: number;
  /** Default false. True: `http:` is allowed for this machine itself, as in tests. */
  readonly allowInsecureLoopback?: boolean;
  /** Whether a host that the config chose wholly may be used. Absent: never. */
  readonly allowHost?: (host: string) => boolean;
}

export interface OAuthClientOptions extends OAuthRequestOptions, AuthFields {
  /**
   * The server's issuer identifier. Where it is given, the `iss` of a callback must be it (RFC 9207) and assertions of the
   * client are addressed to it. Absent: `iss` is not checked, and assertions are addressed to the token endpoint.
   */
  readonly issuer?: string;
}

/** What every flow of one client needs. */
export interface OAuthClientContext {
  readonly method: OAuth2AuthConfig;
  readonly identity: ClientIdentity;
  readonly server: AuthorizationServer;
  readonly client: Client;
  readonly issuer: string | undefined;
  readonly transport: OAuthTransport;
  readonly rules: EndpointRules;
}

const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_MAX_RESPONSE_BYTES = 256 * 1024;

/**
 * @throws {AuthError} `MISSING_FIELD`, `INVALID_OPTIONS`
 * @throws {OAuthError} `FORBIDDEN_URL`
 */
export function resolveClient(method: OAuth2AuthConfig, options: OAuthClientOptions): OAuthClientContext {
  const { transport, rules } = resolveTransport(options, options);
  const tokenEndpoint = endpointUrl(method.tokenUrl, 'token endpoint', rules).href;
  const issuer = options.issuer ?? tokenEndpoint;
  const identity = clientIdentity(method, options, issuer);
  return {
    method,
    identity,
    server: {
      issuer,
      token_endpoint: tokenEndpoint,
      authorization_response_iss_parameter_supported: false,
    },
    client: { client_id: identity.clientId },
    issuer: options.issuer,
    transport,
    rules,
  };
}

/** @throws {AuthError} `INVALID_OPTIONS` */
export function resolveTransport(
  options: OAuthRequestOptions,
  fields: AuthFields,
): { transport: OAuthTransport; rules: EndpointRules } {
  const { timeoutMs = DEFAULT_TIMEOUT_MS, maxResponseBytes = DEFAULT_MAX_RESPONSE_BYTES } = options;
  for (const [name, value] of Object.entries({ timeoutMs, maxResponseBytes })) {
    if (value > 0 && value < Infinity) continue;
    throw new AuthError({ code: 'INVALID_OPTIONS', message: `"${name}" must be a positive number, and is ${value}` });
  }
  return {
    transport: {
      // Called as a function: browsers refuse `fetch` with a foreign `this`.
      fetch: options.fetch ?? (async (url, init) => fetch(url, init)),
      clock: options.clock ?? systemAuthClock,
      timeoutMs,
      maxResponseBytes,
    },
    rules: {
      fields,
      allowInsecureLoopback: options.allowInsecureLoopback ?? false,
      allowHost: options.allowHost,
    },
  };
}
