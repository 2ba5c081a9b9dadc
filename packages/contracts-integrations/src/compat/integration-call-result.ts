import type { IntegrationCallError, IntegrationCallMetadata } from '@mortise/runtime';

/**
 * Outcome of a guarded call in its established form, which callers also build themselves, in tests and adapters. What the
 * guard returns is one and says more: `data` or `error` by `success`, and why the call ended.
 */
export interface IntegrationCallResult<T> {
  readonly success: boolean;
  /** There when the call succeeded. */
  readonly data?: T;
  /** There when it failed. */
  readonly error?: IntegrationCallError;
  readonly metadata: Pick<IntegrationCallMetadata, 'latencyMs' | 'connectionId' | 'ownershipMode' | 'attempts'>;
}
