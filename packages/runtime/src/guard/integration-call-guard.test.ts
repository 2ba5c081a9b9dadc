import { describe, expect, it, vi } from 'vitest';
import { API_KEY, chatSecrets, configOf, integrationOf, secretsOf, secretsThat } from '../__fixtures__/application.ts';
import { RecordingSink } from '../__fixtures__/recording-sink.ts';
import { IntegrationCallGuard } from './integration-call-guard.ts';

const noWait = (): Promise<void> => Promise.resolve();

class RetryableError extends Error {
  readonly retryable = true;
}

describe('a guarded call that goes well', () => {
  it('hands the connection, its secret and the attempt to the executor and returns its data', async () => {
    const guard = new IntegrationCallGuard(chatSecrets());
    const integration = integrationOf();
    const seen: unknown[] = [];
    const result = await guard.executeWithGuards(
      'primary-llm',
      'chat',
      { text: 'hi' },
      configOf(integration),
      async (connection, secrets, context) => {
        const { attempt, operation, input, tenantId, slotId, transport, authMethod, apiVersion } = context;
        seen.push(connection, { ...secrets }, context.spec, context.transportConfig, context.authConfig);
        seen.push({ attempt, operation, input, tenantId, slotId, transport, authMethod, apiVersion });
        return context.signal.aborted ? 'aborted' : 'hello';
      },
    );
    expect(result).toMatchObject({
      success: true,
      data: 'hello',
      metadata: { connectionId: 'conn-1', ownershipMode: 'managed', attempts: 1, stopReason: 'succeeded' },
    });
    expect(seen).toEqual([
      integration.connection,
      { apiKey: API_KEY },
      integration.spec,
      { type: 'rest', baseUrl: 'https://api.example.com' },
      { type: 'bearer', tokenField: 'apiKey' },
      {
        attempt: 1,
        operation: 'chat',
        input: { text: 'hi' },
        tenantId: 'acme',
        slotId: 'primary-llm',
        transport: 'rest',
        authMethod: 'bearer',
        apiVersion: undefined,
      },
    ]);
    expect(seen[0]).toBe(integration.connection);
  });

  it('reports one success event with the integration key, and one call event', async () => {
    const sink = new RecordingSink();
    const guard = new IntegrationCallGuard(chatSecrets(), { telemetry: sink });
    await guard.executeWithGuards('primary-llm', 'chat', {}, configOf(), async () => 1);
    expect(sink.attempts).toEqual([
      expect.objectContaining({
        tenantId: 'acme',
        appId: 'assistant',
        environment: 'test',
        slotId: 'primary-llm',
        integrationKey: 'ai-llm.example',
        integrationVersion: '1.0.0',
        connectionId: 'conn-1',
        status: 'success',
        attempt: 1,
        willRetry: false,
        metadata: { blueprint: 'assistant.v2.0.0', configVersion: '7', operation: 'chat' },
      }),
    ]);
    expect(sink.calls).toEqual([
      expect.objectContaining({
        slotId: 'primary-llm',
        operation: 'chat',
        status: 'success',
        attempts: 1,
        stopReason: 'succeeded',
        transport: 'rest',
        authMethod: 'bearer',
        credentialVersion: '1',
        trace: { blueprintName: 'assistant', blueprintVersion: '2.0.0', configVersion: '7' },
      }),
    ]);
  });

  it('accepts an executor that returns without a promise', async () => {
    const guard = new IntegrationCallGuard(chatSecrets());
    const result = await guard.executeWithGuards('primary-llm', 'chat', {}, configOf(), () => 7);
    expect(result).toMatchObject({ success: true, data: 7 });
  });

  it('keeps one idempotency key for all attempts of a call, and another for the next call', async () => {
    const guard = new IntegrationCallGuard(chatSecrets(), { sleep: noWait });
    const keys: string[] = [];
    const call = (options = {}) =>
      guard.executeWithGuards(
        'primary-llm',
        'chat',
        {},
        configOf(),
        async (_connection, _secrets, context) => {
          keys.push(context.idempotencyKey);
          if (context.attempt === 1) throw new RetryableError('again');
          return 1;
        },
        options,
      );
    await call();
    await call();
    await call({ idempotencyKey: 'order-7' });
    expect(keys[0]).toBe(keys[1]);
    expect(keys[2]).not.toBe(keys[0]);
    expect(keys.slice(4)).toEqual(['order-7', 'order-7']);
  });
});

