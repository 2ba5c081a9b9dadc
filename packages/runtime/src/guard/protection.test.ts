import { describe, expect, it, vi } from 'vitest';
import { CHAT_SPEC, chatSecrets, configOf, integrationOf } from '../__fixtures__/application.ts';
import { RecordingSink } from '../__fixtures__/recording-sink.ts';
import { virtualClock } from '../__fixtures__/virtual-clock.ts';
import type { IntegrationExecutor } from './executor.ts';
import type { GuardedCallOptions, IntegrationCallGuardOptions } from './guard-options.ts';
import { GuardState } from './guard-state.ts';
import { IntegrationCallGuard } from './integration-call-guard.ts';

function setup(options: IntegrationCallGuardOptions = {}) {
  const { fake, clock } = virtualClock();
  const guard = new IntegrationCallGuard(chatSecrets(), { clock, random: () => 0, maxAttempts: 1, ...options });
  const integration = integrationOf();
  const call = <T>(executor: IntegrationExecutor<T>, callOptions?: GuardedCallOptions) =>
    guard.executeWithGuards('primary-llm', 'chat', {}, configOf(integration), executor, callOptions);
  return { fake, clock, guard, call, inspect: () => guard.inspect(integration.connection) };
}

const fail = (fields: Record<string, unknown>) => () => Promise.reject(Object.assign(new Error('failed'), fields));
const outage = fail({ status: 503, retryable: true });

describe('the circuit breaker of a connection', () => {
  const options: IntegrationCallGuardOptions = { policy: { breaker: { minimumCalls: 3, openMs: 10_000 } } };

  it('refuses calls once attempts keep failing, then lets one probe through at a time', async () => {
    const { fake, call, inspect } = setup(options);
    for (let index = 0; index < 3; index += 1) await call(outage);
    const executor = vi.fn(async () => 'ok');
    expect(await call(executor)).toMatchObject({
      error: { code: 'CIRCUIT_OPEN', retryable: true, retryAfterMs: 10_000 },
      metadata: { attempts: 0, stopReason: 'circuit' },
    });
    expect(executor).not.toHaveBeenCalled();
    expect(inspect()).toMatchObject({ circuit: 'open' });
    await fake.advance(10_000);
    const slow = call(async () => {
      await fake.sleep(100);
      return 'ok';
    });
    await fake.advance(1);
    expect(await call(executor)).toMatchObject({ error: { code: 'CIRCUIT_OPEN' } });
    await fake.advance(100);
    expect(await slow).toMatchObject({ success: true });
    expect(await call(executor)).toMatchObject({ success: true });
    expect(inspect()).toMatchObject({ circuit: 'closed' });
  });

  it('stops a retry loop at once when it opens, with the provider’s error as the headline', async () => {
    const { call } = setup({ ...options, maxAttempts: 10 });
    const executor = vi.fn(outage);
    expect(await call(executor)).toMatchObject({
      error: { code: 'PROVIDER_ERROR', httpStatus: 503 },
      metadata: { attempts: 3, stopReason: 'circuit' },
    });
    expect(executor).toHaveBeenCalledTimes(3);
  });

  it.each([
    ['refusals of the request', { status: 404 }],
    ['a refused credential', { status: 401 }],
    ['throttling', { status: 429 }],
    ['errors that say nothing', {}],
  ])('does not open for %s', async (_name, fields) => {
    const { call, inspect } = setup(options);
    for (let index = 0; index < 10; index += 1) await call(fail(fields));
    expect(inspect()).toMatchObject({ circuit: 'closed' });
  });

  it('opens for timeouts, and not for callers who left', async () => {
    const { fake, call, inspect } = setup({ policy: { ...options.policy, attemptTimeoutMs: 100 } });
    const never = () => new Promise<never>(() => undefined);
    for (let index = 0; index < 5; index += 1) {
      const controller = new AbortController();
      const pending = call(never, { signal: controller.signal });
      await fake.advance(10);
      controller.abort();
      await pending;
    }
    expect(inspect()).toMatchObject({ circuit: 'closed' });
    for (let index = 0; index < 3; index += 1) {
      const pending = call(never);
      await fake.advance(100);
      await pending;
    }
    expect(inspect()).toMatchObject({ circuit: 'open' });
  });

  it('is the connection’s own: another tenant’s connection of the same id is not touched', async () => {
    const state = new GuardState();
    const { guard } = setup({ ...options, state });
    for (let index = 0; index < 3; index += 1) {
      await guard.executeWithGuards('primary-llm', 'chat', {}, configOf(), outage);
    }
    const globex = { ...configOf(integrationOf({ meta: { tenantId: 'globex' } })), tenantId: 'globex' };
    expect(await guard.executeWithGuards('primary-llm', 'chat', {}, globex, () => 1)).toMatchObject({ success: true });
  });

  it('is one of its own for calls with settings of their own, shared by those that have the same', async () => {
    const { call, inspect } = setup(options);
    const own = () => ({ policy: { breaker: { minimumCalls: 1 } } });
    await call(outage, own());
    expect(await call(() => 1, own())).toMatchObject({ error: { code: 'CIRCUIT_OPEN' } });
    expect(await call(() => 1)).toMatchObject({ success: true });
    expect(inspect()).toMatchObject({ circuit: 'open' });
  });

  it('is shared by guards that share a state', async () => {
    const state = new GuardState();
    const { call } = setup({ ...options, state });
    for (let index = 0; index < 3; index += 1) await call(outage);
    const { call: callAgain } = setup({ ...options, state });
    expect(await callAgain(() => 1)).toMatchObject({ error: { code: 'CIRCUIT_OPEN' } });
  });
});

