import { createParser } from 'eventsource-parser';
import type { ByteSource } from './byte-source.ts';

/** One event of a `text/event-stream`. */
export interface ServerSentEvent {
  /** Absent: a plain message. */
  readonly event?: string;
  readonly id?: string;
  readonly data: string;
}

/**
 * The events of a `text/event-stream`, read as they are asked for. An event that is cut off at the end is dropped, as the
 * standard asks.
 *
 * @param maxLength Characters that one event may have.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export async function* readServerSentEvents(
  source: ByteSource,
  maxLength: number,
): AsyncGenerator<ServerSentEvent, void> {
  const decoder = new TextDecoder();
  let events: ServerSentEvent[] = [];
  let isTooLong = false;
  const parser = createParser({
    maxBufferSize: maxLength,
    onEvent: ({ event, id, data }) => {
      events.push({ ...(event === undefined ? {} : { event }), ...(id === undefined ? {} : { id }), data });
    },
    onError: ({ type }) => {
      isTooLong ||= type === 'max-buffer-size-exceeded';
    },
  });
  for await (const chunk of source.chunks()) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    const ready = events;
    events = [];
    yield* ready;
    if (isTooLong) throw source.tooLong(maxLength, 'event');
  }
}
