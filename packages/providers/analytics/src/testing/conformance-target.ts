import type { AnalyticsProvider } from '../analytics-provider.ts';
import type { FeatureFlagProvider } from '../flags/feature-flag-provider.ts';
import type { AnalyticsEvent } from '../model/event.ts';
import type { ScriptedFlag } from './in-memory-flags.ts';

/** How a check wants its provider. */
export interface AnalyticsSubjectSetup {
  /** Events that the service has already. */
  readonly events: readonly AnalyticsEvent[];
  /** Flags that the service has. */
  readonly flags: Readonly<Record<string, ScriptedFlag>>;
  /** Credential that the provider sends. */
  readonly credential: string;
  /** Most events that wait to be sent, where the provider queues. */
  readonly maxQueued: number;
}

/** A provider under test, and what can be seen and done on the other side of it. */
export interface AnalyticsSubject {
  readonly provider: AnalyticsProvider;
  /** Absent: the service has no flags. */
  readonly flags?: FeatureFlagProvider;
  /** What the service has recorded, in the order in which it came in. */
  readonly recorded: () => readonly AnalyticsEvent[];
  /** Requests that reached the service so far. */
  readonly requests: () => number;
  /** Requests whose answer is under way. */
  readonly openRequests: () => number;
  /** From now on the service takes requests and never answers. */
  readonly hold: () => void;
  /** The next request is answered with this HTTP status. */
  readonly answerNextWith: (status: number) => void;
  /** As `answerNextWith`, but what was sent is recorded before. */
  readonly loseNextAnswer?: () => void;
  /** Makes a person one that is not to be followed, as the application does. Absent: the provider has no such thing. */
  readonly optOut?: (distinctId: string) => void;
  /** Moves the provider's clock, where it has one of its own; absent, the checks wait in real time. */
  readonly advance?: (ms: number) => Promise<void>;
  /** Releases everything, the provider included. */
  readonly close: () => Promise<void>;
}

/** An implementation that the kit can test. */
export interface AnalyticsConformanceTarget {
  readonly open: (setup: AnalyticsSubjectSetup) => Promise<AnalyticsSubject>;
}
