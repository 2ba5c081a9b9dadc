/** Why a payment did not go through, in words that hold for every provider. Open: keep a default branch. */
export type PaymentFailureCode =
  | 'card_declined'
  | 'insufficient_funds'
  | 'expired_card'
  | 'incorrect_cvc'
  | 'incorrect_number'
  | 'incorrect_address'
  | 'authentication_required'
  | 'fraud_suspected'
  | 'limit_exceeded'
  | 'processing_error'
  | 'call_issuer'
  | 'pickup_card'
  | 'unsupported'
  | 'test_card_in_live'
  | 'unknown';

/** What may help. `do_not_retry` with a stolen card: say no more than that it was declined. */
export type PaymentFailureAdvice = 'retry_later' | 'new_method' | 'authenticate' | 'do_not_retry';

/** A decline. It is data on the intent; error `payment_declined` comes only where there is no intent. */
export interface PaymentFailure {
  code: PaymentFailureCode;
  advice: PaymentFailureAdvice;
  /** Code of the provider. */
  declineCode?: string;
  /** Code of the card network. */
  networkCode?: string;
  /** Result of the address check, in the provider's words. */
  avs?: string;
  /** Result of the check of the card's security code, in the provider's words. Never the code. */
  cvv?: string;
}

const ADVICE: Readonly<Record<PaymentFailureCode, PaymentFailureAdvice>> = {
  card_declined: 'new_method',
  insufficient_funds: 'retry_later',
  expired_card: 'new_method',
  incorrect_cvc: 'new_method',
  incorrect_number: 'new_method',
  incorrect_address: 'new_method',
  authentication_required: 'authenticate',
  fraud_suspected: 'do_not_retry',
  limit_exceeded: 'retry_later',
  processing_error: 'retry_later',
  call_issuer: 'new_method',
  pickup_card: 'do_not_retry',
  unsupported: 'new_method',
  test_card_in_live: 'new_method',
  unknown: 'new_method',
};

/** A failure with the advice that follows from its code. */
export function paymentFailure(
  code: PaymentFailureCode,
  more: Omit<PaymentFailure, 'code' | 'advice'> = {},
): PaymentFailure {
  return { ...more, code, advice: ADVICE[code] };
}
