import { AuthError } from '../errors/auth-error.ts';
import { GrantAccess } from './grant-access.ts';
import { decide, type GrantDecision, isUsable } from './grant-decision.ts';
import type { GrantEntry } from './grant-entries.ts';
import type { KeeperEnvironment } from './keeper-options.ts';
import type { Lease } from './lease-store.ts';
import {
  authRequired,
  endGrant,
  instant,
  type RenewalContext,
  type RenewalOutcome,
  renewGrant,
  storeRenewed,
} from './renewal.ts';
import type { TokenSource } from './token-source.ts';
import type { StoredGrant, VersionedGrant } from './token-store.ts';

/** Looks at a grant that changed under our hands. Each means that somebody else got somewhere. */
const MAX_ROUNDS = 50;
const MAX_POLL_FACTOR = 8;

/**
 * Brings a grant to where its token can be used: looks at the store, and renews under the lease where that is needed.
 * Rejects where no token can be had.
 */
export async function settleGrant(
  env: KeeperEnvironment,
  grantId: string,
  entry: GrantEntry,
  rejected: string | undefined,
): Promise<StoredGrant> {
  const source = await env.sourceOf(grantId);
  const settling = new Settling(env, { grantId, entry, source, rejected });
  return settling.run();
}

interface SettlingSubject {
  readonly grantId: string;
  readonly entry: GrantEntry;
  readonly source: TokenSource;
  readonly rejected: string | undefined;
}

class Settling {
  readonly #env: KeeperEnvironment;
  readonly #subject: SettlingSubject;
  readonly #access: GrantAccess;
  readonly #startedMs: number;
  readonly #seenAtFirst: string | undefined;

  constructor(env: KeeperEnvironment, subject: SettlingSubject) {
    this.#env = env;
    this.#subject = subject;
    this.#access = new GrantAccess(env, subject.grantId);
    this.#startedMs = env.clock.now();
    this.#seenAtFirst = subject.entry.cached?.token?.accessToken;
  }

  async run(): Promise<StoredGrant> {
    let polls = 0;
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const early =
        this.#subject.entry.unsaved === undefined ? this.#answer(await this.#access.load(), false) : undefined;
      if (early !== undefined) return early;
      const lease = await this.#access.acquire();
      if ('heldUntilMs' in lease) {
        const served = await this.#whileHeld(lease.heldUntilMs, polls);
        if (served !== undefined) return served;
        polls += 1;
        // Waiting is bounded by time, not by rounds.
        round -= 1;
        continue;
      }
      const settled = await this.#underLease(lease);
      if (settled !== undefined) return settled;
    }
    const message = `Grant "${this.#subject.grantId}" changes faster than it can be renewed`;
    throw new AuthError({ code: 'STORE_FAILED', message, grantId: this.#subject.grantId });
  }

  /** Another process renews: the old token serves as long as it is good, and who has none waits. */
  async #whileHeld(heldUntilMs: number, polls: number): Promise<StoredGrant | undefined> {
    const { clock, waitMs, pollMs, random } = this.#env;
    const { grantId, rejected } = this.#subject;
    const stored = await this.#access.load();
    if (stored !== undefined && stored.grant.ended === undefined && isUsable(stored.grant, rejected, clock.now())) {
      return stored.grant;
    }
    const leftMs = this.#startedMs + waitMs - clock.now();
    if (leftMs <= 0) {
      const message = `Grant "${grantId}" is being renewed by another process, which took longer than ${waitMs} ms`;
      throw new AuthError({ code: 'LEASE_TIMEOUT', message, grantId });
    }
    const longest = pollMs * Math.min(2 ** polls, MAX_POLL_FACTOR);
    const untilFree = Math.max(heldUntilMs - clock.now(), 1);
    await clock.sleep(Math.max(1, Math.min(longest * (0.5 + random() / 2), untilFree, leftMs)));
    return undefined;
  }

  async #underLease(lease: Lease): Promise<StoredGrant | undefined> {
    const { grantId, entry, source, rejected } = this.#subject;
    const context: RenewalContext = { env: this.#env, grantId, access: this.#access, source, lease, rejected };
    try {
      const stored = await this.#access.load();
      if (entry.unsaved !== undefined) return await this.#saveLate(context, stored);
      const grant = stored?.grant ?? {};
      const decision = this.#decide(grant, true);
      if (decision.kind === 'end') {
        // Known to the store already, unless the lease was needed to find out.
        if (stored !== undefined && grant.ended === undefined) {
          return this.#conclude(await endGrant(context, stored, decision.reason), stored);
        }
        throw authRequired(grantId, decision.reason);
      }
      if (decision.kind === 'use' && stored !== undefined) {
        await this.#noteUnknown(context, stored);
        return this.#adopt(stored);
      }
      if (decision.kind === 'cool-down') return this.#serveOrFail(grant, decision.retryAtMs);
      const isRecovery = decision.kind === 'renew' && decision.isRecovery;
      return this.#conclude(await renewGrant(context, stored, isRecovery), stored);
    } finally {
      await this.#access.release(lease);
    }
  }

