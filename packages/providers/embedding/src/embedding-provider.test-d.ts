import { describe, expectTypeOf, it } from 'vitest';
import type {
  EmbeddingDocument,
  EmbeddingOptions,
  EmbeddingProvider,
  EmbeddingResult,
  EmbeddingVector,
  PortableEmbeddingDocument,
  PortableEmbeddingResult,
  seedCompat,
} from './index.ts';

/** The first interface, as implementations of it were written. */
interface FirstDocument {
  id: string;
  text: string;
  metadata?: Record<string, string | number | boolean>;
}
interface FirstResult {
  id: string;
  vector: number[];
  dimensions: number;
  model: string;
  metadata?: Record<string, string>;
}
interface FirstProvider {
  embedDocuments(documents: FirstDocument[], options?: { model?: string }): Promise<FirstResult[]>;
  embedQuery(query: string, options?: { model?: string }): Promise<FirstResult>;
}

declare class FirstImplementation implements FirstProvider {
  embedDocuments(documents: FirstDocument[], options?: { model?: string }): Promise<FirstResult[]>;
  embedQuery(query: string, options?: { model?: string }): Promise<FirstResult>;
}

describe('the interface', () => {
  it('is fulfilled by implementations of the first one', () => {
    class Old extends FirstImplementation implements EmbeddingProvider {}
    expectTypeOf<Old>().toExtend<EmbeddingProvider>();
  });

  it('gives code of the first one what it knows, through seedCompat', () => {
    expectTypeOf<ReturnType<typeof seedCompat>>().toExtend<FirstProvider>();
    expectTypeOf<EmbeddingProvider>().not.toExtend<FirstProvider>();
  });

  it('has data that its schemas describe', () => {
    expectTypeOf<EmbeddingVector>().toEqualTypeOf<number[]>();
    expectTypeOf<PortableEmbeddingDocument>().toExtend<EmbeddingDocument>();
    expectTypeOf<PortableEmbeddingResult>().toExtend<EmbeddingResult>();
  });

  it('takes the options of every call', () => {
    const options: EmbeddingOptions = { signal: new AbortController().signal, timeoutMs: 10, truncate: 'end' };
    expectTypeOf(options).toExtend<EmbeddingOptions>();
    // @ts-expect-error cutting in the middle is no way to truncate
    ({ truncate: 'middle' }) satisfies EmbeddingOptions;
  });
});
