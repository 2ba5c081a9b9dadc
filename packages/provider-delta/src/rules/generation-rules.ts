/** How much a full scan may delete by itself. */
export interface MassDeletionGuard {
  /** Share of the live records, above 0 and up to 1. Default 0.3. */
  readonly maxShare?: number;
  /** Deletions that are always allowed, so that small sources are not stopped. Default 10. */
  readonly alwaysAllowed?: number;
}

export interface ScanCounts {
  /** Records that are not deleted, those that the scan did not see included. */
  readonly live: number;
  /** Live records that a complete scan did not see. */
  readonly missing: number;
}

export type SweepDecision =
  | { readonly isAllowed: true }
  | { readonly isAllowed: false; readonly share: number; readonly maxShare: number };

/**
 * Whether the records that a complete scan did not see may be deleted. Half a scan, or a scan with a wrong filter, looks
 * just like a mass deletion; then a person is asked.
 */
export function decideSweep({ live, missing }: ScanCounts, guard: MassDeletionGuard = {}): SweepDecision {
  const { maxShare = 0.3, alwaysAllowed = 10 } = guard;
  const share = live === 0 ? 0 : missing / live;
  if (missing <= alwaysAllowed || share <= maxShare) return { isAllowed: true };
  return { isAllowed: false, share, maxShare };
}
