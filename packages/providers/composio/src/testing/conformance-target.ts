import type { WebhookRequest } from '@mortise/core';
import type { GatewayConnectionState } from '../model/connection.ts';
import type { ToolGatewayProvider } from '../tool-gateway-provider.ts';
import type { ObservedRun, ScriptedCatalog } from './scripted-catalog.ts';

/** How a check wants its provider. */
export interface ToolGatewaySubjectSetup {
  readonly catalog: ScriptedCatalog;
  /** Key that the provider sends. */
  readonly credential: string;
}

/** A provider under test, and what can be seen and done on the other side of it. */
export interface ToolGatewaySubject {
  readonly provider: ToolGatewayProvider;
  /** Runs that reached a service, in order. */
  readonly runs: () => readonly ObservedRun[];
  /** An account of a user, in a state. @returns Its id. */
  readonly connect: (userId: string, toolkit: string, state?: GatewayConnectionState) => string;
  /** What becomes of an account outside of the interface. */
  readonly setState: (connectionId: string, state: GatewayConnectionState) => void;
  /** Requests that reached the gateway so far. */
  readonly requests: () => number;
  /** Requests whose answer is under way. */
  readonly openRequests: () => number;
  /** From now on the gateway takes requests and never answers. */
  readonly hold: () => void;
  /** The next request is answered with this HTTP status. */
  readonly answerNextWith: (status: number) => void;
  /** The next run is done, and its answer is lost. */
  readonly loseNextAnswer: () => void;
  /** A delivery of a trigger. Absent: there are none. */
  readonly deliver?: (wish: { readonly isForged?: boolean }) => Promise<WebhookRequest & { readonly rawBody: string }>;
  /** Time and waiting of the provider. */
  readonly now: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Moves that clock, where it is one of its own; absent, the checks wait in real time. */
  readonly advance?: (ms: number) => Promise<void>;
  /** Releases everything, the provider included. */
  readonly close: () => Promise<void>;
}

/** An implementation that the kit can test. */
export interface ToolGatewayConformanceTarget {
  readonly open: (setup: ToolGatewaySubjectSetup) => Promise<ToolGatewaySubject>;
}
