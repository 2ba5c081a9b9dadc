import { IntegrationError, type IntegrationConnection, type IntegrationSpec } from '@mortise/core';
import { type HttpClock, systemClock } from '@mortise/http';
import { assessError } from '../check/assess-error.ts';
import { checkConnection, type CheckConnectionOptions, type SecretSource } from '../check/check-connection.ts';
import type { ConnectionCheck } from '../check/connection-check.ts';
import { type HealthStatus, toConnectionStatus } from '../health-status.ts';
import { HealthCache } from './health-cache.ts';
import { hostOf } from './host-of.ts';
import { type HostPoliteness, HostQueue } from './host-queue.ts';
import { type TrackedHealth, trackHealth, type TrackHealthOptions } from './track-health.ts';

/** A connection to be checked. */
export interface SweepTarget {
  readonly spec: IntegrationSpec;
  readonly connection: IntegrationConnection;
  readonly secrets: SecretSource;
  /** What is remembered of it from earlier checks. */
  readonly previous?: TrackedHealth;
  /** Settings of its own, such as a probe or its deliveries. */
  readonly options?: CheckConnectionOptions;
}

/** How far a sweep has come. */
export interface SweepProgress {
  /** Connections whose result was handed out, this one included. */
  readonly done: number;
  /** Connections that the source gave so far. */
  readonly started: number;
  readonly byStatus: Readonly<Partial<Record<HealthStatus, number>>>;
}

/** The result of one connection. */
export interface SweepResult {
  readonly target: SweepTarget;
  readonly check: ConnectionCheck;
  /** What to remember, and which status holds. */
  readonly tracked: TrackedHealth;
  /** Whether the status that holds has changed. True for a connection that nothing was remembered of. */
  readonly hasChanged: boolean;
  /** Whether the check was made for another question: recently, or at the same time. */
  readonly isShared: boolean;
  readonly progress: SweepProgress;
}

export interface SweepOptions extends Omit<CheckConnectionOptions, 'deliveries' | 'probe'> {
  /** Checks under way at once. Default 64. */
  readonly concurrency?: number;
  /** Connections held at once: under way, waiting for their host, or not yet taken. Default 16 for each check under way. */
  readonly maxHeld?: number;
  readonly politeness?: HostPoliteness;
  /** Shared by sweeps that are to share results. Default one of its own. */
  readonly cache?: HealthCache;
  readonly hysteresis?: TrackHealthOptions;
  /** Default `Math.random`. */
  readonly random?: () => number;
  /** Default: the host of the base URL. */
  readonly hostOf?: (spec: IntegrationSpec, connection: IntegrationConnection) => string;
  /** Default `checkConnection`. */
  readonly check?: typeof checkConnection;
}

type Source = Iterable<SweepTarget> | AsyncIterable<SweepTarget>;

/**
 * Checks many connections and gives each result as soon as it is there, in no order. The source is read as there is room,
 * so that memory does not grow with its length. Leaving the loop, or the signal, ends what is under way.
 *
 * @throws {IntegrationError} `aborted`, while iterating. What the source throws is passed on.
 */
export function sweepConnections(source: Source, options: SweepOptions = {}): AsyncIterable<SweepResult> {
  return { [Symbol.asyncIterator]: () => new Sweep(source, options).run() };
}

class Sweep {
  readonly #options: SweepOptions;
  readonly #clock: HttpClock;
  readonly #concurrency: number;
  readonly #maxHeld: number;
  readonly #queue: HostQueue<SweepTarget>;
  readonly #cache: HealthCache;
  readonly #hostOf: (spec: IntegrationSpec, connection: IntegrationConnection) => string;
  readonly #stop = new AbortController();
  readonly #iterator: AsyncIterator<SweepTarget> | Iterator<SweepTarget>;
  readonly #ready: Omit<SweepResult, 'progress'>[] = [];
  readonly #byStatus: Partial<Record<HealthStatus, number>> = {};
  #running = 0;
  #started = 0;
  #done = 0;
  #isReading = false;
  #isExhausted = false;
  #failure: { readonly error: unknown } | undefined;
  #cancelTimer: (() => void) | undefined;
  #wake: () => void = () => undefined;

