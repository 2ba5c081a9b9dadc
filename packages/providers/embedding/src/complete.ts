import { IntegrationError } from '@mortise/core';
import type { EmbeddingProvider } from './embedding-provider.ts';
import { embedInGroups } from './stream/embed-in-groups.ts';

/** A provider with every optional method in place. */
export interface CompleteEmbeddingProvider extends EmbeddingProvider {
  embedStream: NonNullable<EmbeddingProvider['embedStream']>;
  describeModel: NonNullable<EmbeddingProvider['describeModel']>;
  close: NonNullable<EmbeddingProvider['close']>;
}

/**
 * Fills in what a provider lacks: `embedStream` from `embedDocuments` in groups of `batchSize` (64 at most), `close` as
 * nothing to do, and `describeModel` as a method that throws `unsupported`. Methods that the provider has are used as they
 * are.
 */
export function complete(provider: EmbeddingProvider): CompleteEmbeddingProvider {
  const { capabilities } = provider;
  return {
    ...(capabilities === undefined ? {} : { capabilities }),
    embedDocuments: (documents, options) => provider.embedDocuments(documents, options),
    embedQuery: (query, options) => provider.embedQuery(query, options),
    embedStream: (documents, options) =>
      provider.embedStream?.(documents, options) ??
      embedInGroups(
        documents,
        () => options?.batchSize ?? Number.POSITIVE_INFINITY,
        (group) => provider.embedDocuments(group, options),
      ),
    describeModel: (model) => {
      const info = provider.describeModel?.(model);
      if (info !== undefined) return info;
      throw new IntegrationError({ code: 'unsupported', message: 'This embedding provider does not describe models' });
    },
    close: () => provider.close?.() ?? Promise.resolve(),
  };
}
