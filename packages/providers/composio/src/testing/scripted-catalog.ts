import type { GatewayTool, GatewayToolkit } from '../model/tool.ts';

/** What a run comes to behind the gateway. */
export type ScriptedOutcome =
  | { readonly successful: true; readonly data: unknown }
  | { readonly successful: false; readonly code: string; readonly message: string };

/** A tool of a scripted gateway. */
export interface ScriptedTool extends GatewayTool {
  /** What the service behind it does. Default: gives the arguments back. */
  readonly run?: (args: Readonly<Record<string, unknown>>) => ScriptedOutcome;
}

/** What a scripted gateway offers. */
export interface ScriptedCatalog {
  readonly toolkits: readonly GatewayToolkit[];
  readonly tools: readonly ScriptedTool[];
}

/** A run that reached the service behind the gateway. */
export interface ObservedRun {
  readonly tool: string;
  readonly version: string;
  readonly userId: string;
  readonly connectionId: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}
