import type { ByokKeyRotationReason, ByokKeyValidationOutcome } from '@mortise/core';
import type { ByokKeyOwner, ByokRotationFailureCode, ByokRotationStep } from './record/byok-key-record.ts';

interface EventBase extends ByokKeyOwner {
  /** ISO 8601 instant. */
  readonly at: string;
}

interface RotationEventBase extends EventBase {
  readonly rotationId: string;
  readonly reason: ByokKeyRotationReason;
}

/** What the runner tells as it goes, for logs and metrics. Holds no part of a key: messages are redacted. */
export type ByokEvent =
  | (EventBase & {
      readonly type: 'key_validated';
      readonly outcome: ByokKeyValidationOutcome;
      readonly error?: string;
    })
  | (EventBase & { readonly type: 'key_compromised' })
  | (RotationEventBase & { readonly type: 'rotation_planned' })
  /** The record says so durably by now. */
  | (RotationEventBase & { readonly type: 'rotation_step'; readonly step: ByokRotationStep })
  | (RotationEventBase & {
      readonly type: 'retry_scheduled';
      readonly step: ByokRotationStep;
      readonly attempt: number;
      readonly delayMs: number;
      readonly error: string;
    })
  | (RotationEventBase & { readonly type: 'rotation_completed'; readonly oldKeyUntil?: string })
  | (RotationEventBase & {
      readonly type: 'rotation_rolled_back';
      readonly code: ByokRotationFailureCode;
      readonly error: string;
    })
  | (RotationEventBase & {
      readonly type: 'old_key_retired';
      /** False: the provider was not told, because it offers no way or the key was no longer readable. */
      readonly isRevoked: boolean;
    })
  /** `current`: it is in use again. `new_key_invalid`: it may be needed, since the key that replaced it does not work. */
  | (RotationEventBase & { readonly type: 'old_key_kept'; readonly why: 'current' | 'new_key_invalid' })
  | (RotationEventBase & { readonly type: 'retirement_failed'; readonly attempt: number; readonly error: string })
  | (EventBase & { readonly type: 'lease_lost' });
