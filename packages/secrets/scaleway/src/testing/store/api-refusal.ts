import { TestingError } from '@mortise/testing';
import { Errors } from '@scaleway/sdk-client';

/** Error types that the SDK has a class for, and those of the older style. */
export type ScalewayErrorType =
  | 'already_exists'
  | 'denied_authentication'
  | 'expired'
  | 'invalid_arguments'
  | 'invalid_request_error'
  | 'locked'
  | 'not_found'
  | 'permissions_denied'
  | 'precondition_failed'
  | 'quotas_exceeded'
  | 'too_many_requests'
  | 'transient_state'
  | 'unknown_resource';

type Body = Readonly<Record<string, unknown>>;

/** A JSON object, as the SDK's parsers take it. */
type JsonBody = Parameters<typeof Errors.ScalewayError.fromJSON>[1];

interface ErrorKind {
  readonly status: number;
  readonly message: string;
  /** What the SDK reads the answer with; null from it means that a field is missing or has the wrong type. */
  readonly parser?: (status: number, body: JsonBody) => object | null;
}

const KINDS: Readonly<Record<ScalewayErrorType, ErrorKind>> = {
  already_exists: {
    status: 409,
    message: 'resource already exists',
    parser: (...answer) => Errors.AlreadyExistsError.fromJSON(...answer),
  },
  denied_authentication: {
    status: 401,
    message: 'authentication is denied',
    parser: (...answer) => Errors.DeniedAuthenticationError.fromJSON(...answer),
  },
  expired: {
    status: 410,
    message: 'resource is expired',
    parser: (...answer) => Errors.ResourceExpiredError.fromJSON(...answer),
  },
  invalid_arguments: {
    status: 400,
    message: 'invalid argument(s)',
    parser: (...answer) => Errors.InvalidArgumentsError.fromJSON(...answer),
  },
  invalid_request_error: { status: 400, message: 'invalid request' },
  locked: {
    status: 423,
    message: 'resource is locked',
    parser: (...answer) => Errors.ResourceLockedError.fromJSON(...answer),
  },
  not_found: {
    status: 404,
    message: 'resource is not found',
    parser: (...answer) => Errors.ResourceNotFoundError.fromJSON(...answer),
  },
  permissions_denied: {
    status: 403,
    message: 'insufficient permissions',
    parser: (...answer) => Errors.PermissionsDeniedError.fromJSON(...answer),
  },
  precondition_failed: {
    status: 412,
    message: 'precondition is not respected',
    parser: (...answer) => Errors.PreconditionFailedError.fromJSON(...answer),
  },
  quotas_exceeded: {
    status: 403,
    message: 'quota(s) exceeded',
    parser: (...answer) => Errors.QuotasExceededError.fromJSON(...answer),
  },
  too_many_requests: {
    status: 429,
    message: 'too many requests',
    parser: (...answer) => Errors.TooManyRequestsError.fromJSON(...answer),
  },
  transient_state: {
    status: 409,
    message: 'resource is in a transient state',
    parser: (...answer) => Errors.TransientStateError.fromJSON(...answer),
  },
  unknown_resource: { status: 404, message: 'unknown resource' },
};

/** An error answer of the service. Thrown by what handles a request. */
export class ApiRefusal extends Error {
  readonly status: number;
  readonly body: Body;

  /** @throws {TestingError} `INVALID_ARGUMENT`: the SDK would not recognise the answer as one of this type. */
  constructor(type: ScalewayErrorType, fields: Body, status: number = KINDS[type].status) {
    super(KINDS[type].message);
    this.status = status;
    this.body = { message: KINDS[type].message, ...fields, type };
    const { parser } = KINDS[type];
    if (parser !== undefined && parser(status, JSON.parse(JSON.stringify(this.body))) === null) {
      throw new TestingError('INVALID_ARGUMENT', `An answer of type "${type}" lacks a field that the SDK needs`);
    }
  }
}

export function notFound(resource: 'secret' | 'secret_version', resourceId: string): ApiRefusal {
  return new ApiRefusal('not_found', { resource, resource_id: resourceId });
}

export function invalidArgument(
  name: string,
  reason: 'required' | 'format' | 'constraint' | 'unknown',
  help = '',
): ApiRefusal {
  return new ApiRefusal('invalid_arguments', { details: [{ argument_name: name, reason, help_message: help }] });
}

/** Recorded for `protected_resource`; the other names are not documented by the vendor. */
export function preconditionFailed(precondition: string, help: string): ApiRefusal {
  return new ApiRefusal('precondition_failed', { precondition, help_message: help });
}
