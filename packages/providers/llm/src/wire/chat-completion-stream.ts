import { IntegrationError } from '@mortise/core';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { iterateOnce } from '../stream/iterate-once.ts';
import type { LLMStreamPart } from '../stream/stream-part.ts';
import type { ChatCompletionAnswerContext } from './chat-completion-response.ts';
import { ChatCompletionStreamReader, unreadable } from './chat-completion-stream-reader.ts';

/** A single event beyond this many characters is an attack or a bug, not an answer. */
const MAX_EVENT_CHARACTERS = 64 * 1024 * 1024;

/**
 * Reads a chat-completions stream (server-sent events) as parts, however its bytes are split. Leaving the iteration
 * early cancels the body. Can be iterated once.
 *
 * @throws {IntegrationError} while iterating: what the provider reports in an error event; `unavailable` (transient)
 * when the connection breaks or the stream ends before the answer does; `provider_error` for a body that is no such
 * stream; `unsupported` for several choices.
 */
export function decodeChatCompletionStream(
  body: ReadableStream<Uint8Array>,
  context: ChatCompletionAnswerContext = {},
): AsyncIterable<LLMStreamPart> {
  return iterateOnce(() => decode(body, context));
}

async function* decode(
  body: ReadableStream<Uint8Array>,
  context: ChatCompletionAnswerContext,
): AsyncGenerator<LLMStreamPart, void> {
  const reader = new ChatCompletionStreamReader(context);
  yield* reader.start();
  for await (const message of serverSentEvents(body)) {
    if (message.data === '[DONE]') break;
    yield* reader.read(parseEvent(message));
  }
  yield* await reader.end();
}

function parseEvent({ data, event }: EventSourceMessage): unknown {
  try {
    const value: unknown = JSON.parse(data);
    return event === 'error' ? { error: value } : value;
  } catch {
    throw unreadable('an event is not JSON');
  }
}

async function* serverSentEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<EventSourceMessage, void> {
  const ready: EventSourceMessage[] = [];
  const parser = createParser({
    onEvent: (event) => ready.push(event),
    onError: ({ type }) => {
      if (type === 'max-buffer-size-exceeded')
        throw unreadable(`an event is longer than ${MAX_EVENT_CHARACTERS} characters`);
    },
    maxBufferSize: MAX_EVENT_CHARACTERS,
  });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await read(reader);
      // An event without its closing blank line was cut off and is not read (HTML standard, event stream parsing).
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
      yield* ready.splice(0);
    }
  } finally {
    // After the end this does nothing; after a break it closes the connection. A failure to close changes nothing.
    await reader.cancel().catch(() => undefined);
  }
}

async function read(
  reader: ReadableStreamDefaultReader<Uint8Array>,
): Promise<{ done: true; value?: undefined } | { done: false; value: Uint8Array }> {
  try {
    const { done, value } = await reader.read();
    return done ? { done } : { done, value };
  } catch (cause) {
    throw new IntegrationError({
      code: 'unavailable',
      retry: 'transient',
      message: 'The connection broke while the answer was streamed; repeat the call',
      cause,
    });
  }
}
