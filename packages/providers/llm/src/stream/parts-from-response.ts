import type { LLMContentPart } from '../model/content-part.ts';
import type { LLMFinishReason, LLMResponse } from '../model/response.ts';
import type { LLMFinishPart, LLMStreamPart } from './stream-part.ts';

/** A whole answer as the parts of a stream: for providers that answer in one piece. */
export function* partsFromResponse(response: LLMResponse): Generator<LLMStreamPart, void> {
  const { warnings, ...rest } = response;
  yield { type: 'start', warnings: warnings ?? [] };
  yield* identityOf(response);
  for (const [index, part] of response.message.content.entries()) yield* wholePart(part, `part-${index}`);
  yield finishOf(rest);
}

/** A part that came in one piece, as the parts of a stream. */
export function* wholePart(part: LLMContentPart, id: string): Generator<LLMStreamPart, void> {
  switch (part.type) {
    case 'text':
    case 'reasoning':
    case 'refusal': {
      const extras = part.providerMetadata === undefined ? {} : { providerMetadata: part.providerMetadata };
      if (part.type === 'reasoning' && part.redacted === true) {
        yield { type: 'reasoning-start', id, redacted: true, ...extras };
      } else yield { type: `${part.type}-start`, id, ...extras };
      yield { type: `${part.type}-delta`, id, delta: part.text };
      yield { type: `${part.type}-end`, id };
      return;
    }
    case 'tool-call': {
      const execution = part.execution === undefined ? {} : { execution: part.execution };
      yield { type: 'tool-input-start', id: part.id, name: part.name, ...execution };
      yield { type: 'tool-input-delta', id: part.id, delta: part.arguments };
      yield { type: 'tool-input-end', id: part.id };
      yield part;
      return;
    }
    default:
      yield part;
  }
}

/** What an answer tells of itself, as parts. */
export function* identityOf(response: LLMResponse): Generator<LLMStreamPart, void> {
  const { id, modelId, createdAt, requestId } = response;
  const known = {
    ...(id === undefined ? {} : { id }),
    ...(modelId === undefined ? {} : { modelId }),
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(requestId === undefined ? {} : { requestId }),
  };
  if (Object.keys(known).length > 0) yield { type: 'metadata', ...known };
}

/**
 * The end of an answer as a part.
 *
 * @param streamed Usage that was told before the answer was whole.
 */
export function finishOf(response: LLMResponse, streamed?: LLMResponse['usage']): LLMFinishPart {
  const usage = response.usage ?? streamed;
  const { rawFinishReason, object, warnings, providerMetadata } = response;
  // An implementation of the older interface has no word for an unusual ending and reports none.
  const finishReason: LLMFinishReason = response.finishReason ?? 'other';
  return {
    type: 'finish',
    finishReason,
    ...(rawFinishReason === undefined ? {} : { rawFinishReason }),
    ...(usage === undefined ? {} : { usage }),
    ...(object === undefined ? {} : { object }),
    ...(warnings === undefined ? {} : { warnings }),
    ...(providerMetadata === undefined ? {} : { providerMetadata }),
  };
}
