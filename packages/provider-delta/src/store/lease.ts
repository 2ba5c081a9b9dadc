import type { DeltaSourceRef } from '../source-ref.ts';
import type { DeltaSourceState } from './source-state.ts';

/** The right of one worker to write the progress of a source, for a while. */
export interface DeltaLease {
  readonly ref: DeltaSourceRef;
  readonly holder: string;
  /** Fencing token: a whole number above 0 that is higher for each later acquisition of the source, also after its removal. */
  readonly token: number;
  /** First instant at which it no longer holds, by the store's clock, ISO 8601. */
  readonly expiresAt: string;
}

export interface LeaseRequest {
  /** Who asks, different for each worker and each start of it. */
  readonly holder: string;
  readonly ttlMs: number;
}

export type LeaseAnswer =
  | { readonly isAcquired: true; readonly lease: DeltaLease; readonly state: DeltaSourceState }
  /** Somebody holds it, perhaps a former self: leases are renewed, not taken twice. */
  | { readonly isAcquired: false; readonly holder: string; readonly expiresAt: string };
