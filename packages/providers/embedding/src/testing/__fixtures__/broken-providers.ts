import { IntegrationError } from '@mortise/core';
import { FakeClock } from '@mortise/testing';
import type { EmbeddingProvider } from '../../embedding-provider.ts';
import { EmbeddingBatchError } from '../../errors/embedding-batch-error.ts';
import type { EmbeddingOptions } from '../../model/embedding-options.ts';
import type { EmbeddingResult } from '../../model/embedding-result.ts';
import type { EmbeddingConformanceTarget, EmbeddingSubjectSetup } from '../conformance-target.ts';
import { InMemoryEmbeddingProvider } from '../in-memory-embedding-provider.ts';
import { scriptedVector } from '../scripted-embeddings.ts';

/** A provider that does one thing wrong. */
export interface BrokenProvider {
  /** The only check that it may fail. */
  readonly fails: string;
  readonly mistake: string;
  readonly target: EmbeddingConformanceTarget;
}

function broken(
  fails: string,
  mistake: string,
  build: (honest: InMemoryEmbeddingProvider, setup: EmbeddingSubjectSetup) => Partial<EmbeddingProvider>,
  change: (setup: EmbeddingSubjectSetup) => EmbeddingSubjectSetup = (setup) => setup,
): BrokenProvider {
  return {
    fails,
    mistake,
    target: {
      open: async (setup) => {
        const clock = new FakeClock();
        const honest = new InMemoryEmbeddingProvider({ ...change(setup), sleep: clock.sleep });
        return {
          provider: replacing(honest, build(honest, setup)),
          requests: () => honest.requests,
          openRequests: () => honest.openRequests,
          advance: (ms) => clock.advance(ms),
          close: () => honest.close(),
        };
      },
    },
  };
}

/** The honest provider with some methods replaced; what is not replaced works on the honest one. */
function replacing(honest: InMemoryEmbeddingProvider, methods: Partial<EmbeddingProvider>): EmbeddingProvider {
  return {
    capabilities: honest.capabilities,
    embedDocuments: (documents, options) => honest.embedDocuments(documents, options),
    embedQuery: (query, options) => honest.embedQuery(query, options),
    embedStream: (documents, options) => honest.embedStream(documents, options),
    describeModel: (model) => honest.describeModel(model),
    close: () => honest.close(),
    ...methods,
  };
}

/** A mistake in each result, of documents and queries alike. */
function inResults(
  honest: InMemoryEmbeddingProvider,
  spoil: (result: EmbeddingResult, index: number, all: readonly EmbeddingResult[]) => EmbeddingResult,
): Partial<EmbeddingProvider> {
  return {
    embedDocuments: async (documents, options) => (await honest.embedDocuments(documents, options)).map(spoil),
    embedQuery: async (query, options) => {
      const result = await honest.embedQuery(query, options);
      return spoil(result, 0, [result]);
    },
  };
}

/** A mistake in the options of each call. */
function inOptions(
  honest: InMemoryEmbeddingProvider,
  spoil: (options: EmbeddingOptions) => EmbeddingOptions,
): Partial<EmbeddingProvider> {
  return {
    embedDocuments: (documents, options = {}) => honest.embedDocuments(documents, spoil(options)),
    embedQuery: (query, options = {}) => honest.embedQuery(query, spoil(options)),
  };
}

function without(options: EmbeddingOptions, ...keys: readonly (keyof EmbeddingOptions)[]): EmbeddingOptions {
  return Object.fromEntries(Object.entries(options).filter(([key]) => !keys.some((left) => left === key)));
}

