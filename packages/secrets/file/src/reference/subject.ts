import { describeSecretReference, SecretProviderError, type SecretProviderErrorCode } from '@mortise/secrets';

/** On whose behalf something is done; what an error needs in order to say where it happened. */
export interface Subject {
  /** Id of the backend. */
  readonly provider: string;
  /** What the caller asked for, such as `read` or `write`. */
  readonly operation: string;
  /** The reference as the caller gave it; empty where the operation is about the whole backend. */
  readonly reference: string;
  /** Aborting it calls the operation off. */
  readonly signal?: AbortSignal | undefined;
  /** Aborts when the caller's `timeoutMs` is over; part of `signal`. */
  readonly deadline?: AbortSignal | undefined;
}

/** An operation with its caller's signal and deadline. */
export function subjectOf(
  what: Pick<Subject, 'provider' | 'operation' | 'reference'>,
  { signal, timeoutMs }: { readonly signal?: AbortSignal; readonly timeoutMs?: number },
): Subject {
  if (timeoutMs === undefined) return { ...what, signal };
  const deadline = AbortSignal.timeout(timeoutMs);
  return { ...what, signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]), deadline };
}

/** The error for one operation. `problem` says what stood in its way, and what to do about it. */
export function failure(
  subject: Subject,
  code: SecretProviderErrorCode,
  problem: string,
  cause?: unknown,
): SecretProviderError {
  const shown = describeSecretReference(subject.reference);
  const what = shown === '' ? subject.operation : `${subject.operation} ${JSON.stringify(shown)}`;
  return new SecretProviderError({
    code,
    message: `Secret backend "${subject.provider}" could not ${what}: ${problem}`,
    provider: subject.provider,
    reference: shown,
    ...(cause === undefined ? {} : { cause }),
  });
}
