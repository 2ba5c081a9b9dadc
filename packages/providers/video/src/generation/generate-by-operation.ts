import {
  type CallOptions,
  IntegrationError,
  type ResumableOperations,
  type Sleep,
  waitForOperation,
} from '@mortise/core';
import { openCallScope } from '../call/call-scope.ts';
import type { VideoGenerationInput, VideoGenerationResult } from './video-generation.ts';

/** Longest time that a timer can hold, almost 25 days. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

export interface GenerateByOperationOptions {
  /** First pause between two looks, in milliseconds. Default 2000. */
  readonly pollIntervalMs?: number;
  readonly sleep?: Sleep;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/**
 * What `generate` is made of for most vendors: starts an operation and waits for it. A call that is aborted or over time asks
 * the provider to cancel the operation, so that nobody pays for a film that nobody waits for.
 *
 * @throws {IntegrationError} The operation's own error; `aborted`, `timeout`.
 */
export async function generateByOperation(
  operations: ResumableOperations<VideoGenerationInput, VideoGenerationResult>,
  input: VideoGenerationInput,
  options: CallOptions = {},
  { pollIntervalMs = 2000, sleep, now }: GenerateByOperationOptions = {},
): Promise<VideoGenerationResult> {
  const scope = openCallScope(options, sleep);
  const { timeoutMs: _, ...rest } = options;
  let token: Parameters<typeof operations.get>[0] | undefined;
  try {
    const started = await scope.race(operations.start(input, { ...rest, signal: scope.signal }));
    token = started.resumeToken;
    return await waitForOperation(operations, token, {
      signal: scope.signal,
      pollIntervalMs,
      timeoutMs: options.timeoutMs ?? LONGEST_WAIT_MS,
      ...(sleep === undefined ? {} : { sleep }),
      ...(now === undefined ? {} : { now }),
    });
  } catch (error) {
    const cause = scope.explain(error);
    const isLeft = IntegrationError.is(cause) && (cause.code === 'aborted' || cause.code === 'timeout');
    // Whether it can be canceled is the provider's to say; the caller is told why the call ended either way.
    if (isLeft && token !== undefined) await operations.cancel?.(token).catch(() => undefined);
    throw cause;
  } finally {
    scope.close();
  }
}
