import { HEALTH_DATA_TRANSPORTS, type HealthDataTransport } from '../model/source.ts';

/** The fields of a connection's config that choose its route. */
export interface HealthStrategyConfig {
  /** Tried first. */
  readonly defaultTransport?: HealthDataTransport;
  /** The routes that may be tried, in order. Absent or empty: all, as listed in `HEALTH_DATA_TRANSPORTS`. */
  readonly strategyOrder?: readonly HealthDataTransport[];
  /** Must be true for `unofficial` to be tried. Default false. */
  readonly allowUnofficial?: boolean;
  /** Integrations for which it may be tried. Absent or empty: for none. */
  readonly unofficialAllowList?: readonly string[];
}

/**
 * The routes to try for an integration, in order and each once. The unofficial one is among them only where the config
 * permits it twice: in general, and for this very integration.
 */
export function listHealthStrategies(integrationKey: string, config: HealthStrategyConfig = {}): HealthDataTransport[] {
  const { defaultTransport, strategyOrder, allowUnofficial, unofficialAllowList = [] } = config;
  const order = strategyOrder === undefined || strategyOrder.length === 0 ? HEALTH_DATA_TRANSPORTS : strategyOrder;
  const wanted = new Set(defaultTransport === undefined ? order : [defaultTransport, ...order]);
  const mayBeUnofficial = allowUnofficial === true && unofficialAllowList.includes(integrationKey);
  return [...wanted].filter((route) => route !== 'unofficial' || mayBeUnofficial);
}
