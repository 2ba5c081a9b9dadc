import { type Static, Type } from '@mortise/core/schema';

/** A HogQL query. Values go into `values`, never into the text. */
export interface AnalyticsQueryInput {
  readonly query: string;
  /** Named placeholders. */
  readonly values?: Readonly<Record<string, unknown>>;
  readonly projectId?: string | number;
}

/** Answer to a HogQL query, as the vendor gives it. */
export interface AnalyticsQueryResult {
  results: unknown;
  timings?: unknown;
  columns?: string[];
  types?: string[];
  /** The query as executed. */
  hogql?: string;
}

/** A query in one of the languages that the provider knows. */
export interface AnalyticsTableQuery {
  readonly language: 'sql' | 'hogql' | 'native';
  readonly statement: string;
  /** By name; sent apart from the statement, so that no value can change it. */
  readonly params?: Readonly<Record<string, string | number | boolean | null>>;
  readonly projectId?: string | number;
}

/** A table, the portable result of a query. */
export const AnalyticsTable = Type.Object(
  {
    columns: Type.Array(Type.Object({ name: Type.String(), type: Type.Optional(Type.String()) })),
    rows: Type.Array(Type.Array(Type.Unknown()), { description: 'Cells in the order of the columns' }),
  },
  { title: 'AnalyticsTable' },
);
export type AnalyticsTable = Static<typeof AnalyticsTable>;

/** A call of a tool on the vendor's MCP server. */
export interface AnalyticsMcpToolCall {
  readonly name: string;
  readonly arguments?: Readonly<Record<string, unknown>>;
}

/** Names and types of what an event may carry. */
export interface AnalyticsEventSchema {
  readonly event: string;
  readonly properties: readonly { readonly name: string; readonly type?: string }[];
}
