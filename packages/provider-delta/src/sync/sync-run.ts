import { isoInstant } from '../rules/instant.ts';
import { conflict } from '../store/store-errors.ts';
import type { DeltaCommit, DeltaOutboxEntry } from '../store/commit.ts';
import type { DeltaLease } from '../store/lease.ts';
import type { DeltaFailure, DeltaProgress } from '../store/progress.ts';
import type { DeltaSourceState } from '../store/source-state.ts';
import { classifyFailure } from './classify-failure.ts';
import { LeaseKeeper } from './lease-keeper.ts';
import { rebase, withFailure } from './progress-steps.ts';
import type { SyncSettings } from './resolve-options.ts';
import type { SyncEvent, SyncOutcome } from './sync-events.ts';
import type { DeltaBatch, SyncOptions, SyncResult } from './sync-options.ts';
import { walkSource } from './walk-source.ts';

/** What one step applies and commits. */
export interface SyncStep<TPayload> {
  readonly progress: DeltaProgress;
  readonly batch?: Pick<DeltaBatch<TPayload>, 'changes' | 'origin'>;
  readonly records?: DeltaCommit['records'];
  /** Marks to be stored before a sink outside the transaction is written to. */
  readonly announced?: DeltaCommit['records'];
  readonly seen?: readonly string[];
  readonly handled?: readonly string[];
  readonly skipped?: number;
  /** Whether the step is a page of the provider. */
  readonly isPage?: boolean;
}

type EventOf<Type extends SyncEvent['type']> = Omit<Extract<SyncEvent, { type: Type }>, 'ref' | 'at'>;
type AnyEvent = { [Type in SyncEvent['type']]: EventOf<Type> }[SyncEvent['type']];

const BACKOFF_BASE_MS = 5000;
const MAX_BACKOFF_MS = 15 * 60_000;

/** One run over one source: the lease, the state as it was last committed, and how failures end. */
export class SyncRun<TPayload, Tx> {
  readonly options: SyncOptions<TPayload, Tx>;
  readonly settings: SyncSettings;
  #state: DeltaSourceState | undefined;
  #keeper: LeaseKeeper | undefined;
  #signal = new AbortController().signal;
  #applied = 0;
  #skipped = 0;
  #pages = 0;

  constructor(options: SyncOptions<TPayload, Tx>, settings: SyncSettings) {
    this.options = options;
    this.settings = settings;
  }

  /** Aborts when the lease is lost or the caller leaves. */
  get signal(): AbortSignal {
    return this.#signal;
  }

  get progress(): DeltaProgress {
    return this.#required().progress;
  }

  get pages(): number {
    return this.#pages;
  }

  now(): string {
    return isoInstant(this.settings.clock.now());
  }

