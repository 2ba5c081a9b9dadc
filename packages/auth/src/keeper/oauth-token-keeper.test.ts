import { FakeClock } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { type RequestFate, RotatingServer, type RotatingServerOptions } from '../__fixtures__/rotating-server.ts';
import { AuthError } from '../errors/auth-error.ts';
import { OAuthError } from '../errors/oauth-error.ts';
import type { KeeperEvent } from './keeper-event.ts';
import type { OAuthTokenKeeperOptions } from './keeper-options.ts';
import { MemoryLeaseStore } from './memory-lease-store.ts';
import { MemoryTokenStore } from './memory-token-store.ts';
import { OAuthTokenKeeper } from './oauth-token-keeper.ts';
import type { SaveGrantOptions, StoredGrant } from './token-store.ts';

const GRANT = 'grant-1';
const HOUR_MS = 3_600_000;

/** A store that writes down what is asked of it, and fails when told to. */
class WatchedStore extends MemoryTokenStore {
  loads = 0;
  readonly saves: StoredGrant[] = [];
  failures = 0;

  override async load(grantId: string): ReturnType<MemoryTokenStore['load']> {
    this.loads += 1;
    return super.load(grantId);
  }

  override async save(grantId: string, grant: StoredGrant, options: SaveGrantOptions): Promise<string | undefined> {
    if (this.failures > 0) {
      this.failures -= 1;
      throw new TypeError('disk full');
    }
    this.saves.push(grant);
    return super.save(grantId, grant, options);
  }

  /** The grant as it is stored. */
  async now(): Promise<StoredGrant | undefined> {
    return (await super.load(GRANT))?.grant;
  }
}

interface World {
  readonly clock: FakeClock;
  readonly server: RotatingServer;
  readonly store: WatchedStore;
  readonly leases: MemoryLeaseStore;
  readonly events: KeeperEvent[];
  /** Fates of the requests to come; afterwards all are answered. */
  readonly fates: RequestFate[];
  readonly keeper: OAuthTokenKeeper;
  /** Another process. */
  another(this: void, options?: Partial<OAuthTokenKeeperOptions>): OAuthTokenKeeper;
  /** A token, as time goes on. */
  token(this: void, keeper?: OAuthTokenKeeper, rejected?: string): Promise<string>;
}

async function worldOf(
  serverOptions: Partial<RotatingServerOptions> = {},
  options: Partial<OAuthTokenKeeperOptions> = {},
): Promise<World> {
  const clock = new FakeClock();
  const fates: RequestFate[] = [];
  const server = new RotatingServer({ clock, fate: () => fates.shift() ?? 'answered', ...serverOptions });
  const store = new WatchedStore();
  const leases = new MemoryLeaseStore(clock);
  const events: KeeperEvent[] = [];
  const another = (more: Partial<OAuthTokenKeeperOptions> = {}): OAuthTokenKeeper =>
    new OAuthTokenKeeper({
      source: server.sourceOf(),
      store,
      leases,
      clock,
      random: () => 0,
      onEvent: (event) => events.push(event),
      ...options,
      ...more,
    });
  const keeper = another();
  await keeper.put(GRANT, server.grant());
  return {
    clock,
    server,
    store,
    leases,
    events,
    fates,
    keeper,
    another,
    token: async (from = keeper, rejected) => {
      const call = from.accessToken(GRANT, rejected === undefined ? {} : { rejected });
      return (await clock.settle(call)).accessToken;
    },
  };
}

async function failureOf(action: Promise<unknown>): Promise<AuthError> {
  const error = await action.then(
    () => expect.unreachable('it succeeded'),
    (reason: unknown) => reason,
  );
  if (AuthError.is(error)) return error;
  throw error;
}

const typesOf = (events: readonly KeeperEvent[]): string[] => events.map(({ type }) => type);