describe('a slot that is not bound', () => {
  it('fails with SLOT_NOT_BOUND, the metadata of an unknown connection and no attempt event', async () => {
    const sink = new RecordingSink();
    const guard = new IntegrationCallGuard(chatSecrets(), { telemetry: sink });
    const executor = vi.fn();
    const result = await guard.executeWithGuards('missing', 'chat', {}, configOf(), executor);
    expect(result).toEqual({
      success: false,
      error: {
        code: 'SLOT_NOT_BOUND',
        message: 'Slot "missing" is not bound to a connection for tenant "acme"',
        retryable: false,
      },
      metadata: {
        latencyMs: 0,
        connectionId: 'unknown',
        ownershipMode: 'managed',
        attempts: 0,
        stopReason: 'rejected',
      },
    });
    expect(executor).not.toHaveBeenCalled();
    expect(sink.attempts).toEqual([]);
    expect(sink.calls).toEqual([expect.objectContaining({ slotId: 'missing', errorCode: 'SLOT_NOT_BOUND' })]);
    expect(sink.calls[0]).not.toHaveProperty('connectionId');
  });
});

describe('a connection that is not ready', () => {
  it.each(['disconnected', 'error'] as const)('refuses a connection that is %s, with one event', async (status) => {
    const sink = new RecordingSink();
    const guard = new IntegrationCallGuard(chatSecrets(), { telemetry: sink });
    const executor = vi.fn();
    const config = configOf(integrationOf({ connection: { status } }));
    const result = await guard.executeWithGuards('primary-llm', 'chat', {}, config, executor);
    expect(result).toMatchObject({
      success: false,
      error: {
        code: 'CONNECTION_NOT_READY',
        message: `Connection "Acme chat" is not ready: its status is "${status}"`,
        retryable: false,
      },
      metadata: { attempts: 0, latencyMs: 0 },
    });
    expect(executor).not.toHaveBeenCalled();
    expect(sink.attempts).toEqual([
      expect.objectContaining({ status: 'error', errorCode: 'CONNECTION_NOT_READY', durationMs: 0, attempt: 0 }),
    ]);
  });

  it('lets a connection through that was never checked', async () => {
    const guard = new IntegrationCallGuard(chatSecrets());
    const config = configOf(integrationOf({ connection: { status: 'unknown' } }));
    expect(await guard.executeWithGuards('primary-llm', 'chat', {}, config, () => 1)).toMatchObject({ success: true });
  });
});

