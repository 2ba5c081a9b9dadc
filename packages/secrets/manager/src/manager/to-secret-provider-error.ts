import { SecretProviderError, type SecretProviderErrorCode } from '../secret-provider-error.ts';
import { describeSecretReference } from '../reference/describe-secret-reference.ts';

const CODES: Readonly<Record<SecretProviderErrorCode, true>> = {
  NOT_FOUND: true,
  FORBIDDEN: true,
  INVALID: true,
  UNKNOWN: true,
  UNAUTHENTICATED: true,
  THROTTLED: true,
  UNAVAILABLE: true,
  CONFLICT: true,
  VERSION_DISABLED: true,
  PENDING_DELETION: true,
  TOO_LARGE: true,
  INTEGRITY: true,
  TIMEOUT: true,
  READ_ONLY: true,
  UNSUPPORTED: true,
};

/** Where an error came from. */
export interface SecretErrorOrigin {
  /** Id of the backend. */
  readonly provider: string;
  readonly reference: string;
  /** What was done, as in "read". */
  readonly operation: string;
}

/**
 * Any failure of a backend as a `SecretProviderError`. One that is called so but comes from elsewhere, as a backend
 * written against another package throws it, keeps its code; everything else is `UNKNOWN`. A foreign error's message
 * is not repeated, for it may hold a response; the error itself is the `cause`.
 */
export function toSecretProviderError(error: unknown, origin: SecretErrorOrigin): SecretProviderError {
  if (SecretProviderError.is(error)) return error;
  const { name, code } = readNameAndCode(error);
  const { provider, reference, operation } = origin;
  const isForeign = name === 'SecretProviderError' && code !== undefined;
  const what = isForeign ? `code ${code}` : `an error of its own (${name})`;
  return new SecretProviderError({
    code: isForeign ? code : 'UNKNOWN',
    message: `Backend "${provider}" could not ${operation} ${JSON.stringify(describeSecretReference(reference))}: ${what}`,
    provider,
    reference,
    cause: error,
  });
}

function readNameAndCode(error: unknown): { name: string; code?: SecretProviderErrorCode } {
  if (!(error instanceof Error)) return { name: typeof error };
  const name = /^[A-Za-z][\w.]{0,60}$/.test(error.name) ? error.name : 'Error';
  const code: unknown = 'code' in error ? error.code : undefined;
  return isCode(code) ? { name, code } : { name };
}

function isCode(code: unknown): code is SecretProviderErrorCode {
  return typeof code === 'string' && Object.hasOwn(CODES, code);
}
