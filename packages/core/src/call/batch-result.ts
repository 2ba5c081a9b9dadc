import type { IntegrationError } from '../errors/integration-error.ts';
import type { ResultMeta } from './call-options.ts';

/** What became of one input of a batch. */
export type BatchEntry<Value> =
  | { readonly index: number; readonly ok: true; readonly value: Value }
  | { readonly index: number; readonly ok: false; readonly error: IntegrationError<string> };

/** Outcome of a batch: one entry per input, in input order. */
export interface BatchResult<Value> extends ResultMeta {
  readonly results: readonly BatchEntry<Value>[];
}
