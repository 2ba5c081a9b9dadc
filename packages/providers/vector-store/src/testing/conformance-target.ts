import type { VectorCollectionSpec } from '../model/collection.ts';
import type { VectorStoreProvider } from '../vector-store-provider.ts';

/** How a check wants its provider. */
export interface VectorStoreSubjectSetup {
  /** Collections that are to be there, empty. Targets whose provider makes collections itself may ignore it. */
  readonly collections: readonly VectorCollectionSpec[];
  /** Credential that the provider sends. */
  readonly credential: string;
}

/** A provider under test, and what can be seen and done on the other side of it. */
export interface VectorStoreSubject {
  readonly provider: VectorStoreProvider;
  /** Requests that reached the service so far. */
  readonly requests: () => number;
  /** Requests whose answer is under way. */
  readonly openRequests: () => number;
  /** From now on the service takes requests and never answers. */
  readonly hold: () => void;
  /** The next request is answered with this HTTP status. */
  readonly answerNextWith: (status: number) => void;
  /** The time of the service, epoch milliseconds. */
  readonly now: () => number;
  /** Moves the clock of provider and service, where it has one of its own; absent, the checks wait in real time. */
  readonly advance?: (ms: number) => Promise<void>;
  /** Releases everything, the provider included. */
  readonly close: () => Promise<void>;
}

/** An implementation that the kit can test. */
export interface VectorStoreConformanceTarget {
  readonly open: (setup: VectorStoreSubjectSetup) => Promise<VectorStoreSubject>;
}