  /** The answer that the stored grant gives without a lease; `undefined` where a renewal is needed. */
  #answer(stored: VersionedGrant | undefined, hasLease: boolean): StoredGrant | undefined {
    const grant = stored?.grant ?? {};
    const decision = this.#decide(grant, hasLease);
    switch (decision.kind) {
      case 'use':
        return stored === undefined ? undefined : this.#adopt(stored);
      case 'end':
        // An end that is not stored yet is stored under the lease, so that it is told once.
        if (grant.ended === undefined && stored !== undefined) return undefined;
        throw authRequired(this.#subject.grantId, decision.reason);
      case 'cool-down':
        return this.#serveOrFail(grant, decision.retryAtMs);
      case 'renew':
        return undefined;
      default:
        decision satisfies never;
        return undefined;
    }
  }

  #decide(grant: StoredGrant, hasLease: boolean): GrantDecision {
    const { source, rejected, entry } = this.#subject;
    const { clock, minRenewalAgeMs } = this.#env;
    return decide(grant, { source, rejected, nowMs: clock.now(), draw: entry.draw, minRenewalAgeMs, hasLease });
  }

  #adopt({ grant }: VersionedGrant): StoredGrant {
    const { grantId } = this.#subject;
    const accessToken = grant.token?.accessToken;
    if (this.#seenAtFirst !== undefined && accessToken !== this.#seenAtFirst) {
      this.#env.emit({ type: 'adopted', grantId, at: instant(this.#env.clock.now()) });
    }
    return grant;
  }

  /** Found under the lease: an intent whose holder is gone. Said once, so that nobody needs the lease to know. */
  async #noteUnknown({ env, grantId }: RenewalContext, { grant, version }: VersionedGrant): Promise<void> {
    const { intent } = grant;
    if (intent === undefined || intent.isUnknown === true) return;
    env.emit({ type: 'uncertain', grantId, at: instant(env.clock.now()) });
    await this.#access.save({ ...grant, intent: { ...intent, isUnknown: true } }, version);
  }

  #serveOrFail(grant: StoredGrant, retryAtMs: number): StoredGrant {
    const nowMs = this.#env.clock.now();
    const { grantId, rejected } = this.#subject;
    if (isUsable(grant, rejected, nowMs)) return grant;
    throw new AuthError({
      code: 'TOKEN_UNAVAILABLE',
      message: `Grant "${grantId}" could not be renewed (${grant.failure?.code ?? 'UNKNOWN'}), and is not tried again yet`,
      grantId,
      retryAfterMs: Math.max(0, retryAtMs - nowMs),
    });
  }

  #conclude(outcome: RenewalOutcome, before: VersionedGrant | undefined): StoredGrant | undefined {
    const { grantId, entry, source } = this.#subject;
    switch (outcome.kind) {
      case 'settled': {
        entry.unsaved = undefined;
        const { grant } = outcome.stored;
        if (grant.failure === undefined) {
          const { expiresAt } = grant.token ?? {};
          const at = instant(this.#env.clock.now());
          this.#env.emit({ type: 'renewed', grantId, at, ...(expiresAt === undefined ? {} : { expiresAt }) });
        }
        return grant;
      }
      case 'again':
        return undefined;
      case 'failed':
        throw outcome.error;
      case 'unsaved':
        // A token that can be had again at any time is lost to nobody.
        if (source.kind === 'mint') return outcome.grant;
        entry.unsaved = { grant: outcome.grant, replaces: before?.grant.token?.accessToken };
        throw new AuthError({
          code: 'STORE_FAILED',
          message: `Grant "${grantId}" was renewed and could not be stored; it is stored before anybody gets it`,
          grantId,
          cause: outcome.cause,
        });
      default:
        outcome satisfies never;
        return undefined;
    }
  }

  /** Stores what an earlier call obtained, unless somebody put in another grant meanwhile. */
  async #saveLate(context: RenewalContext, stored: VersionedGrant | undefined): Promise<StoredGrant | undefined> {
    const { entry } = this.#subject;
    const { unsaved } = entry;
    if (unsaved === undefined) return undefined;
    if (stored === undefined || stored.grant.token?.accessToken !== unsaved.replaces) {
      entry.unsaved = undefined;
      return undefined;
    }
    return this.#conclude(await storeRenewed(context, unsaved.grant, stored), stored);
  }
}
