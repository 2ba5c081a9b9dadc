import { IntegrationError } from '@mortise/core';
import type { PaymentIntent } from '../../model/payment-intent.ts';
import type { PaymentsProvider } from '../../payments-provider.ts';
import type { PaymentsConformanceTarget } from '../conformance-target.ts';
import type { InMemoryPaymentsProvider } from '../in-memory-payments-provider.ts';
import { inMemoryTarget } from '../in-memory-target.ts';

/** A provider that does one thing wrong. */
export interface BrokenProvider {
  /** The only check that it may fail. */
  readonly fails: string;
  readonly mistake: string;
  readonly target: PaymentsConformanceTarget;
}

type Build = (honest: InMemoryPaymentsProvider) => Partial<PaymentsProvider>;

/** The honest provider with some methods replaced; what is not replaced works on the honest one. */
function broken(fails: string, mistake: string, build: Build): BrokenProvider {
  return {
    fails,
    mistake,
    target: inMemoryTarget((honest) => ({
      capabilities: honest.capabilities,
      createCustomer: (...call) => honest.createCustomer(...call),
      getCustomer: (...call) => honest.getCustomer(...call),
      createPaymentIntent: (...call) => honest.createPaymentIntent(...call),
      confirmPayment: (...call) => honest.confirmPayment(...call),
      capturePayment: (...call) => honest.capturePayment(...call),
      cancelPaymentIntent: (...call) => honest.cancelPaymentIntent(...call),
      refundPayment: (...call) => honest.refundPayment(...call),
      getPaymentIntent: (...call) => honest.getPaymentIntent(...call),
      listPaymentIntents: (...call) => honest.listPaymentIntents(...call),
      getRefund: (...call) => honest.getRefund(...call),
      listRefunds: (...call) => honest.listRefunds(...call),
      listCustomers: (...call) => honest.listCustomers(...call),
      deleteCustomer: (...call) => honest.deleteCustomer(...call),
      getInvoice: (...call) => honest.getInvoice(...call),
      listInvoices: (...call) => honest.listInvoices(...call),
      listInvoicesPage: (...call) => honest.listInvoicesPage(...call),
      listTransactions: (...call) => honest.listTransactions(...call),
      listTransactionsPage: (...call) => honest.listTransactionsPage(...call),
      listPayouts: (...call) => honest.listPayouts(...call),
      getBalance: (...call) => honest.getBalance(...call),
      verifyWebhook: (request) => honest.verifyWebhook(request),
      parseWebhook: (request) => honest.parseWebhook(request),
      ...build(honest),
    })),
  };
}

/** A mistake in every payment that is created. */
const inCreated =
  (change: (intent: PaymentIntent) => PaymentIntent): Build =>
  (honest) => ({
    createPaymentIntent: async (...call) => change(await honest.createPaymentIntent(...call)),
  });

