import { type CallOptions, IntegrationError, type Page, type Sleep, type WebhookRequest } from '@mortise/core';
import { Type, validateAgainstSchema } from '@mortise/core/schema';
import type { ListPageQuery, PaymentBalance, PaymentPayout } from '../model/balance.ts';
import type { PaymentsCapabilities } from '../model/capabilities.ts';
import type {
  CreateCustomerInput,
  ListCustomersQuery,
  PaymentCustomer,
  UpdateCustomerInput,
} from '../model/customer.ts';
import type { ListInvoicesQuery, PaymentInvoice } from '../model/invoice.ts';
import type { PaymentEvent } from '../model/payment-event.ts';
import type {
  CapturePaymentInput,
  ConfirmPaymentInput,
  CreatePaymentIntentInput,
  ListPaymentIntentsQuery,
  PaymentIntent,
} from '../model/payment-intent.ts';
import type { ListRefundsQuery, PaymentRefund, RefundPaymentInput } from '../model/refund.ts';
import type { ListTransactionsQuery, PaymentTransaction } from '../model/transaction.ts';
import { type Money, MoneySchema } from '../money/money.ts';
import { addMoney } from '../money/money-math.ts';
import { pickDefined } from '../pick-defined.ts';
import type { PaymentsProvider } from '../payments-provider.ts';
import { openCallScope } from './call-scope.ts';
import { checkMetadata, notFound } from './check-input.ts';
import type { InMemoryProcessor } from './in-memory-processor.ts';
import { pageOf } from './page-of.ts';
import { isSigned } from './webhook-signature.ts';

export interface InMemoryPaymentsProviderOptions {
  /** Where the money moves; several providers may use the same. */
  readonly processor: InMemoryProcessor;
  /** Stands for the credential that a real provider would send. */
  readonly credential?: string;
  /** Secret of webhooks. Absent: every delivery is refused. */
  readonly webhookSecret?: string;
  /** Waits for time limits. Default core's `sleep`. */
  readonly sleep?: Sleep;
}

const METADATA_LIMITS = { maxKeys: 50, maxKeyLength: 40, maxValueLength: 500 } as const;
const DAY_MS = 86_400_000;

const EventBody = Type.Object({
  id: Type.String(),
  type: Type.Enum([
    'authorized',
    'captured',
    'succeeded',
    'failed',
    'requires_action',
    'canceled',
    'refunded',
    'payout_paid',
  ]),
  objectId: Type.String(),
  amount: Type.Optional(MoneySchema),
  at: Type.String({ format: 'date-time' }),
});

/** A write as it goes to the processor. */
interface Write<Result> {
  readonly method: string;
  readonly body: unknown;
  readonly amount?: Money | undefined;
  readonly work: () => Result;
}

/**
 * Takes payments at an `InMemoryProcessor` and keeps every rule of `PaymentsProvider`: the reference against which the kit
 * itself is tested, and a double for the tests of applications.
 */
export class InMemoryPaymentsProvider implements PaymentsProvider {
  readonly capabilities: PaymentsCapabilities = {
    methods: {
      getPaymentIntent: 'native',
      confirmPayment: 'native',
      listPaymentIntents: 'native',
      getRefund: 'native',
      listRefunds: 'native',
      updateCustomer: 'native',
      deleteCustomer: 'native',
      listCustomers: 'native',
      getInvoice: 'native',
      listInvoicesPage: 'native',
      listTransactionsPage: 'native',
      listPayouts: 'native',
      getBalance: 'native',
      verifyWebhook: 'native',
      parseWebhook: 'native',
      updatePaymentIntent: 'none',
      cancelRefund: 'none',
      createSetupIntent: 'none',
      listPaymentMethods: 'none',
      detachPaymentMethod: 'none',
      createCheckout: 'none',
      createPortalSession: 'none',
      listDisputes: 'none',
      submitEvidence: 'none',
    },
    idempotency: { supported: 'native', ttlMs: DAY_MS, replaysErrors: true, onMismatch: 'error' },
    metadataLimits: METADATA_LIMITS,
  };
  readonly #options: InMemoryPaymentsProviderOptions;

  constructor(options: InMemoryPaymentsProviderOptions) {
    this.#options = options;
  }

  /** What it sends to the processor. */
  get credential(): string {
    return this.#options.credential ?? '';
  }

  createCustomer(input: CreateCustomerInput, options: CallOptions = {}): Promise<PaymentCustomer> {
    const work = (): PaymentCustomer => {
      checkMetadata(input.metadata, METADATA_LIMITS);
      return this.#processor.createCustomer(pickDefined(input, ['email', 'name', 'metadata']));
    };
    return this.#write({ method: 'createCustomer', body: input, work }, options);
  }

  getCustomer(customerId: string, options: CallOptions = {}): Promise<PaymentCustomer | null> {
    return this.#read('getCustomer', options, () => this.#processor.customers.get(customerId) ?? null);
  }

