import type { LLMProvider } from '../llm-provider.ts';
import type { LLMStreamPart } from '../stream/stream-part.ts';
import type { LLMObservedRequest } from './observed-request.ts';
import type { ScriptedAnswer, ScriptedModel } from './scripted-answer.ts';

/** How a check wants its provider. */
export interface LLMSubjectSetup {
  /** What answers the provider's requests. */
  readonly model: ScriptedModel;
  /** Credential that the provider sends. */
  readonly credential: string;
}

/** A provider under test, and what can be seen of it from the other side of the wire. */
export interface LLMSubject {
  readonly provider: LLMProvider;
  /** What reached the model so far, in order. */
  readonly requests: () => readonly LLMObservedRequest[];
  /** Requests whose answer is still under way on the model's side. */
  readonly openRequests: () => number;
  /** Moves the provider's clock, where it has one of its own; absent, the checks wait in real time. */
  readonly advance?: (ms: number) => Promise<void>;
  /** Releases everything, the provider included. */
  readonly close: () => Promise<void>;
}

/** The framing of a streamed answer, for targets whose wire is a stream of bytes. */
export interface LLMByteStream {
  /** The answer as the service sends it. */
  readonly encode: (answer: ScriptedAnswer) => Uint8Array;
  /** The parts that the adapter reads from it. */
  readonly decode: (body: ReadableStream<Uint8Array>) => AsyncIterable<LLMStreamPart>;
}

/** An implementation that the kit can test. */
export interface LLMConformanceTarget {
  /** A fresh provider in front of a model that behaves as told. */
  readonly open: (setup: LLMSubjectSetup) => Promise<LLMSubject>;
  /** Whether it talks HTTP, so that status codes and headers can be checked. Default false. */
  readonly speaksHttp?: boolean;
  readonly byteStream?: LLMByteStream;
  /** Facts without which the service's answer would not be valid, so that it never leaves them out. Default none. */
  readonly alwaysTold?: readonly LLMToldFact[];
  /** Details that never reach the provider, because a library in between drops them. Default none. */
  readonly neverTold?: readonly LLMLostDetail[];
}

/** A detail that a library between service and provider may drop. */
export type LLMLostDetail = 'cacheReadTokens' | 'reasoningTokens' | 'rawFinishReason';

/** A fact about an answer that a service may leave out. */
export type LLMToldFact = 'id' | 'modelId' | 'createdAt' | 'usage';
