import type { WebhookRequest } from '@mortise/core';
import type { HealthActivity } from '../../model/activity.ts';
import type { HealthBiometric } from '../../model/biometric.ts';
import type { HealthListActivitiesParams, HealthListBiometricsParams } from '../../model/list.ts';
import type { HealthSleep } from '../../model/sleep.ts';
import type { HealthSyncRequest } from '../../model/sync.ts';
import type { CallOptions } from '@mortise/core';
import type { HealthConformanceTarget } from '../conformance-target.ts';
import { InMemoryHealthProvider, type InMemoryHealthProviderOptions } from '../in-memory-health-provider.ts';
import { inMemoryTarget } from '../in-memory-target.ts';

/** A provider that makes one mistake, and the check that is there to find it. */
export interface BrokenProvider {
  readonly fails: string;
  readonly mistake: string;
  readonly target: HealthConformanceTarget;
}

type Options = InMemoryHealthProviderOptions;
type Params = HealthListBiometricsParams;

/** Changes every activity, night or measurement that a provider gives. */
class Changing extends InMemoryHealthProvider {
  protected activity(record: HealthActivity): HealthActivity {
    return record;
  }
  protected night(record: HealthSleep): HealthSleep {
    return record;
  }
  protected figure(record: HealthBiometric): HealthBiometric {
    return record;
  }
  override async listActivities(params: HealthListActivitiesParams, options?: CallOptions) {
    const result = await super.listActivities(params, options);
    return { ...result, activities: result.activities.map((record) => this.activity(record)) };
  }
  override async listSleep(params: HealthListActivitiesParams, options?: CallOptions) {
    const result = await super.listSleep(params, options);
    return { ...result, sleep: result.sleep.map((record) => this.night(record)) };
  }
  override async listBiometrics(params: Params, options?: CallOptions) {
    const result = await super.listBiometrics(params, options);
    return { ...result, biometrics: result.biometrics.map((record) => this.figure(record)) };
  }
}

const broken = (
  fails: string,
  mistake: string,
  make: (options: Options) => InMemoryHealthProvider,
): BrokenProvider => ({
  fails,
  mistake,
  target: inMemoryTarget(make),
});

