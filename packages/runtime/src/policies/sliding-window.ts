/**
 * Counts per slice of time over a moving window. The oldest slice counts whole until it has left the window, so a
 * total is never too low.
 */
export class SlidingWindow {
  readonly #counts: Float64Array;
  readonly #sliceMs: number;
  #slice = Number.NEGATIVE_INFINITY;
  #total = 0;

  /** @param slices Resolution: how many slices the window is cut into. */
  constructor(windowMs: number, slices: number) {
    this.#sliceMs = windowMs / slices;
    this.#counts = new Float64Array(slices + 1);
  }

  /** Sum over the window that ends now. */
  total(nowMs: number): number {
    this.#advance(nowMs);
    return this.#total;
  }

  add(amount: number, nowMs: number): void {
    this.#advance(nowMs);
    const index = this.#index(this.#slice);
    this.#counts[index] = (this.#counts[index] ?? 0) + amount;
    this.#total += amount;
  }

  clear(): void {
    this.#counts.fill(0);
    this.#total = 0;
  }

  /** Milliseconds until the window's sum has fallen to `target` or below, if nothing is added. */
  waitUntil(target: number, nowMs: number): number {
    this.#advance(nowMs);
    let remaining = this.#total;
    const length = this.#counts.length;
    for (let age = length - 1; age >= 0; age -= 1) {
      if (remaining <= target) return this.#leavesInMs(age + 1, nowMs);
      remaining -= this.#counts[this.#index(this.#slice - age)] ?? 0;
    }
    return this.#leavesInMs(0, nowMs);
  }

  /** Time until a slice of the given age has left the window; 0 for one that already has. */
  #leavesInMs(age: number, nowMs: number): number {
    const length = this.#counts.length;
    if (age >= length) return 0;
    return Math.max(0, (this.#slice - age + length) * this.#sliceMs - nowMs);
  }

  #index(slice: number): number {
    const length = this.#counts.length;
    return ((slice % length) + length) % length;
  }

  #advance(nowMs: number): void {
    const slice = Math.floor(nowMs / this.#sliceMs);
    if (slice <= this.#slice) return;
    const length = this.#counts.length;
    if (slice - this.#slice >= length) {
      if (this.#total !== 0) this.clear();
    } else {
      for (let passed = this.#slice + 1; passed <= slice; passed += 1) {
        const index = this.#index(passed);
        this.#total -= this.#counts[index] ?? 0;
        this.#counts[index] = 0;
      }
    }
    this.#slice = slice;
  }
}
