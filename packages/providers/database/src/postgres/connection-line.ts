import { DatabaseError } from '../errors/database-error.ts';
import type { DatabaseErrorPhase } from '../errors/sql-state.ts';
import type { DatabaseAbortStrategy } from '../model/query-options.ts';
import { untilAborted } from './call-scope.ts';
import type { PostgresConnection } from './driver.ts';
import { isConnectionUsableAfter, toDatabaseError } from './to-database-error.ts';

/** What one piece of work on a connection needs beside the work itself. */
export interface LineOptions {
  readonly signal: AbortSignal;
  readonly onAbort: DatabaseAbortStrategy;
  readonly phase: DatabaseErrorPhase;
  /** Whether a lost connection means that the transaction was rolled back, or that nobody knows. */
  readonly isInTransaction: boolean;
  /** Length of the text that was put before the caller's statement; positions in errors count without it. */
  readonly textOffset?: number;
  /** Asked right before the work is sent; throws when it must no longer be. */
  readonly check?: () => void;
}

/** Time that a statement is given to end after a cancel request, before its connection is thrown away. */
const CANCEL_GRACE_MS = 5_000;

/**
 * One borrowed connection on which work is done strictly in the order in which it was asked for. An aborted piece of work fails
 * at once; the next one waits until the server has really ended it.
 */
export class ConnectionLine {
  readonly #connection: PostgresConnection;
  #tail: Promise<void> = Promise.resolve();
  #isBroken = false;
  #isReleased = false;

  constructor(connection: PostgresConnection) {
    this.#connection = connection;
  }

  /** @throws {DatabaseError} Whatever went wrong, under its code. */
  async perform<T>(options: LineOptions, work: (connection: PostgresConnection) => Promise<T>): Promise<T> {
    const { signal, check } = options;
    signal.throwIfAborted();
    // Whoever comes too late must not reach the next borrower's connection.
    if (this.#isReleased) throw closedError();
    const turn = this.#tail;
    const job: Job = { state: 'waiting' };
    const task = (async () => {
      await turn;
      try {
        signal.throwIfAborted();
        check?.();
        if (this.#isBroken) throw lostError();
        job.state = 'running';
        return await work(this.#connection);
      } finally {
        job.state = 'over';
      }
    })();
    this.#tail = this.#untilOver(turn, task, job, options);
    try {
      return await untilAborted(signal, task);
    } catch (error) {
      throw toDatabaseError(error, options);
    }
  }

  /** Waits for all work, then gives the connection back. */
  async release(): Promise<void> {
    if (this.#isReleased) return;
    this.#isReleased = true;
    await this.#tail;
    this.#connection.release(this.#isBroken);
  }

  /** The connection will not be lent again: its state is unknown. */
  markBroken(): void {
    this.#isBroken = true;
  }

  /** Resolves when the server is done with the work, helping it to an end if its call is aborted. */
  async #untilOver(turn: Promise<void>, task: Promise<unknown>, job: Job, options: LineOptions): Promise<void> {
    const outcome = task.then(ignore, (error: unknown) => {
      if (!isConnectionUsableAfter(error)) this.#isBroken = true;
    });
    await turn;
    await untilAborted(options.signal, outcome).catch(ignore);
    const { onAbort } = options;
    if (job.state !== 'running' || onAbort === 'ignore' || this.#connection.interrupt === undefined) return outcome;
    // The interrupt is awaited too: one that arrived late would hit whoever uses the connection next.
    const hasEnded = await withinGrace(Promise.all([outcome, this.#connection.interrupt(onAbort)]));
    if (!hasEnded || onAbort === 'kill') this.#isBroken = true;
  }
}

interface Job {
  state: 'waiting' | 'running' | 'over';
}

async function withinGrace(promise: Promise<unknown>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expired = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), CANCEL_GRACE_MS);
  });
  try {
    return await Promise.race([promise.then(succeed, fail), expired]);
  } finally {
    clearTimeout(timer);
  }
}

function ignore(): void {}

function succeed(): boolean {
  return true;
}

function fail(): boolean {
  return false;
}

function closedError(): DatabaseError {
  return new DatabaseError({ code: 'closed', message: 'closed: the transaction, session or stream is over' });
}

function lostError(): DatabaseError {
  return new DatabaseError({
    code: 'unavailable',
    message: 'unavailable: the connection was lost; start again on another one',
  });
}
