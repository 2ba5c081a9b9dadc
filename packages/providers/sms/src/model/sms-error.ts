import { IntegrationError, type IntegrationErrorCode, type IntegrationErrorOptions } from '@mortise/core';

export type SmsErrorCode =
  | IntegrationErrorCode
  /** The recipient does not want messages from this sender. Never try again. */
  | 'recipient_opted_out';

const MARKER = Symbol.for('@mortise/sms-error');

/** A failure that only text messages have. */
export class SmsError extends IntegrationError<SmsErrorCode> {
  constructor(options: IntegrationErrorOptions<SmsErrorCode>) {
    super(options);
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** True for every `SmsError`, whichever copy of the package made it. */
  static override is(value: unknown): value is SmsError {
    return IntegrationError.is(value) && MARKER in value;
  }
}
