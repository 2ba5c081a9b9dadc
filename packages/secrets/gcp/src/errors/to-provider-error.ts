import { SecretProviderError, type SecretProviderErrorCode } from '@mortise/secrets';
import { GcpCallError } from './gcp-call-error.ts';
import { type RpcFailure, readRpcFailure } from './read-rpc-failure.ts';
import type { RpcStatus } from './rpc-status.ts';
import { failure, type Subject } from './subject.ts';

/** What is called of the service, and the permission that it takes. */
const PERMISSIONS = {
  AccessSecretVersion: 'secretmanager.versions.access',
  AddSecretVersion: 'secretmanager.versions.add',
  CreateSecret: 'secretmanager.secrets.create',
  GetSecret: 'secretmanager.secrets.get',
  UpdateSecret: 'secretmanager.secrets.update',
  DeleteSecret: 'secretmanager.secrets.delete',
  ListSecretVersions: 'secretmanager.versions.list',
  GetSecretVersion: 'secretmanager.versions.get',
  DisableSecretVersion: 'secretmanager.versions.disable',
  DestroySecretVersion: 'secretmanager.versions.destroy',
} as const;

export type RpcName = keyof typeof PERMISSIONS;

type Verdict = readonly [SecretProviderErrorCode, string];

const VERDICTS: Readonly<Record<RpcStatus, Verdict>> = {
  OK: ['UNKNOWN', 'the SDK failed with status OK'],
  CANCELLED: ['TIMEOUT', 'the call was cancelled on the way'],
  UNKNOWN: ['UNKNOWN', 'the service failed for a reason that it does not tell'],
  INVALID_ARGUMENT: ['INVALID', 'the service does not accept the request'],
  DEADLINE_EXCEEDED: ['TIMEOUT', 'the service did not answer in time'],
  NOT_FOUND: ['NOT_FOUND', 'there is no such secret, version or alias'],
  ALREADY_EXISTS: ['CONFLICT', 'it exists already'],
  PERMISSION_DENIED: ['FORBIDDEN', 'the credentials have no permission'],
  RESOURCE_EXHAUSTED: ['THROTTLED', 'a quota of the service is used up'],
  FAILED_PRECONDITION: ['INVALID', 'its state does not allow that'],
  ABORTED: ['CONFLICT', 'another writer was faster; read again before you repeat it'],
  OUT_OF_RANGE: ['INVALID', 'the service does not accept a value in the request'],
  UNIMPLEMENTED: ['UNSUPPORTED', 'the endpoint does not know the operation'],
  INTERNAL: ['UNAVAILABLE', 'the service failed'],
  UNAVAILABLE: ['UNAVAILABLE', 'the service cannot be reached'],
  DATA_LOSS: ['INTEGRITY', 'the service reports that data is damaged'],
  UNAUTHENTICATED: ['UNAUTHENTICATED', 'the service does not accept the credentials'],
};

/** Reasons of `google.rpc.ErrorInfo` that tell a person what to do. They are compared, never repeated. */
const REASONS: Readonly<Record<string, string>> = {
  SERVICE_DISABLED: 'the Secret Manager API is not enabled in the project',
  BILLING_DISABLED: 'the project has no billing account',
  CONSUMER_SUSPENDED: 'the project is suspended',
  ACCESS_TOKEN_EXPIRED: 'the access token has expired',
  ACCESS_TOKEN_SCOPE_INSUFFICIENT: 'the access token lacks the scope cloud-platform',
  CREDENTIALS_MISSING: 'the request carried no credentials',
};

