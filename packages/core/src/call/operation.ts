import type { IntegrationError } from '../errors/integration-error.ts';
import type { CallOptions } from './call-options.ts';
import type { JsonValue } from './json.ts';

interface OperationBase {
  readonly id: string;
  /** Lets any process go on: pass it to `get`, `cancel` or `waitForOperation`. */
  readonly resumeToken: JsonValue;
  /** From 0 to 1. */
  readonly progress?: number;
  /** Number of operations before this one. */
  readonly queuePosition?: number;
  /** Instant (ISO 8601) after which the provider forgets the operation and its result. */
  readonly expiresAt?: string;
}

/** Work that goes on at the provider after the call that started it, such as rendering a video. */
export type Operation<Result> = OperationBase &
  (
    | { readonly status: 'queued' | 'running'; readonly result?: never; readonly error?: never }
    | { readonly status: 'succeeded'; readonly result: Result; readonly error?: never }
    | { readonly status: 'failed'; readonly error: IntegrationError<string>; readonly result?: never }
    | { readonly status: 'canceled' | 'expired'; readonly error?: IntegrationError<string>; readonly result?: never }
  );

export type OperationStatus = Operation<unknown>['status'];

/** How work that outlives a call is started and followed. */
export interface ResumableOperations<Input, Result> {
  start(input: Input, options?: CallOptions): Promise<Operation<Result>>;
  /** The operation as it is now. */
  get(resumeToken: JsonValue, options?: CallOptions): Promise<Operation<Result>>;
  /** Asks the provider to stop; the answer may still be running. */
  cancel?(resumeToken: JsonValue, options?: CallOptions): Promise<Operation<Result>>;
}
