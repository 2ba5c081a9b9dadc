import { IntegrationError } from '@mortise/core';

const E164 = /^\+[1-9]\d{1,14}$/;
const SHORT_CODE = /^\d{3,8}$/;
const SENDER_NAME = /^(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}$/;

/** What a message can come from. */
export type SmsSenderKind = 'number' | 'short-code' | 'name';

/** Whether a text is a phone number in E.164: `+`, no leading zero, at most 15 digits. Says nothing about its existence. */
export function isE164(text: string): boolean {
  return E164.test(text);
}

/** What kind of sender a text is; undefined where it is none. */
export function senderKind(text: string): SmsSenderKind | undefined {
  if (E164.test(text)) return 'number';
  if (SHORT_CODE.test(text)) return 'short-code';
  return SENDER_NAME.test(text) ? 'name' : undefined;
}

/**
 * Checks where a message goes and comes from, before it is sent. The numbers are not in the error.
 *
 * @throws {IntegrationError} `invalid_request` with `field` `to` or `from`.
 */
export function checkSmsAddresses({ to, from }: { readonly to: string; readonly from?: string }): void {
  if (!isE164(to)) throw invalid('to', 'expected a number in E.164, such as +14155552671');
  if (from !== undefined && senderKind(from) === undefined) {
    throw invalid(
      'from',
      'expected a number in E.164, a short code of 3 to 8 digits, or a name of up to 11 characters',
    );
  }
}

function invalid(field: string, fault: string): IntegrationError {
  return new IntegrationError({ code: 'invalid_request', field, message: `${field}: ${fault}` });
}
