import { FakeClock, seededRandom } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { type RequestFate, RotatingServer } from '../__fixtures__/rotating-server.ts';
import { AuthError } from '../errors/auth-error.ts';
import { OAuthError } from '../errors/oauth-error.ts';
import { MemoryLeaseStore } from './memory-lease-store.ts';
import { MemoryTokenStore } from './memory-token-store.ts';
import { OAuthTokenKeeper } from './oauth-token-keeper.ts';
import type { SaveGrantOptions, StoredGrant } from './token-store.ts';

const GRANT = 'grant-1';
const HISTORIES = 300;
const PROCESSES = 4;

/** A store that can lose the process that uses it: from then on nothing it is asked for happens, or ends. */
class MortalStore extends MemoryTokenStore {
  readonly #shared: MemoryTokenStore;
  readonly #isDead: () => boolean;
  readonly #fails: () => boolean;

  constructor(shared: MemoryTokenStore, isDead: () => boolean, fails: () => boolean) {
    super();
    this.#shared = shared;
    this.#isDead = isDead;
    this.#fails = fails;
  }

  override async load(grantId: string): ReturnType<MemoryTokenStore['load']> {
    await this.#step();
    return this.#shared.load(grantId);
  }

  override async save(grantId: string, grant: StoredGrant, options: SaveGrantOptions): Promise<string | undefined> {
    await this.#step();
    return this.#shared.save(grantId, grant, { expected: options.expected });
  }

  async #step(): Promise<void> {
    if (this.#isDead()) await new Promise(() => {});
    if (this.#fails()) throw new TypeError('store');
  }
}

interface Outcome {
  readonly reuses: number;
  readonly requests: number;
  readonly served: number;
  readonly refused: number;
  readonly deadTokens: number;
  readonly otherErrors: readonly unknown[];
}

/** One random history: processes that call, are refused, and die; requests and stores that fail. */
async function history(seed: number, reuseIntervalMs: number | undefined): Promise<Outcome> {
  const random = seededRandom(seed);
  const clock = new FakeClock();
  const trouble = random() * 0.4;
  const fate = (): RequestFate => {
    const draw = random();
    if (draw > trouble) return 'answered';
    return draw < trouble / 3 ? 'answer-lost' : draw < (2 * trouble) / 3 ? 'unreachable' : 'failing';
  };
  const policy = { rotation: 'rotating', ...(reuseIntervalMs === undefined ? {} : { reuseIntervalMs }) } as const;
  const server = new RotatingServer({ clock, fate, policy, lifeSeconds: 300, latencyMs: 50 });
  const shared = new MemoryTokenStore();
  const leases = new MemoryLeaseStore(clock);
  const start = (): { keeper: OAuthTokenKeeper; die: () => void } => {
    const state = { isDead: false };
    const store = new MortalStore(
      shared,
      () => state.isDead,
      () => random() < trouble / 8,
    );
    const source = server.sourceOf();
    const keeper = new OAuthTokenKeeper({
      source: {
        ...source,
        renew: async (token, options) => {
          if (state.isDead) await new Promise(() => {});
          const renewed = await source.renew(token, options);
          // Between answer and persist.
          if (random() < trouble / 4) state.isDead = true;
          return renewed;
        },
      },
      store,
      leases,
      clock,
      random,
    });
    return { keeper, die: () => void (state.isDead = true) };
  };
  const processes = Array.from({ length: PROCESSES }, start);
  await shared.save(
    GRANT,
    { token: server.grant(), obtainedAt: new Date(clock.now()).toISOString() },
    { expected: undefined },
  );
  const outcome = { served: 0, refused: 0, deadTokens: 0, otherErrors: [] as unknown[] };
  const call = async (keeper: OAuthTokenKeeper, rejected: string | undefined): Promise<void> => {
    try {
      const { accessToken } = await keeper.accessToken(GRANT, rejected === undefined ? {} : { rejected });
      outcome.served += 1;
      if (!server.accepts(accessToken) && accessToken !== rejected) outcome.deadTokens += 1;
    } catch (error) {
      outcome.refused += 1;
      if (!AuthError.is(error) && !OAuthError.is(error)) outcome.otherErrors.push(error);
    }
  };
  for (let step = 0; step < 60; step += 1) {
    const index = Math.floor(random() * PROCESSES);
    const process = processes[index];
    if (process === undefined) continue;
    const draw = random();
    if (draw < 0.03) {
      process.die();
      processes[index] = start();
    } else if (draw < 0.15) {
      const stored = await shared.load(GRANT);
      void call(process.keeper, stored?.grant.token?.accessToken);
    } else {
      void call(process.keeper, undefined);
      if (draw > 0.6) void call((processes[(index + 1) % PROCESSES] ?? process).keeper, undefined);
    }
    await clock.advance(random() < 0.3 ? random() * 200_000 : random() * 200);
  }
  return { ...outcome, reuses: server.reuses, requests: server.requests };
}

describe('random histories of processes, vendor and stores', () => {
  it.each([
    ['no promise about using a token again', undefined],
    ['a promised interval', 40_000],
  ])('with %s: no refresh token is used again, and nobody is served a dead token', async (_name, reuseIntervalMs) => {
    const total = { served: 0, refused: 0, requests: 0 };
    for (let seed = 1; seed <= HISTORIES; seed += 1) {
      const { reuses, deadTokens, otherErrors, served, refused, requests } = await history(seed, reuseIntervalMs);
      expect({ seed, reuses, deadTokens, otherErrors }).toEqual({ seed, reuses: 0, deadTokens: 0, otherErrors: [] });
      total.served += served;
      total.refused += refused;
      total.requests += requests;
    }
    // Otherwise the histories would show nothing.
    expect(total.served).toBeGreaterThan(HISTORIES * 10);
    expect(total.refused).toBeGreaterThan(HISTORIES);
    expect(total.requests).toBeGreaterThan(HISTORIES * 2);
  });
});
