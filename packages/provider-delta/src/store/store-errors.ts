import { DeltaError } from '../errors/delta-error.ts';
import { deltaSourceKey, type DeltaSourceRef } from '../source-ref.ts';
import type { DeltaLease } from './lease.ts';

/** The error of a write without the right to it, the same in every store. */
export function leaseLost({ ref, holder, token }: DeltaLease): DeltaError {
  return new DeltaError({
    code: 'LEASE_LOST',
    message: `Source ${deltaSourceKey(ref)}: "${holder}" does not hold the lease with token ${token} any more`,
  });
}

/** The error of a write over what somebody else wrote meanwhile. */
export function conflict(ref: DeltaSourceRef, expected: number, found: number | undefined): DeltaError {
  return new DeltaError({
    code: 'CONFLICT',
    message: `Source ${deltaSourceKey(ref)}: expected revision ${expected}, and found ${found ?? 'no source'}`,
  });
}
