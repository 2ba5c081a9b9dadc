import { seededRandom } from '@mortise/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chatSecrets, configOf, integrationOf, secretsThat, secretValue } from '../__fixtures__/application.ts';
import { RecordingSink } from '../__fixtures__/recording-sink.ts';
import { virtualClock } from '../__fixtures__/virtual-clock.ts';
import type { IntegrationCallResult, StopReason } from './call-result.ts';
import type { IntegrationExecutor } from './executor.ts';
import { IntegrationCallGuard } from './integration-call-guard.ts';

/** What one executor run does: how long it takes and how it ends. `hang` ignores its signal for ever. */
const behaviour = fc.record({
  delayMs: fc.integer({ min: 0, max: 15_000 }),
  end: fc.constantFrom('ok', 'fatal', 'retryable', 'throttled', 'hang', 'throw'),
  retryAfterMs: fc.option(fc.integer({ min: 0, max: 20_000 }), { nil: undefined }),
});

const scenario = fc.record({
  secretDelayMs: fc.integer({ min: 0, max: 40_000 }),
  attempts: fc.array(behaviour, { minLength: 1, maxLength: 6 }),
  maxAttempts: fc.integer({ min: 1, max: 5 }),
  attemptTimeoutMs: fc.constantFrom(false as const, 1_000, 10_000),
  totalTimeoutMs: fc.constantFrom(false as const, 5_000, 30_000),
  abortAtMs: fc.option(fc.integer({ min: 0, max: 30_000 }), { nil: undefined }),
});

const STOP_REASONS: readonly StopReason[] = [
  'succeeded',
  'rejected',
  'not-retryable',
  'attempts',
  'budget',
  'retry-after',
  'deadline',
  'circuit',
  'aborted',
];

