import type { SecretProviderErrorCode } from '@mortise/secrets';

/** What an error of AWS means to a caller. */
export interface ErrorMeaning {
  readonly code: SecretProviderErrorCode;
  /** What stood in the way and what to do about it, in our own words. */
  readonly problem: string;
  /** Overrides the advice that follows from the code. */
  readonly retry?: 'never' | 'transient' | 'throttled';
}

const FORBIDDEN: ErrorMeaning = {
  code: 'FORBIDDEN',
  problem: 'the credentials are not allowed to do this here; check the policies of the role, the secret and the key',
};
const UNKNOWN_KEY: ErrorMeaning = { code: 'FORBIDDEN', problem: 'AWS does not know the access key' };
const UNAUTHENTICATED: ErrorMeaning = {
  code: 'UNAUTHENTICATED',
  problem: 'AWS does not accept the credentials: they are missing, expired or signed wrongly, or the clock is off',
};
const INVALID: ErrorMeaning = { code: 'INVALID', problem: 'AWS refused the request as malformed or out of place' };
const CONFLICT: ErrorMeaning = {
  code: 'CONFLICT',
  problem: 'the secret or version is there already, with another value',
};
const KEY: ErrorMeaning = {
  code: 'FORBIDDEN',
  problem: 'the KMS key cannot be used: check its state, grants and policy',
};
const THROTTLED: ErrorMeaning = { code: 'THROTTLED', problem: 'AWS throttles; try again later' };
const UNAVAILABLE: ErrorMeaning = { code: 'UNAVAILABLE', problem: 'AWS failed or could not be reached; try again' };
const TIMEOUT: ErrorMeaning = { code: 'TIMEOUT', problem: 'AWS did not answer in time; try again' };
const PENDING_DELETION: ErrorMeaning = {
  code: 'PENDING_DELETION',
  problem: 'the secret is scheduled for deletion; restoreSecret brings it back',
};
const TOO_LARGE: ErrorMeaning = { code: 'TOO_LARGE', problem: 'it is larger than AWS takes' };
/** A number of things that AWS limits, which waiting does not change. */
const QUOTA: ErrorMeaning = {
  code: 'THROTTLED',
  retry: 'never',
  problem: 'a quota of the account or the secret is used up (secrets, versions or staging labels)',
};

/** By the name that AWS gives the error. Client errors all come with status 400, so the status tells them not apart. */
const MEANINGS: ReadonlyMap<string, ErrorMeaning> = new Map([
  ['ResourceNotFoundException', { code: 'NOT_FOUND', problem: 'there is no such secret or version in this region' }],
  ['AccessDeniedException', FORBIDDEN],
  ['AccessDenied', FORBIDDEN],
  ['UnauthorizedOperation', FORBIDDEN],
  ['NotAuthorized', FORBIDDEN],
  ['OptInRequired', FORBIDDEN],
  ['PublicPolicyException', FORBIDDEN],
  ['UnrecognizedClientException', UNKNOWN_KEY],
  ['InvalidClientTokenId', UNKNOWN_KEY],
  ['InvalidClientTokenIdException', UNKNOWN_KEY],
  ['ExpiredTokenException', UNAUTHENTICATED],
  ['ExpiredToken', UNAUTHENTICATED],
  ['RequestExpired', UNAUTHENTICATED],
  ['InvalidSignatureException', UNAUTHENTICATED],
  ['SignatureDoesNotMatch', UNAUTHENTICATED],
  ['IncompleteSignature', UNAUTHENTICATED],
  ['IncompleteSignatureException', UNAUTHENTICATED],
  ['MissingAuthenticationToken', UNAUTHENTICATED],
  ['MissingAuthenticationTokenException', UNAUTHENTICATED],
  ['CredentialsProviderError', UNAUTHENTICATED],
  ['TokenProviderError', UNAUTHENTICATED],
  ['InvalidRequestException', INVALID],
  ['InvalidParameterException', INVALID],
  ['InvalidNextTokenException', INVALID],
  ['ValidationException', INVALID],
  ['ValidationError', INVALID],
  ['SerializationException', INVALID],
  ['UnknownOperationException', INVALID],
  ['MalformedPolicyDocumentException', INVALID],
  ['ResourceExistsException', CONFLICT],
  ['PreconditionNotMetException', { code: 'CONFLICT', problem: 'the secret is not in the state that this needs' }],
  ['DecryptionFailure', KEY],
  ['EncryptionFailure', KEY],
  ['LimitExceededException', QUOTA],
  ['InternalServiceError', UNAVAILABLE],
  ['InternalFailure', UNAVAILABLE],
  ['InternalServerError', UNAVAILABLE],
  ['ServiceUnavailable', UNAVAILABLE],
  ['ServiceUnavailableException', UNAVAILABLE],
  ['TimeoutError', TIMEOUT],
  ['RequestTimeout', TIMEOUT],
  ['RequestTimeoutException', TIMEOUT],
]);

const THROTTLING = /throttl|toomanyrequests|requestlimitexceeded|slowdown/i;
const PENDING = /\b(?:scheduled|marked) (?:for deletion|deleted)\b/i;
const ABOUT_SIZE = /\b(?:size|bytes|too (?:long|large)|length)\b/i;

/** Failures below HTTP, by the code that Node gives them. */
const NETWORK: ReadonlyMap<string, ErrorMeaning> = new Map([
  ['ETIMEDOUT', TIMEOUT],
  ['ESOCKETTIMEDOUT', TIMEOUT],
  ['UND_ERR_CONNECT_TIMEOUT', TIMEOUT],
  ['UND_ERR_HEADERS_TIMEOUT', TIMEOUT],
  ['UND_ERR_BODY_TIMEOUT', TIMEOUT],
  ...[
    'ECONNRESET',
    'ECONNREFUSED',
    'ECONNABORTED',
    'EPIPE',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETUNREACH',
  ].map((code): [string, ErrorMeaning] => [code, UNAVAILABLE]),
  ...['ENETDOWN', 'EADDRNOTAVAIL', 'UND_ERR_SOCKET', 'ERR_STREAM_PREMATURE_CLOSE', 'EPROTO'].map(
    (code): [string, ErrorMeaning] => [code, UNAVAILABLE],
  ),
]);

/** What an error that AWS named means. `message` is read and never shown; `undefined`: the name says nothing. */
export function meaningOfName(name: string, message: string): ErrorMeaning | undefined {
  if (name === 'InvalidRequestException' && PENDING.test(message)) return PENDING_DELETION;
  if (name === 'LimitExceededException' && ABOUT_SIZE.test(message)) return TOO_LARGE;
  return MEANINGS.get(name) ?? (THROTTLING.test(name) ? THROTTLED : undefined);
}

/** What a failure of the network means. */
export function meaningOfNetworkCode(code: string): ErrorMeaning | undefined {
  // What Node's parser says of an answer that is no HTTP.
  return code.startsWith('HPE_') ? UNAVAILABLE : NETWORK.get(code);
}

/**
 * What an answer means whose error has no name that we know, as a proxy on the way gives it. Never `NOT_FOUND`: that
 * would be taken for an answer of the backend.
 */
export function meaningOfStatus(status: number): ErrorMeaning | undefined {
  if (status === 429) return THROTTLED;
  if (status === 408 || status === 504) return TIMEOUT;
  if (status >= 500) return UNAVAILABLE;
  if (status === 401 || status === 407) return UNAUTHENTICATED;
  if (status === 403) return FORBIDDEN;
  if (status === 413) return TOO_LARGE;
  return undefined;
}
