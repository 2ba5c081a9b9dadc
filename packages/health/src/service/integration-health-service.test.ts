import type { IntegrationTelemetryEvent } from '@mortise/runtime';
import { describe, expect, it, vi } from 'vitest';
import { connectionOf, specOf, virtualClock } from '../__fixtures__/example.ts';
import { type IntegrationContext, IntegrationHealthService } from './integration-health-service.ts';

const context: IntegrationContext = {
  tenantId: 'acme',
  appId: 'app',
  environment: 'test',
  slotId: 'crm',
  spec: specOf(),
  connection: connectionOf(),
  trace: { blueprintName: 'app', blueprintVersion: '2.0.0', configVersion: '7' },
};

/** A wall clock that gives these times, one for each question. */
function times(...moments: readonly number[]): () => Date {
  let asked = 0;
  return () => new Date(moments[asked++] ?? Number.NaN);
}

function recording() {
  const events: IntegrationTelemetryEvent[] = [];
  return { events, telemetry: { record: (event: IntegrationTelemetryEvent) => void events.push(event) } };
}

describe('IntegrationHealthService', () => {
  it('finds a connection whose executor resolves connected, and reports it once', async () => {
    const { events, telemetry } = recording();
    const service = new IntegrationHealthService({ telemetry, now: times(1000, 1250) });
    const executor = vi.fn(() => Promise.resolve());
    expect(await service.check(context, executor)).toEqual({
      status: 'connected',
      checkedAt: new Date(1250),
      latencyMs: 250,
    });
    expect(executor).toHaveBeenCalledWith(context, { signal: expect.any(AbortSignal) });
    expect(events).toEqual([
      {
        tenantId: 'acme',
        appId: 'app',
        environment: 'test',
        slotId: 'crm',
        integrationKey: 'crm.example',
        integrationVersion: '1.0.0',
        connectionId: 'c1',
        status: 'success',
        durationMs: 250,
        occurredAt: new Date(1250),
        metadata: { status: 'connected', blueprint: 'app.v2.0.0', configVersion: '7' },
      },
    ]);
  });

  it.each([
    [Object.assign(new Error('no such key'), { code: 'BAD_KEY' }), 'no such key', 'BAD_KEY'],
    [Object.assign(new Error('refused'), { code: 401 }), 'refused', '401'],
    [new Error('plain'), 'plain', undefined],
    ['a text', 'a text', undefined],
    [undefined, 'undefined', undefined],
    [{ code: 'ONLY_CODE', toString: () => 'an object' }, 'an object', 'ONLY_CODE'],
  ])('finds an error where the executor rejects with %o', async (thrown, errorMessage, errorCode) => {
    const { events, telemetry } = recording();
    const service = new IntegrationHealthService({ telemetry, now: times(0, 5) });
    const result = await service.check(context, () => Promise.reject(thrown));
    expect(result).toEqual({
      status: 'error',
      checkedAt: new Date(5),
      latencyMs: 5,
      errorMessage,
      ...(errorCode === undefined ? {} : { errorCode }),
    });
    expect(events).toMatchObject([{ status: 'error', errorMessage, metadata: { status: 'error' } }]);
    expect(events[0]?.errorCode).toBe(errorCode);
  });

  it('reads an executor that throws, and an error that cannot be read', async () => {
    const service = new IntegrationHealthService();
    const throwing = await service.check(context, () => {
      throw new Error('at once');
    });
    expect(throwing).toMatchObject({ status: 'error', errorMessage: 'at once' });
    const hostile = {
      toString: () => {
        throw new Error('no');
      },
      get code() {
        throw new Error('no');
      },
    };
    expect(await service.check(context, () => Promise.reject(hostile))).toMatchObject({
      status: 'error',
      errorMessage: 'The error could not be read',
    });
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('sink');
      },
    ],
    ['rejects', () => Promise.reject(new Error('sink'))],
  ])('finds the same when the sink %s, and tells of it once', async (_name, record) => {
    const onTelemetryError = vi.fn(() => {
      throw new Error('the hook as well');
    });
    const service = new IntegrationHealthService({ telemetry: { record }, onTelemetryError });
    expect(await service.check(context, () => Promise.resolve())).toMatchObject({ status: 'connected' });
    await Promise.resolve();
    expect(onTelemetryError).toHaveBeenCalledTimes(1);
  });

  it('ends a check after the time that the spec gives, and aborts it', async () => {
    const { fake, clock } = virtualClock();
    const service = new IntegrationHealthService({ clock });
    let signal: AbortSignal | undefined;
    const result = await fake.settle(
      service.check(context, (_context, call) => {
        ({ signal } = call);
        return new Promise(() => undefined);
      }),
    );
    expect(result).toMatchObject({ status: 'error', errorCode: 'timeout', latencyMs: 4000 });
    expect(signal?.aborted).toBe(true);
    expect(fake.pendingTimers).toBe(0);
  });

  it('never finds a negative latency, whatever the wall clock does', async () => {
    const backwards = new IntegrationHealthService({ now: times(5000, 1000) });
    expect(await backwards.check(context, () => Promise.resolve())).toMatchObject({ latencyMs: 0 });
    const { fake, clock } = virtualClock();
    const service = new IntegrationHealthService({ clock, now: times(5000, 1000) });
    const checking = service.check(context, async () => {
      await fake.sleep(30);
    });
    expect(await fake.settle(checking)).toMatchObject({ latencyMs: 30, checkedAt: new Date(1000) });
  });

  it('passes on what the executor tells', async () => {
    const service = new IntegrationHealthService();
    const result = await service.check(context, () => Promise.resolve({ plan: 'pro' }));
    expect(result.metadata).toEqual({ plan: 'pro' });
  });

  it('takes what looks like a secret out of messages', async () => {
    const { events, telemetry } = recording();
    const service = new IntegrationHealthService({ telemetry });
    const leaking = () => Promise.reject(new Error('401 for Authorization: Bearer sk-live-0123456789abcdef0123456789'));
    const result = await service.check(context, leaking);
    expect(JSON.stringify([result, events])).not.toContain('0123456789abcdef');
  });

  it('leaves out what the context does not say', async () => {
    const { events, telemetry } = recording();
    const { tenantId, appId, spec, connection } = context;
    await new IntegrationHealthService({ telemetry }).check({ tenantId, appId, spec, connection }, () =>
      Promise.resolve(),
    );
    expect(events[0]).not.toHaveProperty('slotId');
    expect(events[0]?.metadata).toEqual({ status: 'connected' });
  });
});