describe('any sequence of failures, delays, aborts and retries', () => {
  it('ends in exactly one result, with bounded starts, none after abort or deadline, and nothing left behind', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async (given) => {
        const { fake, clock } = virtualClock();
        const sink = new RecordingSink();
        const secrets = secretsThat(async () => {
          await fake.sleep(given.secretDelayMs);
          return secretValue('{"apiKey":"k"}');
        });
        const guard = new IntegrationCallGuard(secrets, {
          clock,
          telemetry: sink,
          random: () => 0.5,
          policy: {
            maxAttempts: given.maxAttempts,
            attemptTimeoutMs: given.attemptTimeoutMs,
            totalTimeoutMs: given.totalTimeoutMs,
          },
        });
        const starts: number[] = [];
        const executor: IntegrationExecutor<string> = async () => {
          const step = given.attempts[starts.length % given.attempts.length];
          starts.push(fake.monotonicMs());
          if (step === undefined || step.end === 'hang') return new Promise<never>(() => undefined);
          if (step.end === 'throw') throw new TypeError('at once');
          await fake.sleep(step.delayMs);
          if (step.end === 'ok') return 'ok';
          const error = new Error('failed');
          throw Object.assign(error, {
            retryable: step.end !== 'fatal',
            ...(step.end === 'throttled' ? { status: 429 } : {}),
            ...(step.retryAfterMs === undefined ? {} : { retryAfterMs: step.retryAfterMs }),
          });
        };
        const controller = new AbortController();
        const { abortAtMs } = given;
        if (abortAtMs !== undefined) void fake.sleep(abortAtMs).then(() => controller.abort());
        let settled = 0;
        const integration = integrationOf();
        const pending = guard
          .executeWithGuards('primary-llm', 'chat', {}, configOf(integration), executor, { signal: controller.signal })
          .finally(() => {
            settled += 1;
          });
        const isEndless = given.attemptTimeoutMs === false && given.totalTimeoutMs === false && abortAtMs === undefined;
        await fake.runAll();
        if (isEndless && settled === 0) {
          // Nothing bounds this call but the executor, and the executor hangs.
          expect(given.attempts.some(({ end }) => end === 'hang')).toBe(true);
          expect(fake.pendingTimers).toBe(0);
          return;
        }
        const result = await pending;
        expect(settled).toBe(1);
        expect(result.metadata.attempts).toBe(starts.length);
        expect(starts.length).toBeLessThanOrEqual(given.maxAttempts);
        expect(STOP_REASONS).toContain(result.metadata.stopReason);
        expect(result.success).toBe(result.metadata.stopReason === 'succeeded');
        const limits = [given.totalTimeoutMs || Infinity, abortAtMs ?? Infinity];
        for (const startedAt of starts)
          for (const limit of limits) expect(startedAt).toBeLessThan(Math.max(limit, 1e-9) + 1e-9);
        expect(result.metadata.latencyMs).toBeLessThanOrEqual(Math.min(...limits) + 1);
        expect(fake.pendingTimers).toBe(0);
        expect(guard.inspect(integration.connection)).toMatchObject({ running: 0, queued: 0 });
        expect(sink.calls).toHaveLength(1);
        expect(sink.attempts).toHaveLength(Math.max(1, starts.length));
        expect(sink.attempts.filter(({ willRetry }) => willRetry === true).length).toBeLessThanOrEqual(starts.length);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a million simulated calls with injected faults', () => {
  it('all end, and leave the guard as it was', async () => {
    const TOTAL = 1_000_000;
    const BATCH = 2_000;
    const CONNECTIONS = 40;
    const { fake, clock } = virtualClock();
    const random = seededRandom(20_261_125);
    const guard = new IntegrationCallGuard(chatSecrets(), {
      clock,
      random,
      policy: { totalTimeoutMs: 20_000, attemptTimeoutMs: 2_000, bulkhead: { limit: 40, queue: 5 } },
    });
    const configs = Array.from({ length: CONNECTIONS }, (_, index) =>
      configOf(integrationOf({ meta: { id: `c${index}` }, binding: { connectionId: `c${index}` } })),
    );
    let started = 0;
    let isOutage = false;
    /** Answers at once nine times out of ten; else late, failing, throttling or not at all. Mostly fails in an outage. */
    const executor: IntegrationExecutor<number> = () => {
      started += 1;
      const dice = random();
      if (dice < (isOutage ? 0.1 : 0.9)) return 1;
      if (isOutage) return Promise.reject(Object.assign(new Error('down'), { retryable: true, status: 503 }));
      if (dice < 0.93) return fake.sleep(random() * 4_000).then(() => 1);
      if (dice < 0.96) return Promise.reject(Object.assign(new Error('busy'), { retryable: true, status: 503 }));
      if (dice < 0.98) return Promise.reject(Object.assign(new Error('slow down'), { retryable: true, status: 429 }));
      if (dice < 0.99) return Promise.reject(new Error('bad request'));
      return new Promise<never>(() => undefined);
    };
    const ends = new Map<string, number>();
    let attempts = 0;
    const tally = async (call: Promise<IntegrationCallResult<number>>): Promise<void> => {
      const { metadata } = await call;
      attempts += metadata.attempts;
      ends.set(metadata.stopReason, (ends.get(metadata.stopReason) ?? 0) + 1);
    };
    for (let done = 0; done < TOTAL; done += BATCH) {
      const pending: Promise<void>[] = [];
      isOutage = (done / BATCH) % 10 === 9;
      for (let index = 0; index < BATCH; index += 1) {
        const config = configs[index % CONNECTIONS] ?? configOf();
        pending.push(tally(guard.executeWithGuards('primary-llm', 'chat', {}, config, executor)));
      }
      await fake.runAll();
      await Promise.all(pending);
      await fake.advance(30_000);
    }
    expect([...ends.values()].reduce((sum, count) => sum + count, 0)).toBe(TOTAL);
    expect(attempts).toBe(started);
    expect(fake.pendingTimers).toBe(0);
    expect(ends.get('succeeded')).toBeGreaterThan(TOTAL / 2);
    for (const reason of ['rejected', 'not-retryable', 'attempts', 'circuit'])
      expect(ends.get(reason)).toBeGreaterThan(0);
    for (const config of configs) {
      const [integration] = config.integrations;
      expect(integration && guard.inspect(integration.connection)).toMatchObject({ running: 0, queued: 0 });
    }
  }, 120_000);
});
