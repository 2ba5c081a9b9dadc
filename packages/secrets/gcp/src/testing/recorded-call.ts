import type { RpcStatus } from '../errors/rpc-status.ts';

/** A call as it came in over the wire. */
export interface GcpRecordedCall {
  /** Such as `AccessSecretVersion`; what the path says where the service has no such RPC. */
  readonly rpc: string;
  readonly transport: 'grpc' | 'rest';
  /** Of the endpoint that it came in on; absent for the global one. */
  readonly location: string | undefined;
  /** The request as JSON, payloads as base64. Absent: it could not be read. */
  readonly request: unknown;
  readonly headers: Readonly<Record<string, string>>;
  /** How it was answered; absent while it is not. */
  readonly status: RpcStatus | undefined;
  /** Whether the client called it off before it had the whole answer. */
  readonly isCancelled: boolean;
}

export interface OpenCall extends GcpRecordedCall {
  request: unknown;
  headers: Readonly<Record<string, string>>;
  status: RpcStatus | undefined;
  isCancelled: boolean;
}
