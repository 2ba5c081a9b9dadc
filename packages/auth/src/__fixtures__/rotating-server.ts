import type { OAuth2RefreshPolicy, OAuth2TokenState } from '@mortise/core';
import type { FakeClock } from '@mortise/testing';
import { OAuthError, type OAuthErrorCode } from '../errors/oauth-error.ts';
import type { TokenSource } from '../keeper/token-source.ts';

/** What becomes of one request. */
export type RequestFate =
  | 'answered'
  /** The server acts, and its answer is lost. */
  | 'answer-lost'
  /** The request never arrives. */
  | 'unreachable'
  /** The server says that it failed. */
  | 'failing';

export interface RotatingServerOptions {
  readonly clock: FakeClock;
  /** Seconds. Default 3,600; `null`: not said. */
  readonly lifeSeconds?: number | null;
  readonly policy?: OAuth2RefreshPolicy;
  /** Milliseconds that a request takes, there and back each. Default 100; 0: no time of the clock's. */
  readonly latencyMs?: number;
  /** Fate of each request. Default `answered`. */
  readonly fate?: () => RequestFate;
}

/** A model of a vendor whose refresh tokens work once: using one again, beyond the promised interval, ends the grant. */
export class RotatingServer {
  /** Requests that arrived. */
  requests = 0;
  /** Refresh tokens that were used again when that was not allowed. */
  reuses = 0;
  isEnded = false;
  readonly #options: RotatingServerOptions;
  readonly #live = new Set<string>();
  #generation = 0;
  #rotatedAtMs = Number.NEGATIVE_INFINITY;

  constructor(options: RotatingServerOptions) {
    this.#options = options;
  }

  /** The first grant, as a user's consent gives it. */
  grant(): OAuth2TokenState {
    this.isEnded = false;
    return this.#issue();
  }

  /** Whether a provider would accept this token now. */
  accepts(accessToken: string): boolean {
    return !this.isEnded && this.#live.has(accessToken);
  }

  /** Ends one token before its time. */
  kill(accessToken: string): void {
    this.#live.delete(accessToken);
  }

  /** What a process refreshes with. */
  sourceOf(): TokenSource {
    const { policy } = this.#options;
    return {
      kind: 'refresh',
      ...(policy === undefined ? {} : { policy }),
      renew: async (token) => this.#renew(token?.refreshToken),
      revoke: async () => {
        this.isEnded = true;
      },
    };
  }

  async #renew(refreshToken: string | undefined): Promise<OAuth2TokenState> {
    const { clock, latencyMs = 100, fate = () => 'answered' } = this.#options;
    const outcome = fate();
    if (latencyMs > 0) await clock.sleep(latencyMs);
    if (outcome === 'unreachable') throw failure('NETWORK', { retry: 'transient' });
    this.requests += 1;
    if (outcome === 'failing') throw failure('UNAVAILABLE', { status: 500, retry: 'transient' });
    const token = this.#rotate(refreshToken);
    if (latencyMs > 0) await clock.sleep(latencyMs);
    if (outcome === 'answer-lost') throw failure('TIMEOUT', { retry: 'transient', outcomeUnknown: true });
    return token;
  }

  #rotate(refreshToken: string | undefined): OAuth2TokenState {
    const { clock, policy } = this.#options;
    const isCurrent = refreshToken === `r${this.#generation}`;
    const isReused = refreshToken === `r${this.#generation - 1}`;
    const isAllowed = isReused && clock.now() - this.#rotatedAtMs <= (policy?.reuseIntervalMs ?? -1);
    if (!isCurrent && !isAllowed && policy?.rotation !== 'reusable') {
      this.reuses += 1;
      this.isEnded = true;
    }
    if (this.isEnded) throw failure('INVALID_GRANT', { status: 400 });
    if (isCurrent) this.#rotatedAtMs = clock.now();
    return this.#issue();
  }

  #issue(): OAuth2TokenState {
    const { clock, lifeSeconds = 3_600, policy } = this.#options;
    this.#generation += 1;
    const accessToken = `a${this.#generation}`;
    this.#live.add(accessToken);
    if (lifeSeconds !== null) clock.setTimer(() => this.#live.delete(accessToken), lifeSeconds * 1_000);
    return {
      accessToken,
      refreshToken: policy?.rotation === 'reusable' ? 'r' : `r${this.#generation}`,
      tokenType: 'Bearer',
      ...(lifeSeconds === null ? {} : { expiresAt: new Date(clock.now() + lifeSeconds * 1_000).toISOString() }),
    };
  }
}

function failure(code: OAuthErrorCode, facts: object): OAuthError {
  return new OAuthError({ code, message: `The model says ${code}`, ...facts });
}
