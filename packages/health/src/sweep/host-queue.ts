/** How gently one host is treated. */
export interface HostPoliteness {
  /** Checks of one host under way at once. Default 8. */
  readonly maxInFlight?: number;
  /** Milliseconds between the starts of two checks of one host. Default 0. */
  readonly spacingMs?: number;
  /** Up to so many milliseconds are added to each spacing, at random. Default 0. */
  readonly jitterMs?: number;
}

interface Host<Job> {
  readonly waiting: Job[];
  inFlight: number;
  /** Monotonic milliseconds before which no check starts. */
  nextAtMs: number;
  isListed: boolean;
}

/** Jobs by host, handed out as the hosts may take them, in turn. */
export class HostQueue<Job> {
  readonly #maxInFlight: number;
  readonly #spacingMs: number;
  readonly #jitterMs: number;
  readonly #random: () => number;
  readonly #hosts = new Map<string, Host<Job>>();
  /** Names of hosts with waiting jobs and room, in the order of their turns. */
  #turns: string[] = [];
  #waiting = 0;

  constructor({ maxInFlight = 8, spacingMs = 0, jitterMs = 0 }: HostPoliteness, random: () => number) {
    this.#maxInFlight = Math.max(1, maxInFlight);
    this.#spacingMs = spacingMs;
    this.#jitterMs = jitterMs;
    this.#random = random;
  }

  /** Jobs that have not been handed out. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Hosts that are remembered. */
  get hosts(): number {
    return this.#hosts.size;
  }

  add(name: string, job: Job): void {
    let host = this.#hosts.get(name);
    if (host === undefined) {
      host = { waiting: [], inFlight: 0, nextAtMs: Number.NEGATIVE_INFINITY, isListed: false };
      this.#hosts.set(name, host);
    }
    host.waiting.push(job);
    this.#waiting += 1;
    this.#list(name, host);
  }

  /** The next job that may start now, or the milliseconds until one may; undefined when only an ending makes room. */
  take(nowMs: number): { readonly job: Job; readonly name: string } | number | undefined {
    let soonestMs: number | undefined;
    const later: string[] = [];
    let taken: { readonly job: Job; readonly name: string } | undefined;
    let looked = 0;
    for (const name of this.#turns) {
      looked += 1;
      const host = this.#hosts.get(name);
      if (host === undefined) continue;
      if (host.nextAtMs > nowMs) {
        soonestMs = Math.min(soonestMs ?? Number.POSITIVE_INFINITY, host.nextAtMs - nowMs);
        later.push(name);
        continue;
      }
      host.isListed = false;
      const job = host.waiting.shift();
      if (job === undefined) continue;
      this.#waiting -= 1;
      host.inFlight += 1;
      const gapMs = this.#spacingMs + this.#random() * this.#jitterMs;
      if (gapMs > 0) host.nextAtMs = nowMs + gapMs;
      taken = { job, name };
      break;
    }
    this.#turns.splice(0, looked);
    this.#turns.push(...later);
    if (taken !== undefined) {
      const host = this.#hosts.get(taken.name);
      if (host !== undefined) this.#list(taken.name, host);
      return taken;
    }
    return soonestMs;
  }

  /** A job of this host has ended. */
  release(name: string, nowMs: number): void {
    const host = this.#hosts.get(name);
    if (host === undefined) return;
    host.inFlight -= 1;
    this.#list(name, host);
    if (host.inFlight === 0 && host.waiting.length === 0 && host.nextAtMs <= nowMs) this.#hosts.delete(name);
    // Hosts that were left while their spacing ran are swept out now and then.
    if (this.#hosts.size > 1024 && this.#hosts.size % 256 === 0) this.#forgetIdle(nowMs);
  }

  #list(name: string, host: Host<Job>): void {
    if (host.isListed || host.waiting.length === 0 || host.inFlight >= this.#maxInFlight) return;
    host.isListed = true;
    this.#turns.push(name);
  }

  #forgetIdle(nowMs: number): void {
    for (const [name, host] of this.#hosts) {
      if (host.inFlight === 0 && host.waiting.length === 0 && host.nextAtMs <= nowMs) this.#hosts.delete(name);
    }
  }
}
