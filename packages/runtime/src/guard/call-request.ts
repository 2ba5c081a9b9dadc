import type { ResolvedAppConfig } from '@mortise/core';
import type { IntegrationExecutor } from './executor.ts';
import type { GuardedCallOptions } from './guard-options.ts';
import type { CallIdentity } from './preflight.ts';

/** What the caller asked for. */
export interface CallRequest<T> extends CallIdentity {
  readonly input: unknown;
  readonly config: ResolvedAppConfig;
  readonly executor: IntegrationExecutor<T>;
  readonly options: GuardedCallOptions;
}
