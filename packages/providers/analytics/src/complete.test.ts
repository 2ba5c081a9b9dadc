import { describe, expect, it } from 'vitest';
import type { AnalyticsProvider } from './analytics-provider.ts';
import { complete } from './complete.ts';
import type { AnalyticsEventInput } from './model/event.ts';
import { InMemoryAnalytics } from './testing/in-memory-analytics.ts';

function small() {
  const captured: AnalyticsEventInput[] = [];
  const provider: AnalyticsProvider = {
    capture: async (event) => {
      captured.push(event);
    },
    request: () => Promise.reject(new TypeError('not called')),
  };
  return { provider: complete(provider), captured };
}

describe('complete', () => {
  it('makes pages, exceptions and batches of single events', async () => {
    const { provider, captured } = small();
    await provider.page({ distinctId: 'p', url: 'https://x.example/a', name: 'A' });
    await provider.captureException({ distinctId: 'p', error: new RangeError('too far') });
    await provider.captureException({ distinctId: 'p', error: 'text' });
    const { results } = await provider.captureBatch([{ distinctId: 'p', event: 'e' }]);
    expect(results).toEqual([{ index: 0, ok: true, value: undefined }]);
    expect(captured.map(({ event, properties }) => [event, properties])).toEqual([
      ['$pageview', { $current_url: 'https://x.example/a', title: 'A' }],
      ['$exception', { $exception_type: 'RangeError', $exception_message: 'too far' }],
      ['$exception', { $exception_type: 'string', $exception_message: 'text' }],
      ['e', undefined],
    ]);
  });

  it('tells which event of a batch was refused, and goes on', async () => {
    const analytics = new InMemoryAnalytics();
    const provider = complete({
      capture: (event) => analytics.capture(event),
      request: (...call) => analytics.request(...call),
    });
    const { results } = await provider.captureBatch([
      { distinctId: 'p', event: '' },
      { distinctId: 'p', event: 'fine' },
    ]);
    expect(results.map(({ ok }) => ok)).toEqual([false, true]);
  });

  it.each([
    'queryHogQL',
    'getEvents',
    'getPersons',
    'getInsights',
    'getInsightResult',
    'getCohorts',
    'getFeatureFlags',
    'getAnnotations',
    'query',
    'runInsight',
    'getEventSchema',
    'deletePerson',
    'identify',
    'alias',
    'groupIdentify',
    'callMcpTool',
  ] as const)('rejects %s as unsupported where there is none', async (method) => {
    const call: unknown = Reflect.apply(Reflect.get(small().provider, method), undefined, [{}]);
    await expect(call).rejects.toMatchObject({ code: 'unsupported', message: expect.stringContaining(method) });
  });

  it('iterates over pages with cursors, and not over pages that offer offsets only', async () => {
    const base: AnalyticsProvider = {
      capture: () => Promise.resolve(),
      request: () => Promise.reject(new TypeError('not called')),
    };
    const event = { event: 'e', distinctId: 'p', timestamp: '2026-01-01T00:00:00Z' };
    const paged = complete({
      ...base,
      getEvents: async ({ cursor }) =>
        cursor === undefined ? { count: 2, results: [event], nextCursor: 'c' } : { count: 2, results: [event] },
    });
    const seen: unknown[] = [];
    for await (const one of paged.iterateEvents({})) seen.push(one);
    expect(seen).toEqual([event, event]);
    const byOffset = complete({
      ...base,
      getEvents: async () => ({ count: 2, results: [event], next: 'https://x.example/?offset=1' }),
    });
    const read = async () => {
      for await (const one of byOffset.iterateEvents({})) expect(one).toEqual(event);
    };
    await expect(read()).rejects.toMatchObject({ code: 'unsupported' });
    const stuck = complete({
      ...base,
      getEvents: async () => ({ count: 2, results: [], nextCursor: 'same' }),
    });
    const spin = async () => {
      for await (const one of stuck.iterateEvents({})) expect(one).toBeUndefined();
    };
    await expect(spin()).rejects.toMatchObject({ code: 'provider_error' });
  });

  it('has nothing to flush where nothing is queued, and uses what the provider has', async () => {
    expect(await small().provider.flush()).toEqual({ sent: 0, dropped: 0, pending: 0 });
    const analytics = new InMemoryAnalytics();
    const provider = complete(analytics);
    await provider.identify({ distinctId: 'p', properties: { plan: 'pro' }, setOnce: { plan: 'free', since: 2026 } });
    expect((await provider.getPersons({})).results).toEqual([
      { distinctId: 'p', properties: { plan: 'pro', since: 2026 } },
    ]);
    expect(provider.delivery).toBe('queued');
    await provider.capture({ distinctId: 'p', event: 'e' });
    expect(await provider.close()).toEqual({ sent: 1, dropped: 0, pending: 0 });
    await expect(provider.capture({ distinctId: 'p', event: 'e' })).rejects.toMatchObject({ code: 'invalid_request' });
  });
});
