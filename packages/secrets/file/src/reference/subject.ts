import { describeSecretReference, SecretProviderError, type SecretProviderErrorCode } from '@mortise/secrets';

/** On whose behalf something is done; what an error needs in order to say where it happened. */
export interface Subject {
  /** Id of the backend. */
  readonly provider: string;
  /** What the caller asked for, such as `read` or `write`. */
  readonly operation: string;
  /** The reference as the caller gave it. */
  readonly reference: string;
  /** Aborting it calls the operation off. */
  readonly signal?: AbortSignal | undefined;
}

/** The error for one operation. `problem` goes on where "read "file://x" failed:" stops. */
export function failure(
  subject: Subject,
  code: SecretProviderErrorCode,
  problem: string,
  cause?: unknown,
): SecretProviderError {
  const shown = describeSecretReference(subject.reference);
  return new SecretProviderError({
    code,
    message: `Secret backend "${subject.provider}" could not ${subject.operation} ${JSON.stringify(shown)}: ${problem}`,
    provider: subject.provider,
    reference: shown,
    ...(cause === undefined ? {} : { cause }),
  });
}
