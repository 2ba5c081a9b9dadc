import type { IntegrationAuthConfig, IntegrationSpec } from '@mortise/core';
import type { ClientConnection, IntegrationClientOptions } from '../client/client-options.ts';
import { createIntegrationClient } from '../client/create-integration-client.ts';
import type { IntegrationClient } from '../client/integration-client.ts';
import { waitForLimits } from '../limits/rate-limit-snapshot.ts';

/** What is used of the context that the call guard gives to an executor. */
export interface GuardedAttempt {
  readonly signal: AbortSignal;
  readonly idempotencyKey: string;
  readonly apiVersion: string | undefined;
  readonly authConfig: IntegrationAuthConfig | undefined;
  /** Lets no further call of the connection start for a while. */
  pauseCalls?(durationMs: number): void;
}

export interface IntegrationExecutorOptions<Attempt> extends Omit<
  IntegrationClientOptions,
  'connection' | 'secrets' | 'token' | 'credentials' | 'signal' | 'idempotencyKey' | 'apiVersion'
> {
  /** Token of a grant or a machine account, asked for in each attempt. */
  readonly token?: (
    attempt: Attempt,
  ) => ReturnType<Extract<NonNullable<IntegrationClientOptions['token']>, () => unknown>>;
}

/**
 * An executor for the call guard that works with a client of the attempt: its signal, idempotency key, API version, auth
 * method and secret. What answers tell about limits holds for the connection's next calls; failed answers tell the guard
 * whether and when to try again, and whether the credential was refused.
 */
export function integrationExecutor<Value, Attempt extends GuardedAttempt = GuardedAttempt>(
  spec: IntegrationSpec,
  work: (client: IntegrationClient, attempt: Attempt) => Promise<Value> | Value,
  options: IntegrationExecutorOptions<Attempt> = {},
) {
  return (
    connection: ClientConnection,
    secrets: Readonly<Record<string, string | undefined>>,
    attempt: Attempt,
  ): Promise<Value> | Value => {
    const { token, onResponse, ...rest } = options;
    const client = createIntegrationClient(spec, {
      // The guard's limits hold for the attempt.
      timeoutMs: false,
      ...(attempt.authConfig === undefined ? {} : { auth: attempt.authConfig }),
      ...rest,
      connection,
      secrets,
      signal: attempt.signal,
      idempotencyKey: attempt.idempotencyKey,
      ...(attempt.apiVersion === undefined ? {} : { apiVersion: attempt.apiVersion }),
      ...(token === undefined ? {} : { token: () => token(attempt) }),
      onResponse: (response) => {
        // A refusal pauses by itself, when the guard reads its error.
        const waitMs = response.status < 400 ? waitForLimits(response.rateLimits) : undefined;
        if (waitMs !== undefined && waitMs > 0) attempt.pauseCalls?.(waitMs);
        onResponse?.(response);
      },
    });
    return work(client, attempt);
  };
}
