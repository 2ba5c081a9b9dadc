import { IntegrationError } from '@mortise/core';
import type { ConversationalEvent } from './conversational-event.ts';

/**
 * The `events` of a session: keeps what nobody has read yet, hands it to the one reader, and ends. For implementers.
 * Audio that waits for a reader is bounded by whoever pushes it: `size` tells how many events wait.
 */
export class SessionEventQueue implements AsyncIterable<ConversationalEvent> {
  readonly #waiting: ConversationalEvent[] = [];
  readonly #onLeave: () => void;
  #wakers: (() => void)[] = [];
  #isEnded = false;
  #isRead = false;

  /** @param onLeave Called once, when the reader leaves before the end. */
  constructor(onLeave: () => void) {
    this.#onLeave = onLeave;
  }

  /** Events that wait for the reader. */
  get size(): number {
    return this.#waiting.length;
  }

  /** Adds an event; after the end it does nothing. */
  push(event: ConversationalEvent): void {
    if (this.#isEnded) return;
    this.#waiting.push(event);
    this.#wakeReader();
  }

  /** Takes back events that nobody has read, such as audio of an agent that was cut off. */
  drop(isUnwanted: (event: ConversationalEvent) => boolean): ConversationalEvent[] {
    const dropped = this.#waiting.filter(isUnwanted);
    this.#waiting.splice(0, this.#waiting.length, ...this.#waiting.filter((event) => !isUnwanted(event)));
    return dropped;
  }

  /** No event follows. The reader still gets what waits. */
  end(): void {
    this.#isEnded = true;
    this.#wakeReader();
  }

  [Symbol.asyncIterator](): AsyncIterator<ConversationalEvent, void> {
    if (this.#isRead) {
      throw new IntegrationError({
        code: 'invalid_request',
        message: 'The events of a session have one reader; share them from there',
      });
    }
    this.#isRead = true;
    return {
      next: () => this.#next(),
      return: () => {
        this.#leave();
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  }

  async #next(): Promise<IteratorResult<ConversationalEvent, void>> {
    for (;;) {
      const value = this.#waiting.shift();
      if (value !== undefined) return { done: false, value };
      if (this.#isEnded) return { done: true, value: undefined };
      await new Promise<void>((resolve) => {
        this.#wakers.push(resolve);
      });
    }
  }

  #leave(): void {
    const wasEnded = this.#isEnded;
    this.#isEnded = true;
    this.#waiting.length = 0;
    this.#wakeReader();
    if (!wasEnded) this.#onLeave();
  }

  #wakeReader(): void {
    const wakers = this.#wakers;
    this.#wakers = [];
    for (const wake of wakers) wake();
  }
}
