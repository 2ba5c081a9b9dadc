import { IntegrationError } from '@mortise/core';
import type { PaymentPayout } from '../model/balance.ts';
import type { PaymentCustomer } from '../model/customer.ts';
import type { PaymentInvoice } from '../model/invoice.ts';
import type { PaymentEvent, PaymentEventType } from '../model/payment-event.ts';
import { type PaymentFailureCode, paymentFailure } from '../model/payment-failure.ts';
import type { CapturePaymentInput, CreatePaymentIntentInput, PaymentIntent } from '../model/payment-intent.ts';
import type { PaymentRefund, RefundPaymentInput } from '../model/refund.ts';
import type { PaymentTransaction } from '../model/transaction.ts';
import type { Money } from '../money/money.ts';
import { addMoney, compareMoney, subtractMoney } from '../money/money-math.ts';
import { pickDefined } from '../pick-defined.ts';
import { checkAmount, invalidInput, notFound, wrongState } from './check-input.ts';
import { IdempotencyStore } from './idempotency-store.ts';
import type { ProcessorControls, ProcessorData, ProcessorRequest, TestPaymentMethods } from './processor-controls.ts';

const DAY_MS = 86_400_000;
const AUTHORISATION_DAYS = 7;
const KEY_TTL_MS = DAY_MS;
const DECLINED = 'pm_declined_';

const METHODS: TestPaymentMethods = {
  good: 'pm_good',
  authenticates: 'pm_authenticates',
  declined: (code) => `${DECLINED}${code}`,
};

/** A payment as the processor keeps it. */
interface Payment {
  intent: PaymentIntent;
  readonly captureMethod: 'automatic' | 'manual';
}

/** A payment processor in memory: books, cards that behave as told, and a memory for idempotency keys. */
export class InMemoryProcessor implements ProcessorControls {
  readonly methods = METHODS;
  readonly customers = new Map<string, PaymentCustomer>();
  readonly invoices: PaymentInvoice[];
  readonly transactions: PaymentTransaction[] = [];
  readonly payouts: PaymentPayout[] = [];
  readonly refunds = new Map<string, PaymentRefund>();
  readonly events: PaymentEvent[] = [];
  readonly keys: IdempotencyStore;
  readonly #payments = new Map<string, Payment>();
  readonly #requests: ProcessorRequest[] = [];
  readonly #now: () => number;
  readonly #feeBasisPoints: number;
  #made = 0;
  #open = 0;
  #hangs = 0;
  #losses = 0;
  #failures = 0;

  constructor({ invoices = [], feeBasisPoints = 0 }: ProcessorData = {}, now: () => number = Date.now) {
    this.#now = now;
    this.#feeBasisPoints = feeBasisPoints;
    this.invoices = [...invoices];
    this.keys = new IdempotencyStore(KEY_TTL_MS, now);
  }