  async run(): Promise<SyncResult> {
    const { ref, store, signal } = this.options;
    const { clock, holder, leaseTtlMs } = this.settings;
    const startedMs = clock.monotonicMs();
    if (signal?.aborted === true) return this.#result('aborted');
    const answer = await store.acquire(ref, { holder, ttlMs: leaseTtlMs });
    if (!answer.isAcquired) {
      const retryAfterMs = Math.max(0, Math.min(leaseTtlMs, Date.parse(answer.expiresAt) - clock.now()));
      return this.#result('busy', { retryAfterMs });
    }
    this.#state = answer.state;
    const keeper = new LeaseKeeper(answer.lease, startedMs, { store, clock, ttlMs: leaseTtlMs });
    this.#keeper = keeper;
    this.#signal = signal === undefined ? keeper.signal : AbortSignal.any([keeper.signal, signal]);
    let result: SyncResult;
    try {
      this.emit({ type: 'started', token: answer.lease.token });
      result = this.#reasonToStay() ?? this.#result(await walkSource(this));
    } catch (error) {
      result = await this.#afterFailure(error);
    } finally {
      await keeper.release();
    }
    const durationMs = clock.monotonicMs() - startedMs;
    this.emit({ type: 'finished', outcome: result.outcome, applied: this.#applied, durationMs });
    return result;
  }

  emit(event: AnyEvent): void {
    const { ref, onEvent } = this.options;
    try {
      onEvent?.({ ...event, ref, at: this.now() });
    } catch (error) {
      // A listener that fails is not the sync's failure; it is told once, in case it can still be told.
      if (event.type !== 'listener_failed') this.emit({ type: 'listener_failed' });
      void error;
    }
  }

  /** Applies a step and commits it with its progress. */
  async commit(step: SyncStep<TPayload>): Promise<void> {
    const { applyInTransaction, apply } = this.options;
    const { batch } = step;
    const outbox = new Map<string, DeltaOutboxEntry>();
    const hasChanges = batch !== undefined && batch.changes.length > 0;
    const full = (): DeltaBatch<TPayload> => ({
      ref: this.options.ref,
      changes: batch?.changes ?? [],
      origin: batch?.origin ?? 'page',
      fencingToken: this.#lease().token,
      signal: this.#signal,
      publish: (entry) => void outbox.set(entry.id, entry),
    });
    this.#signal.throwIfAborted();
    if (hasChanges && apply !== undefined) {
      const { announced = [] } = step;
      if (announced.length > 0)
        await this.#write(this.progress, { progress: this.progress, records: announced }, outbox);
      this.#signal.throwIfAborted();
      await apply(full());
    }
    this.#signal.throwIfAborted();
    const write =
      hasChanges && applyInTransaction !== undefined
        ? (tx: Tx): Promise<void> | void => {
            outbox.clear();
            return applyInTransaction(full(), tx);
          }
        : undefined;
    const applied = batch?.changes.length ?? 0;
    const progress = {
      ...step.progress,
      // Others see to channels, perhaps since the step was made.
      channels: this.progress.channels,
      appliedCount: step.progress.appliedCount + applied,
    };
    await this.#write(progress, step, outbox, write);
    this.#applied += applied;
    this.#skipped += step.skipped ?? 0;
    if (step.isPage === true) this.#pages += 1;
    if (batch !== undefined) {
      const { origin } = batch;
      this.emit({ type: 'committed', origin, pages: this.#pages, applied, skipped: step.skipped ?? 0 });
    }
  }

  /** Commits; once more where others wrote what does not concern the step. */
  // oxlint-disable-next-line max-params
  async #write(
    progress: DeltaProgress,
    { records = [], seen = [], handled = [] }: SyncStep<TPayload>,
    outbox: ReadonlyMap<string, DeltaOutboxEntry>,
    write?: (tx: Tx) => Promise<void> | void,
  ): Promise<void> {
    const { store, ref } = this.options;
    const { dedupeWindowMs } = this.settings;
    const before = this.#required();
    let next = progress;
    let expectedRevision = before.revision;
    for (;;) {
      // Read when the store asks for it: `apply` fills it.
      const commit: DeltaCommit = {
        expectedRevision,
        progress: next,
        records,
        seen,
        dedupeWindowMs,
        handled,
        get outbox() {
          return [...outbox.values()];
        },
      };
      try {
        const revision = await store.commit(this.#lease(), commit, write);
        this.#state = { ...before, revision, progress: next };
        return;
      } catch (error) {
        if (classifyFailure(error).code !== 'CONFLICT') throw error;
        const found = await store.load(ref);
        const rebased = found === undefined ? undefined : rebase(progress, before.progress, found.progress);
        if (found === undefined || rebased === undefined || found.revision === expectedRevision) throw error;
        next = rebased;
        expectedRevision = found.revision;
      }
    }
  }

  /** Why a source is not to be touched now. */
  #reasonToStay(): SyncResult | undefined {
    const { status, failure } = this.progress;
    if (status === 'paused' || status === 'auth_required' || status === 'failed') return this.#result(status);
    const retryAfterMs = Date.parse(failure?.retryAt ?? '') - this.settings.clock.now();
    return status === 'backoff' && retryAfterMs > 0 ? this.#result('backoff', { retryAfterMs }) : undefined;
  }

  async #afterFailure(error: unknown): Promise<SyncResult> {
    const { signal } = this.options;
    const keeper = this.#keeper;
    if (keeper?.signal.aborted === true) return this.#lost();
    if (signal?.aborted === true) return this.#result('aborted');
    const { kind, code, retryAfterMs } = classifyFailure(error);
    if (kind === 'lost') {
      if (code === 'LEASE_LOST') keeper?.reportLost();
      return this.#lost();
    }
    const { progress } = this.#required();
    const nowMs = this.settings.clock.now();
    const count = (progress.failure?.count ?? 0) + 1;
    const at = isoInstant(nowMs);
    const known: DeltaFailure = {
      count,
      firstAt: progress.failure?.firstAt ?? at,
      lastAt: at,
      code,
      message: messageOf(error),
    };
    const isOver = kind === 'auth_required' || (kind !== 'transient' && count >= this.settings.maxFailures);
    const outcome: SyncOutcome = kind === 'auth_required' ? kind : isOver ? 'failed' : 'backoff';
    const waitMs = Math.max(retryAfterMs ?? 0, this.#backoffMs(count));
    const failure = isOver ? known : { ...known, retryAt: isoInstant(nowMs + waitMs) };
    try {
      await this.commit({ progress: withFailure(progress, outcome, failure) });
    } catch (failed) {
      // Whoever comes next finds the source as it was committed last.
      if (this.#signal.aborted || classifyFailure(failed).kind === 'lost') return this.#lost();
      return this.#result('backoff', { retryAfterMs: waitMs, error });
    }
    return this.#result(outcome, { error, ...(isOver ? {} : { retryAfterMs: waitMs }) });
  }

  #backoffMs(count: number): number {
    const longest = Math.min(MAX_BACKOFF_MS, BACKOFF_BASE_MS * 2 ** (count - 1));
    return Math.round(longest * (0.5 + this.settings.random() / 2));
  }

  #lost(): SyncResult {
    this.emit({ type: 'lease_lost' });
    return this.#result('lost');
  }

  #lease(): DeltaLease {
    const keeper = this.#keeper;
    if (keeper === undefined) throw conflict(this.options.ref, 0, undefined);
    return keeper.lease;
  }

  #required(): DeltaSourceState {
    const state = this.#state;
    if (state === undefined) throw conflict(this.options.ref, 0, undefined);
    return state;
  }

  #result(outcome: SyncOutcome, more: Pick<SyncResult, 'retryAfterMs' | 'error'> = {}): SyncResult {
    return { outcome, applied: this.#applied, skipped: this.#skipped, pages: this.#pages, ...more };
  }
}

const MAX_MESSAGE_LENGTH = 500;

function messageOf(error: unknown): string {
  const message: unknown = Reflect.get(Object(error), 'message');
  return (typeof message === 'string' ? message : String(error)).slice(0, MAX_MESSAGE_LENGTH);
}
