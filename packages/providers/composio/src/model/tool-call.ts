import type { FileInput, IntegrationWarning, ResultMeta } from '@mortise/core';

/** A tool to be run for an end user. */
export interface GatewayToolCall {
  /** Slug of the tool. */
  readonly tool: string;
  /** The version that the arguments were written for. `latest` is refused unless `allowLatest` says otherwise. */
  readonly version: string;
  /** True: `latest` is accepted, and what it means may change overnight. Default false. */
  readonly allowLatest?: boolean;
  /** Checked against the schema of the tool before anything is sent. */
  readonly arguments: Readonly<Record<string, unknown>>;
  /** End user for whom it runs. Comes from the host's own session, never from a client: the gateway's key acts for any user. */
  readonly userId: string;
  /** Which of the user's connected accounts. Absent: the only active one of the toolkit. */
  readonly connectionId?: string;
}

/** Which way a call took: a fallback must never pass for the integration that it stands in for. */
export interface GatewayRoute {
  readonly via: 'tool-gateway';
  /** Key of the integration spec, such as `fallback.composio`. */
  readonly gateway: string;
  readonly toolkit: string;
  readonly tool: string;
  /** The version that ran. */
  readonly version: string;
}

interface GatewayToolResultBase extends ResultMeta {
  readonly route: GatewayRoute;
  /** Id of the run in the gateway's own log. */
  readonly logId?: string;
  readonly warnings?: readonly IntegrationWarning[];
}

/**
 * What came of a run. `ok` false: the gateway ran the tool and the service behind it refused; nothing is known to have been done, and
 * there are no data. Failures of the gateway itself reject instead.
 */
export type GatewayToolResult =
  | (GatewayToolResultBase & {
      readonly ok: true;
      readonly data?: unknown;
      readonly files?: readonly FileInput[];
      readonly error?: never;
    })
  | (GatewayToolResultBase & {
      readonly ok: false;
      readonly error: { readonly code: string; readonly message: string };
      readonly data?: never;
    });

/** A raw call of the service behind a connected account. */
export interface GatewayProxyRequest {
  readonly userId: string;
  readonly connectionId: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the service's own base address, beginning with one `/`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
}

export interface GatewayProxyResponse {
  readonly status: number;
  readonly data: unknown;
}