describe('the bulkhead of a connection', () => {
  const options: IntegrationCallGuardOptions = { policy: { bulkhead: { limit: 2, queue: 1 } } };

  it('runs as many calls as it allows, queues some, and refuses the rest at once', async () => {
    const { fake, call, inspect } = setup(options);
    let running = 0;
    let most = 0;
    const executor = async () => {
      running += 1;
      most = Math.max(most, running);
      await fake.sleep(1_000);
      running -= 1;
    };
    const pending = [call(executor), call(executor), call(executor), call(executor)];
    await fake.advance(1);
    expect(inspect()).toMatchObject({ running: 3, queued: 1 });
    const results = Promise.all(pending);
    await fake.runAll();
    expect((await results).map(({ error }) => error?.code)).toEqual([undefined, undefined, undefined, 'BULKHEAD_FULL']);
    expect(most).toBe(2);
    expect(inspect()).toMatchObject({ running: 0, queued: 0 });
  });

  it('counts time in the queue against the deadline, and gives up a place that nobody wants any more', async () => {
    const { fake, call, inspect } = setup({
      policy: { ...options.policy, totalTimeoutMs: 500, attemptTimeoutMs: false },
    });
    const patient = { policy: { totalTimeoutMs: false } } as const;
    const slow = () => fake.sleep(2_000);
    const running = [call(slow, patient), call(slow, patient)];
    await fake.advance(1);
    const executor = vi.fn();
    const queued = call(executor);
    await fake.advance(500);
    expect(await queued).toMatchObject({ error: { code: 'DEADLINE_EXCEEDED' }, metadata: { attempts: 0 } });
    await fake.runAll();
    await Promise.all(running);
    expect(executor).not.toHaveBeenCalled();
    expect(inspect()).toMatchObject({ running: 0, queued: 0 });
  });
});

describe('the rate limit of a connection', () => {
  it('comes from the spec, holds calls back and lets them through in time', async () => {
    const { fake, clock } = virtualClock();
    const spec = { ...CHAT_SPEC, constraints: { rateLimit: { rpm: 2 } } };
    const guard = new IntegrationCallGuard(chatSecrets(), {
      clock,
      policy: { totalTimeoutMs: 120_000, maxRetryAfterMs: 90_000 },
    });
    const config = configOf(integrationOf({ spec }));
    const starts: number[] = [];
    const results = Promise.all(
      [1, 2, 3].map(() =>
        guard.executeWithGuards('primary-llm', 'chat', {}, config, async () => void starts.push(fake.monotonicMs())),
      ),
    );
    await fake.runAll();
    expect((await results).every(({ success }) => success)).toBe(true);
    expect(starts.slice(0, 2)).toEqual([0, 0]);
    expect(starts[2]).toBeGreaterThanOrEqual(60_000);
    expect(starts[2]).toBeLessThanOrEqual(63_000);
  });

  it('refuses a call that would have to wait too long', async () => {
    const { call } = setup({ policy: { rateLimit: { rph: 1 } } });
    await call(() => 1);
    expect(await call(() => 1)).toMatchObject({
      error: { code: 'RATE_LIMITED', retryable: true, retryAfterMs: expect.any(Number) },
      metadata: { attempts: 0, stopReason: 'rejected' },
    });
  });

  it('is asked for every attempt, and a shared one may answer later', async () => {
    const acquire = vi.fn(async () => ({ retryAfterMs: 0 }));
    const { fake, call } = setup({ maxAttempts: 3, rateLimiter: { acquire } });
    const pending = call(outage);
    await fake.runAll();
    await pending;
    expect(acquire).toHaveBeenCalledTimes(3);
  });

  it('pauses a connection whose executor saw that a limit is used up', async () => {
    const { call, fake } = setup();
    await call((_connection, _secrets, context) => context.pauseCalls(5000));
    const executor = vi.fn(async () => 'ok');
    const later = call(executor, { policy: { maxRetryAfterMs: 0 } });
    expect(await later).toMatchObject({ error: { code: 'RATE_LIMITED', retryAfterMs: 5000 } });
    await fake.advance(5000);
    expect(await call(executor)).toMatchObject({ success: true });
    expect(executor).toHaveBeenCalledTimes(1);
  });

  it('does not pause for no time, nor where limits are switched off', async () => {
    const pause = vi.fn();
    const { call } = setup({ rateLimiter: { acquire: () => ({ retryAfterMs: 0 }), pause } });
    await call((_connection, _secrets, context) => context.pauseCalls(0));
    await call((_connection, _secrets, context) => context.pauseCalls(5), { policy: { rateLimit: false } });
    expect(pause).not.toHaveBeenCalled();
  });

  it('hands a pause that the provider asked for to a shared limiter', async () => {
    const pause = vi.fn(() => Promise.reject(new Error('redis is down')));
    const onTelemetryError = vi.fn();
    const { call } = setup({ rateLimiter: { acquire: () => ({ retryAfterMs: 0 }), pause }, onTelemetryError });
    await call(fail({ status: 429, retryAfterMs: 7_000 }));
    expect(pause).toHaveBeenCalledWith('["acme","ai-llm.example","conn-1"]', 7_000, 0);
    await Promise.resolve();
    expect(onTelemetryError).toHaveBeenCalledTimes(1);
  });
});

