import type { CompleteDatabaseProvider } from '../database-provider.ts';
import { DatabaseError } from '../errors/database-error.ts';
import type { DatabaseTransactionOptions } from '../model/transaction-options.ts';
import { untilAborted } from './call-scope.ts';
import type { ConnectionLine, LineOptions } from './connection-line.ts';
import { checkWholeNumber } from './option-checks.ts';
import type { PostgresRuntime } from './runtime.ts';
import { beginStatement } from './statements.ts';

/** Where a handle stands. Depth 0 is a session without a transaction, 1 a transaction, 2 and up a savepoint. */
export interface HandlePlace {
  readonly line: ConnectionLine;
  readonly depth: number;
  /** Ends with the transaction or session. */
  readonly signal: AbortSignal;
}

/** What the callback of a transaction gets. */
export interface TransactionHandle extends CompleteDatabaseProvider {
  /** First error that a statement on the handle gave: what makes a commit impossible. */
  readonly firstFailure: DatabaseError | undefined;
  /** From now on the handle refuses to be used. Statements that were already sent go on to their end. */
  end(): void;
}

export interface TransactionTask<T> {
  readonly runtime: PostgresRuntime;
  readonly place: HandlePlace;
  readonly options: DatabaseTransactionOptions;
  run(database: CompleteDatabaseProvider): Promise<T>;
  makeHandle(runtime: PostgresRuntime, place: HandlePlace): TransactionHandle;
}

/** Runs a callback between `begin` and `commit`, or between `savepoint` and `release`, on one connection; again after a conflict. */
export async function runTransaction<T>(task: TransactionTask<T>): Promise<T> {
  const { runtime, place } = task;
  const { retries = 0 } = task.options;
  checkWholeNumber(retries, 'retries', 0, 100);
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await runOnce(task);
    } catch (error) {
      if (attempt >= retries || place.signal.aborted || !isConflict(error)) throw error;
      await runtime.sleep(backoffMs(attempt, runtime.random()), place.signal);
    }
  }
}

async function runOnce<T>(task: TransactionTask<T>): Promise<T> {
  const { runtime, place, options } = task;
  const { line, depth, signal } = place;
  const words = wordsOf(depth, options);
  const send = (text: string, more?: Partial<LineOptions>) =>
    line.perform(
      { signal, onAbort: options.onAbort ?? 'cancel', phase: 'statement', isInTransaction: true, ...more },
      (connection) => connection.script(text),
    );
  // What ends a transaction must reach the server even when the call is over.
  const detached = { signal: new AbortController().signal };
  await send(words.begin);
  const handle = task.makeHandle(runtime, place);
  let result: T;
  try {
    result = await untilAborted(signal, task.run(handle));
  } catch (error) {
    handle.end();
    // Without an answer to this the connection is not trusted any more; the callback's own error is what counts either way.
    const undone = send(words.rollback, detached).catch(() => line.markBroken());
    if (!signal.aborted) await undone;
    throw error;
  }
  handle.end();
  return depth === 1 ? commit() : release();

  async function commit(): Promise<T> {
    const committed = send(words.commit, { ...detached, phase: 'commit', isInTransaction: false });
    const { command } = await untilAborted(signal, committed).catch((error: unknown) => {
      throw error === signal.reason ? commitUnknown(error) : error;
    });
    // The server answers the commit of a failed transaction with a rollback, and does not call that an error.
    if (command === 'ROLLBACK') throw transactionFailed(handle.firstFailure);
    return result;
  }

  async function release(): Promise<T> {
    try {
      await send(words.commit);
      return result;
    } catch (error) {
      const undone = send(words.rollback, detached).catch(() => line.markBroken());
      if (!signal.aborted) await undone;
      const isFailed = DatabaseError.is(error) && error.code === 'transaction_failed';
      throw isFailed ? transactionFailed(handle.firstFailure) : error;
    }
  }
}

function wordsOf(
  depth: number,
  options: DatabaseTransactionOptions,
): { begin: string; commit: string; rollback: string } {
  if (depth === 1) return { begin: beginStatement(options), commit: 'commit', rollback: 'rollback' };
  const savepoint = `mortise_savepoint_${depth}`;
  return {
    begin: `savepoint ${savepoint}`,
    commit: `release savepoint ${savepoint}`,
    rollback: `rollback to savepoint ${savepoint}; release savepoint ${savepoint}`,
  };
}

/** Largest number of causes looked through; a chain can be a circle. */
const MAX_CAUSES = 8;

/** Whether an error is, or was caused by, a conflict that starting again can solve. */
function isConflict(error: unknown): boolean {
  let current = error;
  for (let depth = 0; depth < MAX_CAUSES && current !== undefined && current !== null; depth += 1) {
    if (DatabaseError.is(current) && (current.code === 'serialization_failure' || current.code === 'deadlock'))
      return true;
    current = typeof current === 'object' && 'cause' in current ? current.cause : undefined;
  }
  return false;
}

/** 10 ms, doubled with each attempt up to 1 s, of which a random part from half to all is waited. */
function backoffMs(attempt: number, random: number): number {
  return Math.min(1_000, 10 * 2 ** attempt) * (0.5 + random / 2);
}

function transactionFailed(cause: DatabaseError | undefined): DatabaseError {
  return new DatabaseError({
    code: 'transaction_failed',
    message: `transaction_failed: a statement had failed (${cause?.code ?? 'see above'}), so everything was rolled back; let its error leave the callback, or run it in a nested transaction`,
    ...(cause === undefined ? {} : { cause }),
  });
}

function commitUnknown(cause: unknown): DatabaseError {
  return new DatabaseError({
    code: 'outcome_unknown',
    message: 'outcome_unknown: the call ended while the transaction was being committed; it may have taken effect',
    cause,
  });
}
