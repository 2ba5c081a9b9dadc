import type { EmbeddingProvider } from '../embedding-provider.ts';
import type { EmbeddingObservedRequest } from './observed-request.ts';
import type { ScriptedEmbeddingModel } from './scripted-embeddings.ts';

/** How a check wants its provider. */
export interface EmbeddingSubjectSetup {
  /** What answers the provider's requests. */
  readonly model: ScriptedEmbeddingModel;
  /** Credential that the provider sends. */
  readonly credential: string;
  /** Most texts that the service takes in one request. */
  readonly maxBatchSize: number;
}

/** A provider under test, and what can be seen of it from the other side of the wire. */
export interface EmbeddingSubject {
  readonly provider: EmbeddingProvider;
  /** What reached the service so far, in order. */
  readonly requests: () => readonly EmbeddingObservedRequest[];
  /** Requests whose answer is still under way on the service's side. */
  readonly openRequests: () => number;
  /** Moves the provider's clock, where it has one of its own; absent, the checks wait in real time. */
  readonly advance?: (ms: number) => Promise<void>;
  /** Releases everything, the provider included. */
  readonly close: () => Promise<void>;
}

/** An implementation that the kit can test. */
export interface EmbeddingConformanceTarget {
  /** A fresh provider in front of a service that behaves as told. */
  readonly open: (setup: EmbeddingSubjectSetup) => Promise<EmbeddingSubject>;
  /** Whether it talks HTTP, so that status codes and headers can be checked. Default false. */
  readonly speaksHttp?: boolean;
  /** Whether the provider sees how the service numbers its vectors. Default true; false where a library hides it. */
  readonly seesNumbers?: boolean;
}
