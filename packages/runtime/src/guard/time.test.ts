import type { FakeClock } from '@mortise/testing';
import type { SecretProvider } from '@mortise/secrets';
import { describe, expect, it, vi } from 'vitest';
import { chatSecrets, configOf, secretsThat } from '../__fixtures__/application.ts';
import { virtualClock } from '../__fixtures__/virtual-clock.ts';
import type { IntegrationCallResult } from './call-result.ts';
import type { IntegrationExecutor } from './executor.ts';
import type { GuardedCallOptions, IntegrationCallGuardOptions } from './guard-options.ts';
import { IntegrationCallGuard } from './integration-call-guard.ts';

interface Setup {
  readonly fake: FakeClock;
  readonly call: <T>(
    executor: IntegrationExecutor<T>,
    options?: GuardedCallOptions,
  ) => Promise<IntegrationCallResult<T>>;
  /** Runs until the call has ended and checks that nothing is left behind. */
  readonly finish: <T>(pending: Promise<IntegrationCallResult<T>>) => Promise<IntegrationCallResult<T>>;
}

function setup(options: IntegrationCallGuardOptions = {}, secrets = chatSecrets()): Setup {
  const { fake, clock } = virtualClock();
  const guard = new IntegrationCallGuard(secrets, { clock, random: () => 1, ...options });
  return {
    fake,
    call: (executor, callOptions) =>
      guard.executeWithGuards('primary-llm', 'chat', {}, configOf(), executor, callOptions),
    finish: async (pending) => {
      await fake.runAll();
      const result = await pending;
      expect(fake.pendingTimers).toBe(0);
      return result;
    },
  };
}

const never = (): Promise<never> => new Promise(() => undefined);
const failWith = (fields: Record<string, unknown>) => () => Promise.reject(Object.assign(new Error('failed'), fields));

describe('an attempt that takes too long', () => {
  it('is given up after 10 s, told so by its signal, and tried again', async () => {
    const { fake, call, finish } = setup();
    const reasons: unknown[] = [];
    const starts: number[] = [];
    const result = await finish(
      call(async (_connection, _secrets, { signal, attempt }) => {
        starts.push(fake.monotonicMs());
        if (attempt === 2) return 'ok';
        signal.addEventListener('abort', () => reasons.push(signal.reason));
        return never();
      }),
    );
    expect(result).toMatchObject({ success: true, data: 'ok', metadata: { attempts: 2, latencyMs: 10_250 } });
    expect(starts).toEqual([0, 10_250]);
    expect(reasons).toEqual([expect.objectContaining({ code: 'ATTEMPT_TIMEOUT' })]);
  });

  it('ends as ATTEMPT_TIMEOUT when it was the last one', async () => {
    const { call, finish } = setup({ maxAttempts: 1 });
    expect(await finish(call(never))).toMatchObject({
      error: { code: 'ATTEMPT_TIMEOUT', retryable: true, class: 'transient' },
      metadata: { attempts: 1, stopReason: 'attempts', latencyMs: 10_000 },
    });
  });

  it('is not repeated for an operation without idempotency', async () => {
    const { call, finish } = setup();
    expect(await finish(call(never, { idempotency: 'none' }))).toMatchObject({
      error: { code: 'ATTEMPT_TIMEOUT' },
      metadata: { attempts: 1, stopReason: 'not-retryable' },
    });
  });

  it('gives a signal that is aborted already when the executor asks for it late', async () => {
    const { fake, call, finish } = setup({ maxAttempts: 1 });
    let late: AbortSignal | undefined;
    await finish(
      call(async (_connection, _secrets, context) => {
        await fake.sleep(20_000);
        late = context.signal;
      }),
    );
    expect(late?.aborted).toBe(true);
  });

  it('is dropped and counted when it settles afterwards', async () => {
    const { fake, clock } = virtualClock();
    const guard = new IntegrationCallGuard(chatSecrets(), { clock, maxAttempts: 1 });
    const config = configOf();
    const [integration] = config.integrations;
    const pending = guard.executeWithGuards('primary-llm', 'chat', {}, config, async () => {
      await fake.sleep(15_000);
      throw new Error('too late to matter');
    });
    await fake.runAll();
    expect(await pending).toMatchObject({ error: { code: 'ATTEMPT_TIMEOUT' } });
    expect(integration && guard.inspect(integration.connection)).toMatchObject({ lateSettlements: 1 });
  });

  it('may be given more time, or all of it, by the policy', async () => {
    const { fake, call, finish } = setup({ policy: { attemptTimeoutMs: false, totalTimeoutMs: false } });
    const slow = async (): Promise<string> => {
      await fake.sleep(3_600_000);
      return 'ok';
    };
    expect(await finish(call(slow))).toMatchObject({ success: true, metadata: { latencyMs: 3_600_000 } });
    const limited = await finish(call(slow, { policy: { attemptTimeoutMs: 60_000, maxAttempts: 1 } }));
    expect(limited).toMatchObject({ error: { code: 'ATTEMPT_TIMEOUT' } });
  });
});

