import { type CallOptions, iterate, type Page, type PagedItems } from '@mortise/core';
import type { HealthProvider } from './health-provider.ts';
import type { HealthEntityType, HealthRecordByType } from './model/entity.ts';
import type { HealthListActivitiesParams, HealthListBiometricsParams, HealthListMeta } from './model/list.ts';

/** The lists of a provider, each as a page of records under one name. */
const LISTS: {
  readonly [Type in HealthEntityType]: (
    provider: HealthProvider,
    params: HealthListBiometricsParams,
    options?: CallOptions,
  ) => Promise<Page<HealthRecordByType[Type]>>;
} = {
  activity: async (provider, params, options) => {
    const result = await provider.listActivities(withoutMetrics(params), options);
    return pageOf(result.activities, result);
  },
  workout: async (provider, params, options) => {
    const result = await provider.listWorkouts(withoutMetrics(params), options);
    return pageOf(result.workouts, result);
  },
  sleep: async (provider, params, options) => {
    const result = await provider.listSleep(withoutMetrics(params), options);
    return pageOf(result.sleep, result);
  },
  biometric: async (provider, params, options) => {
    const result = await provider.listBiometrics(params, options);
    return pageOf(result.biometrics, result);
  },
  nutrition: async (provider, params, options) => {
    const result = await provider.listNutrition(withoutMetrics(params), options);
    return pageOf(result.nutrition, result);
  },
};

/** One page of any of the five lists. A provider that tells `hasMore` by its cursor alone is understood. */
export function listHealthPage<Type extends HealthEntityType>(
  provider: HealthProvider,
  entityType: Type,
  params: HealthListBiometricsParams,
  options?: CallOptions,
): Promise<Page<HealthRecordByType[Type]>> {
  return LISTS[entityType](provider, params, options);
}

/**
 * Every record of a list, read page by page as it is asked for. Can be gone through once.
 *
 * @throws {IntegrationError} While reading: that of the list; `provider_error` for a cursor that comes back.
 */
export function iterateHealthRecords<Type extends HealthEntityType>(
  provider: HealthProvider,
  entityType: Type,
  params: Omit<HealthListBiometricsParams, 'cursor'>,
  options: CallOptions = {},
): PagedItems<HealthRecordByType[Type]> {
  return iterate(
    (cursor, signal) =>
      listHealthPage(
        provider,
        entityType,
        { ...params, ...(cursor === undefined ? {} : { cursor }) },
        { ...options, signal },
      ),
    options.signal === undefined ? {} : { signal: options.signal },
  );
}

function withoutMetrics(params: HealthListBiometricsParams): HealthListActivitiesParams {
  const { metricTypes: _metricTypes, ...others } = params;
  return others;
}

function pageOf<Item>(items: readonly Item[], { nextCursor, hasMore, warnings }: HealthListMeta): Page<Item> {
  const goesOn = nextCursor !== undefined && nextCursor !== '' && hasMore !== false;
  return {
    items,
    hasMore: goesOn,
    ...(goesOn ? { nextCursor } : {}),
    ...(warnings === undefined ? {} : { warnings }),
  };
}