const DISABLED = /\b(?:in|is) (?:the )?(?:DISABLED|DESTROYED)\b/i;
const KEY = /cloud ?kms|cryptokey|\bCMEK\b/i;
const ETAG = /\betag\b/i;
const CHECKSUM = /crc32c|checksum/i;
const TOO_LARGE = /payload[^]*(?:exceed|larger|too large|maximum|at most|64 ?KiB|65,?536)/i;
/** What OAuth says when it refuses the credentials themselves. */
const REFUSED_GRANT = /\b(?:invalid_grant|invalid_client|unauthorized_client|invalid_rapt)\b/;
/** grpc-js, when it could not get a token for the call. */
const NO_TOKEN = /Getting metadata from plugin failed|Could not (?:load the default credentials|refresh access token)/;
const CLOSED = /The client has already been closed/;
/** Something else than the service answered in its place: a proxy, a login page, a wrong endpoint. */
const NOT_THE_SERVICE = /could not be decoded|Received HTTP status code 404/;
const UNREADABLE = /Response message parsing error|Failed to parse|invalid wire type|index out of range/i;

/**
 * Whatever a call of the SDK failed with, as the error of the contract. Its cause says what failed and nothing else;
 * errors of the contract pass unchanged.
 */
export function toProviderError(error: unknown, subject: Subject, rpc: RpcName): SecretProviderError {
  if (SecretProviderError.is(error)) return error;
  const facts = readRpcFailure(error);
  const [code, problem] = judge(facts, rpc);
  const shown = facts.status === undefined ? rpc : `${rpc}: ${facts.status}`;
  return failure(subject, code, `${problem} (${shown})`, {
    cause: new GcpCallError(rpc, facts),
    ...(facts.retryAfterMs === undefined ? {} : { retryAfterMs: facts.retryAfterMs }),
  });
}

function judge({ status, httpStatus, text, reason, rootName }: RpcFailure, rpc: RpcName): Verdict {
  if (CLOSED.test(text)) return ['INVALID', 'the client was closed'];
  if (REFUSED_GRANT.test(text)) return ['UNAUTHENTICATED', 'the credentials were refused when a token was asked for'];
  if (status === undefined) return ['UNKNOWN', 'the SDK failed'];
  const why = reason !== undefined && Object.hasOwn(REASONS, reason) ? REASONS[reason] : undefined;
  const usual = VERDICTS[status];
  switch (status) {
    case 'NOT_FOUND':
    case 'UNIMPLEMENTED':
      // `NOT_FOUND` lets a manager ask the next backend, so it has to be the service that says it.
      return NOT_THE_SERVICE.test(text)
        ? ['UNKNOWN', 'something else than Secret Manager answers at the endpoint']
        : usual;
    case 'FAILED_PRECONDITION':
      return judgePrecondition(text, rpc);
    case 'INVALID_ARGUMENT':
    case 'OUT_OF_RANGE':
      if (rpc !== 'AddSecretVersion') return usual;
      if (CHECKSUM.test(text)) return ['INTEGRITY', 'the payload did not arrive as it was sent'];
      return TOO_LARGE.test(text) ? ['TOO_LARGE', 'the payload is larger than the service takes'] : usual;
    case 'PERMISSION_DENIED':
      return why === undefined ? [usual[0], `${usual[1]} ${PERMISSIONS[rpc]}`] : [usual[0], why];
    case 'UNAUTHENTICATED':
      return why === undefined ? usual : [usual[0], why];
    case 'UNKNOWN':
      return NO_TOKEN.test(text) ? ['UNAUTHENTICATED', 'no access token could be had for the credentials'] : usual;
    case 'INTERNAL':
    case 'UNAVAILABLE':
      return httpStatus === undefined && (rootName === 'SyntaxError' || UNREADABLE.test(text))
        ? ['INTEGRITY', 'the answer cannot be read']
        : usual;
    default:
      return usual;
  }
}

function judgePrecondition(text: string, rpc: RpcName): Verdict {
  if (KEY.test(text)) return ['FORBIDDEN', 'the encryption key (Cloud KMS) of the secret cannot be used'];
  if (ETAG.test(text)) return ['CONFLICT', 'another writer was faster'];
  // A version can be accessed unless it is disabled or destroyed, whatever the words for it are.
  if (rpc === 'AccessSecretVersion' || DISABLED.test(text))
    return ['VERSION_DISABLED', 'the version is disabled or destroyed'];
  return VERDICTS.FAILED_PRECONDITION;
}