/** One for each check that the in-memory provider takes. */
export const brokenProviders: readonly BrokenProvider[] = [
  broken('embedding.1', 'numbers the results itself where there are more than a few', (honest) => ({
    embedDocuments: async (documents, options) => {
      const results = await honest.embedDocuments(documents, options);
      return results.map((result, index) => (results.length > 8 ? { ...result, id: String(index) } : result));
    },
  })),
  broken(
    'embedding.2',
    'lets the caller choose batches that the service does not take',
    () => ({}),
    (setup) => ({
      ...setup,
      maxBatchSize: setup.maxBatchSize + 1,
    }),
  ),
  broken(
    'embedding.3',
    'takes vectors as they come, whatever their numbers',
    () => ({}),
    (setup) => ({
      ...setup,
      model: (request) => {
        const { isReversed, ...answer } = setup.model(request);
        const vectors = answer.vectors ?? request.texts.map((text) => scriptedVector(text, request.dimensions));
        return isReversed === true ? { ...answer, vectors: vectors.toReversed() } : answer;
      },
    }),
  ),
  broken('embedding.4', 'takes vectors of different lengths', (honest) => ({
    embedDocuments: async (documents, options) => {
      const answer = honest.embedDocuments(documents, options);
      return answer.catch((error: unknown) => {
        if (!IntegrationError.is(error) || !/has \d+ numbers/.test(error.message)) throw error;
        return documents.map(({ id, text }) => ({ id, vector: scriptedVector(text), dimensions: 8, model: 'm' }));
      });
    },
  })),
  broken('embedding.5', 'says nothing where the service gives another length', (honest) =>
    inResults(honest, ({ warnings, ...result }) =>
      warnings?.some(({ field }) => field === 'dimensions') === true
        ? result
        : { ...result, ...(warnings && { warnings }) },
    ),
  ),
  broken('embedding.6', 'throws the good results away with the bad', (honest) => ({
    embedDocuments: async (documents, options) => {
      try {
        return await honest.embedDocuments(documents, options);
      } catch (error) {
        if (!EmbeddingBatchError.is(error)) throw error;
        throw new IntegrationError({ code: 'provider_error', message: 'Something failed' });
      }
    },
  })),
  broken('embedding.7', 'gives an empty text a vector of zeros', (honest) => ({
    embedDocuments: async (documents, options) => {
      const full = documents.filter(({ text }) => text !== '');
      const results = full.length === 0 && documents.length > 0 ? [] : await honest.embedDocuments(full, options);
      return documents.map(
        ({ id, text }) =>
          (text === '' ? undefined : results.find((result) => result.id === id)) ?? {
            id,
            vector: scriptedVector('').fill(0),
            dimensions: 8,
            model: 'm',
          },
      );
    },
  })),
  broken('embedding.8', 'always lets long texts be cut', (honest) =>
    inOptions(honest, (options) => ({ truncate: 'end', ...options })),
  ),
  broken('embedding.9', 'seasons each vector with its place in the list', (honest) => ({
    embedDocuments: async (documents, options) => {
      const results = await honest.embedDocuments(documents, options);
      return results.map((result, index) =>
        documents[index]?.text === 'the same text' && index > 0
          ? { ...result, vector: scriptedVector(String(index)) }
          : result,
      );
    },
  })),
  broken('embedding.10', 'claims that vectors are normalised', (honest) => ({
    ...inResults(honest, (result) =>
      result.id === 'doc-2' ? { ...result, vector: result.vector.map((component) => component * (1 + 2e-3)) } : result,
    ),
    embedDocuments: async (documents, options) => {
      const results = await honest.embedDocuments(documents, options);
      const isSample = documents.length === 3;
      return isSample
        ? results.map((result) => ({ ...result, vector: result.vector.map((component) => component * 1.01) }))
        : results;
    },
  })),
  broken('embedding.11', 'embeds queries as documents', (honest) => ({
    embedQuery: (query, options) => honest.embedQuery(query, { inputType: 'document', ...options }),
  })),
  broken('embedding.13', 'turns labels into text', (honest) =>
    inResults(honest, (result) =>
      result.metadata === undefined || !('draft' in result.metadata)
        ? result
        : {
            ...result,
            metadata: Object.fromEntries(Object.entries(result.metadata).map(([key, value]) => [key, String(value)])),
          },
    ),
  ),
  broken('embedding.14', 'forgets the last, incomplete group of a stream', (honest) => ({
    embedStream: (documents, options) => {
      const results = honest.embedStream(documents, options);
      return {
        [Symbol.asyncIterator]: () => {
          const inner = results[Symbol.asyncIterator]();
          let given = 0;
          return {
            next: async () => {
              const step = await inner.next();
              given += 1;
              return given > 8 ? { done: true, value: undefined } : step;
            },
            return: async () => (await inner.return?.()) ?? { done: true, value: undefined },
          };
        },
      };
    },
  })),
  broken('embedding.15', 'counts the tokens of the first request only', (honest) =>
    inResults(honest, ({ request, ...result }) => ({
      ...result,
      ...(request === undefined ? {} : { request: { ...request, index: 0 } }),
    })),
  ),
  broken('X1', 'looks at the signal after the answer came', (honest) => ({
    embedQuery: async (query, { signal, ...options } = {}) => {
      const result = await honest.embedQuery(
        query,
        signal?.aborted === true ? options : { ...options, ...(signal && { signal }) },
      );
      if (signal?.aborted === true) throw new IntegrationError({ code: 'aborted', message: 'The caller aborted' });
      return result;
    },
  })),
  broken('X2', 'does not hear an abort during a call', (honest) =>
    inOptions(honest, (options) => (options.signal?.aborted === true ? options : without(options, 'signal'))),
  ),
  broken('X3', 'has no time limit', (honest) => inOptions(honest, (options) => without(options, 'timeoutMs'))),
  broken('X4', 'reads a stream to its end before it gives anything', (honest) => ({
    embedStream: (documents, options) => {
      const read = async function* read() {
        const all = [];
        for await (const document of documents) all.push(document);
        yield* await honest.embedDocuments(all, options);
      };
      return read();
    },
  })),
  broken('X5', 'drops the trace context', (honest) => inOptions(honest, (options) => without(options, 'traceparent'))),
  broken('X6', 'estimates tokens that nobody counted', (honest) =>
    inResults(honest, (result) =>
      result.model === 'served-model' && result.tokens === undefined ? { ...result, tokens: 1 } : result,
    ),
  ),
  broken('X8', "hands out the caller's own labels", (honest) => ({
    embedDocuments: async (documents, options) => {
      const results = await honest.embedDocuments(documents, options);
      return results.map((result, index) => {
        const metadata = documents[index]?.metadata;
        return metadata === undefined ? result : { ...result, metadata };
      });
    },
  })),
  broken('X13', 'puts the credential into the error of a refused call', (honest, { credential }) => ({
    embedQuery: async (query, options) => {
      try {
        return await honest.embedQuery(query, options);
      } catch (error) {
        if (!IntegrationError.is(error) || error.code !== 'unauthenticated') throw error;
        throw new IntegrationError({ code: 'unauthenticated', message: `The key ${btoa(credential)} was refused` });
      }
    },
  })),
  broken('X15', 'keeps the last question in a field that all calls share', (honest) => {
    let last = '';
    return {
      embedQuery: async (query, options) => {
        if (!query.startsWith('question')) return honest.embedQuery(query, options);
        last = query;
        await Promise.resolve();
        return honest.embedQuery(last, options);
      },
    };
  }),
  broken('X16', 'answers after it was closed', () => ({ close: async () => {} })),
  broken('X18', 'normalises text before it sends it', (honest) => ({
    embedDocuments: (documents, options) =>
      honest.embedDocuments(
        documents.map((document) => ({ ...document, text: document.text.normalize('NFC') })),
        options,
      ),
  })),
  broken('X20', 'declares a description that it does not have', (honest) => ({
    describeModel: (model) => {
      const info = honest.describeModel(model);
      return { ...info, dimensions: info.dimensions * 2 };
    },
  })),
];
