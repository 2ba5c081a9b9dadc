import type { RerankProvider } from '../../rerank-provider.ts';

/** What a service in a test was asked to rank. */
export interface RerankObservedRequest {
  readonly query: string;
  readonly documents: readonly string[];
  readonly model?: string;
  readonly topN?: number;
  readonly credential?: string;
}

/** What a service in a test answers. */
export interface ScriptedRanking {
  /** In the order in which the service gives it, valid or not. */
  readonly ranking?: readonly { readonly index: number; readonly score: number }[];
  readonly fail?: { readonly status: number; readonly headers?: Readonly<Record<string, string>> };
  readonly hangs?: boolean;
}

export interface RerankSubject {
  readonly provider: RerankProvider;
  readonly requests: () => readonly RerankObservedRequest[];
  readonly openRequests: () => number;
  readonly close: () => Promise<void>;
}

/** An implementation that the kit can test. */
export interface RerankConformanceTarget {
  /** A fresh provider in front of a service that behaves as told. */
  readonly open: (setup: {
    readonly model: (request: RerankObservedRequest) => ScriptedRanking;
    readonly credential: string;
  }) => Promise<RerankSubject>;
}
