import type { IntegrationConnection, IntegrationConnectionMeta } from '@mortise/core';
import { Bulkhead, type BulkheadOptions } from '../policies/bulkhead.ts';
import { ByOptions } from '../policies/by-options.ts';
import type { EffectivePolicy } from '../policies/call-policy.ts';
import { CircuitBreaker, type CircuitBreakerOptions, type CircuitState } from '../policies/circuit-breaker.ts';
import { RetryBudget, type RetryBudgetOptions } from '../policies/retry-budget.ts';
import type { SecretLease } from './secret-lease.ts';

/** What the guard remembers of one connection between calls. */
export class ConnectionState {
  readonly tenantId: string;
  readonly integrationKey: string;
  readonly connectionId: string;
  /** Names the connection across tenants. */
  readonly key: string;
  lease: SecretLease | undefined;
  /** Calls under way. */
  calls = 0;
  /** Executors that settled after their attempt had been given up. */
  lateSettlements = 0;
  isForgotten = false;
  readonly #breakers = new ByOptions((options: Required<CircuitBreakerOptions>) => new CircuitBreaker(options));
  readonly #bulkheads = new ByOptions((options: Required<BulkheadOptions>) => new Bulkhead(options));

  constructor(meta: IntegrationConnectionMeta, key: string) {
    this.tenantId = meta.tenantId;
    this.integrationKey = meta.integrationKey;
    this.connectionId = meta.id;
    this.key = key;
  }

  /** The breaker of calls with these settings. */
  breaker(options: EffectivePolicy['breaker']): CircuitBreaker | undefined {
    return options === false ? undefined : this.#breakers.of(options);
  }

  /** The bulkhead of calls with these settings. */
  bulkhead(options: EffectivePolicy['bulkhead']): Bulkhead | undefined {
    return options === false ? undefined : this.#bulkheads.of(options);
  }

  snapshot(nowMs: number): ConnectionSnapshot {
    const circuits = new Set([...this.#breakers.values()].map((breaker) => breaker.state(nowMs)));
    return {
      circuit: WORST_FIRST.find((circuit) => circuits.has(circuit)) ?? 'closed',
      running: this.calls,
      queued: [...this.#bulkheads.values()].reduce((sum, { queued }) => sum + queued, 0),
      lateSettlements: this.lateSettlements,
    };
  }

  isOf(meta: IntegrationConnectionMeta): boolean {
    return (
      !this.isForgotten &&
      this.connectionId === meta.id &&
      this.tenantId === meta.tenantId &&
      this.integrationKey === meta.integrationKey
    );
  }
}

const WORST_FIRST: readonly CircuitState[] = ['open', 'half-open'];

/** How a connection is doing, as its guard sees it. */
export interface ConnectionSnapshot {
  /** The worst, where calls with settings of their own have circuits of their own. */
  readonly circuit: CircuitState;
  /** Calls under way, those that wait included. */
  readonly running: number;
  /** Calls that wait for a place in the bulkhead. */
  readonly queued: number;
  /** Executors that ignored their signal and settled after their attempt had been given up. */
  readonly lateSettlements: number;
}

/**
 * Breakers, bulkheads, retry budgets and checked secrets, by connection. Share one between guards of a process, so that
 * they act as one. Bounded: the connection unused for longest is forgotten first, never one with calls under way.
 */
export class GuardState {
  readonly #maxConnections: number;
  readonly #connections = new Map<string, ConnectionState>();
  readonly #byObject = new WeakMap<IntegrationConnection, ConnectionState>();
  readonly #budgets = new Map<string, ByOptions<Required<RetryBudgetOptions>, RetryBudget>>();

  /** @param maxConnections Default 10 000. */
  constructor(maxConnections: number = 10_000) {
    this.#maxConnections = maxConnections;
  }

  /** Number of connections remembered. */
  get size(): number {
    return this.#connections.size;
  }

  /** State of a connection, made on first use. */
  connection(connection: IntegrationConnection): ConnectionState {
    const seen = this.#byObject.get(connection);
    if (seen?.isOf(connection.meta)) return seen;
    const key = keyOf(connection.meta);
    let state = this.#connections.get(key);
    if (state === undefined) {
      if (this.#connections.size >= this.#maxConnections) this.#forgetOne();
      state = new ConnectionState(connection.meta, key);
    } else {
      this.#connections.delete(key);
    }
    this.#connections.set(key, state);
    this.#byObject.set(connection, state);
    return state;
  }

  /** State of a connection if there is any; makes none. */
  peek(connection: IntegrationConnection): ConnectionState | undefined {
    return this.#connections.get(keyOf(connection.meta));
  }

  /** The retry budget of one integration, shared by all its connections. */
  budget(integrationKey: string, options: Required<RetryBudgetOptions>): RetryBudget {
    let budgets = this.#budgets.get(integrationKey);
    if (budgets === undefined) {
      budgets = new ByOptions((settings: Required<RetryBudgetOptions>) => new RetryBudget(settings));
      this.#budgets.set(integrationKey, budgets);
    }
    return budgets.of(options);
  }

  #forgetOne(): void {
    for (const state of this.#connections.values()) {
      if (state.calls > 0) continue;
      state.isForgotten = true;
      this.#connections.delete(state.key);
      return;
    }
  }
}

function keyOf(meta: IntegrationConnectionMeta): string {
  return JSON.stringify([meta.tenantId, meta.integrationKey, meta.id]);
}
