import { createParser } from 'eventsource-parser';

/** One event of a `text/event-stream`. */
export interface ServerSentEvent {
  /** Absent: a plain message. */
  readonly event?: string;
  readonly id?: string;
  readonly data: string;
}

/** Takes the text of an event stream bit by bit, cut anywhere, and gives its events. */
export class EventReader {
  #events: ServerSentEvent[] = [];
  #isTooLong = false;
  readonly #feed: (text: string) => void;

  /** @param maxLength Characters that one event may have. */
  constructor(maxLength: number) {
    const parser = createParser({
      maxBufferSize: maxLength,
      onEvent: ({ event, id, data }) => {
        // A short stream in one piece is never buffered, and so not measured by the parser.
        if (data.length > maxLength) this.#isTooLong = true;
        if (this.#isTooLong) return;
        this.#events.push({ ...(event === undefined ? {} : { event }), ...(id === undefined ? {} : { id }), data });
      },
      onError: ({ type }) => {
        this.#isTooLong ||= type === 'max-buffer-size-exceeded';
      },
    });
    this.#feed = (text) => parser.feed(text);
  }

  /** Whether an event was too long. Nothing is read after it. */
  get isTooLong(): boolean {
    return this.#isTooLong;
  }

  /** The events that are complete now. */
  push(text: string): readonly ServerSentEvent[] {
    if (this.#isTooLong) return [];
    this.#feed(text);
    const events = this.#events;
    this.#events = [];
    return events;
  }
}