describe('a token', () => {
  it('is served from memory until it is due, and renewed once then', async () => {
    const { clock, server, store, token } = await worldOf();
    expect(await token()).toBe('a1');
    const { loads } = store;
    await clock.advance(HOUR_MS - 6 * 60_000 - 1);
    expect([await token(), store.loads - loads, server.requests]).toEqual(['a1', 0, 0]);
    await clock.advance(1);
    expect([await token(), await token(), server.requests]).toEqual(['a2', 'a2', 1]);
  });

  it('is stored before anybody gets it, with its intent before it was asked for', async () => {
    const { clock, store, token } = await worldOf();
    await clock.advance(HOUR_MS);
    expect(await token()).toBe('a2');
    const [put, intent, renewed] = store.saves;
    expect(put?.token?.accessToken).toBe('a1');
    expect(intent).toMatchObject({ token: { accessToken: 'a1' }, intent: { startedAt: expect.any(String) }, fence: 1 });
    expect(renewed).toMatchObject({ token: { accessToken: 'a2', refreshToken: 'r2' }, fence: 1 });
    expect(renewed?.intent).toBeUndefined();
  });

  it('goes out without the refresh token', async () => {
    const { keeper, clock } = await worldOf();
    expect(Object.keys(await clock.settle(keeper.accessToken(GRANT)))).not.toContain('refreshToken');
  });

  it('of unknown life is renewed only when a provider refuses it', async () => {
    const { clock, server, token } = await worldOf({ lifeSeconds: null });
    await clock.advance(1_000 * HOUR_MS);
    expect([await token(), server.requests]).toEqual(['a1', 0]);
    expect([await token(undefined, 'a1'), server.requests]).toEqual(['a2', 1]);
  });

  it('is renewed once for a hundred callers at once', async () => {
    const { clock, keeper, server } = await worldOf();
    await clock.advance(HOUR_MS);
    const calls = Promise.all(Array.from({ length: 100 }, async () => keeper.accessToken(GRANT)));
    const tokens = await clock.settle(calls);
    expect(new Set(tokens.map(({ accessToken }) => accessToken))).toEqual(new Set(['a2']));
    expect(server.requests).toBe(1);
    expect(clock.pendingTimers).toBe(1); // The model's own, which ends a2.
  });

  it('outlives a caller that leaves; its renewal goes on for the others', async () => {
    const { clock, keeper, server, token } = await worldOf();
    await clock.advance(HOUR_MS);
    const controller = new AbortController();
    const leaving = keeper.accessToken(GRANT, { signal: controller.signal });
    controller.abort('left');
    await expect(leaving).rejects.toBe('left');
    expect([await token(), server.requests]).toEqual(['a2', 1]);
  });
});

describe('several processes', () => {
  it('renew once; who has no usable token waits, and adopts', async () => {
    const { clock, server, another, events } = await worldOf();
    const keepers = Array.from({ length: 8 }, () => another());
    for (const keeper of keepers) await clock.settle(keeper.accessToken(GRANT));
    await clock.advance(HOUR_MS);
    const tokens = await clock.settle(Promise.all(keepers.map(async (keeper) => keeper.accessToken(GRANT))));
    expect(new Set(tokens.map(({ accessToken }) => accessToken))).toEqual(new Set(['a2']));
    expect([server.requests, server.reuses]).toEqual([1, 0]);
    expect(typesOf(events).sort()).toEqual([...Array.from({ length: 7 }, () => 'adopted'), 'renewed']);
  });

  it('serve the old token at once while another renews it early', async () => {
    const { clock, keeper, another, server } = await worldOf({ latencyMs: 1_000 });
    await clock.advance(HOUR_MS - 60_000);
    const renewing = keeper.accessToken(GRANT);
    await clock.advance(500);
    const startMs = clock.now();
    expect((await clock.settle(another().accessToken(GRANT))).accessToken).toBe('a1');
    expect(clock.now() - startMs).toBe(0);
    expect((await clock.settle(renewing)).accessToken).toBe('a2');
    expect(server.requests).toBe(1);
  });

  it('wait for one that died no longer than its lease, and then know that they do not know', async () => {
    const { clock, store, leases, token, another, events, server } = await worldOf();
    await clock.advance(HOUR_MS);
    const { version, grant } = (await store.load(GRANT)) ?? expect.unreachable('no grant');
    await leases.acquire(GRANT, { holder: 'dead', ttlMs: 30_000 });
    const intent = { startedAt: new Date(clock.now()).toISOString(), holder: 'dead' };
    await store.save(GRANT, { ...grant, intent }, { expected: version });
    const startMs = clock.now();
    const error = await failureOf(token());
    expect(error).toMatchObject({ code: 'AUTH_REQUIRED', reason: 'uncertain', retryable: false, grantId: GRANT });
    expect(clock.now() - startMs).toBeGreaterThanOrEqual(30_000);
    expect(clock.now() - startMs).toBeLessThan(32_000);
    expect(await failureOf(token(another()))).toMatchObject({ code: 'AUTH_REQUIRED', reason: 'uncertain' });
    expect(server.requests).toBe(0);
    expect(events).toMatchObject([{ type: 'auth_required', reason: 'uncertain' }]);
  });

  it('give up waiting for one that never ends', async () => {
    const { clock, leases, token } = await worldOf();
    await clock.advance(HOUR_MS);
    await leases.acquire(GRANT, { holder: 'busy', ttlMs: 10 * HOUR_MS });
    const startMs = clock.now();
    expect(await failureOf(token())).toMatchObject({ code: 'LEASE_TIMEOUT', retryable: true });
    expect(clock.now() - startMs).toBe(45_000);
  });
});