describe('a failing executor', () => {
  it('is tried again when the error says so, with one sleep and one event per attempt', async () => {
    const sink = new RecordingSink();
    const sleep = vi.fn(noWait);
    const guard = new IntegrationCallGuard(chatSecrets(), { telemetry: sink, sleep });
    const executor = vi.fn().mockRejectedValueOnce(new RetryableError('busy')).mockResolvedValueOnce('ok');
    const result = await guard.executeWithGuards('primary-llm', 'chat', {}, configOf(), executor);
    expect(result).toMatchObject({ success: true, data: 'ok', metadata: { attempts: 2 } });
    expect(executor).toHaveBeenCalledTimes(2);
    expect(sleep).toHaveBeenCalledTimes(1);
    expect(sink.attempts.map(({ status, attempt, willRetry }) => ({ status, attempt, willRetry }))).toEqual([
      { status: 'error', attempt: 1, willRetry: true },
      { status: 'success', attempt: 2, willRetry: false },
    ]);
    expect(sink.calls).toEqual([expect.objectContaining({ status: 'success', attempts: 2 })]);
  });

  it('is not tried again otherwise, and its own code is the headline', async () => {
    const sink = new RecordingSink();
    const guard = new IntegrationCallGuard(chatSecrets(), { telemetry: sink, sleep: noWait });
    const cause = Object.assign(new Error('card declined'), { code: 'payment_declined' });
    const executor = vi.fn().mockRejectedValue(cause);
    const result = await guard.executeWithGuards('primary-llm', 'pay', {}, configOf(), executor);
    expect(result).toMatchObject({
      success: false,
      error: { code: 'payment_declined', message: 'card declined', retryable: false },
      metadata: { attempts: 1, stopReason: 'not-retryable' },
    });
    expect(result.error?.cause).toBe(cause);
    expect(executor).toHaveBeenCalledTimes(1);
    expect(sink.attempts).toEqual([expect.objectContaining({ errorCode: 'payment_declined' })]);
  });

  it('is started three times at most by default', async () => {
    const guard = new IntegrationCallGuard(chatSecrets(), { sleep: noWait });
    const executor = vi.fn().mockRejectedValue(new RetryableError('busy'));
    const result = await guard.executeWithGuards('primary-llm', 'chat', {}, configOf(), executor);
    expect(executor).toHaveBeenCalledTimes(3);
    expect(result).toMatchObject({
      error: { code: 'PROVIDER_ERROR', retryable: true },
      metadata: { attempts: 3, stopReason: 'attempts' },
    });
  });

  it('waits up to 250 ms before the second attempt and twice as long before the third', async () => {
    const waits: number[] = [];
    const guard = new IntegrationCallGuard(chatSecrets(), {
      sleep: async (ms) => void waits.push(ms),
      random: () => 0.5,
    });
    await guard.executeWithGuards('primary-llm', 'chat', {}, configOf(), () => Promise.reject(new RetryableError('x')));
    expect(waits).toEqual([125, 250]);
  });

  it.each([
    ['a thrown text', 'plain text', 'plain text'],
    ['undefined', undefined, 'undefined'],
    ['an object without text', Object.create(null), 'The error could not be read'],
  ])('may reject with %s', async (_name, thrown, message) => {
    const guard = new IntegrationCallGuard(chatSecrets());
    const result = await guard.executeWithGuards('primary-llm', 'chat', {}, configOf(), () => Promise.reject(thrown));
    expect(result).toMatchObject({ error: { code: 'PROVIDER_ERROR', message, retryable: false } });
  });

  it('may throw before it returns a promise', async () => {
    const guard = new IntegrationCallGuard(chatSecrets());
    const result = await guard.executeWithGuards('primary-llm', 'chat', {}, configOf(), () => {
      throw new TypeError('wrong argument');
    });
    expect(result).toMatchObject({ error: { code: 'PROVIDER_ERROR', message: 'wrong argument' } });
  });

  it.each([
    [{ status: 429 }, 'RATE_LIMITED', 429],
    [{ code: 401 }, 'AUTH_EXPIRED', 401],
    [{ response: { status: 503 } }, 'PROVIDER_ERROR', 503],
    [{ code: 14 }, 'PROVIDER_ERROR', undefined],
  ])('gets its code from %j when it has no text code', async (fields, code, httpStatus) => {
    const guard = new IntegrationCallGuard(chatSecrets());
    const error = Object.assign(new Error('failed'), fields);
    const result = await guard.executeWithGuards('primary-llm', 'chat', {}, configOf(), () => Promise.reject(error));
    expect(result.error?.code).toBe(code);
    expect(result.error?.httpStatus).toBe(httpStatus);
  });

  it('asks shouldRetry after every failure, the last included', async () => {
    const shouldRetry = vi.fn(() => true);
    const guard = new IntegrationCallGuard(chatSecrets(), { sleep: noWait, shouldRetry, maxAttempts: 2 });
    const error = new Error('no');
    await guard.executeWithGuards('primary-llm', 'chat', {}, configOf(), () => Promise.reject(error));
    expect(shouldRetry.mock.calls).toEqual([
      [error, 1],
      [error, 2],
    ]);
  });

  it('is not tried again when shouldRetry throws', async () => {
    const guard = new IntegrationCallGuard(chatSecrets(), {
      shouldRetry: () => {
        throw new Error('broken predicate');
      },
    });
    const executor = vi.fn().mockRejectedValue(new RetryableError('busy'));
    const result = await guard.executeWithGuards('primary-llm', 'chat', {}, configOf(), executor);
    expect(executor).toHaveBeenCalledTimes(1);
    expect(result).toMatchObject({ error: { message: 'busy', retryable: false } });
  });

  it('is repeated for an operation without idempotency only if the request never left', async () => {
    const guard = new IntegrationCallGuard(chatSecrets(), { sleep: noWait });
    const call = (code: string) => {
      const error = Object.assign(new RetryableError('failed'), { code });
      return guard.executeWithGuards('primary-llm', 'pay', {}, configOf(), () => Promise.reject(error), {
        idempotency: 'none',
      });
    };
    expect(await call('ECONNRESET')).toMatchObject({ metadata: { attempts: 1, stopReason: 'not-retryable' } });
    expect(await call('ECONNREFUSED')).toMatchObject({ metadata: { attempts: 3, stopReason: 'attempts' } });
  });
});

