import {
  describeSecretReference,
  parseSecretUri,
  type ParsedSecretUri,
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
  more: Pick<SecretProviderErrorOptions, 'retry' | 'retryAfterMs' | 'cause'> = {},
): SecretProviderError {
  const shown = describeSecretReference(subject.reference);
  const what = shown === '' ? subject.operation : `${subject.operation} ${JSON.stringify(shown)}`;
  return new SecretProviderError({
    code,
    message: `Secret backend "${subject.provider}" could not ${what}: ${problem}`,
    provider: subject.provider,
    reference: shown,
    ...more,
  });
}

/** Takes the reference apart, with errors that name this backend. */
export function parseUri(subject: Subject): ParsedSecretUri {
  try {
    return parseSecretUri(subject.reference);
  } catch (error) {
    if (!SecretProviderError.is(error)) throw error;
    throw failure(subject, error.code, error.message);
  }
}
