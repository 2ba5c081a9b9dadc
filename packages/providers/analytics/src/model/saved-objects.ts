import { type Static, Type } from '@mortise/core/schema';

const identifier = Type.Optional(Type.Union([Type.String(), Type.Number()]));
const instant = Type.Optional(Type.String({ description: 'ISO 8601' }));

/** A saved set of persons. */
export const AnalyticsCohort = Type.Object(
  {
    id: identifier,
    name: Type.Optional(Type.String()),
    groups: Type.Optional(Type.Unknown({ description: 'Definition, as the provider gives it' })),
    count: Type.Optional(Type.Number({ description: 'Members' })),
  },
  { title: 'AnalyticsCohort' },
);
export type AnalyticsCohort = Static<typeof AnalyticsCohort>;

/** A feature flag as it was set up. What it is for somebody, `FeatureFlagProvider` tells. */
export const AnalyticsFeatureFlag = Type.Object(
  {
    id: identifier,
    key: Type.Optional(Type.String()),
    name: Type.Optional(Type.String()),
    active: Type.Optional(Type.Boolean()),
    filters: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: 'Targeting rules' })),
    rolloutPercentage: Type.Optional(Type.Number({ minimum: 0, maximum: 100, description: 'Percent of users' })),
  },
  { title: 'AnalyticsFeatureFlag' },
);
export type AnalyticsFeatureFlag = Static<typeof AnalyticsFeatureFlag>;

/** A note on a chart. */
export const AnalyticsAnnotation = Type.Object(
  {
    id: identifier,
    content: Type.Optional(Type.String()),
    dateMarker: instant,
    scope: Type.Optional(Type.String()),
    createdAt: instant,
  },
  { title: 'AnalyticsAnnotation' },
);
export type AnalyticsAnnotation = Static<typeof AnalyticsAnnotation>;
