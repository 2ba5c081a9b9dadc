import { iterateOnce } from './iterate-once.ts';
import { ResponseCollector } from './response-collector.ts';
import type { LLMStreamChunk } from './stream-chunk.ts';
import type { LLMStreamPart } from './stream-part.ts';

/**
 * Turns detailed parts into the chunks of `stream`: text deltas, whole tool calls, usage, `error` for what the stream
 * survived, and last `end` with the whole answer. Reasoning, refusals, files and sources appear in `end` alone.
 *
 * @throws {IntegrationError} what the parts throw, after everything before it was yielded; `unavailable` when they end
 * without `finish`.
 */
export function chunksFromParts(parts: AsyncIterable<LLMStreamPart>): AsyncIterable<LLMStreamChunk> {
  return iterateOnce(() => convert(parts));
}

async function* convert(parts: AsyncIterable<LLMStreamPart>): AsyncGenerator<LLMStreamChunk, void> {
  const collector = new ResponseCollector();
  for await (const part of parts) {
    collector.add(part);
    switch (part.type) {
      case 'text-delta':
        yield { type: 'message_delta', delta: { type: 'text', text: part.delta }, index: 0 };
        break;
      case 'tool-call':
        yield { type: 'tool_call', call: part, index: 0 };
        break;
      case 'error':
        yield { type: 'error', error: part.error };
        break;
      case 'finish':
        if (part.usage !== undefined) yield { type: 'usage', usage: part.usage };
        break;
      default:
        break;
    }
  }
  yield { type: 'end', response: collector.response() };
}
