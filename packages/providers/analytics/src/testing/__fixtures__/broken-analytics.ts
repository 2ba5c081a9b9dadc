import { IntegrationError } from '@mortise/core';
import type { AnalyticsProvider } from '../../analytics-provider.ts';
import type { AnalyticsConformanceTarget } from '../conformance-target.ts';
import type { InMemoryAnalytics } from '../in-memory-analytics.ts';
import { inMemoryAnalyticsTarget } from '../in-memory-target.ts';

/** A provider that does one thing wrong. */
export interface BrokenAnalytics {
  /** The only check that it may fail. */
  readonly fails: string;
  readonly mistake: string;
  readonly target: AnalyticsConformanceTarget;
}

/** The honest provider with some methods replaced. */
function broken(
  fails: string,
  mistake: string,
  replace: (honest: InMemoryAnalytics) => Partial<AnalyticsProvider>,
): BrokenAnalytics {
  const target = inMemoryAnalyticsTarget({
    wrap: (honest) => {
      const replaced = replace(honest);
      return new Proxy<AnalyticsProvider>(honest, {
        get: (_honest, name) => {
          const own: unknown = Reflect.get(replaced, name);
          const value: unknown = own ?? Reflect.get(honest, name);
          return typeof value === 'function' && own === undefined ? value.bind(honest) : value;
        },
      });
    },
  });
  return { fails, mistake, target };
}

let serial = 0;

export const brokenAnalytics: readonly BrokenAnalytics[] = [
  broken('analytics.1', 'makes a new id for each repeat of an event', (honest) => ({
    capture: (event, options) => {
      serial += 1;
      return honest.capture({ ...event, messageId: `${event.messageId ?? 'm'}-${serial}` }, options);
    },
  })),
  broken('analytics.2', 'sends the newest events first', (honest) => {
    const held: Parameters<InMemoryAnalytics['capture']>[] = [];
    const release = async () => {
      for (const call of held.splice(0).reverse()) {
        await honest.capture(...call);
      }
    };
    return {
      capture: async (event, options) => {
        if (event.event.startsWith('step-')) held.push([event, options]);
        else await honest.capture(event, options);
      },
      flush: async (options) => {
        await release();
        return honest.flush(options);
      },
    };
  }),
  broken('analytics.3', 'forgets what is queued when it is closed', (honest) => ({
    close: async () => {
      honest.line.hold();
      await honest.close({ timeoutMs: 1, signal: AbortSignal.abort() });
      return { sent: 0, dropped: 0, pending: 0 };
    },
  })),
  broken('analytics.4', 'does not count what it drops', (honest) => ({
    flush: async (options) => ({ ...(await honest.flush(options)), dropped: 0 }),
  })),
  broken('analytics.5', 'leaves out what is no JSON', (honest) => ({
    capture: async (event, options) => {
      const { properties = {} } = event;
      const text = JSON.stringify(properties, (_key, value: unknown) =>
        typeof value === 'function' || typeof value === 'bigint' ? undefined : value,
      );
      const plain: Record<string, unknown> = JSON.parse(text);
      await honest.capture('properties' in event ? { ...event, properties: plain } : event, options);
    },
  })),
  broken('analytics.6', 'moves future events to now', (honest) => ({
    capture: (event, options) => {
      const { timestamp, ...rest } = event;
      const isFuture = timestamp !== undefined && timestamp.getUTCFullYear() > 2040;
      return honest.capture(isFuture ? rest : event, options);
    },
  })),
  broken('analytics.9', 'resolves any path like a browser', (honest) => ({
    request: (request, options) =>
      honest.request({ ...request, path: new URL(request.path, 'https://analytics.example.com').pathname }, options),
  })),
  broken('analytics.10', 'takes local times for UTC', (honest) => ({
    getEvents: ({ dateRange: { timezone: _timezone, ...dateRange } = {}, ...input }, options) =>
      honest.getEvents({ ...input, dateRange }, options),
  })),
  broken('analytics.11', 'iterates by offset', (honest) => ({
    iterateEvents: (input) => ({
      async *[Symbol.asyncIterator]() {
        for (let offset = 0; ; offset += 7) {
          const { results } = await honest.getEvents({ ...input, offset });
          if (results.length === 0) return;
          yield* results;
        }
      },
    }),
  })),
  broken('analytics.13', 'compares filters as patterns', (honest) => ({
    getEvents: async ({ properties = {}, ...input }, options) => {
      const { label, ...others } = properties;
      const page = await honest.getEvents({ ...input, properties: others }, options);
      if (typeof label !== 'string') return page;
      const results = page.results.filter((event) =>
        String(event.properties?.['label']).includes(label.replaceAll('%', '')),
      );
      return { ...page, results };
    },
  })),
  broken('X11', 'gives the body of a failure as data', (honest) => ({
    request: <T>(...call: Parameters<AnalyticsProvider['request']>) =>
      honest.request<T>(...call).catch((error: unknown) => {
        if (!IntegrationError.is(error) || error.httpStatus === undefined) throw error;
        throw new IntegrationError({ code: 'provider_error', message: error.message, httpStatus: error.httpStatus });
      }),
  })),
  broken('X8', 'keeps the object of the caller instead of a copy', (honest) => {
    const held: Parameters<InMemoryAnalytics['capture']>[] = [];
    return {
      capture: async (event, options) => {
        if (event.event === 'changed') held.push([event, options]);
        else await honest.capture(event, options);
      },
      flush: async (options) => {
        for (const call of held.splice(0)) await honest.capture(...call);
        return honest.flush(options);
      },
    };
  }),
  broken('X20', 'answers queries that it declares not to take', () => ({
    query: () => Promise.resolve({ columns: [], rows: [] }),
  })),
];

/** Flags that do one thing wrong. */
export const brokenFlags: readonly BrokenAnalytics[] = [
  {
    fails: 'analytics.7',
    mistake: 'gives the value of a flag whatever its type',
    target: inMemoryAnalyticsTarget({
      wrapFlags: (honest) => ({
        evaluate: async (key, defaultValue, context, options) => {
          const evaluation = await honest.evaluate(key, defaultValue, context, options);
          return evaluation.errorCode === 'TYPE_MISMATCH' ? { value: defaultValue, reason: 'STATIC' } : evaluation;
        },
      }),
    }),
  },
  {
    fails: 'analytics.8',
    mistake: 'draws lots at each evaluation',
    target: inMemoryAnalyticsTarget({
      wrapFlags: (honest) => ({
        evaluate: (key, defaultValue, context, options) => {
          serial += 1;
          const targetingKey = key === 'price-test' ? `${context?.targetingKey}-${serial}` : context?.targetingKey;
          return honest.evaluate(
            key,
            defaultValue,
            { ...context, ...(targetingKey === undefined ? {} : { targetingKey }) },
            options,
          );
        },
      }),
    }),
  },
];
