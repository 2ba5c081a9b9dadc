export interface BulkheadOptions {
  /** Calls that run at the same time. Default 25. */
  readonly limit?: number;
  /** Calls that wait for a place; one more is refused. Default 50. */
  readonly queue?: number;
}

export const DEFAULT_BULKHEAD: Required<BulkheadOptions> = { limit: 25, queue: 50 };

/** A place in the queue; `cancel` gives it up. */
export interface BulkheadTicket {
  readonly admitted: Promise<void>;
  cancel(): void;
}

/** Bounds how many calls to one connection run at the same time. */
export class Bulkhead {
  readonly #limit: number;
  readonly #queueLimit: number;
  readonly #queue = new Set<() => void>();
  #running = 0;

  constructor(options: Required<BulkheadOptions>) {
    this.#limit = options.limit;
    this.#queueLimit = options.queue;
  }

  get running(): number {
    return this.#running;
  }

  get queued(): number {
    return this.#queue.size;
  }

  /** Takes a place if one is free. Each place taken is given back with `release`. */
  tryEnter(): boolean {
    if (this.#running >= this.#limit) return false;
    this.#running += 1;
    return true;
  }

  /** Queues for a place; undefined when the queue is full. Once admitted, the place is held until `release`. */
  enqueue(): BulkheadTicket | undefined {
    if (this.#queue.size >= this.#queueLimit) return undefined;
    let admit: () => void = () => undefined;
    const admitted = new Promise<void>((resolve) => {
      admit = resolve;
    });
    this.#queue.add(admit);
    return {
      admitted,
      cancel: () => {
        // Not queued any more: the place was already granted and has to go back.
        if (!this.#queue.delete(admit)) this.release();
      },
    };
  }

  /** Gives a place back; the one who waited longest gets it. */
  release(): void {
    const next = this.#queue.values().next();
    if (next.done === true) {
      this.#running -= 1;
      return;
    }
    this.#queue.delete(next.value);
    next.value();
  }
}
