import type { AttemptContext } from './attempt-context.ts';
import type { Interruption, InterruptionWatch } from './interruption.ts';

/** How one executor run ended. */
export type AttemptOutcome<T> =
  | { readonly kind: 'done'; readonly data: T }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'interrupted'; readonly cause: Interruption };

/** The call that an executor runs for. */
export interface AttemptHost<T> {
  readonly watch: InterruptionWatch;
  execute(context: AttemptContext): Promise<T> | T;
  /** What the executor is told when it is given up. */
  reasonOf(cause: Interruption): unknown;
  /** The executor settled after it had been given up. */
  noteLateSettlement(): void;
}

/** Runs the executor until it settles or is given up. What it does after that is dropped. Never rejects. */
export function runAttempt<T>(host: AttemptHost<T>, context: AttemptContext): Promise<AttemptOutcome<T>> {
  return new Promise((resolve) => {
    let isOver = false;
    const settle = (outcome: AttemptOutcome<T>): void => {
      if (isOver) {
        host.noteLateSettlement();
        return;
      }
      isOver = true;
      host.watch.endAttempt();
      resolve(outcome);
    };
    host.watch.listen((cause) => {
      if (isOver) return;
      settle({ kind: 'interrupted', cause });
      context.abort(host.reasonOf(cause));
    });
    const failed = (error: unknown): void => settle({ kind: 'failed', error });
    try {
      Promise.resolve(host.execute(context)).then((data) => settle({ kind: 'done', data }), failed);
    } catch (error) {
      failed(error);
    }
  });
}
