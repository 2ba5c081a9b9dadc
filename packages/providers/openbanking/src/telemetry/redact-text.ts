import { isIban } from '../model/iban.ts';

/** An IBAN, also in groups as people write it. Without a look at its check digits: rather too much than one too few. */
const IBAN = /\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,4})?\b/gi;
const IBAN_IN_ONE_PIECE = /\b[A-Z]{2}\d{2}[A-Z0-9]{11,30}\b/gi;
/** Card and account numbers: ten digits or more, also in groups. */
const LONG_NUMBER = /\b\d(?:[ -]?\d){9,}\b/g;
const EMAIL = /[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+/g;
/** Times and days must survive: telemetry without them is useless. */
const INSTANT = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const MASKED = '[redacted]';

/** The text without IBANs, long numbers and e-mail addresses. Names cannot be told from other words: keep them out. */
export function redactBankingText(text: string): string {
  if (INSTANT.test(text)) return text;
  return text.replaceAll(EMAIL, MASKED).replaceAll(IBAN, MASKED).replaceAll(LONG_NUMBER, MASKED);
}

/** The same for an id, which may well be a long number, but must not be somebody's IBAN or address. */
export function redactBankingId(text: string): string {
  return text
    .replaceAll(EMAIL, MASKED)
    .replaceAll(IBAN_IN_ONE_PIECE, (candidate) => (isIban(candidate) ? MASKED : candidate));
}
