import { type BatchEntry, type CallOptions, IntegrationError } from '@mortise/core';
import type { AnalyticsProvider } from './analytics-provider.ts';
import type { GetEventsInput } from './analytics-reader.ts';
import type { AnalyticsMethod } from './capabilities.ts';
import type { AnalyticsEvent } from './model/event.ts';

/** A provider with every optional method in place. */
export type CompleteAnalyticsProvider = AnalyticsProvider & {
  readonly [Method in AnalyticsMethod]-?: NonNullable<AnalyticsProvider[Method]>;
};

/**
 * Fills in what a provider lacks: `captureBatch`, `page` and `captureException` from `capture`, `iterateEvents` from
 * `getEvents` with cursors, `flush` and `close` as nothing to do where delivery is confirmed. Everything else becomes a method that
 * rejects with `unsupported`. Methods that the provider has are used as they are.
 */
export function complete(provider: AnalyticsProvider): CompleteAnalyticsProvider {
  const { capabilities, delivery } = provider;
  const made = fromCapture(provider);
  return {
    ...(capabilities === undefined ? {} : { capabilities }),
    ...(delivery === undefined ? {} : { delivery }),
    request: (request, options) => provider.request(request, options),
    capture: (event, options) => provider.capture(event, options),
    captureBatch: async (events, options) =>
      provider.captureBatch?.(events, options) ?? made.captureBatch(events, options),
    captureException: async (input, options) =>
      provider.captureException?.(input, options) ?? made.captureException(input, options),
    page: async (input, options) => provider.page?.(input, options) ?? made.page(input, options),
    identify: async (input, options) => provider.identify?.(input, options) ?? reject('identify'),
    alias: async (input, options) => provider.alias?.(input, options) ?? reject('alias'),
    groupIdentify: async (input, options) => provider.groupIdentify?.(input, options) ?? reject('groupIdentify'),
    callMcpTool: async (call, options) => provider.callMcpTool?.(call, options) ?? reject('callMcpTool'),
    flush: async (options) => provider.flush?.(options) ?? NOTHING_QUEUED,
    close: async (options) => provider.close?.(options) ?? NOTHING_QUEUED,
    queryHogQL: async (input, options) => provider.queryHogQL?.(input, options) ?? reject('queryHogQL'),
    getEvents: async (input, options) => provider.getEvents?.(input, options) ?? reject('getEvents'),
    getPersons: async (input, options) => provider.getPersons?.(input, options) ?? reject('getPersons'),
    getInsights: async (input, options) => provider.getInsights?.(input, options) ?? reject('getInsights'),
    getInsightResult: async (input, options) =>
      provider.getInsightResult?.(input, options) ?? reject('getInsightResult'),
    getCohorts: async (input, options) => provider.getCohorts?.(input, options) ?? reject('getCohorts'),
    getFeatureFlags: async (input, options) => provider.getFeatureFlags?.(input, options) ?? reject('getFeatureFlags'),
    getAnnotations: async (input, options) => provider.getAnnotations?.(input, options) ?? reject('getAnnotations'),
    query: async (query, options) => provider.query?.(query, options) ?? reject('query'),
    runInsight: async (query, options) => provider.runInsight?.(query, options) ?? reject('runInsight'),
    iterateEvents: (input, options) =>
      provider.iterateEvents?.(input, options) ?? once(() => iterateEvents(provider, input, options)),
    getEventSchema: async (event, options) => provider.getEventSchema?.(event, options) ?? reject('getEventSchema'),
    deletePerson: async (id, options) => provider.deletePerson?.(id, options) ?? reject('deletePerson'),
  };
}

const NOTHING_QUEUED = { sent: 0, dropped: 0, pending: 0 } as const;

function fromCapture(
  provider: AnalyticsProvider,
): Pick<CompleteAnalyticsProvider, 'captureBatch' | 'page' | 'captureException'> {
  return {
    captureBatch: async (events, options) => {
      const results: BatchEntry<void>[] = [];
      for (const [index, event] of events.entries()) {
        try {
          await provider.capture(event, options);
          results.push({ index, ok: true, value: undefined });
        } catch (error) {
          if (!IntegrationError.is(error)) throw error;
          results.push({ index, ok: false, error });
        }
      }
      return { results };
    },
    page: ({ name, url, properties, ...event }, options) =>
      provider.capture(
        {
          ...event,
          event: '$pageview',
          properties: { ...properties, $current_url: url, ...(name === undefined ? {} : { title: name }) },
        },
        options,
      ),
    captureException: ({ error, properties, ...event }, options) =>
      provider.capture(
        {
          ...event,
          event: '$exception',
          properties: {
            ...properties,
            $exception_type: error instanceof Error ? error.name : typeof error,
            $exception_message: error instanceof Error ? error.message : String(error),
          },
        },
        options,
      ),
  };
}

async function* iterateEvents(
  provider: AnalyticsProvider,
  input: GetEventsInput,
  options: CallOptions | undefined,
): AsyncGenerator<AnalyticsEvent, void> {
  const seen = new Set<string>();
  let cursor = input.cursor;
  for (;;) {
    const from = cursor === undefined ? {} : { cursor };
    const page = (await provider.getEvents?.({ ...input, ...from }, options)) ?? reject('iterateEvents');
    yield* page.results;
    cursor = page.nextCursor;
    if (cursor === undefined) {
      // Offset paging would lose or repeat events that come in between, so it is not used to go on.
      if (typeof page.next === 'string') reject('iterateEvents');
      return;
    }
    if (seen.has(cursor)) {
      throw new IntegrationError({ code: 'provider_error', message: 'The provider repeated a cursor' });
    }
    seen.add(cursor);
  }
}

function once<Item>(start: () => AsyncGenerator<Item, void>): AsyncIterable<Item> {
  let isTaken = false;
  return {
    [Symbol.asyncIterator]() {
      if (isTaken) {
        throw new IntegrationError({
          code: 'invalid_request',
          message: 'The events can be iterated only once; call iterateEvents again',
        });
      }
      isTaken = true;
      return start();
    },
  };
}

function reject(method: string): never {
  throw new IntegrationError({ code: 'unsupported', message: `This analytics provider has no method "${method}"` });
}
