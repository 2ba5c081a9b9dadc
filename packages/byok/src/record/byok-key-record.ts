import type { ByokKeyMetadata, ByokKeyRotationReason, ByokKeyValidationOutcome } from '@mortise/core';
import type { SecretReference } from '@mortise/secrets';

/** Whose key it is. Connection ids need to be unique only within a tenant. */
export interface ByokKeyOwner {
  readonly tenantId: string;
  readonly connectionId: string;
}

/** Where one value of the key can be read for good. */
export interface KeyPlace {
  readonly reference: SecretReference;
  /** Version to read. Absent where the backend has none. */
  readonly version?: string;
}

/**
 * How far a rotation is. `planned`: nothing has happened. `obtaining`: the provider may have made a key already.
 * `stored`: the new key is durable, in its own place. `validated`: it works. `promoting`: it may be current already.
 * `promoted`: the backend said that it is. `verified`: a fresh read gave it, the metadata is its own, and what is left is
 * tidying up. `discarding`: the rotation has failed and its new key is being removed.
 */
export type ByokRotationStep =
  | 'planned'
  | 'obtaining'
  | 'stored'
  | 'validated'
  | 'promoting'
  | 'promoted'
  | 'verified'
  | 'discarding';

/** Why a rotation left the old key in place. */
export type ByokRotationFailureCode =
  /** The provider refuses the new key. */
  | 'NEW_KEY_INVALID'
  | 'NEW_KEY_LACKS_SCOPES'
  /** The new key's quota is spent, up to the deadline. */
  | 'NEW_KEY_QUOTA_EXHAUSTED'
  /** Nobody could tell whether the new key works, up to the deadline. */
  | 'NEW_KEY_UNVERIFIED'
  /** The new key does not fit the integration's secret schema. */
  | 'NEW_KEY_MALFORMED'
  /** The new key is the old one. */
  | 'SAME_KEY'
  /** No new key was to be had. */
  | 'NO_NEW_KEY'
  /** Somebody else wrote a key meanwhile; theirs is current. */
  | 'SUPERSEDED'
  /** The backend refuses to store the new key or to make it current. */
  | 'BACKEND_REFUSED';

export interface ByokRotationFailure {
  readonly code: ByokRotationFailureCode;
  /** Redacted. */
  readonly message: string;
}

/** Where the new key comes from. */
export type ByokNewKeySource =
  /** The lifecycle's `rotateKey`. */
  | { readonly kind: 'lifecycle' }
  /** A secret that the tenant has stored. */
  | { readonly kind: 'reference'; readonly reference: SecretReference; readonly version?: string }
  /** Fields that the caller handed in; only the candidate's place holds them. */
  | { readonly kind: 'handed-in' };

/** A rotation under way. */
export interface ByokRotation {
  /** 8 to 40 lower-case letters and digits. Idempotency keys and candidates' names are made from it. */
  readonly id: string;
  readonly reason: ByokKeyRotationReason;
  readonly source: ByokNewKeySource;
  readonly step: ByokRotationStep;
  /** ISO 8601 instants, as are all below. */
  readonly requestedAt: string;
  /** After this, a new key that nobody can validate is given up. */
  readonly deadlineAt: string;
  /** Milliseconds that the old key stays after the new one is in use. */
  readonly overlapMs: number;
  /** `staged`: a version of the connection's own secret. `sibling`: a secret beside it. */
  readonly placement: 'staged' | 'sibling';
  /** Tries of the present step that came to nothing. */
  readonly attempts: number;
  /** When the next try is due. Absent: at once. */
  readonly nextAttemptAt?: string;
  /** Why the last try came to nothing; redacted. */
  readonly lastError?: string;
  /** Version that was current when the rotation was planned. Absent where there was none, or the backend has no versions. */
  readonly baseVersion?: string;
  /** Where the new key is before it is current. */
  readonly candidate?: KeyPlace;
  /** When the new key was about to become current, or last not seen as such yet; the overlap counts from here. */
  readonly promotionAt?: string;
  /** Where the old key stays readable. Absent before the promotion, and where there was none. */
  readonly previous?: KeyPlace;
  /** Whether `previous` is a copy that the runner made and removes. */
  readonly ownsPrevious?: boolean;
  /** When the provider ends the old key by itself. */
  readonly previousKeyValidUntil?: string;
  /** When the new key stops working, as its maker told; a validation that tells it wins. */
  readonly newKeyExpiresAt?: string;
  /** What the validation of the new key told; becomes the metadata. */
  readonly validation?: ByokKeyFacts;
  /** Version of the secret that became current. */
  readonly newVersion?: string;
  /** Set in `discarding`. */
  readonly failure?: ByokRotationFailure;
  /** What became of the old key, where that was ended before the rotation was tidied up. */
  readonly oldKey?: ByokEndedKey;
}

