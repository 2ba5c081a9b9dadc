import type { OperationName, Operations } from '../model/operations.ts';
import type { RegionStore } from '../state/region-store.ts';

/** What an operation works on. */
export interface OperationContext {
  readonly store: RegionStore;
  /**
   * Refuses what the caller may not do with one of the secrets of a request about many.
   *
   * @throws {ServiceError} `AccessDeniedException`.
   */
  readonly authorize: (action: string, secretId: string) => void;
}

export type OperationHandlers = {
  readonly [Name in OperationName]: (
    context: OperationContext,
    input: Operations[Name]['input'],
  ) => Operations[Name]['output'];
};
