import { MortiseError } from '@mortise/core';

export type WebhookSigningErrorCode =
  /** The contract cannot be signed for: it proves nothing, or names what does not exist. */
  | 'UNSUPPORTED'
  /** A secret or a private key is missing, or cannot be used. */
  | 'NO_KEY'
  /** Something that is signed was not passed, or may not be as it is. */
  | 'INVALID_DELIVERY';

/** A delivery cannot be signed with what was passed. */
export class WebhookSigningError extends MortiseError<WebhookSigningErrorCode> {
  constructor(code: WebhookSigningErrorCode, message: string, cause?: unknown) {
    super({ code, message, ...(cause === undefined ? {} : { cause }) });
  }
}
