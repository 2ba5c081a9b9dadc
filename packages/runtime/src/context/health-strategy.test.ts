import { describe, expect, it } from 'vitest';
import {
  DEFAULT_HEALTH_STRATEGY_ORDER,
  isUnofficialHealthProviderAllowed,
  resolveHealthStrategyOrder,
} from './health-strategy.ts';

describe('the order of health strategies', () => {
  it('leaves unofficial ways out unless they are allowed', () => {
    expect(resolveHealthStrategyOrder()).toEqual(['official-api', 'official-mcp', 'aggregator-api', 'aggregator-mcp']);
    expect(resolveHealthStrategyOrder({ allowUnofficial: true })).toEqual(DEFAULT_HEALTH_STRATEGY_ORDER);
    expect(resolveHealthStrategyOrder({ strategyOrder: ['unofficial'] })).toEqual([]);
  });

  it('keeps the order that was given, in a list of its own', () => {
    const strategyOrder = ['aggregator-api', 'official-api'] as const;
    const order = resolveHealthStrategyOrder({ strategyOrder });
    expect(order).toEqual(strategyOrder);
    expect(order).not.toBe(strategyOrder);
    expect(resolveHealthStrategyOrder({ allowUnofficial: true })).not.toBe(DEFAULT_HEALTH_STRATEGY_ORDER);
  });
});

describe('an unofficial health provider', () => {
  it('is allowed only where the host says so, and then for the listed keys', () => {
    expect(isUnofficialHealthProviderAllowed('health.peloton')).toBe(false);
    expect(isUnofficialHealthProviderAllowed('health.peloton', { unofficialAllowList: ['health.peloton'] })).toBe(
      false,
    );
    const listed = { allowUnofficial: true, unofficialAllowList: ['health.peloton'] };
    expect(isUnofficialHealthProviderAllowed('health.peloton', listed)).toBe(true);
    expect(isUnofficialHealthProviderAllowed('health.garmin', listed)).toBe(false);
    expect(isUnofficialHealthProviderAllowed('health.garmin', { allowUnofficial: true })).toBe(true);
  });
});
