import { type Static, Type } from '@mortise/core/schema';
import type { AnalyticsMessage } from './event.ts';

/** A person as the provider knows them. */
export const AnalyticsPerson = Type.Object(
  {
    id: Type.Optional(Type.Union([Type.String(), Type.Number()])),
    distinctId: Type.Optional(Type.String()),
    createdAt: Type.Optional(Type.String({ description: 'ISO 8601 with offset' })),
    properties: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  { title: 'AnalyticsPerson' },
);
export type AnalyticsPerson = Static<typeof AnalyticsPerson>;

/** What is known of a person. */
export interface AnalyticsIdentifyInput extends AnalyticsMessage {
  readonly distinctId: string;
  /** Overwrites. */
  readonly properties?: Readonly<Record<string, unknown>>;
  /** Written only where there is nothing yet. */
  readonly setOnce?: Readonly<Record<string, unknown>>;
  readonly personProfile?: boolean;
}

/** Says that two ids are one person. */
export interface AnalyticsAliasInput {
  /** The id that was used so far, often an anonymous one. */
  readonly from: string;
  /** The id that stays. */
  readonly to: string;
}

/** What is known of a group, such as a company. */
export interface AnalyticsGroupIdentifyInput {
  readonly type: string;
  readonly key: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}
