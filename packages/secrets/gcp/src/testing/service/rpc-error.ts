import { MortiseError } from '@mortise/core';
import type { RpcStatus } from '../../errors/rpc-status.ts';

/** Details of `google.rpc` in their JSON form, with `@type`. */
export interface ErrorDetail {
  readonly '@type': string;
  readonly [key: string]: unknown;
}

/** An error as the service answers with it. */
export class RpcError extends MortiseError<RpcStatus> {
  readonly details: readonly ErrorDetail[];

  constructor(status: RpcStatus, message: string, details: readonly ErrorDetail[] = []) {
    super({ code: status, message });
    this.details = details;
  }
}

export function retryInfo(delayMs: number): ErrorDetail {
  return { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${delayMs / 1000}s` };
}

export function errorInfo(reason: string): ErrorDetail {
  return { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain: 'googleapis.com' };
}