describe('a secret', () => {
  it.each([
    ['text, numbers and booleans', '{"apiKey":"k","port":5432,"tls":true}', { apiKey: 'k', port: '5432', tls: 'true' }],
    ['nested values as JSON text, nulls left out', '{"a":{"b":[1]},"c":null}', { a: '{"b":[1]}' }],
    ['plain text as the field "secret"', 'sk-plain', { secret: 'sk-plain' }],
    ['a JSON array as text', '[1]', { secret: '[1]' }],
    ['a field named __proto__ as a field', '{"__proto__":"x"}', JSON.parse('{"__proto__":"x"}')],
  ])('reaches the executor with %s', async (_name, text, expected) => {
    const spec = { ...integrationOf().spec, secretSchema: { schema: { type: 'object' } } };
    const guard = new IntegrationCallGuard(secretsOf(text));
    const result = await guard.executeWithGuards(
      'primary-llm',
      'chat',
      {},
      configOf(integrationOf({ spec })),
      async (_connection, secrets) => ({ ...secrets }),
    );
    expect(result.data).toEqual(expected);
  });

  it('in plain text fills the only field of the schema, without its trailing newline', async () => {
    const guard = new IntegrationCallGuard(secretsOf('sk-plain\n'));
    const result = await guard.executeWithGuards('primary-llm', 'chat', {}, configOf(), async (_c, secrets) => ({
      ...secrets,
    }));
    expect(result.data).toEqual({ apiKey: 'sk-plain', secret: 'sk-plain\n' });
  });

  it('in bytes is handed out as it is', async () => {
    const bytes = new Uint8Array([0x30, 0x82, 0xff, 0x00]);
    const spec = { ...integrationOf().spec, secretSchema: { schema: { type: 'object' } } };
    const guard = new IntegrationCallGuard(secretsOf(bytes));
    const result = await guard.executeWithGuards(
      'primary-llm',
      'sign',
      {},
      configOf(integrationOf({ spec })),
      async (_connection, secrets, context) => [Object.keys(secrets), context.secretBytes()],
    );
    expect(result.data).toEqual([[], bytes]);
  });

  it('that does not fit the schema is refused with every problem and no value', async () => {
    const guard = new IntegrationCallGuard(secretsOf('{"apiKey":"","extra":"canary-value-1"}'));
    const executor = vi.fn();
    const result = await guard.executeWithGuards('primary-llm', 'chat', {}, configOf(), executor);
    expect(result).toMatchObject({ error: { code: 'SECRET_INVALID', retryable: false }, metadata: { attempts: 0 } });
    expect(result.error?.message).toMatch(/\/apiKey/);
    expect(result.error?.message).toMatch(/extra/);
    expect(result.error?.message).not.toContain('canary-value-1');
    expect(executor).not.toHaveBeenCalled();
  });

  it('is read again for each call, so that a rotation is seen', async () => {
    let current = 'old-key-old-key';
    const provider = secretsThat(async () => ({
      data: new TextEncoder().encode(current),
      retrievedAt: new Date(0),
    }));
    const guard = new IntegrationCallGuard(provider);
    const read = () =>
      guard.executeWithGuards('primary-llm', 'chat', {}, configOf(), async (_c, secrets) => secrets['apiKey']);
    expect((await read()).data).toBe('old-key-old-key');
    current = 'new-key-new-key';
    expect((await read()).data).toBe('new-key-new-key');
  });

  it('that the provider refuses is read afresh once, and the call goes on if it has changed', async () => {
    const keys = ['stale-key-stale-key', 'fresh-key-fresh-key'];
    const refresh = vi.fn(async () => ({ data: new TextEncoder().encode(keys[1] ?? ''), retrievedAt: new Date(0) }));
    const provider = secretsThat(
      async () => ({ data: new TextEncoder().encode(keys[0] ?? ''), retrievedAt: new Date(0) }),
      { refresh },
    );
    const sink = new RecordingSink();
    const guard = new IntegrationCallGuard(provider, { telemetry: sink });
    const used: (string | undefined)[] = [];
    const result = await guard.executeWithGuards('primary-llm', 'chat', {}, configOf(), async (_c, secrets) => {
      used.push(secrets['apiKey']);
      if (secrets['apiKey'] === keys[0]) throw Object.assign(new Error('unauthorized'), { status: 401 });
      return 'ok';
    });
    expect(result).toMatchObject({ success: true, data: 'ok', metadata: { attempts: 2 } });
    expect(used).toEqual(keys);
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(sink.attempts.map(({ errorCode, willRetry }) => ({ errorCode, willRetry }))).toEqual([
      { errorCode: 'AUTH_EXPIRED', willRetry: true },
      { errorCode: undefined, willRetry: false },
    ]);
  });

  it('that the provider refuses and that has not changed ends the call', async () => {
    const guard = new IntegrationCallGuard(chatSecrets());
    const executor = vi.fn().mockRejectedValue(Object.assign(new Error('unauthorized'), { status: 401 }));
    const result = await guard.executeWithGuards('primary-llm', 'chat', {}, configOf(), executor);
    expect(executor).toHaveBeenCalledTimes(1);
    expect(result).toMatchObject({ error: { code: 'AUTH_EXPIRED', httpStatus: 401, class: 'auth' } });
  });
});
