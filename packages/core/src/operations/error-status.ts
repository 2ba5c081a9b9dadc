import type { OperationError, OperationErrorCode } from './operation-error.ts';
import type { AnyOperationSpec } from './operation-spec.ts';

const STATUSES: Readonly<Record<OperationErrorCode, number>> = {
  OPERATION_NOT_FOUND: 404,
  OPERATION_NOT_BOUND: 501,
  OPERATION_ALREADY_BOUND: 500,
  INVALID_INPUT: 400,
  INVALID_OUTPUT: 500,
  TENANT_REQUIRED: 403,
  TENANT_MISMATCH: 403,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  ESCALATION_REQUIRED: 403,
  POLICY_UNDECIDED: 500,
  ABORTED: 499,
  OPERATION_FAILED: 500,
  NAME_COLLISION: 500,
};

/** An error of an operation as the body of an HTTP response (RFC 9457, `application/problem+json`). */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** The contract's own code if it names one, else the library's. */
  readonly code: string;
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
  readonly problems?: readonly { readonly path: string; readonly message: string; readonly keyword: string }[];
}

/**
 * The HTTP answer to a failed operation. Cause and stack stay inside.
 *
 * @param spec Contract that was called, for the status of the errors that it declares.
 */
export function toProblemDetails(error: OperationError, spec?: AnyOperationSpec): ProblemDetails {
  const { declaredCode, problems, retryAfterMs } = error;
  const declared = declaredCode === undefined ? undefined : spec?.io.errors?.[declaredCode];
  return {
    type: 'about:blank',
    title: declared?.description ?? titleOf(error.code),
    status: declared?.httpStatus ?? STATUSES[error.code],
    detail: error.message,
    code: declaredCode ?? error.code,
    retryable: error.retryable,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(problems === undefined ? {} : { problems }),
  };
}

function titleOf(code: OperationErrorCode): string {
  const words = code.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
