import type { IntegrationConnection, IntegrationConnectionMeta } from '@mortise/core';
import { Bulkhead } from '../policies/bulkhead.ts';
import type { EffectivePolicy } from '../policies/call-policy.ts';
import { CircuitBreaker } from '../policies/circuit-breaker.ts';
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
  #breaker: CircuitBreaker | undefined;
  #bulkhead: Bulkhead | undefined;

  constructor(meta: IntegrationConnectionMeta, key: string) {
    this.tenantId = meta.tenantId;
    this.integrationKey = meta.integrationKey;
    this.connectionId = meta.id;
    this.key = key;
  }

  /** The breaker, made by the first call that wants one; its options stay until the state is forgotten. */
  breaker(options: EffectivePolicy['breaker']): CircuitBreaker | undefined {
    if (options === false) return undefined;
    return (this.#breaker ??= new CircuitBreaker(options));
  }

  /** The bulkhead, made by the first call that wants one; its options stay until the state is forgotten. */
  bulkhead(options: EffectivePolicy['bulkhead']): Bulkhead | undefined {
    if (options === false) return undefined;
    return (this.#bulkhead ??= new Bulkhead(options));
  }

  snapshot(nowMs: number): ConnectionSnapshot {
    return {
      circuit: this.#breaker?.state(nowMs) ?? 'closed',
      running: this.#bulkhead?.running ?? this.calls,
      queued: this.#bulkhead?.queued ?? 0,
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

/** How a connection is doing, as its guard sees it. */
export interface ConnectionSnapshot {
  readonly circuit: 'closed' | 'open' | 'half-open';
  readonly running: number;
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
  readonly #budgets = new Map<string, RetryBudget>();

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
    const known = this.#budgets.get(integrationKey);
    if (known !== undefined) return known;
    const budget = new RetryBudget(options);
    this.#budgets.set(integrationKey, budget);
    return budget;
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