/** What a validation told of a key besides its outcome. */
export interface ByokKeyFacts {
  readonly validatedAt: string;
  readonly scopes?: readonly string[];
  readonly quotaSnapshot?: Readonly<Record<string, number>>;
  readonly expiresAt?: string;
}

/** An old key that is to be ended. */
export interface ByokRetiringKey {
  /** The rotation that replaced it. */
  readonly rotationId: string;
  readonly reason: ByokKeyRotationReason;
  readonly place: KeyPlace;
  /** Whether `place` is a copy that the runner made and removes. */
  readonly isOwned: boolean;
  /** Until then it stays readable and is not revoked. */
  readonly retireAt: string;
  /** When the provider was told to end it. */
  readonly revokedAt?: string;
  readonly attempts: number;
  readonly nextAttemptAt?: string;
  readonly lastError?: string;
}

export interface ByokCompromise {
  readonly reportedAt: string;
  /** Whether another key is in use by now. */
  readonly isReplaced: boolean;
}

/** How the last rotation ended. */
export interface ByokFinishedRotation {
  readonly id: string;
  readonly reason: ByokKeyRotationReason;
  readonly status: 'completed' | 'rolled_back';
  readonly finishedAt: string;
  /** Set where it was rolled back. */
  readonly failure?: ByokRotationFailure;
  /** Rotations in a row that were rolled back, this one included. */
  readonly failuresInARow: number;
  /** What became of the old key. Absent while its overlap lasts, where there was none, and after a roll-back. */
  readonly oldKey?: ByokEndedKey;
}

export interface ByokEndedKey {
  readonly endedAt: string;
  /** False: the provider was not told, because it offers no way, was not to be, or the key was no longer readable. */
  readonly isRevoked: boolean;
}

/** The last check of the current key, also one that could not tell. */
export interface ByokValidationState {
  readonly outcome: ByokKeyValidationOutcome;
  readonly checkedAt: string;
  /** Checks in a row that could not tell. */
  readonly unknownsInARow: number;
  /** Earliest time of the next check, where one was asked for. */
  readonly notBefore?: string;
}

/** Who may drive a rotation. Saving a record is what proves it, so a holder that was overtaken cannot write. */
export interface ByokLease {
  readonly holder: string;
  /** Rises with every acquisition. */
  readonly token: number;
  readonly expiresAt: string;
}

/** All that is known of one connection's key. Plain JSON, and never a part of a key. */
export interface ByokKeyRecord extends ByokKeyOwner {
  readonly format: 1;
  /** The store's; 0 for a record that was never saved. */
  readonly revision: number;
  /** The connection's reference, not pinned. */
  readonly secretRef: SecretReference;
  readonly metadata: ByokKeyMetadata;
  /** Rotations that came to their end with a new key. */
  readonly generation: number;
  /** Version of the secret that is current, as last seen. */
  readonly keyVersion?: string;
  readonly validation?: ByokValidationState;
  readonly rotation?: ByokRotation;
  readonly retiring: readonly ByokRetiringKey[];
  readonly lastRotation?: ByokFinishedRotation;
  /** A key that was reported as compromised; gone once another one is in use and the reported one is ended. */
  readonly compromise?: ByokCompromise;
  /** Token of the last lease. */
  readonly fence: number;
  readonly lease?: ByokLease;
}
