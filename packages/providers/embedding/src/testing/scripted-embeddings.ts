import type { EmbeddingObservedRequest } from './observed-request.ts';

/** What a service in a test answers. What it leaves out, it does not report. */
export interface ScriptedEmbeddings {
  /** One per text. Default `scriptedVector` of each. */
  readonly vectors?: readonly (readonly number[])[];
  /** True: the vectors come in reverse order, numbered, where the wire has numbers. */
  readonly isReversed?: boolean;
  /** Model as the service names it. Default as it was asked for. */
  readonly model?: string;
  /** Tokens of all texts. */
  readonly tokens?: number;
  /** The service refuses with this status. */
  readonly fail?: { readonly status: number; readonly headers?: Readonly<Record<string, string>> };
  /** Nothing comes, until the call is ended from outside. */
  readonly hangs?: boolean;
}

/** A service in a test: what it answers may depend on what it was asked. */
export type ScriptedEmbeddingModel = (request: EmbeddingObservedRequest) => ScriptedEmbeddings;

/** Length of the vectors where a request asks for none. */
export const SCRIPTED_DIMENSIONS = 8;

/** A vector of length 1 that depends on nothing but the text. Different texts have different ones. */
export function scriptedVector(text: string, dimensions: number = SCRIPTED_DIMENSIONS): number[] {
  let state = 2_166_136_261;
  const next = (): number => {
    state = Math.imul(state ^ (state >>> 15), 2_246_822_519) + 3_266_489_917;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 31 - 1;
  };
  for (const character of text) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16_777_619);
  const raw = Array.from({ length: dimensions }, next);
  const norm = Math.hypot(...raw);
  return norm === 0 ? raw.map((_, index) => (index === 0 ? 1 : 0)) : raw.map((component) => component / norm);
}
