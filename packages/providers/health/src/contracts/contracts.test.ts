import { IntegrationError, type Redactor } from '@mortise/core';
import { type OperationContext, OperationSpecRegistry, type OperationTelemetryEvent } from '@mortise/core/operations';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { HealthFeature } from '../health.feature.ts';
import { sampleSleep } from '../testing/sample-records.ts';
import { HEALTH_TELEMETRY_EVENTS } from '../telemetry/telemetry-events.ts';
import * as contracts from './index.ts';
import {
  HealthListBiometrics,
  HealthListSleep,
  type HealthListSleepInput,
  type HealthListSleepOutput,
  HealthSyncSleep,
  HealthWebhookIngest,
  registerHealthContracts,
  resolveHealthUserId,
} from './index.ts';

/** `[key, export, kind, auth, success, failure]` */
const OPERATIONS = [
  ['activities', 'Activities', 'Activity'],
  ['workouts', 'Workouts', 'Workout'],
  ['sleep', 'Sleep', 'Sleep'],
  ['biometrics', 'Biometrics', 'Biometric'],
  ['nutrition', 'Nutrition', 'Nutrition'],
] as const;

const registry = () => registerHealthContracts(new OperationSpecRegistry());
const USER: OperationContext = { actor: 'user', tenantId: 'tenant-a', userId: 'user-a' };
const ADMIN: OperationContext = { actor: 'admin', tenantId: 'tenant-a' };

const night = { ...sampleSleep('night').record, createdAt: '2026-03-03T00:00:00Z', updatedAt: '2026-03-03T00:00:00Z' };

describe('the health operations', () => {
  it('are eleven, registered as they are in their order, and the registry returned', () => {
    const empty = new OperationSpecRegistry();
    expect(registerHealthContracts(empty)).toBe(empty);
    const keys = empty.list().map(({ meta }) => meta.key);
    expect(keys).toEqual([
      ...OPERATIONS.flatMap(([area]) => [`health.${area}.list`, `health.${area}.sync`]),
      'health.webhooks.ingest',
    ]);
    expect(HealthFeature.operations).toEqual(keys.map((key) => ({ key, version: '1.0.0' })));
    expect(() => registerHealthContracts(empty)).toThrow(/health\.activities\.list/);
  });

  it.each(OPERATIONS)('of %s are exported under their names, with maps and registrars', (area, plural, singular) => {
    const list: unknown = Reflect.get(contracts, `HealthList${plural}`);
    const sync: unknown = Reflect.get(contracts, `HealthSync${plural}`);
    const all = registry();
    expect(all.get(`health.${area}.list`, '1.0.0')).toBe(list);
    expect(all.get(`health.${area}.sync`, '1.0.0')).toBe(sync);
    expect(Reflect.get(contracts, `health${singular}Contracts`)).toEqual({
      [`HealthList${plural}`]: list,
      [`HealthSync${plural}`]: sync,
    });
    const register: unknown = Reflect.get(contracts, `registerHealth${singular}Contracts`);
    const own = new OperationSpecRegistry();
    expect(typeof register === 'function' && Reflect.apply(register, undefined, [own])).toBe(own);
    expect(own.list()).toEqual([list, sync]);
    for (const name of [
      `HealthList${plural}Input`,
      `HealthList${plural}Output`,
      `HealthSync${plural}Input`,
      `HealthSync${plural}Output`,
    ]) {
      expect(Reflect.get(contracts, name)).toMatchObject({ type: 'object', title: name, additionalProperties: false });
    }
    expect(list).toMatchObject({
      meta: {
        kind: 'query',
        stability: 'experimental',
        owners: ['@platform.integrations'],
        tags: ['health', area, 'wearables'],
      },
      policy: { auth: 'user', idempotent: true, tenantScoped: true },
      capability: { key: `health.${area}.read`, version: '1.0.0' },
    });
    expect(sync).toMatchObject({
      meta: { kind: 'command' },
      policy: { auth: 'admin', tenantScoped: true, destructive: false },
      telemetry: {
        success: { event: { key: Reflect.get(HEALTH_TELEMETRY_EVENTS, `${area}Synced`) } },
        failure: { event: { key: Reflect.get(HEALTH_TELEMETRY_EVENTS, `${area}SyncFailed`) } },
      },
    });
  });

  it('of webhooks is one', () => {
    expect(contracts.healthWebhookContracts).toEqual({ HealthWebhookIngest });
    expect(contracts.registerHealthWebhookContracts(new OperationSpecRegistry()).list()).toEqual([HealthWebhookIngest]);
    expect(HealthWebhookIngest).toMatchObject({
      meta: { key: 'health.webhooks.ingest', kind: 'command', tags: ['health', 'webhooks', 'integrations'] },
      policy: { auth: 'admin' },
    });
  });
});

