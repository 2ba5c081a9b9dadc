/** Names of the gRPC status codes, in the order of their numbers. */
export const RPC_STATUSES = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
] as const;

export type RpcStatus = (typeof RPC_STATUSES)[number];

const HTTP: Readonly<Record<number, RpcStatus>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  408: 'DEADLINE_EXCEEDED',
  409: 'ABORTED',
  413: 'OUT_OF_RANGE',
  416: 'OUT_OF_RANGE',
  429: 'RESOURCE_EXHAUSTED',
  499: 'CANCELLED',
  500: 'INTERNAL',
  501: 'UNIMPLEMENTED',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

/** Of the system, the resolver, TLS and the HTTP client, when no answer came. */
const NETWORK =
  /^(?:E(?:CONN|PIPE|HOST|NET|TIMEDOUT|AI_AGAIN|NOTFOUND|NOTCONN|SOCKET|PROTO)|UND_ERR_|ERR_HTTP2_|ERR_STREAM_|ERR_SOCKET_|CERT_|DEPTH_ZERO|UNABLE_TO_|SELF_SIGNED|ERR_TLS_|ERR_SSL_)/;

/**
 * The status behind a `code`: gRPC numbers and names, HTTP statuses, which older versions of the SDK put there in REST mode,
 * and codes of the network. `undefined`: it says nothing.
 *
 * @see https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto (mapping to HTTP, read 2026-11-25)
 */
export function toRpcStatus(code: unknown): RpcStatus | undefined {
  if (typeof code === 'number') {
    if (code < 100) return RPC_STATUSES[code];
    return HTTP[code] ?? (code >= 500 ? 'UNAVAILABLE' : code >= 400 ? 'FAILED_PRECONDITION' : undefined);
  }
  if (typeof code !== 'string') return undefined;
  if (/^[0-9]{1,3}$/.test(code)) return toRpcStatus(Number(code));
  return RPC_STATUSES.find((name) => name === code) ?? (NETWORK.test(code) ? 'UNAVAILABLE' : undefined);
}
