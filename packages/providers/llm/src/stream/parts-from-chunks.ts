import { IntegrationError } from '@mortise/core';
import type { LLMContentPart } from '../model/content-part.ts';
import type { LLMResponse } from '../model/response.ts';
import { iterateOnce } from './iterate-once.ts';
import type { LLMStreamChunk } from './stream-chunk.ts';
import { finishOf, identityOf, wholePart } from './parts-from-response.ts';
import type { LLMStreamPart } from './stream-part.ts';

/**
 * The detail that a plain `stream` still holds: one text block per run of text, whole tool calls, and from the final
 * answer its identity, its finish and whatever content the chunks did not tell.
 *
 * @throws {IntegrationError} what the chunks throw; `unsupported` for a second choice; `unavailable` when they end
 * without `end`.
 */
export function partsFromChunks(chunks: AsyncIterable<LLMStreamChunk>): AsyncIterable<LLMStreamPart> {
  return iterateOnce(() => convert(chunks));
}

async function* convert(chunks: AsyncIterable<LLMStreamChunk>): AsyncGenerator<LLMStreamPart, void> {
  yield { type: 'start', warnings: [] };
  let blocks = 0;
  let open: string | undefined;
  let usage: LLMResponse['usage'];
  for await (const chunk of chunks) {
    if ('index' in chunk && chunk.index !== 0) throw secondChoice(chunk.index);
    if (chunk.type === 'message_delta' && chunk.delta.type === 'text') {
      if (open === undefined) {
        open = `text-${blocks++}`;
        yield { type: 'text-start', id: open };
      }
      yield { type: 'text-delta', id: open, delta: chunk.delta.text };
      continue;
    }
    if (chunk.type === 'usage') {
      usage = chunk.usage;
      continue;
    }
    if (open !== undefined) yield { type: 'text-end', id: open };
    open = undefined;
    switch (chunk.type) {
      case 'message_delta':
        yield* wholePart(chunk.delta, `part-${blocks++}`);
        break;
      case 'tool_call':
        yield* wholePart(chunk.call, chunk.call.id);
        break;
      case 'error':
        yield { type: 'error', error: asIntegrationError(chunk.error) };
        break;
      case 'end':
        for (const part of chunk.response.message.content) {
          if (!isToldByChunks(part)) yield* wholePart(part, `part-${blocks++}`);
        }
        yield* identityOf(chunk.response);
        yield finishOf(chunk.response, usage);
        return;
    }
  }
  throw new IntegrationError({
    code: 'unavailable',
    retry: 'transient',
    message: 'The stream ended without an "end" chunk: the answer is cut off, repeat the call',
  });
}

/** Text and tool calls were streamed already; what else the final answer holds was not. */
function isToldByChunks(part: LLMContentPart): boolean {
  return part.type === 'text' || part.type === 'tool-call';
}

function asIntegrationError(error: Error): IntegrationError<string> {
  if (IntegrationError.is(error)) return error;
  return new IntegrationError({ code: 'provider_error', message: 'The provider reported an error', cause: error });
}

function secondChoice(index: number): IntegrationError {
  return new IntegrationError({
    code: 'unsupported',
    message: `Expected one choice, got a chunk of choice ${index}; ask for one answer per call`,
  });
}