describe('a call that takes too long', () => {
  it('ends after 30 s during an attempt', async () => {
    const { call, finish } = setup({ policy: { attemptTimeoutMs: false } });
    expect(await finish(call(never))).toMatchObject({
      error: { code: 'DEADLINE_EXCEEDED', retryable: true },
      metadata: { attempts: 1, stopReason: 'deadline', latencyMs: 30_000 },
    });
  });

  it('ends while the secret is being read, without an attempt, and tells the backend', async () => {
    const executor = vi.fn();
    const getSecret = vi.fn<SecretProvider['getSecret']>(never);
    const { call, finish } = setup({}, secretsThat(getSecret));
    expect(await finish(call(executor))).toMatchObject({
      error: { code: 'DEADLINE_EXCEEDED' },
      metadata: { attempts: 0, latencyMs: 30_000 },
    });
    expect(executor).not.toHaveBeenCalled();
    expect(getSecret.mock.calls[0]?.[1]?.signal?.reason).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  });

  it('does not wait for a retry that could not start in time, and keeps the provider’s error', async () => {
    const { call, finish } = setup({ backoffMs: 20_000, policy: { totalTimeoutMs: 15_000 } });
    expect(await finish(call(failWith({ retryable: true, code: 'unavailable' })))).toMatchObject({
      error: { code: 'unavailable', retryable: true },
      metadata: { attempts: 1, stopReason: 'deadline', latencyMs: 0 },
    });
  });

  it('tells the attempt how much time it has', async () => {
    const { fake, call, finish } = setup({ policy: { attemptTimeoutMs: 8_000, totalTimeoutMs: 10_000 } });
    const left: number[] = [];
    await finish(
      call(async (_connection, _secrets, context) => {
        left.push(context.remainingMs());
        await fake.sleep(5_000);
        left.push(context.remainingMs());
        throw Object.assign(new Error('again'), { retryable: true });
      }),
    );
    // The last one is the second attempt, five seconds on: its call has ended in the meantime.
    expect(left).toEqual([8_000, 3_000, 4_750, 0]);
  });
});

