import { describe, expectTypeOf, it } from 'vitest';
import type { AnalyticsProvider } from './analytics-provider.ts';
import type { CompleteAnalyticsProvider } from './complete.ts';
import type { AnalyticsEvent } from './model/event.ts';
import type { PaginatedResponse } from './model/paging.ts';
import type { AnalyticsPropertyFilter } from './model/property-filter.ts';

/** The first interface: no options, none of the later methods. */
class FirstAnalytics {
  async capture(event: { distinctId: string; event: string; timestamp?: Date }): Promise<void> {
    expectTypeOf(event.event).toBeString();
  }
  async getEvents(input: { limit?: number; offset?: number }): Promise<PaginatedResponse<AnalyticsEvent>> {
    return { count: input.limit ?? 0, next: null, results: [] };
  }
  async request(request: { method: string; path: string }): Promise<never> {
    return Promise.reject(new TypeError(request.path));
  }
}

describe('the interface', () => {
  it('is fulfilled by implementations of the first one', () => {
    expectTypeOf<FirstAnalytics>().toExtend<AnalyticsProvider>();
  });

  it('has no optional method left when complete', () => {
    expectTypeOf<CompleteAnalyticsProvider['runInsight']>().toBeFunction();
    expectTypeOf<CompleteAnalyticsProvider>().toExtend<AnalyticsProvider>();
  });

  it('takes the equality maps of before', () => {
    expectTypeOf<Record<string, string | number | boolean | null>>().toExtend<AnalyticsPropertyFilter>();
    // @ts-expect-error there is no such operator
    const wrong: AnalyticsPropertyFilter = { plan: { op: 'regex', value: '.*' } };
    expectTypeOf(wrong).not.toBeAny();
  });
});
