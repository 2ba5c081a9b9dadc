import { SecretProviderError, type SecretProviderErrorCode } from '@mortise/secrets';
import { failure, type Subject } from '../reference/subject.ts';
import type { ApiErrorType } from './api-problem.ts';
import { ScalewayFailure } from './scaleway-failure.ts';

interface Meaning {
  readonly code: SecretProviderErrorCode;
  readonly problem: string;
}

/** The types that `@scaleway/sdk-client` 2.3.1 has classes or mappers for; their usual status is in `BY_STATUS`. */
const BY_TYPE: Readonly<Record<ApiErrorType, Meaning>> = {
  not_found: { code: 'NOT_FOUND', problem: 'there is no such secret or version' },
  unknown_resource: { code: 'NOT_FOUND', problem: 'there is no such secret or version' },
  permissions_denied: { code: 'FORBIDDEN', problem: 'the API key lacks the permission' },
  denied_authentication: { code: 'UNAUTHENTICATED', problem: 'the service does not accept the API key' },
  invalid_arguments: { code: 'INVALID', problem: 'the service found an argument invalid' },
  invalid_request_error: { code: 'INVALID', problem: 'the service found the request invalid' },
  already_exists: { code: 'CONFLICT', problem: 'a secret of this name exists already' },
  precondition_failed: { code: 'CONFLICT', problem: 'the state of the secret does not allow it' },
  locked: { code: 'CONFLICT', problem: 'Scaleway has locked the secret' },
  expired: { code: 'VERSION_DISABLED', problem: 'the version has expired' },
  transient_state: { code: 'UNAVAILABLE', problem: 'the secret is being changed; try again' },
  quotas_exceeded: { code: 'FORBIDDEN', problem: 'a quota of secrets or versions is used up; delete some or raise it' },
  too_many_requests: { code: 'THROTTLED', problem: 'too many requests' },
};

/** For answers without a type that is known, such as a gateway's. */
const BY_STATUS: Readonly<Record<number, Meaning>> = {
  400: BY_TYPE.invalid_arguments,
  401: BY_TYPE.denied_authentication,
  403: BY_TYPE.permissions_denied,
  404: { code: 'NOT_FOUND', problem: 'there is no such secret, or baseUrl and region do not fit' },
  409: { code: 'CONFLICT', problem: 'the state of the secret does not allow it' },
  410: BY_TYPE.expired,
  412: BY_TYPE.precondition_failed,
  413: { code: 'TOO_LARGE', problem: 'the service found the request too large' },
  423: BY_TYPE.locked,
  429: BY_TYPE.too_many_requests,
};

/** Whatever went wrong, as the one kind of error that leaves the provider. */
export function toProviderError(error: unknown, subject: Subject): SecretProviderError {
  if (SecretProviderError.is(error)) return error;
  if (!(error instanceof ScalewayFailure)) {
    const named = error instanceof Error ? { cause: new ScalewayFailure('unsent') } : {};
    return failure(subject, 'UNKNOWN', 'an unexpected error came out of the SDK or of its settings', named);
  }
  const { code, problem } = meaningOf(error, subject);
  const retryAfterMs = error.problem?.retryAfterMs;
  const isWaitKnown = retryAfterMs !== undefined && (code === 'THROTTLED' || code === 'UNAVAILABLE');
  const request = error.requestId === undefined ? '' : ` (request ${error.requestId})`;
  return failure(subject, code, `${problem}${request}`, { cause: error, ...(isWaitKnown ? { retryAfterMs } : {}) });
}

function meaningOf({ kind, status = 0, problem = {}, networkCode }: ScalewayFailure, { operation }: Subject): Meaning {
  if (kind === 'token') return { code: 'UNAUTHENTICATED', problem: 'the function that gives the token gave none' };
  if (kind === 'unsent')
    return { code: 'UNKNOWN', problem: 'the SDK could not be loaded or could not make the request' };
  if (kind === 'network') {
    return { code: 'UNAVAILABLE', problem: `no answer came${networkCode === undefined ? '' : ` (${networkCode})`}` };
  }
  if (kind === 'unreadable') return { code: 'INTEGRITY', problem: 'the answer is damaged' };
  if (status >= 500 || status === 408 || status === 425) {
    return { code: 'UNAVAILABLE', problem: `the service answered with status ${status}` };
  }
  const { type, reason } = problem;
  if (type === 'precondition_failed') {
    if (reason === 'deletion') return { code: 'PENDING_DELETION', problem: 'it is scheduled for deletion' };
    if (reason === 'protected') return { code: 'CONFLICT', problem: 'the secret is protected; unprotect it first' };
    // A reader changes nothing that could be in conflict: what it asked for is there, and is not to be read.
    if (operation === 'read') return { code: 'VERSION_DISABLED', problem: 'the version is not enabled' };
  }
  if (type === 'invalid_arguments' && reason === 'checksum') {
    return { code: 'INTEGRITY', problem: 'the payload was damaged on its way, and was not stored' };
  }
  const meaning = type === undefined ? BY_STATUS[status] : BY_TYPE[type];
  return meaning ?? { code: 'UNKNOWN', problem: `the service answered with status ${status}` };
}
