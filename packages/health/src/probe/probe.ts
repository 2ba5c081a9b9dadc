import type { IntegrationConnection, IntegrationSpec } from '@mortise/core';
import type { HealthStatus } from '../health-status.ts';

/** What is to be looked at. */
export interface ProbeContext {
  readonly spec: IntegrationSpec;
  readonly connection: IntegrationConnection;
  readonly secrets: Readonly<Record<string, string | undefined>>;
  /** Aborts when the time of the check is over, or nobody waits for it. */
  readonly signal: AbortSignal;
}

/** What a probe found out. */
export interface ProbeFinding {
  readonly status: HealthStatus;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly httpStatus?: number;
  readonly requestId?: string;
  readonly retryAfterMs?: number;
}

/**
 * Looks at a connection in a way that only the host knows: starts an MCP server, pings a database. Resolving without a
 * finding means that all is well; a rejection is read as any error of a provider is.
 */
export type HealthProbe = (context: ProbeContext) => Promise<ProbeFinding | void>;

/** A client that can ask its database for a sign of life, such as a provider of `@mortise/provider-database`. */
export interface PingableDatabase {
  ping(options: { readonly signal: AbortSignal }): Promise<unknown>;
  close?(): Promise<unknown>;
}

/** A probe that opens a database, pings it, and closes what it opened, however the ping went. */
export function databaseProbe(open: (context: ProbeContext) => Promise<PingableDatabase>): HealthProbe {
  return async (context) => {
    const database = await open(context);
    try {
      await database.ping({ signal: context.signal });
    } finally {
      await database.close?.();
    }
  };
}
