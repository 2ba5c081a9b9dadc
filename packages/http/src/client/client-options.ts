import type { IntegrationAuthConfig, IntegrationConnection } from '@mortise/core';
import type { HttpClock } from '../clock.ts';
import type { FetchLike } from '../exchange/send.ts';
import type { RateLimitSnapshot } from '../limits/rate-limit-snapshot.ts';
import type { NetworkPolicy } from '../url/network-policy.ts';

/** What is added to a request so that the provider knows whose it is. */
export interface ClientCredentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Percent-encoded texts for placeholders of base URL and path, such as `token`. */
  readonly path?: Readonly<Record<string, string>>;
}

/** Token of a grant or a machine account. */
export interface ClientToken {
  readonly accessToken: string;
  readonly tokenType?: string;
}

/** What is read of a connection. */
export type ClientConnection = Partial<
  Pick<IntegrationConnection<Readonly<Record<string, unknown>>>, 'config' | 'apiVersion' | 'authMethod' | 'oauth2State'>
>;

/** What an answer told, for whoever keeps limits and counts. */
export interface ObservedResponse {
  /** Method and path as written, such as `GET /items/{id}`. */
  readonly subject: string;
  readonly status: number;
  /** Milliseconds until the answer's headers were there. */
  readonly durationMs: number;
  readonly rateLimits: readonly RateLimitSnapshot[];
  /** Wait that the answer asks for: a refusal's own, or until limits that are used up come back. */
  readonly retryAfterMs?: number;
  readonly requestId?: string;
}

export interface IntegrationClientOptions {
  readonly connection?: ClientConnection;
  /** Named fields of the connection's secret. */
  readonly secrets?: Readonly<Record<string, string | undefined>>;
  /** For OAuth 2 and machine accounts. Default the connection's `oauth2State`, else the secret's own token. */
  readonly token?: ClientToken | (() => ClientToken | Promise<ClientToken>);
  /** Which of the spec's auth methods; several are sent together, `false` sends none. Default: as the call guard chooses. */
  readonly auth?: IntegrationAuthConfig | readonly IntegrationAuthConfig[] | false;
  /** Ready-made credentials in place of `secrets`, `token` and `auth`. */
  readonly credentials?: ClientCredentials | (() => ClientCredentials | Promise<ClientCredentials>);
  /** Default the connection's, else the version policy's current one. */
  readonly apiVersion?: string;
  /** Default the platform's. On Node, `createGuardedFetch` of `@mortise/http/node` also checks what names resolve to. */
  readonly fetch?: FetchLike;
  readonly clock?: HttpClock;
  readonly network?: NetworkPolicy;
  /** For each exchange, the body included. Default 30,000. */
  readonly timeoutMs?: number | false;
  /** Default 10,485,760. */
  readonly maxResponseBytes?: number;
  /** Default 5. */
  readonly maxRedirects?: number;
  /** Key from which requests that take one get theirs, numbered from the second on. Absent: only their own. */
  readonly idempotencyKey?: string;
  /** Ends every request of this client. */
  readonly signal?: AbortSignal;
  readonly traceparent?: string;
  readonly tracestate?: string;
  /** Called for every answer. What it throws changes nothing. */
  readonly onResponse?: (response: ObservedResponse) => void;
}