describe('a token that a provider refused', () => {
  it('is renewed once, whoever was refused', async () => {
    const { clock, keeper, server } = await worldOf();
    await clock.advance(60_000);
    const calls = Array.from({ length: 20 }, async () => keeper.accessToken(GRANT, { rejected: 'a1' }));
    const tokens = await clock.settle(Promise.all(calls));
    expect(new Set(tokens.map(({ accessToken }) => accessToken))).toEqual(new Set(['a2']));
    expect(server.requests).toBe(1);
  });

  it('is replaced by the one that another process has renewed, without asking', async () => {
    const { clock, another, server, token } = await worldOf();
    expect(await token()).toBe('a1');
    await clock.advance(60_000);
    expect(await token(another(), 'a1')).toBe('a2');
    expect([await token(undefined, 'a1'), server.requests]).toEqual(['a2', 1]);
  });

  it('comes back where it has only just been made: another would be refused, too', async () => {
    const { clock, server, token } = await worldOf();
    await clock.advance(60_000);
    expect(await token(undefined, 'a1')).toBe('a2');
    expect([await token(undefined, 'a2'), server.requests]).toEqual(['a2', 1]);
    await clock.advance(10_000);
    expect([await token(undefined, 'a2'), server.requests]).toEqual(['a3', 2]);
  });

  it('asks a user where there is no refresh token', async () => {
    const { keeper, clock, token, server } = await worldOf();
    await keeper.put(GRANT, { accessToken: 'only', tokenType: 'Bearer' });
    await clock.advance(60_000);
    expect(await token()).toBe('only');
    expect(await failureOf(token(undefined, 'only'))).toMatchObject({
      code: 'AUTH_REQUIRED',
      reason: 'no_refresh_token',
    });
    expect(await failureOf(token())).toMatchObject({ code: 'AUTH_REQUIRED' });
    expect(server.requests).toBe(0);
  });
});

describe('a refresh token that is not good any more', () => {
  it('ends the grant for all processes, told once; nothing is sent any more', async () => {
    const { clock, server, token, another, events, keeper } = await worldOf();
    server.isEnded = true;
    await clock.advance(HOUR_MS);
    expect(await failureOf(token())).toMatchObject({
      code: 'AUTH_REQUIRED',
      reason: 'invalid_grant',
      retryable: false,
    });
    for (const each of [keeper, another(), another()])
      expect((await failureOf(token(each))).code).toBe('AUTH_REQUIRED');
    expect([server.requests, typesOf(events)]).toEqual([1, ['auth_required']]);
    expect(await keeper.status(GRANT)).toMatchObject({ state: 'auth_required', reason: 'invalid_grant' });
  });

  it('begins anew with a new grant', async () => {
    const { clock, server, token, keeper } = await worldOf();
    server.isEnded = true;
    await clock.advance(HOUR_MS);
    await failureOf(token());
    await keeper.put(GRANT, server.grant());
    expect(await token()).toBe('a2');
    expect(await keeper.status(GRANT)).toMatchObject({ state: 'active', failures: 0 });
  });

  it('was rotated elsewhere, where the store says so: that grant is adopted', async () => {
    const { clock, store, server, token, leases } = await worldOf();
    await clock.advance(HOUR_MS);
    // A process that lost its lease puts its answer in while ours is under way.
    const source = server.sourceOf();
    const stolen = await clock.settle(source.renew({ accessToken: 'a1', refreshToken: 'r1', tokenType: 'Bearer' }, {}));
    const call = token();
    void (async () => {
      for (;;) {
        const stored = await store.load(GRANT);
        if (stored?.grant.intent !== undefined) {
          await store.save(
            GRANT,
            { token: stolen, obtainedAt: new Date(clock.now()).toISOString() },
            { expected: stored.version },
          );
          return;
        }
        await clock.sleep(10);
      }
    })();
    server.isEnded = false;
    expect(await call).toBe('a2');
    expect(await leases.acquire(GRANT, { holder: 'x', ttlMs: 1 })).toHaveProperty('fence');
  });
});

