import {
  describeSecretReference,
  SecretProviderError,
  type SecretProviderErrorCode,
  type SecretProviderErrorOptions,
} from '@mortise/secrets';

/** On whose behalf something is done; what an error needs in order to say where it happened. */
export interface Subject {
  /** Id of the backend. */
  readonly provider: string;
  readonly operation: ScalewayOperation;
  /** The reference as the caller gave it; empty where the operation is about the whole backend. */
  readonly reference: string;
}

/** What the caller asked for, as messages say it. */
export type ScalewayOperation = 'start' | 'read' | 'write' | 'rotate' | 'delete' | 'restore' | 'retire a version of';

type FailureDetails = Pick<SecretProviderErrorOptions, 'cause' | 'retry' | 'retryAfterMs'>;

/** The error for one operation. `problem` says what stood in its way, and what to do about it. */
export function failure(
  { provider, operation, reference }: Subject,
  code: SecretProviderErrorCode,
  problem: string,
  details: FailureDetails = {},
): SecretProviderError {
  const shown = describeSecretReference(reference);
  const what = shown === '' ? operation : `${operation} ${JSON.stringify(shown)}`;
  const message = `Secret backend "${provider}" could not ${what}: ${problem}`;
  return new SecretProviderError({ code, message, provider, reference: shown, ...details });
}
