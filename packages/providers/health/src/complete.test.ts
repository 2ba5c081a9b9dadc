import { IntegrationError, supports } from '@mortise/core';
import { describe, expect, it } from 'vitest';
import { complete } from './complete.ts';
import type { HealthProvider } from './health-provider.ts';
import { iterateHealthRecords, listHealthPage } from './list-page.ts';
import type { HealthEntity } from './model/entity.ts';
import type { HealthWebhookEvent } from './model/webhook.ts';
import { seedCompat } from './seed-compat.ts';
import { InMemoryHealthProvider } from './testing/in-memory-health-provider.ts';
import { InMemoryHealthVendor } from './testing/in-memory-vendor.ts';
import { hourlyActivities, sampleBiometric, SCOPE } from './testing/sample-records.ts';

const SCOPED = { tenantId: SCOPE.tenantId, connectionId: SCOPE.connectionId };
const REQUEST = { headers: {}, rawBody: '{}' };

/** A provider with nothing but what the interface demands. */
function bare(extra: Partial<HealthProvider> = {}, records: HealthEntity[] = hourlyActivities(5)): HealthProvider {
  const provider = new InMemoryHealthProvider({ vendor: new InMemoryHealthVendor(records) });
  return {
    listActivities: ({ pageSize, ...params }, options) =>
      provider.listActivities({ ...params, pageSize: pageSize ?? 2 }, options),
    listWorkouts: (...call) => provider.listWorkouts(...call),
    listSleep: (...call) => provider.listSleep(...call),
    listBiometrics: (...call) => provider.listBiometrics(...call),
    listNutrition: (...call) => provider.listNutrition(...call),
    getConnectionStatus: (...call) => provider.getConnectionStatus(...call),
    ...extra,
  };
}

const event = (entityType?: HealthWebhookEvent['entityType']): HealthWebhookEvent => ({
  providerKey: 'health.oura',
  eventType: 'x.updated',
  ...(entityType === undefined ? {} : { entityType }),
});

