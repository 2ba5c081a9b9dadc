import { ServiceError } from '../service-error.ts';

/** Requests that an operation may have in each second. */
export type Quotas = Readonly<Record<string, number>>;

/** Counts requests in seconds of the server's clock. */
export class Throttle {
  readonly #quotas: Quotas;
  readonly #counts = new Map<string, { second: number; count: number }>();

  constructor(quotas: Quotas) {
    this.#quotas = quotas;
  }

  /** @throws {ServiceError} `ThrottlingException`. */
  check(operation: string, nowMs: number): void {
    const quota = Object.hasOwn(this.#quotas, operation) ? this.#quotas[operation] : undefined;
    if (quota === undefined) return;
    const second = Math.floor(nowMs / 1000);
    const before = this.#counts.get(operation);
    const count = before?.second === second ? before.count + 1 : 1;
    this.#counts.set(operation, { second, count });
    if (count > quota) throw new ServiceError('ThrottlingException', 'Rate exceeded');
  }
}
