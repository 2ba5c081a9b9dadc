import { ApiRefusal } from './store/api-refusal.ts';
import type { Operation, ScalewaySecretOperation } from './wire/operation.ts';

/** A permission that is taken away. */
export interface DenyOptions {
  /** Absent: every operation. */
  readonly operation?: ScalewaySecretOperation;
  /** Absent: every secret. */
  readonly secretId?: string;
  /** Requests of this kind that are still let through. Default 0. */
  readonly afterCalls?: number;
}

export interface RequestQuota {
  /** Requests let through in each window. */
  readonly quota: number;
  readonly windowSeconds: number;
}

interface Denial {
  readonly options: DenyOptions;
  callsLeft: number;
}

/** Who may do what, and how often: what stands before the operations. */
export class Gate {
  readonly #requestQuota: RequestQuota | undefined;
  readonly #denials = new Set<Denial>();
  #token: string | undefined;
  #windowStart = Number.NEGATIVE_INFINITY;
  #requestsInWindow = 0;

  constructor(token: string, requestQuota: RequestQuota | undefined) {
    this.#token = token;
    this.#requestQuota = requestQuota;
  }

  setToken(token: string | undefined): void {
    this.#token = token;
  }

  deny(options: DenyOptions): () => void {
    const denial: Denial = { options, callsLeft: options.afterCalls ?? 0 };
    this.#denials.add(denial);
    return () => {
      this.#denials.delete(denial);
    };
  }

  assertAuthenticated(token: string | undefined): void {
    if (token !== undefined && token === this.#token) return;
    throw new ApiRefusal('denied_authentication', {
      method: 'api_key',
      reason: token === undefined || token === '' ? 'invalid_argument' : 'not_found',
    });
  }

  assertWithinQuota(now: number): void {
    if (this.#requestQuota === undefined) return;
    const { quota, windowSeconds } = this.#requestQuota;
    if (now >= this.#windowStart + windowSeconds * 1000) {
      this.#windowStart = now;
      this.#requestsInWindow = 0;
    }
    this.#requestsInWindow += 1;
    if (this.#requestsInWindow <= quota) return;
    const resetAt = this.#windowStart + windowSeconds * 1000;
    throw new ApiRefusal('too_many_requests', {
      help_message: 'slow down',
      limit: { quota, window_seconds: windowSeconds },
      reset_seconds: Math.ceil((resetAt - now) / 1000),
      reset_at: new Date(resetAt).toISOString(),
    });
  }

  assertPermitted({ name, action }: Operation, secretId: string): void {
    for (const denial of this.#denials) {
      const { operation, secretId: denied } = denial.options;
      if ((operation ?? name) !== name || (denied ?? secretId) !== secretId) continue;
      if (denial.callsLeft <= 0) {
        throw new ApiRefusal('permissions_denied', { details: [{ action, resource: 'secret' }] });
      }
      denial.callsLeft -= 1;
    }
  }
}