describe('a caller that aborts', () => {
  it('before the call gets ABORTED, and nothing is read or run', async () => {
    const getSecret = vi.fn(never);
    const executor = vi.fn();
    const { call, finish } = setup({}, secretsThat(getSecret));
    const result = await finish(call(executor, { signal: AbortSignal.abort(new Error('gone')) }));
    expect(result).toMatchObject({ error: { code: 'ABORTED', retryable: false }, metadata: { stopReason: 'aborted' } });
    expect(getSecret).not.toHaveBeenCalled();
    expect(executor).not.toHaveBeenCalled();
  });

  it('during an attempt passes its reason on to the attempt', async () => {
    const { fake, call, finish } = setup();
    const controller = new AbortController();
    const reason = new Error('the user left');
    let attemptSignal: AbortSignal | undefined;
    const pending = call(
      async (_connection, _secrets, { signal }) => {
        attemptSignal = signal;
        return never();
      },
      { signal: controller.signal },
    );
    await fake.advance(100);
    controller.abort(reason);
    const result = await finish(pending);
    expect(result).toMatchObject({ error: { code: 'ABORTED' }, metadata: { attempts: 1, latencyMs: 100 } });
    expect(result.error?.cause).toBe(reason);
    expect(attemptSignal?.reason).toBe(reason);
  });

  it('between attempts stops the wait', async () => {
    const { fake, call, finish } = setup();
    const controller = new AbortController();
    const executor = vi.fn(failWith({ retryable: true }));
    const pending = call(executor, { signal: controller.signal });
    await fake.advance(100);
    controller.abort();
    expect(await finish(pending)).toMatchObject({ error: { code: 'ABORTED' }, metadata: { attempts: 1 } });
    expect(executor).toHaveBeenCalledTimes(1);
  });

  it('while the guard decides on a retry is not kept waiting for it', async () => {
    const controller = new AbortController();
    const { call, finish } = setup({
      shouldRetry: () => {
        controller.abort();
        return true;
      },
    });
    const result = await finish(call(failWith({}), { signal: controller.signal }));
    expect(result).toMatchObject({ error: { code: 'ABORTED' }, metadata: { attempts: 1, latencyMs: 0 } });
  });

  it('leaves no listener on its signal, however the call ends', async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    const { call, finish } = setup();
    await finish(call(async () => 1, { signal }));
    await finish(call(failWith({}), { signal }));
    await finish(call(never, { signal }));
    expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(
      added.mock.calls.map(([, listener]) => listener),
    );
    expect(added).toHaveBeenCalledTimes(3);
  });
});

describe('a provider that asks for a wait', () => {
  it.each([
    ['in milliseconds on the error', { status: 429, retryAfterMs: 1_500 }, 1_500],
    ['in seconds in a header', { status: 429, headers: { 'Retry-After': '2' } }, 2_000],
    [
      'as a date in a response',
      { response: new Response(null, { status: 503, headers: { 'retry-after': 'Thu, 01 Jan 2026 00:00:03 GMT' } }) },
      3_000,
    ],
  ])('%s gets exactly that', async (_name, fields, waitMs) => {
    const { fake, call, finish } = setup();
    const starts: number[] = [];
    const executor = async (): Promise<string> => {
      starts.push(fake.monotonicMs());
      if (starts.length > 1) return 'ok';
      throw Object.assign(new Error('slow down'), { retryable: true, ...fields });
    };
    expect(await finish(call(executor))).toMatchObject({ success: true, metadata: { attempts: 2 } });
    expect(starts).toEqual([0, waitMs]);
  });

  it('that is longer than the call may wait gets an answer at once', async () => {
    const { call, finish } = setup({ policy: { totalTimeoutMs: false, attemptTimeoutMs: false } });
    const busy = failWith({ retryable: true, status: 429, retryAfterMs: 61_000 });
    expect(await finish(call(busy))).toMatchObject({
      error: { code: 'RATE_LIMITED', retryable: true, retryAfterMs: 61_000, httpStatus: 429 },
      metadata: { attempts: 1, stopReason: 'retry-after', latencyMs: 0 },
    });
  });

  it('is left alone by the connection’s other calls too', async () => {
    const { fake, call, finish } = setup();
    await finish(call(failWith({ status: 429, retryAfterMs: 5_000 })));
    const starts: number[] = [];
    await finish(call(async () => void starts.push(fake.monotonicMs())));
    expect(starts).toEqual([5_000]);
  });

  it('waits longer after throttling than after a transient failure when it names no time', async () => {
    const { call, finish } = setup();
    const transient = await finish(call(failWith({ retryable: true, status: 503 })));
    const throttled = await finish(call(failWith({ retryable: true, status: 429 })));
    expect([transient.metadata.latencyMs, throttled.metadata.latencyMs]).toEqual([750, 3_000]);
  });
});
