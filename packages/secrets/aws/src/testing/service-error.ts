import { MortiseError } from '@mortise/core';

/** How an error goes out. */
export interface ServiceErrorOptions {
  /** Default 400, as for every client error of Secrets Manager. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What the service answers with instead of a result: thrown by an operation, sent by the server. */
export class ServiceError extends MortiseError<'SERVICE_ERROR'> {
  /** Such as `ResourceNotFoundException`. */
  readonly type: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(type: string, message: string, { status = 400, headers = {} }: ServiceErrorOptions = {}) {
    super({ code: 'SERVICE_ERROR', message });
    this.type = type;
    this.status = status;
    this.headers = headers;
  }
}

export function notFound(message = "Secrets Manager can't find the specified secret."): ServiceError {
  return new ServiceError('ResourceNotFoundException', message);
}

export function invalidParameter(message: string): ServiceError {
  return new ServiceError('InvalidParameterException', message);
}

export function invalidRequest(message: string): ServiceError {
  return new ServiceError('InvalidRequestException', message);
}
