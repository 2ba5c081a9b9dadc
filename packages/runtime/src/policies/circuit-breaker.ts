import { SlidingWindow } from './sliding-window.ts';

export interface CircuitBreakerOptions {
  /** Window over which failures are counted. Default 30 000. */
  readonly windowMs?: number;
  /** Share of failed attempts that opens the circuit. Default 0.5. */
  readonly failureRatio?: number;
  /** Attempts in the window below which the circuit stays closed. Default 10. */
  readonly minimumCalls?: number;
  /** First open period; each failed probe doubles it. Default 30 000. */
  readonly openMs?: number;
  /** Longest open period. Default 300 000. */
  readonly maxOpenMs?: number;
  /** Good probes in a row that close the circuit. Default 2. */
  readonly probesToClose?: number;
}

export const DEFAULT_CIRCUIT_BREAKER: Required<CircuitBreakerOptions> = {
  windowMs: 30_000,
  failureRatio: 0.5,
  minimumCalls: 10,
  openMs: 30_000,
  maxOpenMs: 300_000,
  probesToClose: 2,
};

export type CircuitState = 'closed' | 'open' | 'half-open';

/** Closed: counting. Open: refusing until a time. Half-open: letting one probe through at a time. */
type State =
  | { readonly name: 'closed' }
  | { readonly name: 'open'; readonly untilMs: number; readonly openMs: number }
  | { readonly name: 'half-open'; readonly openMs: number; readonly goodProbes: number; readonly isProbing: boolean };

const CLOSED: State = { name: 'closed' };

/** How an admitted attempt went, as far as the provider's health is concerned. */
export type CircuitVerdict = 'success' | 'failure' | 'neutral';

/** Stops calling a provider that keeps failing, and tries it again one call at a time. */
export class CircuitBreaker {
  readonly #options: Required<CircuitBreakerOptions>;
  readonly #attempts: SlidingWindow;
  readonly #failures: SlidingWindow;
  #state: State = CLOSED;
  /** Changes with each state: an attempt admitted in an earlier one has no say in the next. */
  #era = 0;

  constructor(options: Required<CircuitBreakerOptions>) {
    this.#options = options;
    this.#attempts = new SlidingWindow(options.windowMs, 10);
    this.#failures = new SlidingWindow(options.windowMs, 10);
  }

  state(nowMs: number): CircuitState {
    return this.#state.name === 'open' && nowMs >= this.#state.untilMs ? 'half-open' : this.#state.name;
  }

  /** Milliseconds until a probe is let through; 0 when an attempt would be admitted now. */
  refusalMs(nowMs: number): number {
    const state = this.#state;
    if (state.name === 'open') return Math.max(0, state.untilMs - nowMs);
    if (state.name === 'half-open' && state.isProbing) return state.openMs;
    return 0;
  }

  /** Admits one attempt and returns its ticket for `settle`, or undefined when the circuit refuses it. */
  admit(nowMs: number): number | undefined {
    if (this.#state.name === 'closed') return this.#era;
    if (this.refusalMs(nowMs) > 0) return undefined;
    const goodProbes = this.#state.name === 'half-open' ? this.#state.goodProbes : 0;
    this.#state = { name: 'half-open', openMs: this.#state.openMs, goodProbes, isProbing: true };
    this.#era += 1;
    return this.#era;
  }

  /** Reports how an admitted attempt went. A ticket from an earlier state is ignored. */
  settle(ticket: number, verdict: CircuitVerdict, nowMs: number): void {
    if (ticket !== this.#era) return;
    if (this.#state.name === 'half-open') this.#settleProbe(this.#state, verdict, nowMs);
    else if (verdict !== 'neutral') this.#count(verdict === 'failure', nowMs);
  }

  #count(isFailure: boolean, nowMs: number): void {
    this.#attempts.add(1, nowMs);
    if (!isFailure) return;
    this.#failures.add(1, nowMs);
    const attempts = this.#attempts.total(nowMs);
    if (attempts < this.#options.minimumCalls) return;
    if (this.#failures.total(nowMs) / attempts < this.#options.failureRatio) return;
    this.#open(this.#options.openMs, nowMs);
  }

  #settleProbe(state: Extract<State, { name: 'half-open' }>, verdict: CircuitVerdict, nowMs: number): void {
    if (verdict === 'failure') {
      this.#open(Math.min(state.openMs * 2, this.#options.maxOpenMs), nowMs);
      return;
    }
    const goodProbes = state.goodProbes + (verdict === 'success' ? 1 : 0);
    this.#era += 1;
    if (goodProbes < this.#options.probesToClose) {
      this.#state = { ...state, goodProbes, isProbing: false };
      return;
    }
    this.#attempts.clear();
    this.#failures.clear();
    this.#state = CLOSED;
  }

  #open(openMs: number, nowMs: number): void {
    this.#era += 1;
    this.#state = { name: 'open', untilMs: nowMs + openMs, openMs };
  }
}
