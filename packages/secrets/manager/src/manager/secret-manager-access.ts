import type { SecretOperation } from '../policy/secret-operation.ts';
import type { SecretProvider, SecretReference } from '../secret-provider.ts';

/** What a manager's `allow` is asked about. */
export interface SecretManagerAccess {
  readonly operation: SecretOperation;
  /** The backend that would be asked. */
  readonly provider: SecretProvider;
}

/** A manager's policy. */
export type AllowSecretAccess = (reference: SecretReference, access: SecretManagerAccess) => boolean;
