import type { AttemptContext } from './attempt-context.ts';
import type { Interruption, InterruptionWatch } from './interruption.ts';

/** How one executor run ended. */
export type AttemptOutcome<T> =
  | { readonly kind: 'done'; readonly data: T }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'interrupted'; readonly cause: Interruption };

/** One executor run and who is told about it. */
export interface AttemptRun<T> {
  readonly context: AttemptContext;
  readonly watch: InterruptionWatch;
  execute(context: AttemptContext): Promise<T> | T;
  /** What the executor is told when it is given up. */
  reasonOf(cause: Interruption): unknown;
  /** The executor settled after it had been given up. */
  onLateSettlement(): void;
}

/** Runs the executor until it settles or is given up. What it does after that is dropped. Never rejects. */
export function runAttempt<T>(run: AttemptRun<T>): Promise<AttemptOutcome<T>> {
  return new Promise((resolve) => {
    const { context, watch } = run;
    let isOver = false;
    const settle = (outcome: AttemptOutcome<T>): void => {
      if (isOver) {
        run.onLateSettlement();
        return;
      }
      isOver = true;
      watch.endAttempt();
      resolve(outcome);
    };
    watch.listen((cause) => {
      if (isOver) return;
      settle({ kind: 'interrupted', cause });
      context.abort(run.reasonOf(cause));
    });
    const failed = (error: unknown): void => settle({ kind: 'failed', error });
    try {
      Promise.resolve(run.execute(context)).then((data) => settle({ kind: 'done', data }), failed);
    } catch (error) {
      failed(error);
    }
  });
}
