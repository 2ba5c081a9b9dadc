import type { CallOptions, Page, WebhookProvider } from '@mortise/core';
import type { ToolGatewayCapabilities } from './capabilities.ts';
import type { GatewayConnection, GatewayConnectionRequest } from './model/connection.ts';
import type { GatewayTool, GatewayToolkit } from './model/tool.ts';
import type {
  GatewayProxyRequest,
  GatewayProxyResponse,
  GatewayToolCall,
  GatewayToolResult,
} from './model/tool-call.ts';
import type { GatewayTriggerEvent, GatewayTriggerSubscription, GatewayTriggerType } from './model/trigger.ts';

export interface GatewayListQuery {
  readonly search?: string;
  /** `nextCursor` of the page before. Opaque. */
  readonly cursor?: string;
  /** Most items per page; the gateway may give fewer. */
  readonly pageSize?: number;
}

export interface GatewayToolQuery extends GatewayListQuery {
  readonly toolkits?: readonly string[];
  readonly tags?: readonly string[];
}

/** The accounts of end users. A user id is a wall: no method finds or touches the account of another user. */
export interface GatewayConnections {
  /** Asks an end user for consent. */
  initiate(
    request: { readonly toolkit: string; readonly userId: string; readonly callbackUrl: string },
    options?: CallOptions,
  ): Promise<GatewayConnectionRequest>;
  /** @throws {IntegrationError} `not_found`, also for the account of another user. */
  get(userId: string, connectionId: string, options?: CallOptions): Promise<GatewayConnection>;
  list(
    query: GatewayListQuery & { readonly userId: string; readonly toolkit?: string },
    options?: CallOptions,
  ): Promise<Page<GatewayConnection>>;
  /** Switches an account off; the consent stays. */
  disable(userId: string, connectionId: string, options?: CallOptions): Promise<void>;
  /** Removes an account with its consent. Removing it again does nothing. */
  delete(userId: string, connectionId: string, options?: CallOptions): Promise<void>;
}

/** Watches for what happens behind connected accounts. */
export interface GatewayTriggers extends WebhookProvider<GatewayTriggerEvent> {
  listTypes(
    query?: GatewayListQuery & { readonly toolkit?: string },
    options?: CallOptions,
  ): Promise<Page<GatewayTriggerType>>;
  subscribe(
    request: {
      readonly trigger: string;
      readonly userId: string;
      readonly connectionId: string;
      readonly config?: Readonly<Record<string, unknown>>;
    },
    options?: CallOptions,
  ): Promise<GatewayTriggerSubscription>;
  /** Ends a subscription. Ending it again does nothing. */
  unsubscribe(subscriptionId: string, options?: CallOptions): Promise<void>;
}

/**
 * Many services behind one key: a catalogue of tools that run for end users. Failures reject with core's `IntegrationError`:
 * `invalid_request` for arguments that do not fit or a version that is not pinned, `forbidden` for another user's account,
 * `consent_required` (a `GatewayConsentRequiredError`) where the account must be connected, `outcome_unknown` where the answer to a
 * run was lost. Success is never made up: what is not known to have happened is an error.
 */
export interface ToolGatewayProvider {
  /** Key of the integration spec, such as `fallback.composio`. */
  readonly key: string;
  /** What works. Absent: unknown, and only trying tells. */
  readonly capabilities?: ToolGatewayCapabilities;

  listToolkits(query?: GatewayListQuery, options?: CallOptions): Promise<Page<GatewayToolkit>>;
  listTools(query?: GatewayToolQuery, options?: CallOptions): Promise<Page<GatewayTool>>;
  /** @throws {IntegrationError} `not_found` for a tool or version that is not there. */
  getTool(slug: string, version?: string, options?: CallOptions): Promise<GatewayTool>;
  /** Runs a tool. Not repeated by itself, whatever fails. */
  execute(call: GatewayToolCall, options?: CallOptions): Promise<GatewayToolResult>;
  /** A raw call of the service with the credential of a connected account, on that service's host alone. */
  proxy?(request: GatewayProxyRequest, options?: CallOptions): Promise<GatewayProxyResponse>;
  readonly connections: GatewayConnections;
  readonly triggers?: GatewayTriggers;

  /** Releases connections; later calls reject. Calling it again does nothing. */
  close?(): Promise<void>;
}
