import type { ByokKeyLifecycle } from '@mortise/core';
import { ByokError } from '../byok-error.ts';
import type { KeyBackend } from '../key/key-backend.ts';
import type { KeyMaterial, KeyRedactor } from '../key/key-material.ts';
import type {
  ByokKeyRecord,
  ByokRotation,
  ByokRotationFailure,
  ByokRotationFailureCode,
} from '../record/byok-key-record.ts';
import type { LeaseSession } from '../runner/lease-session.ts';
import type { ByokSubject, RunnerEnvironment } from '../runner/runner-options.ts';
import type { ResolvedByokKeyPolicy } from '../schedule/byok-key-policy.ts';

/** What every step of a rotation works with. */
export interface RotationContext {
  readonly env: RunnerEnvironment;
  readonly subject: ByokSubject;
  readonly policy: ResolvedByokKeyPolicy;
  readonly lifecycle: ByokKeyLifecycle;
  readonly backend: KeyBackend;
  readonly redactor: KeyRedactor;
  readonly session: LeaseSession;
  readonly signal: AbortSignal | undefined;
  /** Fields of the new key, where the caller of this run handed them in. */
  readonly handedIn?: Readonly<Record<string, string>>;
}

/** What a step came to. Nothing of it has happened before the record says so. */
export type StepOutcome =
  /** The step is done; the record goes on as this says. */
  | { readonly kind: 'advance'; readonly patch: Partial<ByokRotation> }
  /** The new key is in use, checked and settled. */
  | { readonly kind: 'settle'; readonly newKey: KeyMaterial }
  /** Nobody can tell, or not now. `giveUp`: how the rotation fails when its time is over; absent, it never does. */
  | {
      readonly kind: 'retry';
      readonly error: string;
      readonly retryAfterMs?: number;
      readonly giveUp?: ByokRotationFailureCode;
    }
  /** The rotation has failed; the old key stays. `endOld`: it is not in use any more all the same, so it is retired. */
  | { readonly kind: 'fail'; readonly failure: ByokRotationFailure; readonly endOld?: boolean }
  /** All is done and tidied up. */
  | { readonly kind: 'finish' };

export function fail(code: ByokRotationFailureCode, message: string): StepOutcome {
  return { kind: 'fail', failure: { code, message } };
}

/** A step that came to nothing because of an error; aborts of the caller are not for steps to handle. */
export function retryAfter(
  context: RotationContext,
  error: unknown,
  giveUp?: ByokRotationFailureCode,
): StepOutcome & { readonly kind: 'retry' } {
  context.signal?.throwIfAborted();
  // What the record or the lease makes impossible is not the step's to try again.
  if (ByokError.is(error)) throw error;
  const wait =
    typeof error === 'object' && error !== null && 'retryAfterMs' in error && typeof error.retryAfterMs === 'number'
      ? { retryAfterMs: error.retryAfterMs }
      : {};
  return {
    kind: 'retry',
    error: context.redactor.messageOf(error),
    ...wait,
    ...(giveUp === undefined ? {} : { giveUp }),
  };
}

/** Changes the rotation under way as it is stored, which somebody may have made more urgent meanwhile. */
export function patchRotation(record: ByokKeyRecord, patch: Partial<ByokRotation>): ByokKeyRecord {
  return record.rotation === undefined ? record : { ...record, rotation: { ...record.rotation, ...patch } };
}

/** Whether the provider has ended the old key already, so that giving up the new one would leave none. */
export function isOldKeyDead(rotation: ByokRotation, now: number): boolean {
  return rotation.previousKeyValidUntil !== undefined && Date.parse(rotation.previousKeyValidUntil) <= now;
}
