import type { EmbeddingResult } from './model/embedding-result.ts';

/**
 * Tokens that one call took, as the provider counted them: the sum over its requests.
 *
 * @param results All results of one call.
 * @returns Undefined where a count is missing.
 */
export function tokensOf(results: readonly EmbeddingResult[]): number | undefined {
  const byRequest = new Map<number, number>();
  let own = 0;
  for (const { request, tokens } of results) {
    if (request?.tokens !== undefined) byRequest.set(request.index, request.tokens);
    else if (tokens === undefined) return undefined;
    else own += tokens;
  }
  return results.length === 0 ? 0 : [...byRequest.values()].reduce((sum, tokens) => sum + tokens, own);
}