describe('complete', () => {
  it('syncs from the lists into the store that it is given', async () => {
    const stored: HealthEntity[] = [];
    const provider = complete(bare(), { store: async (entity) => void stored.push(entity) });
    expect(await provider.syncActivities(SCOPED)).toMatchObject({ synced: 5, failed: 0, hasMore: false });
    expect(stored).toHaveLength(5);
    expect(await provider.syncSleep({ ...SCOPED, forceFullRefresh: true })).toMatchObject({ synced: 0 });
  });

  it('goes on from a cursor, and starts over where told to', async () => {
    const provider = complete(bare(), { store: async () => {} });
    const { nextCursor } = await provider.listActivities({ ...SCOPED, pageSize: 2 });
    const cursor = nextCursor ?? '';
    expect(await provider.syncActivities({ ...SCOPED, cursor })).toMatchObject({ synced: 3 });
    expect(await provider.syncActivities({ ...SCOPED, cursor, forceFullRefresh: true })).toMatchObject({ synced: 5 });
  });

  it.each([
    'syncActivities',
    'syncNutrition',
    'parseWebhook',
    'parseWebhookAll',
    'verifyWebhook',
    'listDailySummaries',
    'getCoverage',
    'listChanges',
    'startBackfill',
    'getBackfill',
    'deleteUserData',
  ] as const)('rejects %s as unsupported where nobody has it', async (method) => {
    const call: unknown = Reflect.get(complete(bare()), method);
    const result = typeof call === 'function' ? Reflect.apply(call, undefined, [REQUEST]) : undefined;
    await expect(result).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('never takes a delivery for genuine that nobody can verify', async () => {
    await expect(complete(bare()).verifyWebhook(REQUEST)).rejects.toBeInstanceOf(IntegrationError);
  });

  it('uses what the provider has, bound to it', async () => {
    const provider = new InMemoryHealthProvider({
      vendor: new InMemoryHealthVendor(hourlyActivities(1)),
      webhookSecrets: ['secret'],
    });
    const whole = complete(provider);
    expect(whole.capabilities).toBe(provider.capabilities);
    expect(await whole.verifyWebhook(REQUEST)).toBe(false);
    expect((await whole.listChanges(SCOPED)).upserted).toHaveLength(1);
    expect(supports(whole, 'syncSleep')).toBe(false);
  });

  it('makes series of all measurements in the window, as one page', async () => {
    const measurements = [61, 63].map((value, index) =>
      sampleBiometric(String(index), { value, measuredAt: `2026-03-02T08:0${index}:00Z` }),
    );
    const provider = complete(bare({}, measurements));
    const params = {
      ...SCOPED,
      metricTypes: ['heart_rate'],
      from: '2026-03-02T08:00:00Z',
      to: '2026-03-02T09:00:00Z',
      resolution: '1h' as const,
    };
    expect(await provider.listTimeSeries(params)).toMatchObject({
      hasMore: false,
      items: [
        { metricType: 'heart_rate', aggregation: 'avg', points: [{ at: '2026-03-02T08:00:00.000Z', value: 62 }] },
      ],
    });
    const again = provider.listTimeSeries({ ...params, cursor: 'c' });
    await expect(again).rejects.toMatchObject({ code: 'invalid_request', field: 'cursor' });
  });

  it('makes many events of one', async () => {
    const provider = complete(bare({ parseWebhook: async () => event('sleep') }));
    expect(await provider.parseWebhookAll(REQUEST)).toEqual([event('sleep')]);
  });
});

describe('iterateHealthRecords', () => {
  it('gives every record of every page', async () => {
    const ids: string[] = [];
    for await (const { externalId } of iterateHealthRecords(bare(), 'activity', SCOPED)) ids.push(externalId);
    expect(ids).toEqual(['hour-00', 'hour-01', 'hour-02', 'hour-03', 'hour-04']);
  });

  it('ends with its caller', async () => {
    const records = iterateHealthRecords(bare(), 'activity', SCOPED, { signal: AbortSignal.abort() });
    await expect(records[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'aborted' });
  });

  it('understands a provider that tells of more by its cursor alone, or says that there is none', async () => {
    const page = (result: object) =>
      listHealthPage(bare({ listSleep: async () => ({ sleep: [], ...result }) }), 'sleep', SCOPED);
    expect(await page({ nextCursor: 'c' })).toEqual({ items: [], hasMore: true, nextCursor: 'c' });
    expect(await page({ nextCursor: '' })).toEqual({ items: [], hasMore: false });
    expect(await page({ nextCursor: 'c', hasMore: false })).toEqual({ items: [], hasMore: false });
    expect(await page({})).toEqual({ items: [], hasMore: false });
  });
});

describe('seedCompat', () => {
  it.each(['activity', 'workout', 'sleep', 'biometric', 'nutrition'] as const)(
    'keeps an event about %s',
    async (kind) => {
      const provider = seedCompat(bare({ parseWebhook: async () => event(kind) }));
      expect(await provider.parseWebhook?.(REQUEST)).toEqual(event(kind));
    },
  );

  it.each(['menstrual_cycle', 'series', 'connection'] as const)(
    'leaves the kind %s out and keeps the rest',
    async (kind) => {
      const provider = seedCompat(bare({ parseWebhook: async () => event(kind) }));
      expect(await provider.parseWebhook?.(REQUEST)).toEqual(event());
    },
  );

  it('adds no method that the provider lacks, and passes on those that it has', async () => {
    expect(Object.keys(seedCompat(bare())).sort()).toEqual(Object.keys(bare()).sort());
    const provider = seedCompat(
      bare({ verifyWebhook: async () => false, syncSleep: async () => ({ synced: 1, failed: 0 }) }),
    );
    expect(await provider.verifyWebhook?.(REQUEST)).toBe(false);
    expect(await provider.syncSleep?.(SCOPED)).toEqual({ synced: 1, failed: 0 });
    expect((await provider.listActivities(SCOPED)).activities).toHaveLength(2);
  });
});