  constructor(source: Source, options: SweepOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#concurrency = Math.max(1, options.concurrency ?? 64);
    this.#maxHeld = Math.max(this.#concurrency, options.maxHeld ?? 16 * this.#concurrency);
    this.#queue = new HostQueue(options.politeness ?? {}, options.random ?? Math.random);
    this.#cache = options.cache ?? new HealthCache();
    this.#hostOf = options.hostOf ?? hostOf;
    this.#iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  }

  async *run(): AsyncGenerator<SweepResult, void> {
    const { signal } = this.#options;
    const onAbort = (): void => {
      this.#failure ??= { error: aborted(signal) };
      this.#stop.abort(signal?.reason);
      this.#wake();
    };
    if (signal?.aborted === true) onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      for (;;) {
        if (this.#failure !== undefined) throw this.#failure.error;
        this.#fill();
        this.#startChecks();
        const result = this.#ready.shift();
        if (result !== undefined) {
          yield this.#withProgress(result);
          continue;
        }
        if (this.#isExhausted && this.#running === 0 && this.#queue.waiting === 0) return;
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      signal?.removeEventListener('abort', onAbort);
      this.#cancelTimer?.();
      this.#stop.abort();
      if (!this.#isExhausted) await this.#iterator.return?.();
    }
  }

  /** Reads on while there is room. One read at a time: sources need not allow more. */
  #fill(): void {
    while (!this.#isReading && !this.#isExhausted && this.#hasRoom()) {
      let next: IteratorResult<SweepTarget> | Promise<IteratorResult<SweepTarget>>;
      try {
        next = this.#iterator.next();
      } catch (error) {
        this.#fail(error);
        return;
      }
      if (next instanceof Promise) {
        void this.#acceptLater(next);
        return;
      }
      this.#accept(next);
    }
  }

  async #acceptLater(next: Promise<IteratorResult<SweepTarget>>): Promise<void> {
    this.#isReading = true;
    try {
      const result = await next;
      this.#isReading = false;
      this.#accept(result);
      this.#wake();
    } catch (error) {
      this.#fail(error);
    }
  }

  #hasRoom(): boolean {
    return this.#running + this.#queue.waiting + this.#ready.length < this.#maxHeld;
  }

  #accept(result: IteratorResult<SweepTarget>): void {
    if (result.done === true) {
      this.#isExhausted = true;
      return;
    }
    const target = result.value;
    this.#started += 1;
    this.#queue.add(this.#hostOf(target.spec, target.connection), target);
  }

  #startChecks(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    while (this.#running < this.#concurrency) {
      const next = this.#queue.take(this.#clock.monotonicMs());
      if (next === undefined) return;
      if (typeof next === 'number') {
        this.#cancelTimer = this.#clock.setTimer(() => this.#wake(), Math.ceil(next));
        return;
      }
      this.#running += 1;
      void this.#check(next.job, next.name);
    }
  }

  /** Never rejects. */
  async #check(target: SweepTarget, host: string): Promise<void> {
    const { connection, previous } = target;
    const { tenantId, id } = connection.meta;
    const nowMs = (): number => this.#clock.monotonicMs();
    let found: { check: ConnectionCheck; isShared: boolean };
    try {
      found = await this.#cache.get(JSON.stringify([tenantId, id]), nowMs, () => this.#ask(target));
    } catch (error) {
      found = { check: this.#brokenCheck(target, error), isShared: false };
    }
    this.#running -= 1;
    this.#queue.release(host, nowMs());
    if (!this.#stop.signal.aborted) {
      const tracked = trackHealth(previous, found.check, this.#options.hysteresis);
      this.#ready.push({ target, ...found, tracked, hasChanged: tracked.status !== previous?.status });
    }
    this.#wake();
  }

  #ask({ spec, connection, secrets, options: own }: SweepTarget): Promise<ConnectionCheck> {
    const { check = checkConnection, timeoutMs, slowAfterMs, fetch, network, token, probes } = this.#options;
    return check(spec, connection, secrets, {
      clock: this.#clock,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(slowAfterMs === undefined ? {} : { slowAfterMs }),
      ...(fetch === undefined ? {} : { fetch }),
      ...(network === undefined ? {} : { network }),
      ...(token === undefined ? {} : { token }),
      ...(probes === undefined ? {} : { probes }),
      ...own,
      signal: this.#stop.signal,
    });
  }

  /** For a `check` of the host's that rejects. */
  #brokenCheck({ spec, connection }: SweepTarget, error: unknown): ConnectionCheck {
    const { errorCode } = assessError(error);
    return {
      connectionId: connection.meta.id,
      integrationKey: spec.meta.key,
      status: 'unknown',
      connectionStatus: toConnectionStatus('unknown'),
      probe: 'custom',
      checkedAt: this.#clock.now().toISOString(),
      latencyMs: 0,
      errorCode: errorCode ?? 'CHECK_FAILED',
    };
  }

  #withProgress(result: Omit<SweepResult, 'progress'>): SweepResult {
    const { status } = result.check;
    this.#done += 1;
    this.#byStatus[status] = (this.#byStatus[status] ?? 0) + 1;
    const progress = { done: this.#done, started: this.#started, byStatus: { ...this.#byStatus } };
    return { ...result, progress };
  }

  #fail(error: unknown): void {
    this.#isReading = false;
    this.#isExhausted = true;
    this.#failure ??= { error };
    this.#wake();
  }
}

function aborted(signal: AbortSignal | undefined): IntegrationError {
  return new IntegrationError({ code: 'aborted', message: 'The sweep was aborted', cause: signal?.reason });
}
