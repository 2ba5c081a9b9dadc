import { type CallOptions, IntegrationError, type Page } from '@mortise/core';
import type { HealthProvider } from './health-provider.ts';
import { iterateHealthRecords, listHealthPage } from './list-page.ts';
import { timeSeriesOf } from './merge/time-series.ts';
import type { HealthBiometric } from './model/biometric.ts';
import type { HealthEntityType } from './model/entity.ts';
import type { HealthListTimeSeriesParams, HealthSeries } from './model/series.ts';
import type { HealthSyncRequest, HealthSyncResult } from './model/sync.ts';
import { type StoreHealthRecord, syncFromPages } from './records/sync-from-pages.ts';

/** A provider with every optional method in place. */
export type CompleteHealthProvider = HealthProvider & Required<Omit<HealthProvider, 'capabilities'>>;

export interface CompleteHealthOptions {
  /**
   * Where the sync methods put what they read, for a provider that has none of its own. Absent: they reject with
   * `unsupported`, since a sync that stores nothing is none.
   */
  readonly store?: StoreHealthRecord;
}

/**
 * Fills in what a provider lacks: syncs from its lists where there is a `store`, `listTimeSeries` from all measurements
 * of its window, as one page, `parseWebhookAll` from `parseWebhook`.
 * Every other method that is missing rejects with code `unsupported`: `verifyWebhook` too, since nothing was verified.
 * Methods that the provider has are used as they are.
 */
export function complete(provider: HealthProvider, { store }: CompleteHealthOptions = {}): CompleteHealthProvider {
  const { capabilities } = provider;
  const sync = (entityType: HealthEntityType, method: keyof HealthProvider) =>
    store === undefined
      ? () => unsupported(method)
      : (request: HealthSyncRequest, options?: CallOptions) =>
          syncList({ provider, entityType, store, request, ...(options === undefined ? {} : { options }) });
  return {
    ...(capabilities === undefined ? {} : { capabilities }),
    listActivities: (params, options) => provider.listActivities(params, options),
    listWorkouts: (params, options) => provider.listWorkouts(params, options),
    listSleep: (params, options) => provider.listSleep(params, options),
    listBiometrics: (params, options) => provider.listBiometrics(params, options),
    listNutrition: (params, options) => provider.listNutrition(params, options),
    getConnectionStatus: (params, options) => provider.getConnectionStatus(params, options),
    syncActivities: provider.syncActivities?.bind(provider) ?? sync('activity', 'syncActivities'),
    syncWorkouts: provider.syncWorkouts?.bind(provider) ?? sync('workout', 'syncWorkouts'),
    syncSleep: provider.syncSleep?.bind(provider) ?? sync('sleep', 'syncSleep'),
    syncBiometrics: provider.syncBiometrics?.bind(provider) ?? sync('biometric', 'syncBiometrics'),
    syncNutrition: provider.syncNutrition?.bind(provider) ?? sync('nutrition', 'syncNutrition'),
    parseWebhook: provider.parseWebhook?.bind(provider) ?? (() => unsupported('parseWebhook')),
    parseWebhookAll: provider.parseWebhookAll?.bind(provider) ?? parseOne(provider),
    verifyWebhook: provider.verifyWebhook?.bind(provider) ?? (() => unsupported('verifyWebhook')),
    listTimeSeries:
      provider.listTimeSeries?.bind(provider) ?? ((params, options) => listTimeSeries(provider, params, options)),
    listDailySummaries: provider.listDailySummaries?.bind(provider) ?? (() => unsupported('listDailySummaries')),
    getCoverage: provider.getCoverage?.bind(provider) ?? (() => unsupported('getCoverage')),
    listChanges: provider.listChanges?.bind(provider) ?? (() => unsupported('listChanges')),
    startBackfill: provider.startBackfill?.bind(provider) ?? (() => unsupported('startBackfill')),
    getBackfill: provider.getBackfill?.bind(provider) ?? (() => unsupported('getBackfill')),
    deleteUserData: provider.deleteUserData?.bind(provider) ?? (() => unsupported('deleteUserData')),
  };
}

interface SyncListOptions {
  readonly provider: HealthProvider;
  readonly entityType: HealthEntityType;
  readonly store: StoreHealthRecord;
  readonly request: HealthSyncRequest;
  readonly options?: CallOptions;
}

function syncList({ provider, entityType, store, request, options }: SyncListOptions): Promise<HealthSyncResult> {
  const { cursor, forceFullRefresh, ...filter } = request;
  return syncFromPages({
    entityType,
    // Starting over means not going on from anywhere.
    ...(cursor === undefined || forceFullRefresh === true ? {} : { cursor }),
    fetchPage: (next) =>
      listHealthPage(provider, entityType, { ...filter, ...(next === undefined ? {} : { cursor: next }) }, options),
    store,
    ...(options?.signal === undefined ? {} : { signal: options.signal }),
  });
}

async function listTimeSeries(
  provider: HealthProvider,
  params: HealthListTimeSeriesParams,
  options: CallOptions = {},
): Promise<Page<HealthSeries>> {
  const { resolution: _resolution, aggregation: _aggregation, cursor, pageSize: _pageSize, ...filter } = params;
  if (cursor !== undefined) {
    throw new IntegrationError({
      code: 'invalid_request',
      field: 'cursor',
      message: 'cursor: all series are on the first page, which gave none',
    });
  }
  const records: HealthBiometric[] = [];
  for await (const record of iterateHealthRecords(provider, 'biometric', filter, options)) records.push(record);
  return { items: timeSeriesOf(records, params), hasMore: false };
}

function parseOne(provider: HealthProvider): CompleteHealthProvider['parseWebhookAll'] {
  return async (request) =>
    provider.parseWebhook === undefined ? unsupported('parseWebhookAll') : [await provider.parseWebhook(request)];
}

function unsupported(method: keyof HealthProvider): Promise<never> {
  return Promise.reject(
    new IntegrationError({ code: 'unsupported', message: `This provider has no ${method}; see its capabilities` }),
  );
}
