/** The demo was told to stop. Not a failure: everything is put away and the exit code says which signal it was. */
export class InterruptedError extends Error {
  readonly exitCode: number;

  constructor(signal: StopSignal) {
    super(`Stopped by ${signal}`);
    this.name = 'InterruptedError';
    this.exitCode = 128 + STOP_SIGNALS[signal];
  }
}

const STOP_SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGPIPE: 13, SIGTERM: 15 } as const;
type StopSignal = keyof typeof STOP_SIGNALS;

/** What was started and must be put away, in reverse order; and the wish to stop, for everything that waits. */
export class Lifecycle {
  readonly #controller = new AbortController();
  readonly #tasks: (() => Promise<void>)[] = [];

  /** Aborts, with an `InterruptedError`, when the user or the system wants the demo to end. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  interrupt(signal: StopSignal): void {
    this.#controller.abort(new InterruptedError(signal));
  }

  /** Ends the demo as a failure: something broke where nobody was listening. */
  fail(error: unknown): void {
    this.#controller.abort(error);
  }

  /** Runs at the end, whatever happens. Register it as soon as there is something to put away. */
  onEnd(task: () => Promise<void>): void {
    this.#tasks.push(task);
  }

  /** Puts everything away. One task that fails does not keep the others from running. */
  async end(): Promise<void> {
    const failures: unknown[] = [];
    for (let task = this.#tasks.pop(); task !== undefined; task = this.#tasks.pop()) {
      await task().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be put away');
  }
}

/**
 * Runs `main` with a lifecycle and cleans up behind it: after success, after a failure, and after Ctrl-C at any moment.
 * A step that cannot be interrupted (making a database cluster) is waited for, so that nothing is orphaned.
 *
 * @returns What `main` returned, or the exit code of the signal.
 */
export async function runWithLifecycle(main: (lifecycle: Lifecycle) => Promise<number>): Promise<number> {
  const lifecycle = new Lifecycle();
  const listeners = Object.keys(STOP_SIGNALS)
    .filter(isStopSignal)
    .map((signal) => ({ signal, listener: () => lifecycle.interrupt(signal) }));
  for (const { signal, listener } of listeners) process.on(signal, listener);
  const onUncaught = (error: unknown): void => lifecycle.fail(error);
  process.on('uncaughtException', onUncaught);
  // Whoever read along has left (`pnpm demo | head`); an unheard error would end the process on the spot.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => lifecycle.interrupt('SIGPIPE'));
  try {
    return await main(lifecycle);
  } catch (error) {
    const reason: unknown = lifecycle.signal.aborted ? lifecycle.signal.reason : error;
    if (reason instanceof InterruptedError) return reason.exitCode;
    throw reason;
  } finally {
    await lifecycle.end();
    for (const { signal, listener } of listeners) process.off(signal, listener);
    process.off('uncaughtException', onUncaught);
  }
}

function isStopSignal(name: string): name is StopSignal {
  return name in STOP_SIGNALS;
}
