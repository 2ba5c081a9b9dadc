import {
  type CallOptions,
  type Changes,
  IntegrationError,
  type Page,
  sleep as realSleep,
  type Sleep,
  type WebhookRequest,
} from '@mortise/core';
import type { HealthProvider } from '../health-provider.ts';
import { doubtBiometric, normalizeBiometric } from '../metrics/normalize-biometric.ts';
import type { HealthCapabilities } from '../model/capabilities.ts';
import type { HealthConnectionStatus, HealthGetConnectionStatusParams } from '../model/connection-status.ts';
import type { HealthEntity, HealthEntityType, HealthRecordByType } from '../model/entity.ts';
import type {
  HealthListActivitiesParams,
  HealthListActivitiesResult,
  HealthListBiometricsParams,
  HealthListBiometricsResult,
  HealthListMeta,
  HealthListNutritionResult,
  HealthListSleepResult,
  HealthListWorkoutsResult,
} from '../model/list.ts';
import type { HealthDeletion, HealthListChangesParams, HealthScopeParams } from '../model/series.ts';
import type { HealthDataSource } from '../model/source.ts';
import type { HealthSyncRequest, HealthSyncResult } from '../model/sync.ts';
import type { HealthWebhookEvent } from '../model/webhook.ts';
import { type StoreHealthRecord, syncFromPages } from '../records/sync-from-pages.ts';
import { isInWindow, recordTimeOf } from '../time/record-time.ts';
import { boundedCall } from './bounded-call.ts';
import { isGenuine, readEvents } from './in-memory-webhooks.ts';
import type { InMemoryHealthVendor } from './in-memory-vendor.ts';
import { createCursorTest, writeCursor } from './list-cursor.ts';

export interface InMemoryHealthProviderOptions {
  readonly vendor: InMemoryHealthVendor;
  /** Key of the integration that the provider stands for. Default `health.in-memory`. */
  readonly providerKey?: string;
  /** What the vendor would want to see. Never shown. */
  readonly credential?: string;
  /** Kinds of records that the vendor does not have. */
  readonly without?: readonly HealthEntityType[];
  /** Where syncs put what they read. Absent: there are none. */
  readonly store?: StoreHealthRecord;
  /** Signing secrets of deliveries, the current one and, while it is being replaced, the one before. */
  readonly webhookSecrets?: readonly string[];
  /** Default a timer. */
  readonly sleep?: Sleep;
  /** Epoch milliseconds. Default `Date.now`. */
  readonly now?: () => number;
}

const DEFAULT_PAGE_SIZE = 100;
const LISTS = {
  activity: 'listActivities',
  workout: 'listWorkouts',
  sleep: 'listSleep',
  biometric: 'listBiometrics',
  nutrition: 'listNutrition',
} as const;

/** A provider that keeps every rule of the interface, over records in memory. For tests of what uses a provider. */
export class InMemoryHealthProvider implements HealthProvider {
  readonly capabilities: HealthCapabilities;
  readonly #options: InMemoryHealthProviderOptions;
  readonly #source: HealthDataSource;