describe('a list', () => {
  it('takes and gives dates that survive JSON, and takes Date objects of older callers', async () => {
    const seen: HealthListSleepInput[] = [];
    const bound = registry().bind(HealthListSleep, (input) => {
      seen.push(input);
      return { sleep: [night], hasMore: false };
    });
    const from = '2026-03-01T00:00:00+01:00';
    const text = await bound.execute(
      'health.sleep.list',
      undefined,
      JSON.parse(JSON.stringify({ tenantId: 'tenant-a', from })),
      USER,
    );
    const dates = await bound.execute(
      'health.sleep.list',
      '1.0.0',
      { tenantId: 'tenant-a', from: new Date(from) },
      USER,
    );
    expect(seen.map((input) => input.from)).toEqual([from, '2026-02-28T23:00:00.000Z']);
    expect(text).toEqual(dates);
    expect(JSON.parse(JSON.stringify(text))).toEqual({ sleep: [night], hasMore: false });
  });

  it.each([
    ['an instant without an offset', { from: '2026-03-01T00:00:00' }],
    ['a day', { to: '2026-03-01' }],
    ['an empty tenant', { tenantId: '' }],
    ['an endless page', { pageSize: 1_000_000 }],
    ['a negative page', { pageSize: -1 }],
    ['a field of another name', { userid: 'user-b' }],
  ])('refuses %s', async (_what, fields) => {
    const bound = registry().bind(HealthListSleep, () => ({ sleep: [] }));
    const call = bound.execute('health.sleep.list', undefined, { tenantId: 'tenant-a', ...fields }, USER);
    await expect(call).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('is a wall between tenants', async () => {
    const bound = registry().bind(HealthListSleep, () => ({ sleep: [] }));
    const call = (context: OperationContext) =>
      bound.execute('health.sleep.list', undefined, { tenantId: 'tenant-a' }, context);
    await expect(call({ ...USER, tenantId: 'tenant-b' })).rejects.toMatchObject({ code: 'TENANT_MISMATCH' });
    await expect(call({ actor: 'user' })).rejects.toMatchObject({ code: 'TENANT_REQUIRED' });
    await expect(call({ ...USER, actor: 'anonymous' })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('gives nothing that its contract does not know', async () => {
    const bound = registry().bind(HealthListSleep, () => {
      const extended: HealthListSleepOutput = JSON.parse(JSON.stringify({ sleep: [{ ...night, secretNote: 'x' }] }));
      return extended;
    });
    await expect(bound.execute('health.sleep.list', undefined, { tenantId: 'tenant-a' }, USER)).rejects.toMatchObject({
      code: 'INVALID_OUTPUT',
    });
  });

  it('of measurements takes metrics, and only that one', async () => {
    const bound = registry()
      .bind(HealthListBiometrics, () => ({ biometrics: [] }))
      .bind(HealthListSleep, () => ({ sleep: [] }));
    const input = { tenantId: 'tenant-a', metricTypes: ['heart_rate'] };
    await expect(bound.execute('health.biometrics.list', undefined, input, USER)).resolves.toEqual({ biometrics: [] });
    await expect(bound.execute('health.sleep.list', undefined, input, USER)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });
});

describe('resolveHealthUserId', () => {
  it.each([
    ['an administrator who names nobody', {}, ADMIN, undefined],
    ['an administrator who names somebody', { userId: 'user-b' }, ADMIN, 'user-b'],
    ['a user who names nobody', {}, USER, 'user-a'],
    ['a user who names themselves', { userId: 'user-a' }, USER, 'user-a'],
  ])('for %s', (_who, input, context, expected) => {
    expect(resolveHealthUserId(input, context)).toBe(expected);
  });

  it.each([
    ['a user who names somebody else', { userId: 'user-b' }, USER],
    ['a user whom nobody knows', {}, { actor: 'user' as const }],
    ['a user without a name', {}, { actor: 'user' as const, userId: '' }],
    ['nobody', { userId: 'user-a' }, {}],
  ])('refuses %s', (_who, input, context) => {
    expect(() => resolveHealthUserId(input, context)).toThrow(expect.objectContaining({ code: 'FORBIDDEN_USER' }));
  });

  it('refuses in a way that the contract declares', async () => {
    const bound = registry().bind(HealthListSleep, (input, context) => {
      resolveHealthUserId(input, context);
      return { sleep: [] };
    });
    const call = bound.execute('health.sleep.list', undefined, { tenantId: 'tenant-a', userId: 'user-b' }, USER);
    await expect(call).rejects.toMatchObject({ code: 'OPERATION_FAILED', declaredCode: 'FORBIDDEN_USER' });
  });
});

describe('telemetry of the operations', () => {
  const canaries = ['CANARY-61-bpm', 'ada@example.com', 'night-external-id'];
  // Lets everything through, so that only what the contract sends is judged.
  const redactor: Redactor = { text: (input) => input, value: (input) => input };
  const collect = () => {
    const events: OperationTelemetryEvent[] = [];
    return {
      events,
      context: { ...ADMIN, redactor, emit: (event: OperationTelemetryEvent) => void events.push(event) },
    };
  };

  it('holds counts of a sync, and no value of any record', async () => {
    const { events, context } = collect();
    const bound = registry().bind(HealthSyncSleep, () => ({
      synced: 3,
      failed: 1,
      hasMore: true,
      errors: canaries,
      failures: [
        { entityType: 'sleep' as const, externalId: 'night-external-id', code: 'x', message: 'CANARY-61-bpm' },
      ],
    }));
    const input = { tenantId: 'tenant-a', userId: 'ada@example.com', from: '2026-03-01T00:00:00Z' };
    await bound.execute('health.sleep.sync', undefined, input, context);
    expect(events).toMatchObject([
      { key: 'health.sleep.synced', properties: { syncedCount: 3, failedCount: 1, hasMore: true } },
    ]);
    for (const canary of canaries) expect(JSON.stringify(events)).not.toContain(canary);
  });

  it('holds the code of a failure, and nothing of its message', async () => {
    const { events, context } = collect();
    const bound = registry().bind(HealthSyncSleep, () => {
      throw new IntegrationError({ code: 'rate_limited', message: canaries.join(' ') });
    });
    const call = bound.execute('health.sleep.sync', undefined, { tenantId: 'tenant-a' }, context);
    await expect(call).rejects.toMatchObject({ code: 'OPERATION_FAILED' });
    expect(events).toMatchObject([{ key: 'health.sleep.sync_failed', properties: { errorCode: 'OPERATION_FAILED' } }]);
    for (const canary of canaries) expect(JSON.stringify(events)).not.toContain(canary);
  });

  it('holds the number of events of a delivery, and nothing of its body or headers', async () => {
    const { events, context } = collect();
    const event = { providerKey: 'health.oura', payload: { canaries }, externalEntityId: 'night-external-id' };
    const bound = registry().bind(HealthWebhookIngest, () => ({ accepted: true, event, events: [event, event] }));
    const input = {
      tenantId: 'tenant-a',
      providerKey: 'health.oura',
      headers: { 'x-oura-signature': 'CANARY-61-bpm', 'x-two': ['a', 'b'] },
      rawBody: canaries.join(),
    };
    await bound.execute('health.webhooks.ingest', undefined, input, context);
    expect(events).toMatchObject([
      { key: 'health.webhooks.received', properties: { providerKey: 'health.oura', accepted: true, eventCount: 2 } },
    ]);
    for (const canary of canaries) expect(JSON.stringify(events)).not.toContain(canary);
  });
});

it('types inputs and outputs', () => {
  expectTypeOf<HealthListSleepInput['from']>().toEqualTypeOf<string | undefined>();
  expectTypeOf<HealthListSleepOutput['sleep'][number]['startedAt']>().toEqualTypeOf<string>();
});
