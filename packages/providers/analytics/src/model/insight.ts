import { type Static, Type } from '@mortise/core/schema';
import type { DateRangeInput } from './paging.ts';
import type { AnalyticsPropertyFilter } from './property-filter.ts';

/** Kind of a saved insight. */
export type AnalyticsInsightType =
  | 'TRENDS'
  | 'FUNNELS'
  | 'RETENTION'
  | 'PATHS'
  | 'STICKINESS'
  | 'LIFECYCLE'
  | 'SESSIONS'
  | 'CUSTOM';

/** A saved insight. */
export const AnalyticsInsight = Type.Object(
  {
    id: Type.Optional(Type.Union([Type.String(), Type.Number()])),
    name: Type.Optional(Type.String()),
    type: Type.Optional(Type.String({ description: 'An AnalyticsInsightType, or the word of the provider' })),
    filters: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    result: Type.Optional(Type.Unknown({ description: 'Computed rows, as the provider gives them' })),
  },
  { title: 'AnalyticsInsight' },
);
export type AnalyticsInsight = Static<typeof AnalyticsInsight>;

/** A question about events, the same for every provider. */
export interface AnalyticsInsightQuery {
  readonly kind: 'trend' | 'funnel' | 'retention' | 'lifecycle';
  /** In order where order counts, as in a funnel. */
  readonly events: readonly { readonly event: string; readonly properties?: AnalyticsPropertyFilter }[];
  readonly interval: 'hour' | 'day' | 'week' | 'month';
  /** Property by whose values the answer is split. */
  readonly breakdown?: string;
  /** `timezone` decides where a day begins. */
  readonly dateRange: DateRangeInput;
}

/** A row of points over time. */
export const AnalyticsSeries = Type.Object(
  {
    label: Type.String(),
    points: Type.Array(
      Type.Object({
        at: Type.String({ description: 'Start of the interval, ISO 8601 with offset' }),
        value: Type.Number(),
      }),
    ),
  },
  { title: 'AnalyticsSeries' },
);
export type AnalyticsSeries = Static<typeof AnalyticsSeries>;
