import type { LLMResponse } from '../model/response.ts';
import { ResponseCollector } from './response-collector.ts';
import type { LLMStreamPart } from './stream-part.ts';

/**
 * Reads a stream to its end and gives the answer that `chat` would have given.
 *
 * @throws {IntegrationError} what the stream throws; the first `error` part's error, since an answer that lacks
 * something must not look whole; `unavailable` when the stream ends without `finish`; `provider_error` when it breaks
 * the rules of a stream.
 */
export async function collectResponse(parts: AsyncIterable<LLMStreamPart>): Promise<LLMResponse> {
  const collector = new ResponseCollector();
  for await (const part of parts) {
    if (part.type === 'error') throw part.error;
    collector.add(part);
  }
  return collector.response();
}
