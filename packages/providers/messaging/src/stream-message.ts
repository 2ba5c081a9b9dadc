import { type CallOptions, IntegrationError, type Sleep, sleep as realSleep } from '@mortise/core';
import { openCallScope } from './call/call-scope.ts';
import type { MessagingProvider, MessagingStreamOptions } from './messaging-provider.ts';
import type { MessagingTarget } from './model/send-input.ts';
import type { MessagingSendResult } from './model/send-result.ts';

const DEFAULT_INTERVAL_MS = 1000;

/** Time as this function sees it; given in tests. */
export interface StreamClock {
  /** Milliseconds that never go back. Default `performance.now`. */
  readonly now?: () => number;
  readonly sleep?: Sleep;
}

/**
 * Sends text as it comes, by one message and edits of it, at most one per interval. The message ends with all of the text
 * that came, also when the source throws; its error is then thrown.
 *
 * @throws {IntegrationError} `unsupported` where the provider cannot edit; `invalid_request` where no text came.
 */
export async function streamMessage(
  provider: MessagingProvider,
  target: MessagingTarget,
  source: AsyncIterable<string>,
  { minIntervalMs = DEFAULT_INTERVAL_MS, ...options }: MessagingStreamOptions & StreamClock = {},
): Promise<MessagingSendResult> {
  const { now = () => performance.now(), sleep = realSleep, ...call } = options;
  if (provider.updateMessage === undefined) {
    throw new IntegrationError({
      code: 'unsupported',
      message: 'stream: this messaging provider cannot edit messages',
    });
  }
  const scope = openCallScope(call, sleep);
  // One limit for the whole: what is left of it is not known to the single calls.
  const { timeoutMs: _, ...rest } = call;
  const message = new GrowingMessage(provider, target, { ...rest, signal: scope.signal });
  const chunks = source[Symbol.asyncIterator]();
  let isDone = false;
  try {
    let shownAt = Number.NEGATIVE_INFINITY;
    const show = async (): Promise<void> => {
      await message.show();
      shownAt = now();
    };
    let next = settle(chunks.next());
    for (;;) {
      const waitMs = message.isShown ? undefined : shownAt + minIntervalMs - now();
      if (waitMs !== undefined && waitMs <= 0) {
        await show();
        continue;
      }
      const winner = await scope.race(waitMs === undefined ? next : firstOf(next, waitMs, sleep));
      if (winner === 'due') {
        await show();
        continue;
      }
      if (winner.kind === 'text') {
        message.append(winner.text);
        next = settle(chunks.next());
        continue;
      }
      isDone = true;
      if (!message.isShown) {
        await scope.race(sleep(Math.max(0, shownAt + minIntervalMs - now()), scope.signal));
        await show();
      }
      if (winner.kind === 'failure') throw winner.error;
      return message.result();
    }
  } catch (error) {
    throw scope.explain(error);
  } finally {
    scope.close();
    // Not waited for: a source that hangs would hold the caller.
    if (!isDone) void Promise.resolve(chunks.return?.()).catch(() => undefined);
  }
}

/** The one message of a stream. */
class GrowingMessage {
  readonly #provider: MessagingProvider;
  readonly #target: MessagingTarget;
  readonly #options: CallOptions;
  #text = '';
  #shown = '';
  #sent: MessagingSendResult | undefined;

  constructor(provider: MessagingProvider, target: MessagingTarget, options: CallOptions) {
    this.#provider = provider;
    this.#target = target;
    this.#options = options;
  }

  get isShown(): boolean {
    return this.#text === this.#shown;
  }

  append(text: string): void {
    this.#text += text;
  }

  async show(): Promise<void> {
    const text = this.#text;
    if (this.#sent === undefined) {
      this.#sent = await this.#provider.sendMessage({ ...this.#target, text }, this.#options);
    } else {
      // The key of the first message must not turn its edits into repeats.
      const { idempotencyKey: _, ...options } = this.#options;
      await this.#provider.updateMessage?.(this.#sent.id, { ...this.#target, text }, options);
    }
    this.#shown = text;
  }

  result(): MessagingSendResult {
    if (this.#sent !== undefined) return this.#sent;
    throw new IntegrationError({ code: 'invalid_request', field: 'text', message: 'text: nothing came to be sent' });
  }
}

type Chunk =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'end' }
  | { readonly kind: 'failure'; readonly error: unknown };

/** What the source gave, so that waiting for it twice never leaves a rejection without a listener. */
function settle(next: Promise<IteratorResult<string>>): Promise<Chunk> {
  return next.then(
    (item): Chunk => (item.done === true ? { kind: 'end' } : { kind: 'text', text: item.value }),
    (error: unknown): Chunk => ({ kind: 'failure', error }),
  );
}

/** The next chunk, or `due` when the time is over first. Leaves no timer. */
async function firstOf(next: Promise<Chunk>, waitMs: number, sleep: Sleep): Promise<Chunk | 'due'> {
  const stop = new AbortController();
  const due = sleep(waitMs, stop.signal).then((): 'due' => 'due');
  due.catch(() => undefined);
  try {
    return await Promise.race([next, due]);
  } finally {
    stop.abort();
  }
}
