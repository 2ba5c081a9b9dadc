/** The routes by which health data can arrive, in the order in which they are tried where a connection names none. */
export const HEALTH_DATA_TRANSPORTS = [
  'official-api',
  'official-mcp',
  'aggregator-api',
  'aggregator-mcp',
  'unofficial',
] as const;

/** Route by which data arrived. `unofficial` breaks the vendor's terms as a rule: only on a member's explicit wish. */
export type HealthDataTransport = (typeof HEALTH_DATA_TRANSPORTS)[number];

/** Where a result came from. */
export interface HealthDataSource {
  /** Key of the integration, such as `health.oura`. */
  providerKey: string;
  transport: HealthDataTransport;
  /** Key of the aggregator's integration. Absent: the data came without one. */
  aggregatorKey?: string;
  /** Whether the first route answered or a later one. */
  route: 'primary' | 'fallback';
}