describe('a vendor that fails', () => {
  it('is left alone for 30 s; the old token serves as long as it lives', async () => {
    const { clock, server, token, fates, events, keeper } = await worldOf();
    await clock.advance(HOUR_MS - 60_000);
    fates.push('failing', 'unreachable');
    expect([await token(), await token(), server.requests]).toEqual(['a1', 'a1', 1]);
    await clock.advance(29_000);
    expect([await token(), server.requests]).toEqual(['a1', 1]);
    expect(await keeper.status(GRANT)).toMatchObject({ state: 'active', failures: 1 });
    await clock.advance(2_000);
    expect(await token()).toBe('a1');
    await clock.advance(30_000);
    expect([await token(), server.requests, server.reuses]).toEqual(['a2', 2, 0]);
    expect(typesOf(events)).toEqual(['renewal_failed', 'renewal_failed', 'renewed']);
    expect(await keeper.status(GRANT)).toMatchObject({ state: 'active', failures: 0 });
  });

  it('leaves no token once the old one is over, and says when to come back', async () => {
    const { clock, token, fates } = await worldOf();
    await clock.advance(HOUR_MS);
    fates.push('failing');
    const error = await failureOf(token());
    expect(error).toMatchObject({ code: 'TOKEN_UNAVAILABLE', retryable: true });
    expect(OAuthError.is(error.cause) && error.cause.code).toBe('UNAVAILABLE');
    const cooling = await failureOf(token());
    expect(cooling.code).toBe('TOKEN_UNAVAILABLE');
    expect(cooling.retryAfterMs).toBeGreaterThan(29_000);
    await clock.advance(30_000);
    expect(await token()).toBe('a2');
  });

  it('is left alone as long as it asks', async () => {
    const { clock, token, another } = await worldOf();
    let requests = 0;
    const keeper = another({
      source: {
        kind: 'refresh',
        renew: async () => {
          requests += 1;
          return Promise.reject(new OAuthError({ code: 'THROTTLED', message: 'busy', retryAfterMs: 300_000 }));
        },
      },
    });
    await clock.advance(HOUR_MS);
    expect(await failureOf(token(keeper))).toMatchObject({
      code: 'TOKEN_UNAVAILABLE',
      retry: 'throttled',
      retryAfterMs: 300_000,
    });
    await clock.advance(299_000);
    await failureOf(token(keeper));
    expect(requests).toBe(1);
    await clock.advance(1_000);
    await failureOf(token(keeper));
    expect(requests).toBe(2);
  });

  it('is given up after four days', async () => {
    const { clock, server, token, events } = await worldOf({ fate: () => 'failing' });
    let code = '';
    let days = 0;
    for (; code !== 'AUTH_REQUIRED' && days < 10; days += 1 / 24) {
      await clock.advance(HOUR_MS);
      code = (await failureOf(token())).code;
    }
    expect(days).toBeGreaterThan(4);
    expect(days).toBeLessThan(4.2);
    const { requests } = server;
    await clock.advance(HOUR_MS);
    expect(await failureOf(token())).toMatchObject({ reason: 'gave_up' });
    expect(server.requests).toBe(requests);
    expect(typesOf(events).at(-1)).toBe('auth_required');
  });

  it('of a client that is refused: the fault is not the user’s, and the grant lives', async () => {
    const { clock, another, token } = await worldOf();
    const keeper = another({
      source: {
        kind: 'refresh',
        renew: async () =>
          Promise.reject(new OAuthError({ code: 'INVALID_CLIENT', message: 'no such client', status: 401 })),
      },
    });
    await clock.advance(HOUR_MS);
    expect(await failureOf(token(keeper))).toMatchObject({ code: 'TOKEN_UNAVAILABLE', retryable: false });
    await clock.advance(30_000);
    expect(await token()).toBe('a2');
  });
});

