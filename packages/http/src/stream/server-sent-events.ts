import type { ByteSource } from './byte-source.ts';
import { EventReader, type ServerSentEvent } from './event-reader.ts';

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
  const reader = new EventReader(maxLength);
  for await (const chunk of source.chunks()) {
    yield* reader.push(decoder.decode(chunk, { stream: true }));
    if (reader.isTooLong) throw source.tooLong(maxLength, 'event');
  }
}
