import type { IntegrationOwnershipMode } from '@mortise/core';

/** What became of one call. */
export interface CallRow {
  readonly number: number;
  /** Title of the scenario that the call belongs to. */
  readonly scenario: string;
  /** What is special about the call. */
  readonly title: string;
  readonly tenant: string;
  readonly ownershipMode: IntegrationOwnershipMode;
  readonly slot: string;
  readonly connectionId: string;
  readonly operation: string;
  /** How often the executor was started. */
  readonly attempts: number;
  readonly latencyMs: number;
  /** `ok`, or the code of the error. */
  readonly outcome: string;
  readonly stopReason: string;
  /** The error's message. Absent on success. */
  readonly message?: string;
  readonly expected: { readonly outcome: string; readonly attempts: number };
  /** How the call differs from what its scenario expects; empty when it does not. */
  readonly deviations: readonly string[];
}