describe('an answer that was lost', () => {
  it('leaves the old token until its end; the refresh token is never sent again', async () => {
    const { clock, server, token, fates, another, keeper, events } = await worldOf();
    await clock.advance(HOUR_MS - 60_000);
    fates.push('answer-lost');
    expect(await token()).toBe('a1');
    expect(await keeper.status(GRANT)).toMatchObject({ state: 'uncertain' });
    await clock.advance(40_000);
    for (const each of [keeper, another(), another()]) expect(await token(each)).toBe('a1');
    expect(await failureOf(token(another(), 'a1'))).toMatchObject({ code: 'AUTH_REQUIRED', reason: 'uncertain' });
    expect([server.requests, server.reuses]).toEqual([1, 0]);
    expect(typesOf(events)).toEqual(['uncertain', 'auth_required']);
  });

  it('asks a user when the old token is over', async () => {
    const { clock, server, token, fates } = await worldOf();
    await clock.advance(HOUR_MS);
    fates.push('answer-lost');
    expect(await failureOf(token())).toMatchObject({ code: 'AUTH_REQUIRED', reason: 'uncertain' });
    expect([server.requests, server.reuses]).toEqual([1, 0]);
  });

  it('is asked for once more within the interval that the vendor promises', async () => {
    const { clock, server, token, fates, events } = await worldOf({
      policy: { rotation: 'rotating', reuseIntervalMs: 30_000 },
    });
    await clock.advance(HOUR_MS);
    fates.push('answer-lost');
    expect(await token()).toBe('a3');
    expect([server.requests, server.reuses]).toEqual([2, 0]);
    expect(typesOf(events)).toEqual(['uncertain', 'renewed']);
  });

  it('is asked for once more and never a third time', async () => {
    const { clock, server, token, fates } = await worldOf({
      policy: { rotation: 'rotating', reuseIntervalMs: 3_600_000 },
    });
    await clock.advance(HOUR_MS);
    fates.push('answer-lost', 'answer-lost');
    expect(await failureOf(token())).toMatchObject({ code: 'AUTH_REQUIRED', reason: 'uncertain' });
    await failureOf(token());
    expect(server.requests).toBe(2);
  });

  it('is not asked for after the interval', async () => {
    const { clock, server, token, store, another } = await worldOf({
      policy: { rotation: 'rotating', reuseIntervalMs: 30_000 },
    });
    await clock.advance(HOUR_MS);
    const { version, grant } = (await store.load(GRANT)) ?? expect.unreachable('no grant');
    const intent = { startedAt: new Date(clock.now() - 30_001).toISOString(), holder: 'dead' };
    await store.save(GRANT, { ...grant, intent }, { expected: version });
    expect(await failureOf(token(another()))).toMatchObject({ reason: 'uncertain' });
    expect(server.requests).toBe(0);
  });

  it('stays uncertain where the second question never arrives, and is then asked again', async () => {
    const { clock, server, token, fates } = await worldOf({
      policy: { rotation: 'rotating', reuseIntervalMs: 120_000 },
    });
    await clock.advance(HOUR_MS);
    fates.push('answer-lost', 'unreachable');
    expect(await failureOf(token())).toMatchObject({ code: 'AUTH_UNCERTAIN', retryable: true });
    await clock.advance(30_000);
    expect(await token()).toBe('a3');
    expect([server.requests, server.reuses]).toEqual([2, 0]);
  });

  it('is nothing to fear with a refresh token that may be used again', async () => {
    const { clock, server, token, fates, store } = await worldOf({ policy: { rotation: 'reusable' } });
    await clock.advance(HOUR_MS);
    fates.push('answer-lost');
    expect(await failureOf(token())).toMatchObject({ code: 'TOKEN_UNAVAILABLE' });
    await clock.advance(30_000);
    expect([await token(), server.requests]).toEqual(['a3', 2]);
    expect(store.saves.every(({ intent }) => intent === undefined)).toBe(true);
  });

  it('is what a source that hangs or throws anything else is taken for', async () => {
    for (const renew of [
      async () => new Promise<never>(() => {}),
      async () => Promise.reject(new TypeError('what?')),
    ]) {
      const { clock, token, another } = await worldOf();
      await clock.advance(HOUR_MS);
      const keeper = another({ source: { kind: 'refresh', renew } });
      expect(await failureOf(token(keeper))).toMatchObject({ code: 'AUTH_REQUIRED', reason: 'uncertain' });
    }
  });
});

