import type { DeltaSourceRef } from '../source-ref.ts';
import type { DeltaProgress } from './progress.ts';

/** A source as a store has it. */
export interface DeltaSourceState {
  readonly ref: DeltaSourceRef;
  /** Rises with every write of the progress; what writes are compared with. 0: nothing was written yet. */
  readonly revision: number;
  /** Highest fencing token so far. 0: nobody ever had the lease. */
  readonly fencingToken: number;
  /** Who holds the lease now, by the store's clock. */
  readonly lease?: { readonly holder: string; readonly token: number; readonly expiresAt: string };
  readonly progress: DeltaProgress;
}