  /** Payments, oldest first. */
  get intents(): PaymentIntent[] {
    return [...this.#payments.values()].map(({ intent }) => intent);
  }

  findIntent(id: string): PaymentIntent | undefined {
    return this.#payments.get(id)?.intent;
  }

  /** Takes a request: notes it down, and waits for ever where it was told to. */
  async receive(request: ProcessorRequest, signal: AbortSignal): Promise<void> {
    this.#requests.push(request);
    this.#open += 1;
    try {
      // A turn of the event loop, as any network takes, so that calls in parallel do overlap.
      await Promise.resolve();
      if (this.#hangs > 0) {
        this.#hangs -= 1;
        await untilAborted(signal);
      }
    } finally {
      this.#open -= 1;
    }
  }

  /** Whether the answer to a write that was done gets lost. */
  takeLoss(): boolean {
    if (this.#losses === 0) return false;
    this.#losses -= 1;
    return true;
  }

  /** @throws {IntegrationError} `provider_error` where the write is to fail after it began. */
  takeFailure(): void {
    if (this.#failures === 0) return;
    this.#failures -= 1;
    const message = 'The processor failed while it was at it';
    throw new IntegrationError({ code: 'provider_error', retry: 'transient', httpStatus: 500, message });
  }

  createCustomer(fields: Omit<PaymentCustomer, 'id'>): PaymentCustomer {
    const customer = { ...fields, id: this.#nextId('cus'), createdAt: new Date(this.#now()) };
    this.customers.set(customer.id, customer);
    return customer;
  }

  createPayment(input: CreatePaymentIntentInput): PaymentIntent {
    const amount = checkAmount('amount', input.amount);
    const { customerId, paymentMethodId, confirm = false } = input;
    if (customerId !== undefined && !this.customers.has(customerId))
      throw invalidInput('customerId', 'no such customer');
    if (confirm && paymentMethodId === undefined) throw invalidInput('paymentMethodId', 'expected one to confirm with');
    const id = this.#nextId('pi');
    const intent: PaymentIntent = {
      id,
      amount,
      status: paymentMethodId === undefined ? 'requires_payment_method' : 'requires_confirmation',
      clientSecret: `${id}_secret_${crypto.randomUUID()}`,
      liveMode: false,
      ...pickDefined(input, ['customerId', 'description', 'metadata', 'reference']),
      ...(paymentMethodId === undefined ? {} : { paymentMethod: { id: paymentMethodId, type: 'card' } }),
      createdAt: new Date(this.#now()),
    };
    this.#payments.set(id, { intent, captureMethod: input.captureMethod ?? 'automatic' });
    return confirm && paymentMethodId !== undefined ? this.confirm(id, paymentMethodId) : intent;
  }

  confirm(id: string, paymentMethodId: string | undefined): PaymentIntent {
    const { intent } = this.#payment(id);
    if (!['requires_payment_method', 'requires_confirmation'].includes(intent.status)) {
      throw wrongState(`A payment that is ${intent.status} cannot be confirmed`);
    }
    const methodId = paymentMethodId ?? intent.paymentMethod?.id;
    if (methodId === undefined) throw invalidInput('paymentMethodId', 'expected one to confirm with');
    const { failure: _failure, ...rest } = intent;
    const attempt: PaymentIntent = { ...rest, paymentMethod: { id: methodId, type: 'card' } };
    if (methodId === METHODS.authenticates) {
      const nextAction = { type: 'redirect', url: `https://processor.example/authenticate/${id}` } as const;
      return this.#keep({ ...attempt, status: 'requires_action', nextAction }, 'requires_action');
    }
    if (methodId.startsWith(DECLINED)) return this.#decline(attempt, failureCode(methodId));
    if (methodId !== METHODS.good) throw invalidInput('paymentMethodId', 'no such payment method');
    return this.#authorise(attempt);
  }

  capture(id: string, { amount, metadata }: CapturePaymentInput): PaymentIntent {
    const { intent } = this.#payment(id);
    const { amountCapturable } = intent;
    if (intent.status !== 'requires_capture' || amountCapturable === undefined) {
      throw wrongState(`A payment that is ${intent.status} has nothing to capture`);
    }
    const taken = amount === undefined ? amountCapturable : checkAmount('amount', amount);
    if (taken.currency !== amountCapturable.currency)
      throw invalidInput('amount', `expected ${amountCapturable.currency}`);
    if (compareMoney(taken, amountCapturable) > 0) {
      throw invalidInput('amount', `expected at most the ${amountCapturable.amount} that were authorised`);
    }
    const { captureBefore: _captureBefore, ...rest } = intent;
    return this.#take({ ...rest, ...(metadata === undefined ? {} : { metadata }) }, taken, 'captured');
  }

  cancel(id: string): PaymentIntent {
    const { intent } = this.#payment(id);
    if (intent.status === 'canceled') return intent;
    if (intent.status === 'succeeded' || intent.status === 'failed') {
      throw wrongState(`A payment that is ${intent.status} cannot be canceled; refund it`);
    }
    const { nextAction: _action, captureBefore: _before, ...rest } = intent;
    const released = { ...rest, amountCapturable: zero(intent.amount), canceledAt: new Date(this.#now()) };
    return this.#keep({ ...released, status: 'canceled' }, 'canceled');
  }

  refund(input: RefundPaymentInput): PaymentRefund {
    const { intent } = this.#payment(input.paymentIntentId);
    const { amountReceived, amountRefunded = zero(intent.amount) } = intent;
    if (amountReceived === undefined || amountReceived.amount === 0) {
      throw wrongState(`A payment that is ${intent.status} has nothing to refund`);
    }
    const left = subtractMoney(amountReceived, amountRefunded);
    if (left.amount === 0) throw wrongState('The payment was refunded in full');
    const amount = input.amount === undefined ? left : checkAmount('amount', input.amount);
    if (amount.currency !== left.currency) throw invalidInput('amount', `expected ${left.currency}`);
    if (compareMoney(amount, left) > 0)
      throw invalidInput('amount', `expected at most the ${left.amount} that are left`);
    const refund: PaymentRefund = {
      id: this.#nextId('re'),
      paymentIntentId: intent.id,
      amount,
      status: 'succeeded',
      ...pickDefined(input, ['reason', 'metadata']),
      createdAt: new Date(this.#now()),
    };
    this.refunds.set(refund.id, refund);
    this.#book({ type: 'refund', amount: negative(amount), paymentIntentId: intent.id, sourceId: refund.id });
    this.#keep({ ...intent, amountRefunded: addMoney(amountRefunded, amount) }, 'refunded');
    return refund;
  }

  authenticate(paymentIntentId: string, succeeds: boolean): void {
    const { intent } = this.#payment(paymentIntentId);
    const { nextAction: _action, ...rest } = intent;
    if (intent.status !== 'requires_action') throw wrongState('The payer was not asked to authenticate');
    if (succeeds) this.#authorise(rest);
    else this.#decline(rest, 'authentication_required');
  }

  addInvoice(invoice: PaymentInvoice): void {
    this.invoices.push(invoice);
  }

  payOut(amount: Money): void {
    const payout: PaymentPayout = { id: this.#nextId('po'), amount: checkAmount('amount', amount), status: 'paid' };
    this.payouts.push(payout);
    this.#book({ type: 'payout', amount: negative(payout.amount), sourceId: payout.id });
    this.#tell('payout_paid', payout.id, payout.amount);
  }

  loseNextAnswer(): void {
    this.#losses += 1;
  }

  failNext(): void {
    this.#failures += 1;
  }

  hangNext(): void {
    this.#hangs += 1;
  }

  requests(): readonly ProcessorRequest[] {
    return this.#requests;
  }

  openRequests(): number {
    return this.#open;
  }

  #authorise(intent: PaymentIntent): PaymentIntent {
    if (this.#payment(intent.id).captureMethod === 'automatic') return this.#take(intent, intent.amount, 'succeeded');
    const captureBefore = new Date(this.#now() + AUTHORISATION_DAYS * DAY_MS);
    const authorised = {
      ...intent,
      amountCapturable: intent.amount,
      amountReceived: zero(intent.amount),
      captureBefore,
    };
    return this.#keep({ ...authorised, status: 'requires_capture' }, 'authorized');
  }

  #take(intent: PaymentIntent, amount: Money, event: PaymentEventType): PaymentIntent {
    const fee = { ...amount, amount: Number((BigInt(amount.amount) * BigInt(this.#feeBasisPoints)) / 10_000n) };
    this.#book({ type: 'capture', amount, fee, paymentIntentId: intent.id, sourceId: intent.id });
    const taken = { ...intent, amountCapturable: zero(amount), amountReceived: amount };
    return this.#keep({ ...taken, status: 'succeeded' }, event);
  }

  #decline(intent: PaymentIntent, code: PaymentFailureCode): PaymentIntent {
    const failure = paymentFailure(code, { declineCode: code });
    return this.#keep({ ...intent, status: 'requires_payment_method', failure }, 'failed');
  }

  #keep(intent: PaymentIntent, event: PaymentEventType): PaymentIntent {
    const kept = { ...intent, updatedAt: new Date(this.#now()) };
    this.#payment(intent.id).intent = kept;
    this.#tell(event, intent.id, intent.amount);
    return kept;
  }

  #book({ fee, ...entry }: Omit<PaymentTransaction, 'id' | 'status' | 'createdAt'>): void {
    const { amount } = entry;
    this.transactions.push({
      ...entry,
      id: this.#nextId('txn'),
      status: 'succeeded',
      createdAt: new Date(this.#now()),
      gross: amount,
      fee: fee ?? zero(amount),
      net: subtractMoney(amount, fee ?? zero(amount)),
    });
  }

  #tell(type: PaymentEventType, objectId: string, amount: Money): void {
    const id = this.#nextId('evt');
    this.events.push({
      id,
      type,
      rawType: `payment.${type}`,
      objectId,
      amount,
      at: new Date(this.#now()),
      liveMode: false,
    });
  }

  #payment(id: string): Payment {
    const payment = this.#payments.get(id);
    if (payment === undefined) throw notFound('payment');
    return payment;
  }

  /** Ids sort by the order in which they were made. */
  #nextId(prefix: string): string {
    this.#made += 1;
    return `${prefix}_${String(this.#made).padStart(8, '0')}`;
  }
}

function failureCode(methodId: string): PaymentFailureCode {
  const code = methodId.slice(DECLINED.length);
  return DECLINES.find((known) => known === code) ?? 'unknown';
}

const DECLINES: readonly PaymentFailureCode[] = [
  'card_declined',
  'insufficient_funds',
  'expired_card',
  'incorrect_cvc',
  'fraud_suspected',
  'authentication_required',
  'processing_error',
  'pickup_card',
];

function zero({ currency }: Money): Money {
  return { amount: 0, currency };
}

function negative({ amount, currency }: Money): Money {
  return { amount: 0 - amount, currency };
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const onAbort = (): void => reject(new IntegrationError({ code: 'aborted', message: 'The request was aborted' }));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}
