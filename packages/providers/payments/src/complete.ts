import { IntegrationError, type Page } from '@mortise/core';
import type { PaymentsMethod } from './model/capabilities.ts';
import type { PaymentsProvider } from './payments-provider.ts';

/** A provider with every optional method in place. */
export type CompletePaymentsProvider = PaymentsProvider & {
  readonly [Name in PaymentsMethod]-?: NonNullable<PaymentsProvider[Name]>;
} & { readonly parseWebhookAll: NonNullable<PaymentsProvider['parseWebhookAll']> };

/**
 * Fills in what a provider lacks: pages of invoices and transactions from its plain lists, where a full list is taken to
 * go on; `parseWebhookAll` from `parseWebhook`. All else that is missing rejects with `unsupported`.
 */
export function complete(provider: PaymentsProvider): CompletePaymentsProvider {
  const { capabilities } = provider;
  return {
    ...(capabilities === undefined ? {} : { capabilities }),
    createCustomer: (...call) => provider.createCustomer(...call),
    getCustomer: (...call) => provider.getCustomer(...call),
    createPaymentIntent: (...call) => provider.createPaymentIntent(...call),
    capturePayment: (...call) => provider.capturePayment(...call),
    cancelPaymentIntent: (...call) => provider.cancelPaymentIntent(...call),
    refundPayment: (...call) => provider.refundPayment(...call),
    listInvoices: (...call) => provider.listInvoices(...call),
    listTransactions: (...call) => provider.listTransactions(...call),
    getPaymentIntent: (...call) => provider.getPaymentIntent?.(...call) ?? lacks('getPaymentIntent'),
    confirmPayment: (...call) => provider.confirmPayment?.(...call) ?? lacks('confirmPayment'),
    updatePaymentIntent: (...call) => provider.updatePaymentIntent?.(...call) ?? lacks('updatePaymentIntent'),
    listPaymentIntents: (...call) => provider.listPaymentIntents?.(...call) ?? lacks('listPaymentIntents'),
    getRefund: (...call) => provider.getRefund?.(...call) ?? lacks('getRefund'),
    listRefunds: (...call) => provider.listRefunds?.(...call) ?? lacks('listRefunds'),
    cancelRefund: (...call) => provider.cancelRefund?.(...call) ?? lacks('cancelRefund'),
    updateCustomer: (...call) => provider.updateCustomer?.(...call) ?? lacks('updateCustomer'),
    deleteCustomer: (...call) => provider.deleteCustomer?.(...call) ?? lacks('deleteCustomer'),
    listCustomers: (...call) => provider.listCustomers?.(...call) ?? lacks('listCustomers'),
    createSetupIntent: (...call) => provider.createSetupIntent?.(...call) ?? lacks('createSetupIntent'),
    listPaymentMethods: (...call) => provider.listPaymentMethods?.(...call) ?? lacks('listPaymentMethods'),
    detachPaymentMethod: (...call) => provider.detachPaymentMethod?.(...call) ?? lacks('detachPaymentMethod'),
    createCheckout: (...call) => provider.createCheckout?.(...call) ?? lacks('createCheckout'),
    createPortalSession: (...call) => provider.createPortalSession?.(...call) ?? lacks('createPortalSession'),
    getInvoice: (...call) => provider.getInvoice?.(...call) ?? lacks('getInvoice'),
    listInvoicesPage: (query, options) =>
      provider.listInvoicesPage?.(query, options) ??
      pageFrom((page) => provider.listInvoices({ ...query, ...page }, options), query?.limit),
    listTransactionsPage: (query, options) =>
      provider.listTransactionsPage?.(query, options) ??
      pageFrom((page) => provider.listTransactions({ ...query, ...page }, options), query?.limit),
    listDisputes: (...call) => provider.listDisputes?.(...call) ?? lacks('listDisputes'),
    submitEvidence: (...call) => provider.submitEvidence?.(...call) ?? lacks('submitEvidence'),
    listPayouts: (...call) => provider.listPayouts?.(...call) ?? lacks('listPayouts'),
    getBalance: (...call) => provider.getBalance?.(...call) ?? lacks('getBalance'),
    verifyWebhook: (request) => provider.verifyWebhook?.(request) ?? lacks('verifyWebhook'),
    parseWebhook: (request) => provider.parseWebhook?.(request) ?? lacks('parseWebhook'),
    parseWebhookAll: (request) =>
      provider.parseWebhookAll?.(request) ??
      provider.parseWebhook?.(request).then((event) => [event]) ??
      lacks('parseWebhook'),
  };
}

const DEFAULT_PAGE_SIZE = 100;

/** A plain list does not say whether it goes on. One that is full may; the next one may then be empty. */
async function pageFrom<Item extends { readonly id: string }>(
  list: (page: { limit: number }) => Promise<Item[]>,
  limit: number = DEFAULT_PAGE_SIZE,
): Promise<Page<Item>> {
  const items = await list({ limit });
  const last = items.at(-1);
  const hasMore = last !== undefined && items.length >= limit;
  return { items, hasMore, ...(hasMore ? { nextCursor: last.id } : {}) };
}

function lacks(method: PaymentsMethod): Promise<never> {
  return Promise.reject(
    new IntegrationError({
      code: 'unsupported',
      message: `This payments provider has no method "${method}"; look at its capabilities first`,
    }),
  );
}
