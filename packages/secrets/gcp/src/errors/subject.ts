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
  /** What the caller asked for, such as `read` or `write`. */
  readonly operation: string;
  /** The reference as the caller gave it; empty where the operation is about the whole backend. */
  readonly reference: string;
}

/** The error for one operation. `problem` says what stood in its way, and what to do about it. */
export function failure(
  subject: Subject,
  code: SecretProviderErrorCode,
  problem: string,
  more: Pick<SecretProviderErrorOptions, 'cause' | 'retry' | 'retryAfterMs'> = {},
): SecretProviderError {
  const shown = describeSecretReference(subject.reference);
  const what = shown === '' ? subject.operation : `${subject.operation} ${JSON.stringify(shown)}`;
  return new SecretProviderError({
    ...more,
    code,
    message: `Secret backend "${subject.provider}" could not ${what}: ${problem}`,
    provider: subject.provider,
    reference: shown,
  });
}
