import { IntegrationError } from '@mortise/core';
import type { HealthEntity, HealthEntityType } from '../model/entity.ts';
import { compareEntities } from '../time/record-time.ts';

/** What happened to a record at the vendor. */
export interface VendorChange {
  readonly position: number;
  readonly entity: HealthEntity;
  readonly isRemoval: boolean;
}

/** The vendor behind an in-memory provider: it holds records, and can be told to fail or to stay silent. */
export class InMemoryHealthVendor {
  readonly #entities = new Map<string, HealthEntity>();
  readonly #changes: VendorChange[] = [];
  #requests = 0;
  #openRequests = 0;
  #isHanging = false;
  #failFrom: number | undefined;

  constructor(entities: Iterable<HealthEntity> = []) {
    for (const entity of entities) this.put(entity);
  }

  /** Requests that came in so far. */
  get requests(): number {
    return this.#requests;
  }

  /** Requests that have not been answered yet. */
  get openRequests(): number {
    return this.#openRequests;
  }

  /** Adds a record, or replaces the one with its external id on its connection. */
  put(entity: HealthEntity): void {
    const copy = structuredClone(entity);
    this.#entities.set(keyOf(copy), copy);
    this.#changes.push({ position: this.#changes.length + 1, entity: copy, isRemoval: false });
  }

  /** Removes a record, if it is there. */
  remove(entity: HealthEntity): void {
    const known = this.#entities.get(keyOf(entity));
    if (known === undefined) return;
    this.#entities.delete(keyOf(entity));
    this.#changes.push({ position: this.#changes.length + 1, entity: known, isRemoval: true });
  }

  /** From now on requests are taken and never answered, or answered again. */
  hang(isHanging: boolean): void {
    this.#isHanging = isHanging;
  }

  /** The request of this number from now on, counted from 1, and all later ones fail; undefined: none does. */
  failFrom(request: number | undefined): void {
    this.#failFrom = request === undefined ? undefined : this.#requests + request;
  }

  /** Takes a request. */
  async request<Value>(answer: () => Value, signal: AbortSignal): Promise<Value> {
    this.#requests += 1;
    const number = this.#requests;
    this.#openRequests += 1;
    try {
      // As over a wire, an answer takes at least a turn.
      await Promise.resolve();
      if (this.#isHanging) await untilAborted(signal);
      if (this.#failFrom !== undefined && number >= this.#failFrom) {
        throw new IntegrationError({
          code: 'unavailable',
          retry: 'transient',
          httpStatus: 503,
          message: 'The vendor answered 503',
        });
      }
      return answer();
    } finally {
      this.#openRequests -= 1;
    }
  }

  /** Records of a kind in time order. */
  list(entityType: HealthEntityType): HealthEntity[] {
    return [...this.#entities.values()].filter((entity) => entity.entityType === entityType).sort(compareEntities);
  }

  /** Changes after a position, the earliest first. */
  changesAfter(position: number): VendorChange[] {
    return this.#changes.filter((change) => change.position > position);
  }

  all(): HealthEntity[] {
    return [...this.#entities.values()];
  }
}

function keyOf({ entityType, record }: HealthEntity): string {
  return JSON.stringify([record.tenantId, record.connectionId, entityType, record.externalId]);
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const onAbort = (): void => {
      reject(new IntegrationError({ code: 'aborted', message: 'The request was let go', cause: signal.reason }));
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}
