import type { Money } from '../money/money.ts';
import type { PaymentNextAction } from './payment-intent.ts';

export interface CreateSetupIntentInput {
  readonly customerId: string;
  readonly paymentMethodId?: string;
  readonly usage?: 'on_session' | 'off_session';
  readonly returnUrl?: string;
}

/** A way to pay that is being set up for later. */
export interface PaymentSetupIntent {
  readonly id: string;
  readonly customerId?: string;
  readonly status: 'requires_payment_method' | 'requires_action' | 'processing' | 'succeeded' | 'canceled';
  /** Lets the payer's browser finish. A secret: never logged. */
  readonly clientSecret?: string;
  readonly nextAction?: PaymentNextAction;
}

export interface CreateCheckoutInput {
  readonly amount: Money;
  readonly customerId?: string;
  readonly successUrl: string;
  readonly cancelUrl?: string;
  readonly reference?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** A page of the provider's that the payer is sent to. */
export interface HostedPaymentPage {
  readonly id: string;
  readonly url: string;
  readonly expiresAt?: Date;
  readonly paymentIntentId?: string;
}