  constructor(options: InMemoryHealthProviderOptions) {
    this.#options = options;
    this.#source = {
      providerKey: options.providerKey ?? 'health.in-memory',
      transport: 'official-api',
      route: 'primary',
    };
    const { without = [], store } = options;
    const sync = store === undefined ? 'none' : 'native';
    this.capabilities = {
      delivery: 'both',
      methods: {
        ...Object.fromEntries(without.map((entityType) => [LISTS[entityType], 'none' as const])),
        syncActivities: sync,
        syncWorkouts: sync,
        syncSleep: sync,
        syncBiometrics: sync,
        syncNutrition: sync,
      },
    };
  }

  async listActivities(params: HealthListActivitiesParams, options?: CallOptions): Promise<HealthListActivitiesResult> {
    const { items, ...meta } = await this.#list('activity', params, options);
    return { activities: items, ...meta };
  }

  async listWorkouts(params: HealthListActivitiesParams, options?: CallOptions): Promise<HealthListWorkoutsResult> {
    const { items, ...meta } = await this.#list('workout', params, options);
    return { workouts: items, ...meta };
  }

  async listSleep(params: HealthListActivitiesParams, options?: CallOptions): Promise<HealthListSleepResult> {
    const { items, ...meta } = await this.#list('sleep', params, options);
    return { sleep: items, ...meta };
  }

  async listBiometrics(params: HealthListBiometricsParams, options?: CallOptions): Promise<HealthListBiometricsResult> {
    const { items, ...meta } = await this.#list('biometric', params, options);
    const warnings = items.flatMap(doubtBiometric);
    return { biometrics: items, ...meta, ...(warnings.length === 0 ? {} : { warnings }) };
  }

  async listNutrition(params: HealthListActivitiesParams, options?: CallOptions): Promise<HealthListNutritionResult> {
    const { items, ...meta } = await this.#list('nutrition', params, options);
    return { nutrition: items, ...meta };
  }

  async getConnectionStatus(
    { tenantId, connectionId }: HealthGetConnectionStatusParams,
    options?: CallOptions,
  ): Promise<HealthConnectionStatus> {
    return this.#call(options, () => ({
      tenantId,
      connectionId,
      status: 'healthy',
      source: { ...this.#source },
      lastCheckedAt: this.#nowText(),
    }));
  }

  syncActivities(request: HealthSyncRequest, options?: CallOptions): Promise<HealthSyncResult> {
    return this.#sync('activity', request, options);
  }

  syncWorkouts(request: HealthSyncRequest, options?: CallOptions): Promise<HealthSyncResult> {
    return this.#sync('workout', request, options);
  }

  syncSleep(request: HealthSyncRequest, options?: CallOptions): Promise<HealthSyncResult> {
    return this.#sync('sleep', request, options);
  }

  syncBiometrics(request: HealthSyncRequest, options?: CallOptions): Promise<HealthSyncResult> {
    return this.#sync('biometric', request, options);
  }

  syncNutrition(request: HealthSyncRequest, options?: CallOptions): Promise<HealthSyncResult> {
    return this.#sync('nutrition', request, options);
  }

  async verifyWebhook(request: WebhookRequest): Promise<boolean> {
    return isGenuine(request, this.#options.webhookSecrets ?? [], this.#nowMs());
  }

  async parseWebhookAll(request: WebhookRequest): Promise<HealthWebhookEvent[]> {
    if (!(await this.verifyWebhook(request))) {
      throw new IntegrationError({
        code: 'unauthenticated',
        message: 'The delivery is not proven to come from the vendor',
      });
    }
    return readEvents(request, this.#source.providerKey, this.#nowText());
  }

  async parseWebhook(request: WebhookRequest): Promise<HealthWebhookEvent> {
    const [first] = await this.parseWebhookAll(request);
    if (first !== undefined) return first;
    throw new IntegrationError({ code: 'invalid_request', message: 'The delivery tells of nothing' });
  }

  async listChanges(params: HealthListChangesParams, options?: CallOptions): Promise<Changes<HealthEntity>> {
    const { cursor, pageSize = DEFAULT_PAGE_SIZE } = params;
    if (cursor !== undefined && !/^\d{1,15}$/.test(cursor)) throw badCursor();
    return this.#call(options, () => {
      const all = this.#options.vendor.changesAfter(Number(cursor ?? 0));
      const page = all.slice(0, pageSize);
      // Only the last change of a record counts.
      const last = new Map(
        page
          .filter(({ entity }) => isWithin(entity, params))
          .map((change) => [`${change.entity.entityType} ${change.entity.record.id}`, change]),
      );
      const changes = [...last.values()];
      return {
        upserted: changes.filter(({ isRemoval }) => !isRemoval).map(({ entity }) => show(entity)),
        removed: changes.filter(({ isRemoval }) => isRemoval).map(({ entity }) => ({ id: entity.record.id })),
        nextCursor: String(page.at(-1)?.position ?? cursor ?? 0),
        hasMore: all.length > page.length,
      };
    });
  }

  async deleteUserData(params: HealthScopeParams, options?: CallOptions): Promise<HealthDeletion> {
    return this.#call(options, () => {
      const { vendor } = this.#options;
      for (const entity of vendor.all()) if (isWithin(entity, params)) vendor.remove(entity);
      return { status: 'done' };
    });
  }

  async #list<Type extends HealthEntityType>(
    entityType: Type,
    params: HealthListBiometricsParams,
    options?: CallOptions,
  ): Promise<HealthListMeta & { items: HealthRecordByType[Type][] }> {
    const page = await this.#readPage(entityType, params, options);
    return {
      items: [...page.items],
      hasMore: page.hasMore,
      ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }),
      source: { ...this.#source },
    };
  }

  async #readPage<Type extends HealthEntityType>(
    entityType: Type,
    params: HealthListBiometricsParams,
    options?: CallOptions,
  ): Promise<Page<HealthRecordByType[Type]>> {
    if ((this.#options.without ?? []).includes(entityType)) throw unsupported(LISTS[entityType]);
    const { cursor, pageSize = DEFAULT_PAGE_SIZE, ...filter } = params;
    if (!Number.isInteger(pageSize) || pageSize < 1) {
      throw new IntegrationError({
        code: 'invalid_request',
        field: 'pageSize',
        message: 'pageSize: expected a whole number from 1 on',
      });
    }
    const list = JSON.stringify([entityType, Object.entries(filter).sort(([a], [b]) => (a < b ? -1 : 1))]);
    const isAfterCursor = createCursorTest(list, cursor);
    return this.#call(options, () => {
      const matching = this.#options.vendor
        .list(entityType)
        .filter((entity) => isWithin(entity, filter) && isWanted(entity, filter) && isAfterCursor(entity));
      const page = matching.slice(0, pageSize);
      const last = page.at(-1);
      const hasMore = matching.length > page.length && last !== undefined;
      return {
        items: page.map(show).flatMap((entity) => recordsOf(entityType, entity)),
        hasMore,
        ...(hasMore ? { nextCursor: writeCursor(list, last) } : {}),
      };
    });
  }

  async #sync(
    entityType: HealthEntityType,
    request: HealthSyncRequest,
    options?: CallOptions,
  ): Promise<HealthSyncResult> {
    const { store } = this.#options;
    if (store === undefined) throw unsupported('sync');
    const { cursor, forceFullRefresh, ...filter } = request;
    const result = await syncFromPages({
      entityType,
      ...(cursor === undefined || forceFullRefresh === true ? {} : { cursor }),
      fetchPage: (next) =>
        this.#readPage(
          entityType,
          { ...filter, ...(next === undefined ? {} : { cursor: next }), pageSize: 2 },
          options,
        ),
      store,
      ...(options?.signal === undefined ? {} : { signal: options.signal }),
    });
    return { ...result, source: { ...this.#source } };
  }

  #call<Value>(options: CallOptions = {}, answer: () => Value): Promise<Value> {
    const { vendor, sleep = realSleep } = this.#options;
    return boundedCall(options, sleep, (signal) => vendor.request(answer, signal));
  }

  #nowMs(): number {
    return (this.#options.now ?? Date.now)();
  }

  #nowText(): string {
    return new Date(this.#nowMs()).toISOString();
  }
}

