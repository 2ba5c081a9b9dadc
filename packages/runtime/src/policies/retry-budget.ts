export interface RetryBudgetOptions {
  /** Tokens when full. Default 500. */
  readonly capacity?: number;
  /** Tokens that a retry after a transient failure takes. Default 14. */
  readonly transientCost?: number;
  /** Tokens that a retry after throttling takes. Default 5. */
  readonly throttledCost?: number;
}

/** The values that the AWS SDKs use: about 35 transient retries in a row, then one for every 14 good calls. */
export const DEFAULT_RETRY_BUDGET: Required<RetryBudgetOptions> = {
  capacity: 500,
  transientCost: 14,
  throttledCost: 5,
};

/** Stops retries from multiplying the load on a provider that is already failing. */
export class RetryBudget {
  readonly #options: Required<RetryBudgetOptions>;
  #tokens: number;

  constructor(options: Required<RetryBudgetOptions>) {
    this.#options = options;
    this.#tokens = options.capacity;
  }

  get tokens(): number {
    return this.#tokens;
  }

  /** Takes the cost of one retry; undefined, and nothing taken, when there is not enough left. */
  withdraw(isThrottled: boolean): number | undefined {
    const cost = isThrottled ? this.#options.throttledCost : this.#options.transientCost;
    if (cost > this.#tokens) return undefined;
    this.#tokens -= cost;
    return cost;
  }

  /** Gives back what a successful call's retries took, or one token to a call that needed none. */
  deposit(withdrawn: number): void {
    if (this.#tokens >= this.#options.capacity) return;
    this.#tokens = Math.min(this.#options.capacity, this.#tokens + (withdrawn === 0 ? 1 : withdrawn));
  }
}