describe('a store that fails', () => {
  it('keeps nobody from the token in the end, and nobody gets it before it is stored', async () => {
    const { clock, server, token, store, events } = await worldOf();
    await clock.advance(HOUR_MS);
    const call = failureOf(token());
    // The intent goes in; from then on the disk is full.
    void (async () => {
      while ((await store.load(GRANT))?.grant.intent === undefined) await clock.sleep(1);
      store.failures = 6;
    })();
    expect(await call).toMatchObject({ code: 'STORE_FAILED', retryable: true });
    expect((await store.now())?.token?.accessToken).toBe('a1');
    expect(typesOf(events)).toContain('store_failed');
    store.failures = 0;
    expect([await token(), server.requests, (await store.now())?.token?.accessToken]).toEqual(['a2', 1, 'a2']);
  });

  it('overcomes failures that pass', async () => {
    const { clock, server, token, store } = await worldOf();
    await clock.advance(HOUR_MS);
    void (async () => {
      while ((await store.load(GRANT))?.grant.intent === undefined) await clock.sleep(1);
      store.failures = 3;
    })();
    expect([await token(), server.requests]).toEqual(['a2', 1]);
  });

  it('sends nothing where the intent cannot be stored', async () => {
    const { clock, server, token, store } = await worldOf();
    await clock.advance(HOUR_MS);
    store.failures = 1;
    expect((await failureOf(token())).code).toBe('STORE_FAILED');
    expect(server.requests).toBe(0);
    expect(await token()).toBe('a2');
  });

  it('hangs no longer than its limit', async () => {
    const { clock, another, token } = await worldOf();
    const keeper = another({
      store: new (class extends MemoryTokenStore {
        override async load(): Promise<never> {
          return new Promise(() => {});
        }
      })(),
    });
    const startMs = clock.now();
    expect((await failureOf(token(keeper))).code).toBe('STORE_FAILED');
    expect(clock.now() - startMs).toBe(5_000);
  });

  it('of leases: nothing is sent, and the intent taken back, where the lease is lost first', async () => {
    const { clock, server, token, store, another } = await worldOf();
    let isLost = true;
    class LosingStore extends MemoryLeaseStore {
      override async acquire(
        ...parameters: Parameters<MemoryLeaseStore['acquire']>
      ): ReturnType<MemoryLeaseStore['acquire']> {
        const lease = await super.acquire(...parameters);
        return isLost && 'fence' in lease ? { ...lease, expiresAtMs: clock.now() + 1 } : lease;
      }
      override async renew(): Promise<undefined> {
        isLost = false;
        expect(server.requests).toBe(0);
        return undefined;
      }
    }
    const keeper = another({ leases: new LosingStore(clock) });
    await clock.advance(HOUR_MS);
    expect([await token(keeper), server.requests]).toEqual(['a2', 1]);
    expect(store.saves.filter(({ intent }) => intent !== undefined)).toHaveLength(2);
  });
});

describe('tokens of the client itself', () => {
  const minting = (clock: FakeClock, store = new WatchedStore()) => {
    let minted = 0;
    const keeper = new OAuthTokenKeeper({
      source: {
        kind: 'mint',
        renew: async () => {
          minted += 1;
          return {
            accessToken: `m${minted}`,
            tokenType: 'Bearer',
            expiresAt: new Date(clock.now() + HOUR_MS).toISOString(),
          };
        },
      },
      store,
      clock,
      random: () => 0,
    });
    return { keeper, store, mints: () => minted };
  };

  it('are made at the first call, and made again when they are due', async () => {
    const clock = new FakeClock();
    const { keeper, mints } = minting(clock);
    const both = await Promise.all([keeper.accessToken('api'), keeper.accessToken('api')]);
    expect(both.map(({ accessToken }) => accessToken)).toEqual(['m1', 'm1']);
    await clock.advance(HOUR_MS);
    expect((await keeper.accessToken('api')).accessToken).toBe('m2');
    expect(mints()).toBe(2);
    expect((await keeper.accessToken('other')).accessToken).toBe('m3');
  });

  it('are served although they cannot be stored: they can be had again', async () => {
    const clock = new FakeClock();
    const { keeper, store } = minting(clock);
    store.failures = 100;
    expect((await clock.settle(keeper.accessToken('api'))).accessToken).toBe('m1');
    expect((await clock.settle(keeper.accessToken('api'))).accessToken).toBe('m1');
  });
});