  updateCustomer(customerId: string, input: UpdateCustomerInput, options: CallOptions = {}): Promise<PaymentCustomer> {
    const work = (): PaymentCustomer => {
      checkMetadata(input.metadata, METADATA_LIMITS);
      const known = this.#processor.customers.get(customerId);
      if (known === undefined) throw notFound('customer');
      const updated = { ...known, ...pickDefined(input, ['email', 'name', 'metadata']) };
      this.#processor.customers.set(customerId, updated);
      return updated;
    };
    return this.#write({ method: 'updateCustomer', body: [customerId, input], work }, options);
  }

  deleteCustomer(customerId: string, options: CallOptions = {}): Promise<void> {
    const work = (): void => void this.#processor.customers.delete(customerId);
    return this.#write({ method: 'deleteCustomer', body: customerId, work }, options);
  }

  listCustomers(query: ListCustomersQuery = {}, options: CallOptions = {}): Promise<Page<PaymentCustomer>> {
    const { email } = query;
    return this.#read('listCustomers', options, () =>
      pageOf([...this.#processor.customers.values()], (one) => email === undefined || one.email === email, query),
    );
  }

  createPaymentIntent(input: CreatePaymentIntentInput, options: CallOptions = {}): Promise<PaymentIntent> {
    const work = (): PaymentIntent => {
      checkMetadata(input.metadata, METADATA_LIMITS);
      return this.#processor.createPayment(input);
    };
    return this.#write({ method: 'createPaymentIntent', body: input, amount: input.amount, work }, options);
  }

  confirmPayment(
    paymentIntentId: string,
    input: ConfirmPaymentInput = {},
    options: CallOptions = {},
  ): Promise<PaymentIntent> {
    const work = (): PaymentIntent => this.#processor.confirm(paymentIntentId, input.paymentMethodId);
    return this.#write({ method: 'confirmPayment', body: [paymentIntentId, input], work }, options);
  }

  capturePayment(
    paymentIntentId: string,
    input: CapturePaymentInput = {},
    options: CallOptions = {},
  ): Promise<PaymentIntent> {
    const work = (): PaymentIntent => {
      checkMetadata(input.metadata, METADATA_LIMITS);
      return this.#processor.capture(paymentIntentId, input);
    };
    const body = [paymentIntentId, input];
    return this.#write({ method: 'capturePayment', body, amount: input.amount, work }, options);
  }

  cancelPaymentIntent(paymentIntentId: string, options: CallOptions = {}): Promise<PaymentIntent> {
    const work = (): PaymentIntent => this.#processor.cancel(paymentIntentId);
    return this.#write({ method: 'cancelPaymentIntent', body: paymentIntentId, work }, options);
  }

  refundPayment(input: RefundPaymentInput, options: CallOptions = {}): Promise<PaymentRefund> {
    const work = (): PaymentRefund => {
      checkMetadata(input.metadata, METADATA_LIMITS);
      return this.#processor.refund(input);
    };
    return this.#write({ method: 'refundPayment', body: input, amount: input.amount, work }, options);
  }

  getPaymentIntent(paymentIntentId: string, options: CallOptions = {}): Promise<PaymentIntent | null> {
    return this.#read('getPaymentIntent', options, () => this.#processor.findIntent(paymentIntentId) ?? null);
  }

  listPaymentIntents(query: ListPaymentIntentsQuery = {}, options: CallOptions = {}): Promise<Page<PaymentIntent>> {
    const { customerId, status, reference } = query;
    const isWanted = (intent: PaymentIntent): boolean =>
      (customerId === undefined || intent.customerId === customerId) &&
      (status === undefined || status.includes(intent.status)) &&
      (reference === undefined || intent.reference === reference);
    return this.#read('listPaymentIntents', options, () => pageOf(this.#processor.intents, isWanted, query));
  }

  getRefund(refundId: string, options: CallOptions = {}): Promise<PaymentRefund | null> {
    return this.#read('getRefund', options, () => this.#processor.refunds.get(refundId) ?? null);
  }

  listRefunds(query: ListRefundsQuery = {}, options: CallOptions = {}): Promise<Page<PaymentRefund>> {
    const isWanted = (refund: PaymentRefund): boolean =>
      query.paymentIntentId === undefined || refund.paymentIntentId === query.paymentIntentId;
    return this.#read('listRefunds', options, () => pageOf([...this.#processor.refunds.values()], isWanted, query));
  }

  getInvoice(invoiceId: string, options: CallOptions = {}): Promise<PaymentInvoice | null> {
    return this.#read('getInvoice', options, () => this.#processor.invoices.find(({ id }) => id === invoiceId) ?? null);
  }

  async listInvoices(query: ListInvoicesQuery = {}, options: CallOptions = {}): Promise<PaymentInvoice[]> {
    return [...(await this.listInvoicesPage(query, options)).items];
  }

  listInvoicesPage(query: ListInvoicesQuery = {}, options: CallOptions = {}): Promise<Page<PaymentInvoice>> {
    const { customerId, status, startingAfter: cursor, limit: pageSize } = query;
    const isWanted = (invoice: PaymentInvoice): boolean =>
      (customerId === undefined || invoice.customerId === customerId) &&
      (status === undefined || status.includes(invoice.status));
    return this.#read('listInvoices', options, () => pageOf(this.#processor.invoices, isWanted, { cursor, pageSize }));
  }

  async listTransactions(query: ListTransactionsQuery = {}, options: CallOptions = {}): Promise<PaymentTransaction[]> {
    return [...(await this.listTransactionsPage(query, options)).items];
  }

  listTransactionsPage(
    query: ListTransactionsQuery = {},
    options: CallOptions = {},
  ): Promise<Page<PaymentTransaction>> {
    const { customerId, paymentIntentId, startingAfter: cursor, limit: pageSize } = query;
    const isOfCustomer = ({ paymentIntentId: id = '' }: PaymentTransaction): boolean =>
      customerId === undefined || this.#processor.findIntent(id)?.customerId === customerId;
    const isWanted = (transaction: PaymentTransaction): boolean =>
      isOfCustomer(transaction) && (paymentIntentId === undefined || transaction.paymentIntentId === paymentIntentId);
    return this.#read('listTransactions', options, () =>
      pageOf(this.#processor.transactions, isWanted, { cursor, pageSize }),
    );
  }

  listPayouts(query: ListPageQuery = {}, options: CallOptions = {}): Promise<Page<PaymentPayout>> {
    return this.#read('listPayouts', options, () => pageOf(this.#processor.payouts, () => true, query));
  }

  getBalance(options: CallOptions = {}): Promise<PaymentBalance> {
    return this.#read('getBalance', options, () => {
      const sums = new Map<string, Money>();
      for (const { amount, net = amount } of this.#processor.transactions) {
        const sum = sums.get(net.currency);
        sums.set(net.currency, sum === undefined ? net : addMoney(sum, net));
      }
      return { available: [...sums.values()], pending: [] };
    });
  }

  async verifyWebhook(request: WebhookRequest): Promise<boolean> {
    const { webhookSecret } = this.#options;
    return webhookSecret !== undefined && isSigned(request, webhookSecret);
  }

  async parseWebhook(request: WebhookRequest): Promise<PaymentEvent> {
    if (!(await this.verifyWebhook(request))) {
      throw new IntegrationError({ code: 'unauthenticated', message: 'The delivery is not signed with the secret' });
    }
    const { rawBody } = request;
    const text = typeof rawBody === 'string' ? rawBody : new TextDecoder().decode(rawBody);
    const result = validateAgainstSchema(EventBody, parseJson(text));
    if (!result.valid) throw new IntegrationError({ code: 'invalid_request', message: 'The delivery holds no event' });
    const { at, amount, ...event } = result.value;
    return { ...event, ...(amount === undefined ? {} : { amount }), at: new Date(at) };
  }

  get #processor(): InMemoryProcessor {
    return this.#options.processor;
  }

  /** A write: done once for each key, and honest about an answer that did not come. */
  async #write<Result>({ method, body, amount, work }: Write<Result>, options: CallOptions): Promise<Result> {
    const { idempotencyKey } = options;
    const call = openCallScope(options, this.#options.sleep);
    let isSent = false;
    try {
      const request = { method, credential: this.credential, ...pickDefined(options, ['idempotencyKey']) };
      isSent = true;
      const sent = this.#processor.receive({ ...request, ...(amount === undefined ? {} : { amount }) }, call.signal);
      await call.race(sent);
      call.throwIfEnded();
      // From here on the processor is at it, whatever becomes of the caller.
      const result = await this.#processor.keys.run(idempotencyKey, fingerprintOf(method, body), async () => {
        this.#processor.takeFailure();
        return work();
      });
      if (this.#processor.takeLoss()) throw outcomeUnknown(method, idempotencyKey);
      return structuredClone(result);
    } catch (error) {
      const told = call.explain(error);
      const isLate = IntegrationError.is(told) && told.code === 'timeout';
      throw isLate && isSent && idempotencyKey === undefined ? outcomeUnknown(method, undefined, told) : told;
    } finally {
      call.close();
    }
  }

  async #read<Result>(method: string, options: CallOptions, answer: () => Result): Promise<Result> {
    const call = openCallScope(options, this.#options.sleep);
    try {
      await call.race(this.#processor.receive({ method, credential: this.credential }, call.signal));
      call.throwIfEnded();
      return structuredClone(answer());
    } catch (error) {
      throw call.explain(error);
    } finally {
      call.close();
    }
  }
}

/** Operation and body as text, whatever the order of fields. */
function fingerprintOf(method: string, body: unknown): string {
  return JSON.stringify([method, body], (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}

/** With a key the same call may be made again; without, look first whether the payment is there. */
function outcomeUnknown(method: string, idempotencyKey: string | undefined, cause?: unknown): IntegrationError {
  return new IntegrationError({
    code: 'outcome_unknown',
    retry: idempotencyKey === undefined ? 'never' : 'transient',
    message: `${method} was sent and its answer did not come; ${
      idempotencyKey === undefined ? 'look for its effect before repeating it' : 'repeat it with the same key'
    }`,
    cause,
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
