import { SecretProviderError, type SecretProviderErrorCode } from '@mortise/secrets';
import { describe, expect, it, vi } from 'vitest';
import { chatSecrets, configOf, secretsThat } from '../__fixtures__/application.ts';
import { IntegrationCallGuard } from './integration-call-guard.ts';

const call = (guard: IntegrationCallGuard, executor = async (): Promise<unknown> => 'ok') =>
  guard.executeWithGuards('primary-llm', 'chat', {}, configOf(), executor);

describe('a secret backend that fails', () => {
  it.each([
    ['NOT_FOUND', 'SECRET_NOT_FOUND', false],
    ['FORBIDDEN', 'SECRET_FORBIDDEN', false],
    ['UNAUTHENTICATED', 'SECRET_FORBIDDEN', false],
    ['INVALID', 'SECRET_INVALID', false],
    ['UNSUPPORTED', 'SECRET_UNSUPPORTED', false],
    ['UNAVAILABLE', 'SECRET_UNAVAILABLE', true],
    ['THROTTLED', 'SECRET_UNAVAILABLE', true],
    ['TIMEOUT', 'SECRET_UNAVAILABLE', true],
    ['UNKNOWN', 'SECRET_UNAVAILABLE', false],
  ] satisfies [SecretProviderErrorCode, string, boolean][])(
    'with %s is the result %s',
    async (code, expected, retryable) => {
      const failure = new SecretProviderError({
        code,
        message: 'fixture: reading fixture://chat failed',
        provider: 'fixture',
        reference: 'fixture://chat',
      });
      const executor = vi.fn(async () => 'ok');
      const result = await call(new IntegrationCallGuard(secretsThat(() => Promise.reject(failure))), executor);
      expect(result).toMatchObject({ error: { code: expected, retryable }, metadata: { attempts: 0 } });
      expect(result.error?.message).toContain('fixture://chat');
      expect(executor).not.toHaveBeenCalled();
    },
  );

  it('that says that a grant is over is the result AUTH_REQUIRED', async () => {
    const failure = new SecretProviderError({
      code: 'UNAUTHENTICATED',
      message: 'AUTH_REQUIRED: Grant "g" has to be authorised again',
      provider: 'fixture',
      reference: 'fixture://chat',
    });
    const over = Object.assign(failure, { isAuthRequired: true });
    const result = await call(new IntegrationCallGuard(secretsThat(() => Promise.reject(over))));
    expect(result).toMatchObject({ error: { code: 'AUTH_REQUIRED', retryable: false }, metadata: { attempts: 0 } });
  });

  it.each([
    ['rejects with something else', () => Promise.reject(new TypeError('fetch failed'))],
    [
      'throws at once',
      () => {
        throw new TypeError('fetch failed');
      },
    ],
  ])('in a way of its own (%s) is SECRET_UNAVAILABLE', async (_name, getSecret) => {
    const result = await call(new IntegrationCallGuard(secretsThat(getSecret)));
    expect(result.error).toMatchObject({
      code: 'SECRET_UNAVAILABLE',
      message: 'Secret "fixture://chat" could not be read: fetch failed',
    });
  });

  it('by giving no bytes is a failed call', async () => {
    const nothing = secretsThat(() => Promise.resolve(JSON.parse('{"retrievedAt":0}')));
    expect((await call(new IntegrationCallGuard(nothing))).success).toBe(false);
  });
});

describe('a telemetry sink that fails', () => {
  it.each([
    [
      'throws',
      () => {
        throw new Error('sink is down');
      },
    ],
    ['rejects', () => Promise.reject(new Error('sink is down'))],
  ])('and %s changes no result and is reported to the host', async (_name, fail) => {
    const onTelemetryError = vi.fn();
    const guard = new IntegrationCallGuard(chatSecrets(), {
      telemetry: { record: fail, recordCall: fail },
      onTelemetryError,
    });
    expect(await call(guard)).toMatchObject({ success: true, data: 'ok' });
    await Promise.resolve();
    await Promise.resolve();
    expect(onTelemetryError).toHaveBeenCalledTimes(2);
  });

  it('is never waited for', async () => {
    const forever = (): Promise<void> => new Promise(() => undefined);
    const guard = new IntegrationCallGuard(chatSecrets(), { telemetry: { record: forever, recordCall: forever } });
    expect(await call(guard)).toMatchObject({ success: true });
  });

  it('may be reported to a hook that fails too', async () => {
    const guard = new IntegrationCallGuard(chatSecrets(), {
      telemetry: {
        record: () => {
          throw new Error('sink is down');
        },
      },
      onTelemetryError: () => {
        throw new Error('so is the hook');
      },
    });
    expect(await call(guard)).toMatchObject({ success: true });
  });
});