describe('the retry budget of an integration', () => {
  it('stops retries against a provider that keeps failing, over all its connections', async () => {
    const { fake, guard } = setup({
      maxAttempts: 2,
      policy: { breaker: false, retryBudget: { capacity: 28, transientCost: 14 } },
    });
    const results = [];
    for (const id of ['a', 'b', 'c']) {
      const config = configOf(integrationOf({ meta: { id }, binding: { connectionId: id } }));
      const pending = guard.executeWithGuards('primary-llm', 'chat', {}, config, outage);
      await fake.runAll();
      results.push((await pending).metadata);
    }
    expect(results).toMatchObject([
      { attempts: 2, stopReason: 'attempts' },
      { attempts: 2, stopReason: 'attempts' },
      { attempts: 1, stopReason: 'budget' },
    ]);
  });
});

describe('each protection', () => {
  it('can be switched off for a guard, for an integration and for a call', async () => {
    const off = { breaker: false, bulkhead: false, rateLimit: false, retryBudget: false } as const;
    const tight = { breaker: { minimumCalls: 1 }, rateLimit: { rph: 1 } } as const;
    const many = async (call: () => Promise<{ error?: { code: string } }>): Promise<Set<string | undefined>> => {
      const codes = new Set<string | undefined>();
      for (let index = 0; index < 5; index += 1) codes.add((await call()).error?.code);
      return codes;
    };
    const perGuard = setup({ policy: off });
    expect(await many(() => perGuard.call(outage))).toEqual(new Set(['PROVIDER_ERROR']));
    const perSpec = setup({ policy: tight, policies: { 'ai-llm.example': off } });
    expect(await many(() => perSpec.call(outage))).toEqual(new Set(['PROVIDER_ERROR']));
    const perCall = setup({ policy: tight });
    expect(await many(() => perCall.call(outage, { policy: off }))).toEqual(new Set(['PROVIDER_ERROR']));
    expect(await many(() => perCall.call(outage))).toEqual(new Set(['PROVIDER_ERROR', 'CIRCUIT_OPEN']));
  });
});

describe('what a guard remembers', () => {
  it('is bounded, and never forgets a connection with calls under way', async () => {
    const state = new GuardState(2);
    const { fake, guard } = setup({ state });
    const callOn = (id: string, executor: IntegrationExecutor<unknown>) =>
      guard.executeWithGuards(
        'primary-llm',
        'chat',
        {},
        configOf(integrationOf({ meta: { id }, binding: { connectionId: id } })),
        executor,
      );
    const busy = callOn('busy', () => fake.sleep(1_000));
    await fake.advance(1);
    for (let index = 0; index < 20; index += 1) await callOn(`c${index}`, () => 1);
    expect(state.size).toBe(2);
    expect(guard.inspect(integrationOf({ meta: { id: 'busy' } }).connection)).toMatchObject({ running: 1 });
    await fake.runAll();
    await busy;
  });

  it('does not mistake a record that was changed for the connection it used to be', async () => {
    const sink = new RecordingSink();
    const { guard } = setup({ telemetry: sink, policy: { breaker: { minimumCalls: 1 } } });
    const integration = integrationOf();
    const config = configOf(integration);
    await guard.executeWithGuards('primary-llm', 'chat', {}, config, outage);
    Object.assign(integration.connection.meta, { id: 'conn-2' });
    Object.assign(integration.binding, { connectionId: 'conn-2' });
    expect(await guard.executeWithGuards('primary-llm', 'chat', {}, config, () => 1)).toMatchObject({ success: true });
  });
});
