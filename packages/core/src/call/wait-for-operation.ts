import { IntegrationError } from '../errors/integration-error.ts';
import { MortiseError } from '../errors/mortise-error.ts';
import { throwIfAborted, untilAborted } from './abort.ts';
import type { JsonValue } from './json.ts';
import type { Operation, ResumableOperations } from './operation.ts';
import { sleep as realSleep, type Sleep } from './sleep.ts';

export interface WaitForOperationOptions<Result> {
  /** Ends the waiting with code `aborted`; the operation itself goes on. */
  readonly signal?: AbortSignal;
  /** Limit for the whole wait. Default 600 000 (ten minutes). */
  readonly timeoutMs?: number;
  /** First pause between two looks. Default 1000. */
  readonly pollIntervalMs?: number;
  /** Longest pause. Default 15 000. */
  readonly maxPollIntervalMs?: number;
  /** What each pause is multiplied by to give the next. Default 1.5. */
  readonly backoffFactor?: number;
  /** Looks in a row that may fail in a retryable way. Default 3. */
  readonly maxPollFailures?: number;
  /** Told of the operation after each look. */
  readonly onProgress?: (operation: Operation<Result>) => void;
  readonly sleep?: Sleep;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/**
 * Waits for an operation and returns its result. Gives up waiting, never the operation: with the resume token anyone
 * can wait again.
 *
 * @throws {IntegrationError} The operation's own error when it failed; `aborted` when the signal aborted or the operation
 * was canceled; `timeout` past `timeoutMs`; `not_found` when the provider dropped the operation.
 */
export async function waitForOperation<Result>(
  operations: Pick<ResumableOperations<never, Result>, 'get'>,
  resumeToken: JsonValue,
  options: WaitForOperationOptions<Result> = {},
): Promise<Result> {
  const { signal, timeoutMs = 600_000, maxPollIntervalMs = 15_000, backoffFactor = 1.5, maxPollFailures = 3 } = options;
  const { sleep = realSleep, now = Date.now } = options;
  const deadline = now() + timeoutMs;
  let pauseMs = options.pollIntervalMs ?? 1000;
  let failures = 0;
  for (;;) {
    const look = await lookOnce(operations, resumeToken, deadline - now(), signal);
    let askedMs = 0;
    if ('operation' in look) {
      failures = 0;
      options.onProgress?.(look.operation);
      if (look.operation.status === 'succeeded') return look.operation.result;
      throwIfEnded(look.operation);
    } else {
      failures += 1;
      if (!look.retryable || failures > maxPollFailures) throw look.error;
      askedMs = look.retryAfterMs;
    }
    const remainingMs = deadline - now();
    if (remainingMs > 0) await sleep(Math.min(Math.max(pauseMs, askedMs), remainingMs), signal);
    throwIfAborted(signal);
    if (now() >= deadline) {
      throw new IntegrationError({
        code: 'timeout',
        message: `The operation had not ended after ${timeoutMs} ms; wait again with its resume token`,
        retry: 'transient',
      });
    }
    pauseMs = Math.min(pauseMs * backoffFactor, maxPollIntervalMs);
  }
}

type Look<Result> =
  | { readonly operation: Operation<Result> }
  | { readonly error: unknown; readonly retryable: boolean; readonly retryAfterMs: number };

async function lookOnce<Result>(
  operations: Pick<ResumableOperations<never, Result>, 'get'>,
  resumeToken: JsonValue,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<Look<Result>> {
  throwIfAborted(signal);
  const callOptions = { timeoutMs, ...(signal === undefined ? {} : { signal }) };
  try {
    return { operation: await untilAborted(operations.get(resumeToken, callOptions), signal) };
  } catch (error) {
    const isKnown = MortiseError.is(error);
    return { error, retryable: isKnown && error.retryable, retryAfterMs: (isKnown && error.retryAfterMs) || 0 };
  }
}

function throwIfEnded(operation: Operation<unknown>): void {
  switch (operation.status) {
    case 'failed':
      throw operation.error;
    case 'canceled':
      throw (
        operation.error ??
        new IntegrationError({
          code: 'aborted',
          message: `The operation "${operation.id}" was canceled at the provider`,
        })
      );
    case 'expired':
      throw (
        operation.error ??
        new IntegrationError({
          code: 'not_found',
          message: `The provider no longer has the operation "${operation.id}"; start it again`,
        })
      );
    case 'queued':
    case 'running':
    case 'succeeded':
  }
}