describe('another part of the host that fails', () => {
  it('is survived when it is the clock for records', async () => {
    const record = vi.fn();
    const guard = new IntegrationCallGuard(chatSecrets(), {
      telemetry: { record },
      now: () => {
        throw new Error('no time');
      },
    });
    expect(await call(guard)).toMatchObject({ success: true });
    expect(record).toHaveBeenCalledWith(expect.objectContaining({ occurredAt: expect.any(Date) }));
  });

  it('is a result when it is the monotonic clock or the sleep', async () => {
    const boom = (): never => {
      throw new Error('part is broken');
    };
    const clock = { now: () => new Date(), monotonicMs: boom, setTimer: () => () => undefined };
    expect(await call(new IntegrationCallGuard(chatSecrets(), { clock }))).toMatchObject({
      error: { code: 'UNKNOWN_ERROR' },
    });
    const busy = (): Promise<never> => Promise.reject(Object.assign(new Error('busy'), { retryable: true }));
    expect(await call(new IntegrationCallGuard(chatSecrets(), { sleep: boom }), busy)).toMatchObject({
      error: { code: 'UNKNOWN_ERROR', message: expect.stringContaining('part is broken') },
    });
  });

  it('changes no result when it is the transport resolver, which only telemetry asked', async () => {
    const transportResolver = {
      resolve: () => {
        throw new Error('part is broken');
      },
    };
    const onTelemetryError = vi.fn();
    const guard = new IntegrationCallGuard(chatSecrets(), {
      transportResolver,
      telemetry: { record: () => undefined, recordCall: () => undefined },
      onTelemetryError,
    });
    expect(await call(guard)).toMatchObject({ success: true, data: 'ok' });
    expect(onTelemetryError).toHaveBeenCalledTimes(1);
  });

  it('is passed over and reported when it is a shared rate limiter', async () => {
    const onTelemetryError = vi.fn();
    const limiters = [
      { acquire: () => Promise.reject(new Error('redis is down')) },
      {
        acquire: () => {
          throw new Error('redis is down');
        },
      },
    ];
    for (const rateLimiter of limiters) {
      const guard = new IntegrationCallGuard(chatSecrets(), { rateLimiter, onTelemetryError });
      expect(await call(guard)).toMatchObject({ success: true });
    }
    expect(onTelemetryError).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['maxAttempts', { maxAttempts: Number.NaN }],
    ['maxAttempts', { maxAttempts: 1.5 }],
    ['maxAttempts', { policy: { maxAttempts: 0 } }],
    ['backoff.baseMs', { backoffMs: -1 }],
    ['attemptTimeoutMs', { policy: { attemptTimeoutMs: 0 } }],
    ['breaker.failureRatio', { policy: { breaker: { failureRatio: 0 } } }],
    ['bulkhead.limit', { policies: { 'ai-llm.example': { bulkhead: { limit: 0 } } } }],
    ['rateLimit', { policy: { rateLimit: { rpm: 0 } } }],
  ])('is refused at construction when it is a senseless %s', (name, options) => {
    expect(() => new IntegrationCallGuard(chatSecrets(), options)).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS', message: expect.stringContaining(name) }),
    );
  });

  it('is a result when it is a senseless policy of one call', async () => {
    const guard = new IntegrationCallGuard(chatSecrets());
    const result = await guard.executeWithGuards('primary-llm', 'chat', {}, configOf(), async () => 1, {
      policy: { maxAttempts: 0 },
    });
    expect(result.error).toMatchObject({ code: 'INVALID_OPTIONS' });
  });
});