/** One for each check that applies to the in-memory provider. */
export const brokenProviders: readonly BrokenProvider[] = [
  broken('X1', 'does not look at the signal before it sends', (options) => {
    class Deaf extends InMemoryHealthProvider {
      override async listSleep(params: Params, callOptions: CallOptions = {}) {
        if (callOptions.signal?.aborted === true) await super.listSleep(params);
        return super.listSleep(params, callOptions);
      }
    }
    return new Deaf(options);
  }),
  broken('X2', 'does not listen to the signal once a request is under way', (options) => {
    class Deaf extends InMemoryHealthProvider {
      override listSleep(params: Params, { signal, ...rest }: CallOptions = {}) {
        return super.listSleep(params, signal?.aborted === true ? { ...rest, signal } : rest);
      }
    }
    return new Deaf(options);
  }),
  broken('X3', 'leaves the time limit aside', (options) => {
    class Patient extends InMemoryHealthProvider {
      override listSleep(params: Params, { timeoutMs: _timeoutMs, ...rest }: CallOptions = {}) {
        return super.listSleep(params, rest);
      }
    }
    return new Patient(options);
  }),
  broken('X5', 'reads every metric whichever is wanted', (options) => {
    class Greedy extends InMemoryHealthProvider {
      override listBiometrics({ metricTypes: _metricTypes, ...params }: Params, callOptions?: CallOptions) {
        return super.listBiometrics(params, callOptions);
      }
    }
    return new Greedy(options);
  }),
  broken('X8', 'writes its defaults into what the caller passed in', (options) => {
    class Writing extends InMemoryHealthProvider {
      override listActivities(params: Params, callOptions?: CallOptions) {
        return super.listActivities(Object.assign(params, { pageSize: params.pageSize ?? 100 }), callOptions);
      }
    }
    return new Writing(options);
  }),
  broken('X9', 'pages by number, so that records move between pages', (options) => {
    class Numbered extends InMemoryHealthProvider {
      override async listActivities({ cursor, pageSize = 100, ...params }: Params, callOptions?: CallOptions) {
        const all = await super.listActivities({ ...params, pageSize: 1000 }, callOptions);
        const start = Number(cursor ?? 0);
        const end = start + pageSize;
        const hasMore = all.activities.length > end;
        return {
          activities: all.activities.slice(start, end),
          hasMore,
          ...(hasMore ? { nextCursor: String(end) } : {}),
        };
      }
    }
    return new Numbered(options);
  }),
  broken('X13', 'shows its credential in the status of the connection', (options) => {
    class Talkative extends InMemoryHealthProvider {
      override async getConnectionStatus(params: { tenantId: string; connectionId: string }) {
        const status = await super.getConnectionStatus(params);
        return { ...status, metadata: { authorization: `Bearer ${options.credential ?? ''}` } };
      }
    }
    return new Talkative(options);
  }),
  broken('X15', 'keeps the window of a call where the next one finds it', (options) => {
    class Shared extends InMemoryHealthProvider {
      #window: Params | undefined;
      override async listActivities(params: Params, callOptions?: CallOptions) {
        this.#window = params;
        await Promise.resolve();
        return super.listActivities(this.#window, callOptions);
      }
    }
    return new Shared(options);
  }),
  broken('health.9', 'gives the record at the end of a window, too', (options) => {
    class Closed extends InMemoryHealthProvider {
      override listActivities({ to, ...params }: Params, callOptions?: CallOptions) {
        const later = to === undefined ? {} : { to: new Date(Date.parse(to) + 1).toISOString() };
        // A check of whole hours would not notice a millisecond; the boundary does.
        return super.listActivities(
          { ...params, ...(isBoundary(to) ? later : to === undefined ? {} : { to }) },
          callOptions,
        );
      }
    }
    return new Closed(options);
  }),
  broken('health.14', 'fills in 0 for what the vendor does not tell', (options) => {
    class Inventive extends Changing {
      protected override activity(record: HealthActivity): HealthActivity {
        return { distanceMeters: 0, ...record };
      }
    }
    return new Inventive(options);
  }),
  broken('health.16', 'filters by user where one is named, and forgets the tenant', (options) => {
    class Open extends InMemoryHealthProvider {
      override async listSleep(params: Params, callOptions?: CallOptions) {
        const result = await super.listSleep(params, callOptions);
        if (params.userId === undefined) return result;
        const others = options.vendor
          .list('sleep')
          .flatMap((entity) => (entity.entityType === 'sleep' ? [entity.record] : []));
        return { ...result, sleep: others.filter(({ userId }) => userId === params.userId) };
      }
    }
    return new Open(options);
  }),
  broken('health.17', 'puts a Date among the records', (options) => {
    class Dated extends Changing {
      protected override figure(record: HealthBiometric): HealthBiometric {
        return { ...record, metadata: { readAt: new Date(0) } };
      }
    }
    return new Dated(options);
  }),
  broken('health.1', 'takes the figure of the vendor for kilograms whatever its unit', (options) => {
    class Unconverted extends Changing {
      protected override figure(record: HealthBiometric): HealthBiometric {
        const original: unknown = record.metadata?.['original'];
        const value: unknown =
          typeof original === 'object' && original !== null ? Reflect.get(original, 'value') : undefined;
        return typeof value === 'number' ? { ...record, value } : record;
      }
    }
    return new Unconverted(options);
  }),
  broken('health.2', 'files every night under the day on which it began', (options) => {
    class Early extends Changing {
      protected override night(record: HealthSleep): HealthSleep {
        return record.timeZone === undefined ? record : { ...record, localDate: record.startedAt.slice(0, 10) };
      }
    }
    return new Early(options);
  }),
  broken('health.3', 'counts the hours that the clocks show', (options) => {
    class ByTheClock extends Changing {
      protected override night(record: HealthSleep): HealthSleep {
        if (record.durationSeconds === undefined) return record;
        const [start, end] = [record.startedAt, record.endedAt].map((text) => Date.parse(`${text.slice(0, 19)}Z`));
        return { ...record, durationSeconds: ((end ?? 0) - (start ?? 0)) / 1000 };
      }
    }
    return new ByTheClock(options);
  }),
  broken('health.4', 'does not tell a daily total from its samples', (options) => {
    class Flat extends Changing {
      protected override figure({ grain: _grain, ...record }: HealthBiometric): HealthBiometric {
        return record;
      }
    }
    return new Flat(options);
  }),
  broken('health.12', 'drops what it does not believe', (options) => {
    class Doubting extends InMemoryHealthProvider {
      override async listBiometrics(params: Params, callOptions?: CallOptions) {
        const result = await super.listBiometrics(params, callOptions);
        return result.warnings === undefined ? result : { ...result, biometrics: [] };
      }
    }
    return new Doubting(options);
  }),
  broken('health.18', 'keeps one session of each hour', (options) => {
    class Tidy extends InMemoryHealthProvider {
      override async listWorkouts(params: Params, callOptions?: CallOptions) {
        const result = await super.listWorkouts(params, callOptions);
        return { ...result, workouts: result.workouts.slice(0, 1) };
      }
    }
    return new Tidy(options);
  }),
  broken('health.6', 'gives the first form of a record for ever', (options) => {
    const seen = new Map<string, HealthSleep>();
    for (const entity of options.vendor.all()) {
      if (entity.entityType === 'sleep') seen.set(entity.record.externalId, entity.record);
    }
    class Stubborn extends Changing {
      protected override night(record: HealthSleep): HealthSleep {
        return seen.get(record.externalId) ?? record;
      }
    }
    return new Stubborn(options);
  }),
  broken('health.7', 'tells of what is new and never of what is gone', (options) => {
    class Hopeful extends InMemoryHealthProvider {
      override async listChanges(params: Parameters<InMemoryHealthProvider['listChanges']>[0]) {
        return { ...(await super.listChanges(params)), removed: [] };
      }
    }
    return new Hopeful(options);
  }),
  broken('health.8', 'syncs the first page and drops its cursor', (options) => {
    class Short extends InMemoryHealthProvider {
      override async syncActivities(request: HealthSyncRequest) {
        const { activities } = await this.listActivities({ ...request, pageSize: 2 });
        for (const record of activities) await options.store?.({ entityType: 'activity', record }, undefined);
        return { synced: activities.length, failed: 0 };
      }
    }
    return new Short(options);
  }),
  broken('health.13', 'gives an empty list of what the vendor does not have', (options) => {
    class Polite extends InMemoryHealthProvider {
      override async listNutrition(params: Params, callOptions?: CallOptions) {
        const isMissing = options.without?.includes('nutrition') === true;
        return isMissing ? { nutrition: [] } : super.listNutrition(params, callOptions);
      }
    }
    return new Polite(options);
  }),
  broken('X20', 'declares a method that it does not have', (options) => {
    class Boasting extends InMemoryHealthProvider {
      override readonly capabilities = {
        ...new InMemoryHealthProvider(options).capabilities,
        methods: { ...new InMemoryHealthProvider(options).capabilities.methods, getCoverage: 'native' as const },
      };
    }
    return new Boasting(options);
  }),
  broken('health.10', 'reads the first event of a delivery only', (options) => {
    class First extends InMemoryHealthProvider {
      override async parseWebhookAll(request: WebhookRequest) {
        const events = await super.parseWebhookAll(request);
        return request.parsedBody === undefined ? events.slice(0, 1) : events;
      }
    }
    return new First(options);
  }),
  broken('X17', 'takes an event of a kind that it does not know for an activity', (options) => {
    class Guessing extends InMemoryHealthProvider {
      override async parseWebhookAll(request: WebhookRequest) {
        const events = await super.parseWebhookAll(request);
        return events.map((event) => ({ entityType: 'activity' as const, ...event }));
      }
    }
    return new Guessing(options);
  }),
  broken('X19', 'lets every delivery pass where no secret is configured', (options) => {
    class Trusting extends InMemoryHealthProvider {
      override async verifyWebhook(request: WebhookRequest) {
        return (options.webhookSecrets ?? []).length === 0 || super.verifyWebhook(request);
      }
    }
    return new Trusting(options);
  }),
];

/** Midnight in UTC, where the windows of the check meet. */
function isBoundary(to: string | undefined): boolean {
  return to === '2026-03-02T00:00:00Z';
}
