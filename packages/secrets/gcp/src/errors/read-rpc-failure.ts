import { read } from './read-property.ts';
import { readRetryAfterMs } from './retry-after.ts';
import { type RpcStatus, toRpcStatus } from './rpc-status.ts';

/** What can be told from whatever the SDK threw. */
export interface RpcFailure {
  readonly status: RpcStatus | undefined;
  /** In REST mode. */
  readonly httpStatus: number | undefined;
  /** Only ever matched against patterns, never shown: it may be a response body. */
  readonly text: string;
  /** Google's machine-readable reason, such as `SERVICE_DISABLED`; only ever compared. */
  readonly reason: string | undefined;
  readonly retryAfterMs: number | undefined;
  /** Class of the innermost cause, such as `SyntaxError` for an answer that is no JSON. */
  readonly rootName: string | undefined;
  readonly name: string;
}

const MAX_CAUSES = 8;

/** Reads an error that may be anything, also an object whose getters throw. */
export function readRpcFailure(error: unknown): RpcFailure {
  const code = read(error, 'code');
  const http = read(error, 'httpStatusCode') ?? read(error, 'status');
  const root = rootCause(error);
  return {
    status: toRpcStatus(code) ?? toRpcStatus(http) ?? toRpcStatus(read(root, 'code')),
    httpStatus: typeof http === 'number' ? http : typeof code === 'number' && code >= 100 ? code : undefined,
    text: typeof error === 'string' ? error : textOf(error),
    reason: stringOf(read(error, 'reason')),
    retryAfterMs: readRetryAfterMs(error),
    rootName: stringOf(read(root, 'name')),
    name: nameOf(error),
  };
}

function rootCause(error: unknown): unknown {
  let root = error;
  for (let depth = 0; depth < MAX_CAUSES; depth += 1) {
    const cause = read(root, 'cause');
    if (typeof cause !== 'object' || cause === null) return root;
    root = cause;
  }
  return root;
}

/** gRPC's own text, where it has one: `message` repeats it behind the code. */
function textOf(error: unknown): string {
  return [read(error, 'message'), read(error, 'details')].filter((part) => typeof part === 'string').join('\n');
}

function nameOf(error: unknown): string {
  const name = read(error, 'name');
  return typeof name === 'string' && /^[A-Za-z][A-Za-z]{0,40}Error$/.test(name) ? name : typeof error;
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
