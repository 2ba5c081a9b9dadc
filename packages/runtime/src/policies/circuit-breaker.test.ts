import { describe, expect, it } from 'vitest';
import { CircuitBreaker, DEFAULT_CIRCUIT_BREAKER } from './circuit-breaker.ts';

const OPTIONS = { ...DEFAULT_CIRCUIT_BREAKER, minimumCalls: 4, openMs: 1_000, maxOpenMs: 3_000 };

/** Runs one attempt with the given end; false when the breaker refused it. */
function attempt(breaker: CircuitBreaker, verdict: 'success' | 'failure' | 'neutral', nowMs: number): boolean {
  const ticket = breaker.admit(nowMs);
  if (ticket === undefined) return false;
  breaker.settle(ticket, verdict, nowMs);
  return true;
}

function opened(atMs = 0): CircuitBreaker {
  const breaker = new CircuitBreaker(OPTIONS);
  for (let index = 0; index < 4; index += 1) attempt(breaker, 'failure', atMs);
  return breaker;
}

describe('a circuit breaker', () => {
  it('stays closed below the minimum number of attempts', () => {
    const breaker = new CircuitBreaker(OPTIONS);
    for (let index = 0; index < 3; index += 1) attempt(breaker, 'failure', 0);
    expect(breaker.state(0)).toBe('closed');
  });

  it('opens when half of the attempts in the window fail', () => {
    const breaker = new CircuitBreaker(OPTIONS);
    for (const verdict of ['success', 'success', 'failure'] as const) attempt(breaker, verdict, 0);
    expect(breaker.state(0)).toBe('closed');
    attempt(breaker, 'failure', 0);
    expect(breaker.state(0)).toBe('open');
    expect(attempt(breaker, 'success', 999)).toBe(false);
    expect(breaker.refusalMs(400)).toBe(600);
  });

  it('counts only what the window still holds', () => {
    const breaker = new CircuitBreaker(OPTIONS);
    for (let index = 0; index < 3; index += 1) attempt(breaker, 'failure', 0);
    for (let index = 0; index < 3; index += 1) attempt(breaker, 'success', 40_000);
    attempt(breaker, 'failure', 40_000);
    expect(breaker.state(40_000)).toBe('closed');
  });

  it('does not count attempts that say nothing', () => {
    const breaker = new CircuitBreaker(OPTIONS);
    for (let index = 0; index < 50; index += 1) attempt(breaker, 'neutral', 0);
    expect(breaker.state(0)).toBe('closed');
  });

  it('lets one probe through at a time once the open period is over', () => {
    const breaker = opened();
    const probe = breaker.admit(1_000);
    expect(probe).toBeDefined();
    expect(breaker.state(1_000)).toBe('half-open');
    expect(breaker.admit(1_000)).toBeUndefined();
    if (probe !== undefined) breaker.settle(probe, 'success', 1_001);
    expect(breaker.admit(1_001)).toBeDefined();
  });

  it('closes after two good probes and starts counting afresh', () => {
    const breaker = opened();
    attempt(breaker, 'success', 1_000);
    expect(breaker.state(1_000)).toBe('half-open');
    attempt(breaker, 'success', 1_001);
    expect(breaker.state(1_001)).toBe('closed');
    for (let index = 0; index < 3; index += 1) attempt(breaker, 'failure', 1_002);
    expect(breaker.state(1_002)).toBe('closed');
  });

  it('opens again after a bad probe, each time for twice as long up to the longest period', () => {
    const breaker = opened();
    attempt(breaker, 'failure', 1_000);
    expect(breaker.refusalMs(1_000)).toBe(2_000);
    attempt(breaker, 'failure', 3_000);
    expect(breaker.refusalMs(3_000)).toBe(3_000);
    attempt(breaker, 'failure', 6_000);
    expect(breaker.refusalMs(6_000)).toBe(3_000);
  });

  it('probes again after a probe that said nothing', () => {
    const breaker = opened();
    attempt(breaker, 'neutral', 1_000);
    expect(breaker.state(1_000)).toBe('half-open');
    expect(attempt(breaker, 'success', 1_000)).toBe(true);
  });

  it('ignores attempts that were admitted before it opened', () => {
    const breaker = new CircuitBreaker(OPTIONS);
    const early = breaker.admit(0);
    for (let index = 0; index < 4; index += 1) attempt(breaker, 'failure', 0);
    if (early !== undefined) breaker.settle(early, 'success', 1_500);
    expect(attempt(breaker, 'success', 1_500)).toBe(true);
    expect(breaker.state(1_500)).toBe('half-open');
  });
});