export const brokenProviders: readonly BrokenProvider[] = [
  broken(
    'X6',
    'makes up a description',
    inCreated((intent) => ({
      ...intent,
      description: intent.description ?? 'Payment',
    })),
  ),
  broken(
    'payments.3',
    'calls a payment that waits for the merchant one that waits for the payer',
    inCreated((intent) => (intent.status === 'requires_capture' ? { ...intent, status: 'requires_action' } : intent)),
  ),
  broken('payments.cancel', 'refuses a second cancel', (honest) => {
    const canceled = new Set<string>();
    return {
      cancelPaymentIntent: (id, options) => {
        if (canceled.has(id)) {
          return Promise.reject(new IntegrationError({ code: 'precondition_failed', message: 'canceled before' }));
        }
        canceled.add(id);
        return honest.cancelPaymentIntent(id, options);
      },
    };
  }),
  broken(
    'payments.4',
    'does not say where the payer goes',
    inCreated(({ nextAction, ...intent }) =>
      nextAction === undefined ? intent : { ...intent, nextAction: { type: nextAction.type } },
    ),
  ),
  broken(
    'payments.7',
    'has one advice for every decline',
    inCreated((intent) =>
      intent.failure === undefined ? intent : { ...intent, failure: { ...intent.failure, advice: 'new_method' } },
    ),
  ),
  broken('payments.5', 'cuts a refund to what is left in silence', (honest) => ({
    refundPayment: ({ amount, ...input }, options) =>
      honest
        .refundPayment({ ...input, ...(amount === undefined ? {} : { amount }) }, options)
        .catch((error: unknown) => {
          const isTooMuch = IntegrationError.is(error) && error.field === 'amount';
          if (!isTooMuch) throw error;
          return honest.refundPayment(input);
        }),
  })),
  broken('payments.6', 'rounds fractions', (honest) => ({
    createPaymentIntent: ({ amount, ...input }, options) => {
      const isFraction = Number.isFinite(amount.amount) && !Number.isInteger(amount.amount);
      const rounded = isFraction ? { ...amount, amount: Math.round(amount.amount) } : amount;
      return honest.createPaymentIntent({ ...input, amount: rounded }, options);
    },
  })),
  broken('payments.8', 'leaves payouts out', (honest) => ({
    listTransactions: async (...call) =>
      (await honest.listTransactions(...call)).filter(({ type }) => type !== 'payout'),
  })),
  broken('X10', 'does not notice a repeat while the first call is under way', (honest) => {
    const running = new Set<string>();
    return {
      createPaymentIntent: async (input, options = {}) => {
        const { idempotencyKey } = options;
        if (idempotencyKey === undefined) return honest.createPaymentIntent(input, options);
        if (running.has(idempotencyKey)) {
          return honest.createPaymentIntent(input, { ...options, idempotencyKey: `${idempotencyKey}-parallel` });
        }
        running.add(idempotencyKey);
        try {
          return await honest.createPaymentIntent(input, options);
        } finally {
          running.delete(idempotencyKey);
        }
      },
    };
  }),
  broken('payments.1', 'does not pass the key of a refund on', (honest) => ({
    refundPayment: (input, { idempotencyKey: _key, ...options } = {}) => honest.refundPayment(input, options),
  })),
  broken('payments.500', 'does the work again where it declared to give the error again', (honest) => {
    const failed = new Set<string>();
    return {
      createPaymentIntent: (input, options = {}) => {
        const { idempotencyKey = '' } = options;
        if (failed.has(idempotencyKey)) {
          return honest.createPaymentIntent(input, { ...options, idempotencyKey: `${idempotencyKey}-again` });
        }
        return honest.createPaymentIntent(input, options).catch((error: unknown) => {
          if (IntegrationError.is(error) && error.code === 'provider_error') failed.add(idempotencyKey);
          throw error;
        });
      },
    };
  }),
  broken('X12', 'calls a lost answer a failure like any other', (honest) => ({
    createPaymentIntent: (input, options) =>
      honest.createPaymentIntent(input, options).catch((cause: unknown) => {
        // The time limit belongs to another check.
        const isLost =
          IntegrationError.is(cause) && cause.code === 'outcome_unknown' && options?.timeoutMs === undefined;
        if (!isLost) throw cause;
        const message = 'The connection was reset';
        throw new IntegrationError({ code: 'unavailable', retry: 'transient', message, cause });
      }),
  })),
  broken('payments.2', 'does not keep the reference', (honest) => ({
    createPaymentIntent: ({ reference: _reference, ...input }, options) => honest.createPaymentIntent(input, options),
  })),
  broken('payments.9', 'looks at the first status only', (honest) => ({
    listInvoices: (query = {}, options) =>
      honest.listInvoices(
        { ...query, ...(query.status === undefined ? {} : { status: query.status.slice(0, 1) }) },
        options,
      ),
  })),
  broken('X9', 'repeats the last item of a page on the next', (honest) => ({
    listInvoices: async (query = {}, options) => {
      const items = await honest.listInvoices(query, options);
      const { startingAfter } = query;
      if (startingAfter === undefined || items.length === 0) return items;
      const last = await honest.getInvoice(startingAfter);
      return last === null ? items : [last, ...items.slice(0, (query.limit ?? 100) - 1)];
    },
  })),
  broken('payments.15', 'throws for a customer that does not exist', (honest) => ({
    getCustomer: async (...call) => {
      const customer = await honest.getCustomer(...call);
      if (customer !== null) return customer;
      throw new IntegrationError({ code: 'not_found', message: 'No such customer' });
    },
  })),
  broken('X18', 'writes names in another normal form', (honest) => ({
    createCustomer: ({ name, ...input }, options) =>
      honest.createCustomer({ ...input, ...(name === undefined ? {} : { name: name.normalize('NFC') }) }, options),
  })),
  broken('payments.14', 'cuts labels that are too long', (honest) => ({
    createPaymentIntent: ({ metadata, ...input }, options) => {
      const cut = Object.entries(metadata ?? {}).map(([key, value]) => [key, value.slice(0, 500)]);
      const labels = metadata === undefined ? {} : { metadata: Object.fromEntries(cut) };
      return honest.createPaymentIntent({ ...input, ...labels }, options);
    },
  })),
  broken('X1', 'sends before it looks at the signal', (honest) => ({
    getCustomer: async (id, options) => {
      if (options?.signal?.aborted === true) await honest.getCustomer(id);
      return honest.getCustomer(id, options);
    },
  })),
  broken('X2', 'does not pass the signal on', (honest) => ({
    getCustomer: (id, { signal, ...options } = {}) =>
      signal?.aborted === true ? honest.getCustomer(id, { signal }) : honest.getCustomer(id, options),
  })),
  broken('X3', 'says "timeout" of a write that may have happened', (honest) => ({
    createPaymentIntent: (input, options) =>
      honest.createPaymentIntent(input, options).catch((cause: unknown) => {
        const isLate =
          IntegrationError.is(cause) && cause.code === 'outcome_unknown' && options?.timeoutMs !== undefined;
        if (!isLate) throw cause;
        throw new IntegrationError({ code: 'timeout', retry: 'transient', message: 'Too late', cause });
      }),
  })),
  broken('X7', 'forgets which payment a refund was of', (honest) => ({
    refundPayment: async (...call) => ({ ...(await honest.refundPayment(...call)), paymentIntentId: '' }),
  })),
  broken('X8', 'turns the currency to upper case in the input itself', (honest) => ({
    createPaymentIntent: async (input, options) => {
      if (/^[a-z]{3}$/.test(input.amount.currency)) {
        Object.assign(input.amount, { currency: input.amount.currency.toUpperCase() });
      }
      return honest.createPaymentIntent(input, options);
    },
  })),
  broken('X13', 'shows its credential in an error', (honest) => ({
    capturePayment: (id, input, options) =>
      honest.capturePayment(id, input, options).catch((cause: unknown) => {
        if (!IntegrationError.is(cause) || cause.field !== 'amount') throw cause;
        const message = `Refused for ${honest.credential}`;
        throw new IntegrationError({ code: 'invalid_request', field: 'amount', message, cause });
      }),
  })),
  broken('X15', 'mixes up answers to parallel calls', (honest) => {
    let latest: Parameters<PaymentsProvider['createPaymentIntent']>[0] | undefined;
    let waiting = 0;
    return {
      createPaymentIntent: async (input, options) => {
        // Two at once are another check's.
        waiting += 1;
        latest = input;
        await Promise.resolve();
        const isCrowd = waiting > 3;
        const answer = honest.createPaymentIntent(isCrowd ? latest : input, options);
        setTimeout(() => (waiting -= 1), 0);
        return answer;
      },
    };
  }),
  broken('X19', 'reads the event from the body that was parsed for convenience', (honest) => ({
    parseWebhook: async (request) => {
      const event = await honest.parseWebhook(request);
      return request.parsedBody === undefined ? event : { ...event, type: 'refunded' };
    },
  })),
  broken('X20', 'declares a method that does not work', (honest) => ({
    capabilities: { ...honest.capabilities, methods: { ...honest.capabilities.methods, listDisputes: 'native' } },
  })),
];
