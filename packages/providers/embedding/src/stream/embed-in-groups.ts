import { IntegrationError } from '@mortise/core';
import type { EmbeddingDocument } from '../model/embedding-document.ts';
import type { EmbeddingResult } from '../model/embedding-result.ts';

/** Most documents of a group: more would only wait for each other. */
const DEFAULT_GROUP_SIZE = 64;

/**
 * Embeds documents as they come, group by group, and gives the results in their order. Reads no further than the results
 * are asked for. Can be iterated once; leaving it early leaves `documents` as well.
 */
export function embedInGroups(
  documents: AsyncIterable<EmbeddingDocument>,
  size: () => number | Promise<number>,
  embed: (group: readonly EmbeddingDocument[]) => Promise<readonly EmbeddingResult[]>,
): AsyncIterable<EmbeddingResult> {
  let isTaken = false;
  return {
    [Symbol.asyncIterator]: () => {
      if (isTaken) {
        throw new IntegrationError({ code: 'invalid_request', message: 'A stream of embeddings can be iterated once' });
      }
      isTaken = true;
      return inGroups(documents, size, embed);
    },
  };
}

async function* inGroups(
  documents: AsyncIterable<EmbeddingDocument>,
  size: () => number | Promise<number>,
  embed: (group: readonly EmbeddingDocument[]) => Promise<readonly EmbeddingResult[]>,
): AsyncGenerator<EmbeddingResult, void> {
  const limit = Math.min(await size(), DEFAULT_GROUP_SIZE);
  let group: EmbeddingDocument[] = [];
  for await (const document of documents) {
    group.push(document);
    if (group.length < limit) continue;
    yield* await embed(group);
    group = [];
  }
  if (group.length > 0) yield* await embed(group);
}
