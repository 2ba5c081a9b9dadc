/** By which way wearables data is fetched. */
export type HealthTransportStrategy =
  | 'official-api'
  | 'official-mcp'
  | 'aggregator-api'
  | 'aggregator-mcp'
  | 'unofficial';

export interface HealthRuntimeStrategyOptions {
  /** Absent or empty: the default order. */
  readonly strategyOrder?: readonly HealthTransportStrategy[];
  /** Whether ways that the vendor does not support may be used. Default false. */
  readonly allowUnofficial?: boolean;
  /** Keys of the integrations that may use them. Absent or empty: all, once `allowUnofficial` is set. */
  readonly unofficialAllowList?: readonly string[];
}

export const DEFAULT_HEALTH_STRATEGY_ORDER: readonly HealthTransportStrategy[] = [
  'official-api',
  'official-mcp',
  'aggregator-api',
  'aggregator-mcp',
  'unofficial',
];

/** The strategies that may be tried, in order; always a new list. */
export function resolveHealthStrategyOrder(options?: HealthRuntimeStrategyOptions): HealthTransportStrategy[] {
  const order = options?.strategyOrder?.length ? options.strategyOrder : DEFAULT_HEALTH_STRATEGY_ORDER;
  return order.filter((strategy) => strategy !== 'unofficial' || options?.allowUnofficial === true);
}

/** Whether an integration may be reached in a way that its vendor does not support. */
export function isUnofficialHealthProviderAllowed(key: string, options?: HealthRuntimeStrategyOptions): boolean {
  if (options?.allowUnofficial !== true) return false;
  const allowList = options.unofficialAllowList ?? [];
  return allowList.length === 0 || allowList.includes(key);
}
