import type { CallOptions } from '@mortise/core';
import type { AnalyticsEvent } from './model/event.ts';
import type {
  AnalyticsInsight,
  AnalyticsInsightQuery,
  AnalyticsInsightType,
  AnalyticsSeries,
} from './model/insight.ts';
import type { DateRangeInput, PaginatedResponse, PaginationInput } from './model/paging.ts';
import type { AnalyticsPerson } from './model/person.ts';
import type { AnalyticsPropertyFilter } from './model/property-filter.ts';
import type {
  AnalyticsEventSchema,
  AnalyticsQueryInput,
  AnalyticsQueryResult,
  AnalyticsTable,
  AnalyticsTableQuery,
} from './model/query.ts';
import type { AnalyticsAnnotation, AnalyticsCohort, AnalyticsFeatureFlag } from './model/saved-objects.ts';

/** Project to read from. Absent: the one of the connection. */
interface InProject {
  readonly projectId?: string | number;
}

export interface GetEventsInput extends PaginationInput, InProject {
  /** One event name. */
  readonly event?: string;
  readonly distinctId?: string;
  /** Any of several event names. */
  readonly events?: readonly string[];
  readonly properties?: AnalyticsPropertyFilter;
  readonly dateRange?: DateRangeInput;
  /** Ascending, or descending with `-`. Default descending. */
  readonly orderBy?: 'timestamp' | '-timestamp';
}

export interface GetPersonsInput extends PaginationInput, InProject {
  readonly cohortId?: string | number;
  readonly properties?: AnalyticsPropertyFilter;
  /** Free text, matched as the provider does. */
  readonly search?: string;
}

export interface GetInsightsInput extends PaginationInput, InProject {
  readonly insightType?: AnalyticsInsightType;
}

export interface GetInsightResultInput extends InProject {
  readonly insightId: string | number;
}

export interface GetCohortsInput extends PaginationInput, InProject {}

export interface GetFeatureFlagsInput extends PaginationInput, InProject {
  /** Only those that are on, or off. */
  readonly active?: boolean;
}

export interface GetAnnotationsInput extends PaginationInput, InProject {
  readonly dateRange?: DateRangeInput;
}

/** Reads what was recorded. Every method is optional; `complete(provider)` adds those that are missing. */
export interface AnalyticsReader {
  queryHogQL?(input: AnalyticsQueryInput, options?: CallOptions): Promise<AnalyticsQueryResult>;
  getEvents?(input: GetEventsInput, options?: CallOptions): Promise<PaginatedResponse<AnalyticsEvent>>;
  getPersons?(input: GetPersonsInput, options?: CallOptions): Promise<PaginatedResponse<AnalyticsPerson>>;
  getInsights?(input: GetInsightsInput, options?: CallOptions): Promise<PaginatedResponse<AnalyticsInsight>>;
  /** @throws {IntegrationError} `not_found` */
  getInsightResult?(input: GetInsightResultInput, options?: CallOptions): Promise<AnalyticsInsight>;
  getCohorts?(input: GetCohortsInput, options?: CallOptions): Promise<PaginatedResponse<AnalyticsCohort>>;
  getFeatureFlags?(
    input: GetFeatureFlagsInput,
    options?: CallOptions,
  ): Promise<PaginatedResponse<AnalyticsFeatureFlag>>;
  getAnnotations?(input: GetAnnotationsInput, options?: CallOptions): Promise<PaginatedResponse<AnalyticsAnnotation>>;

  /** A table, whichever language the query is in. */
  query?(query: AnalyticsTableQuery, options?: CallOptions): Promise<AnalyticsTable>;
  runInsight?(query: AnalyticsInsightQuery, options?: CallOptions): Promise<AnalyticsSeries[]>;
  /** Events in order of time, each once, however many come in between. Can be iterated once. */
  iterateEvents?(input: GetEventsInput, options?: CallOptions): AsyncIterable<AnalyticsEvent>;
  getEventSchema?(event: string, options?: CallOptions): Promise<AnalyticsEventSchema>;
  /** Removes a person with their events, for privacy requests. Removing them again does nothing. */
  deletePerson?(distinctId: string, options?: CallOptions): Promise<void>;
}
