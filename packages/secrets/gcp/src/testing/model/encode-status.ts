import type { RpcError } from '../service/rpc-error.ts';
import { RPC_STATUSES } from '../../errors/rpc-status.ts';
import { gax, type JsonValue, serializer, STATUS_PROTOS } from './sdk-modules.ts';

const HTTP_STATUS: Readonly<Record<string, number>> = {
  OK: 200,
  CANCELLED: 499,
  UNKNOWN: 500,
  INVALID_ARGUMENT: 400,
  DEADLINE_EXCEEDED: 504,
  NOT_FOUND: 404,
  ALREADY_EXISTS: 409,
  PERMISSION_DENIED: 403,
  RESOURCE_EXHAUSTED: 429,
  FAILED_PRECONDITION: 400,
  ABORTED: 409,
  OUT_OF_RANGE: 400,
  UNIMPLEMENTED: 501,
  INTERNAL: 500,
  UNAVAILABLE: 503,
  DATA_LOSS: 500,
  UNAUTHENTICATED: 401,
};

/** The number of an error's status. */
export function statusNumber({ code }: RpcError): number {
  return RPC_STATUSES.indexOf(code);
}

/** `google.rpc.Status` on the wire, as it stands in the trailer `grpc-status-details-bin`. */
export function encodeStatus(error: RpcError): Uint8Array {
  const root = gax.protobuf.Root.fromJSON(STATUS_PROTOS);
  const details = error.details.map(({ '@type': url, ...fields }) => {
    const type = root.lookupType(url.slice(url.lastIndexOf('/') + 1));
    const json: JsonValue = JSON.parse(JSON.stringify(fields));
    return { type_url: url, value: type.encode(serializer.fromProto3JSON(type, json) ?? type.create()).finish() };
  });
  const status = root.lookupType('google.rpc.Status');
  return status.encode(status.fromObject({ code: statusNumber(error), message: error.message, details })).finish();
}

/** The same as the body of an HTTP answer. */
export function toHttpError(error: RpcError): { readonly status: number; readonly body: unknown } {
  const status = HTTP_STATUS[error.code] ?? 500;
  const details = error.details.length === 0 ? {} : { details: error.details };
  return { status, body: { error: { code: status, message: error.message, status: error.code, ...details } } };
}