describe('a grant that nobody uses', () => {
  it('is touched before it dies of idleness', async () => {
    const { clock, server, keeper, token } = await worldOf({
      lifeSeconds: null,
      policy: { rotation: 'rotating', idleLifetimeMs: 10 * HOUR_MS },
    });
    const { dueAt } = await clock.settle(keeper.touch(GRANT));
    expect(Date.parse(dueAt ?? '') - clock.now()).toBe(5 * HOUR_MS);
    expect(server.requests).toBe(0);
    await clock.advance(5 * HOUR_MS);
    expect(await clock.settle(keeper.touch(GRANT))).toMatchObject({ state: 'active' });
    expect([await token(), server.requests]).toEqual(['a2', 1]);
  });
});

describe('ending a grant', () => {
  it('ends it at the server and removes its tokens', async () => {
    const { keeper, server, store, token } = await worldOf();
    expect(await keeper.revoke(GRANT)).toBe(true);
    expect([server.isEnded, await store.now()]).toEqual([true, undefined]);
    expect(await failureOf(token())).toMatchObject({ code: 'AUTH_REQUIRED', reason: 'no_grant' });
    expect(await keeper.revoke(GRANT)).toBe(false);
  });

  it('removes its tokens also where the server does not answer', async () => {
    const { another, store } = await worldOf();
    const keeper = another({
      source: {
        kind: 'refresh',
        renew: async () => Promise.reject(new TypeError('no')),
        revoke: async () => Promise.reject(new TypeError('no')),
      },
    });
    expect(await keeper.revoke(GRANT)).toBe(false);
    expect(await store.now()).toBeUndefined();
  });

  it('is not undone by a renewal that is under way elsewhere', async () => {
    const { clock, keeper, another, server, store } = await worldOf({ latencyMs: 1_000 });
    await clock.advance(HOUR_MS);
    const renewing = failureOf(keeper.accessToken(GRANT));
    await clock.advance(500);
    await clock.settle(another().revoke(GRANT));
    server.isEnded = false;
    expect(await clock.settle(renewing)).toMatchObject({ code: 'AUTH_REQUIRED' });
    expect([await store.now(), server.isEnded]).toEqual([undefined, true]);
  });
});

describe('a keeper', () => {
  it('knows no grant that was never put in', async () => {
    const { clock, keeper } = await worldOf();
    expect(await failureOf(clock.settle(keeper.accessToken('other')))).toMatchObject({
      code: 'AUTH_REQUIRED',
      reason: 'no_grant',
    });
    expect(await keeper.status('other')).toMatchObject({ state: 'auth_required', reason: 'no_grant' });
  });

  it('remembers no more grants than it may', async () => {
    const { clock, store, server } = await worldOf();
    const keeper = new OAuthTokenKeeper({ source: server.sourceOf(), store, clock, maxCachedGrants: 2 });
    for (const id of ['x', 'y', 'z']) await keeper.put(id, { accessToken: id, tokenType: 'Bearer' });
    const { loads } = store;
    await keeper.accessToken('z');
    expect(store.loads).toBe(loads);
    expect((await keeper.accessToken('x')).accessToken).toBe('x');
    expect(store.loads).toBe(loads + 1);
  });

  it('is not broken by whoever listens', async () => {
    const { clock, token, another } = await worldOf();
    await clock.advance(HOUR_MS);
    const keeper = another({
      onEvent: () => {
        throw new TypeError('listener');
      },
    });
    expect(await token(keeper)).toBe('a2');
  });

  it.each<[Partial<OAuthTokenKeeperOptions>, RegExp]>([
    [{ leaseMs: 19_999 }, /"leaseMs" must be at least 20000/],
    [{ waitMs: 1_000 }, /"waitMs" must be at least "leaseMs"/],
    [{ coolDownMs: 0 }, /"coolDownMs" must be a positive number/],
    [{ pollMs: Number.NaN }, /"pollMs"/],
  ])('refuses %j', (options, message) => {
    const build = () =>
      new OAuthTokenKeeper({
        source: { kind: 'mint', renew: async () => Promise.reject(new TypeError('no')) },
        store: new MemoryTokenStore(),
        ...options,
      });
    expect(build).toThrow(message);
    expect(build).toThrow(AuthError);
  });
});
