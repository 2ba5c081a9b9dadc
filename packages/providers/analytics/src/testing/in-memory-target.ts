import { FakeClock } from '@mortise/testing';
import type { AnalyticsProvider } from '../analytics-provider.ts';
import type { FeatureFlagProvider } from '../flags/feature-flag-provider.ts';
import type { AnalyticsConformanceTarget } from './conformance-target.ts';
import { InMemoryAnalytics } from './in-memory-analytics.ts';
import { InMemoryFeatureFlags } from './in-memory-flags.ts';

/** What to put around the in-memory provider, such as the code of your own that is to be tested. */
export interface InMemoryTargetOptions {
  readonly wrap?: (analytics: InMemoryAnalytics) => AnalyticsProvider;
  readonly wrapFlags?: (flags: InMemoryFeatureFlags) => FeatureFlagProvider;
}

/** The in-memory provider as a target of the kit. */
export function inMemoryAnalyticsTarget(options: InMemoryTargetOptions = {}): AnalyticsConformanceTarget {
  const { wrap = (analytics) => analytics, wrapFlags = (flags) => flags } = options;
  return {
    open: async ({ events, flags, maxQueued }) => {
      const clock = new FakeClock();
      const analytics = new InMemoryAnalytics({ events, maxQueued, now: clock.now, sleep: clock.sleep });
      return {
        provider: wrap(analytics),
        flags: wrapFlags(new InMemoryFeatureFlags(flags, analytics.line)),
        recorded: () => analytics.recorded,
        requests: () => analytics.line.requests,
        openRequests: () => analytics.line.openRequests,
        hold: () => analytics.line.hold(),
        answerNextWith: (status) => analytics.line.answerNextWith(status),
        loseNextAnswer: () => analytics.loseNextAnswer(),
        optOut: (distinctId) => analytics.optOut(distinctId),
        advance: (ms) => clock.advance(ms),
        close: async () => {
          analytics.line.close();
          await analytics.close();
        },
      };
    },
  };
}