/** Whether a record is of the tenant, connection and user that are asked for. */
function isWithin({ record }: HealthEntity, { tenantId, connectionId, userId }: HealthScopeParams): boolean {
  return (
    record.tenantId === tenantId &&
    (connectionId === undefined || record.connectionId === connectionId) &&
    (userId === undefined || record.userId === userId)
  );
}

function isWanted(entity: HealthEntity, params: HealthListBiometricsParams): boolean {
  const { from, to, metricTypes = [] } = params;
  if (from !== undefined || to !== undefined) {
    const time = recordTimeOf(entity);
    const window = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    if (time === undefined || !isInWindow(time, window)) return false;
  }
  return (
    entity.entityType !== 'biometric' || metricTypes.length === 0 || metricTypes.includes(entity.record.metricType)
  );
}

/** A copy in the units of the interface, so that nobody's changes reach the vendor's records. */
function show(entity: HealthEntity): HealthEntity {
  const copy = structuredClone(entity);
  return copy.entityType === 'biometric' ? { ...copy, record: normalizeBiometric(copy.record) } : copy;
}

/** The record of an entity that is of the given kind; the vendor was asked for that kind alone. */
function recordsOf<Type extends HealthEntityType>(entityType: Type, entity: HealthEntity): HealthRecordByType[Type][] {
  return isOfType(entityType, entity) ? [entity.record] : [];
}

function isOfType<Type extends HealthEntityType>(
  entityType: Type,
  entity: HealthEntity,
): entity is HealthEntity & { entityType: Type; record: HealthRecordByType[Type] } {
  return entity.entityType === entityType;
}

function unsupported(method: string): IntegrationError {
  return new IntegrationError({ code: 'unsupported', message: `The vendor has nothing for ${method}` });
}

function badCursor(): IntegrationError {
  return new IntegrationError({
    code: 'invalid_request',
    field: 'cursor',
    message: 'cursor: expected one that listChanges gave',
  });
}
