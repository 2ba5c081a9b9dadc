import type { SmsMessage } from '../model/sms-message.ts';

/** What of a message may go to logs and telemetry. */
export interface RedactedSms extends Pick<
  SmsMessage,
  'id' | 'status' | 'direction' | 'segments' | 'encoding' | 'errorCode' | 'failureReason' | 'priceDecimal'
> {
  /** Start and length of the number, such as `+44…(12)`. */
  readonly to: string;
  readonly from: string;
  /** UTF-16 code units of the body. */
  readonly bodyLength: number;
}

/** A message without its text, its media, its labels and all but the first digits of its numbers. */
export function redactSms(message: SmsMessage): RedactedSms {
  const { id, status, to, from, body } = message;
  const { direction, segments, encoding, errorCode, failureReason, priceDecimal } = message;
  return {
    id,
    status,
    to: maskNumber(to),
    from: maskNumber(from),
    bodyLength: body.length,
    ...(direction === undefined ? {} : { direction }),
    ...(segments === undefined ? {} : { segments }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(errorCode === undefined ? {} : { errorCode }),
    ...(failureReason === undefined ? {} : { failureReason }),
    ...(priceDecimal === undefined ? {} : { priceDecimal }),
  };
}

/** A number of which only the beginning of its country code is told. */
export function maskNumber(number: string): string {
  return `${number.slice(0, number.startsWith('+') ? 3 : 1)}…(${number.length})`;
}
