/** A timer that waits. Cancelling only marks it; the heap drops it when it surfaces. */
export interface HeapTimer {
  /** Milliseconds on the monotonic clock. */
  readonly dueMs: number;
  /** Breaks ties: of two timers due at once, the one set first fires first. */
  readonly order: number;
  /** Absent once it fired or was cancelled. */
  callback: (() => void) | undefined;
}

/** A binary heap of timers by due time, then by order of insertion. */
export class TimerHeap {
  readonly #timers: HeapTimer[] = [];

  get size(): number {
    return this.#timers.length;
  }

  push(timer: HeapTimer): void {
    const timers = this.#timers;
    let index = timers.length;
    timers.push(timer);
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = timers[parentIndex];
      if (parent === undefined || isBefore(parent, timer)) break;
      timers[index] = parent;
      index = parentIndex;
    }
    timers[index] = timer;
  }

  /** The next timer that is still wanted, left in place. Drops the cancelled ones above it. */
  peek(): HeapTimer | undefined {
    for (;;) {
      const top = this.#timers[0];
      if (top === undefined || top.callback !== undefined) return top;
      this.#removeTop();
    }
  }

  pop(): HeapTimer | undefined {
    const top = this.peek();
    if (top !== undefined) this.#removeTop();
    return top;
  }

  /** Forgets every cancelled timer, so that a long run of set-and-cancel keeps no memory. */
  compact(): void {
    const wanted = this.#timers.filter((timer) => timer.callback !== undefined);
    this.#timers.length = 0;
    for (const timer of wanted) this.push(timer);
  }

  #removeTop(): void {
    const timers = this.#timers;
    const last = timers.pop();
    if (last === undefined || timers.length === 0) return;
    let index = 0;
    for (;;) {
      const child = this.#earlierChild(index);
      if (child === undefined || isBefore(last, child.timer)) break;
      timers[index] = child.timer;
      index = child.index;
    }
    timers[index] = last;
  }

  #earlierChild(index: number): { readonly timer: HeapTimer; readonly index: number } | undefined {
    const leftIndex = 2 * index + 1;
    const left = this.#timers[leftIndex];
    const right = this.#timers[leftIndex + 1];
    if (left === undefined) return undefined;
    return right !== undefined && isBefore(right, left)
      ? { timer: right, index: leftIndex + 1 }
      : { timer: left, index: leftIndex };
  }
}

function isBefore(one: HeapTimer, other: HeapTimer): boolean {
  return one.dueMs < other.dueMs || (one.dueMs === other.dueMs && one.order < other.order);
}
