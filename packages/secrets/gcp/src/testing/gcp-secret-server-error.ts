import { MortiseError } from '@mortise/core';

export type GcpSecretServerErrorCode =
  /** An answer of this server did not fit Google's protos. It is a defect of the server, and `close` reports it. */
  | 'MODEL_VIOLATION'
  /** An argument cannot work. */
  | 'INVALID_ARGUMENT';

/** The test server cannot do what was asked, or did not keep to the protos itself. */
export class GcpSecretServerError extends MortiseError<GcpSecretServerErrorCode> {
  constructor(code: GcpSecretServerErrorCode, message: string) {
    super({ code, message });
  }
}
