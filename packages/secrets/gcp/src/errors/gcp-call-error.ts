import { MortiseError } from '@mortise/core';
import type { RpcFailure } from './read-rpc-failure.ts';
import type { RpcStatus } from './rpc-status.ts';

/**
 * The cause of a provider's error: what is known of the SDK's own error without what may hold a secret. That one has the
 * response body as its message, and hangs on to requests, headers and tokens; so it ends here.
 */
export class GcpCallError extends MortiseError<RpcStatus> {
  /** Such as `AccessSecretVersion`. */
  readonly rpc: string;
  /** In REST mode. */
  declare readonly httpStatus?: number;

  constructor(rpc: string, { status, httpStatus, name }: RpcFailure) {
    const where = httpStatus === undefined ? '' : ` (HTTP ${httpStatus})`;
    super({
      code: status ?? 'UNKNOWN',
      message: `${rpc} failed with ${status === undefined ? `an error of the SDK (${name})` : `${status}${where}`}`,
    });
    this.rpc = rpc;
    if (httpStatus !== undefined) this.httpStatus = httpStatus;
  }
}
