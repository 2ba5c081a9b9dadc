import { IntegrationError } from '@mortise/core';
import type { OpenBankingMethod } from './model/capabilities.ts';
import type { OpenBankingProvider } from './open-banking-provider.ts';

type OptionalMethod = OpenBankingMethod;

/** A provider with every optional method in place. */
export type CompleteOpenBankingProvider = OpenBankingProvider & {
  readonly [Name in OptionalMethod]-?: NonNullable<OpenBankingProvider[Name]>;
} & { readonly parseWebhookAll: NonNullable<OpenBankingProvider['parseWebhookAll']> };

/**
 * Fills in what a provider lacks. Nothing about a bank can be made up from the five required methods, so a missing method
 * rejects with `unsupported`; only `parseWebhookAll` follows from `parseWebhook`.
 */
export function complete(provider: OpenBankingProvider): CompleteOpenBankingProvider {
  const { capabilities } = provider;
  return {
    ...(capabilities === undefined ? {} : { capabilities }),
    listAccounts: (params, options) => provider.listAccounts(params, options),
    getAccountDetails: (params, options) => provider.getAccountDetails(params, options),
    listTransactions: (params, options) => provider.listTransactions(params, options),
    getBalances: (params, options) => provider.getBalances(params, options),
    getConnectionStatus: (params, options) => provider.getConnectionStatus(params, options),
    listInstitutions: (params, options) => provider.listInstitutions?.(params, options) ?? lacks('listInstitutions'),
    createConsent: (input, options) => provider.createConsent?.(input, options) ?? lacks('createConsent'),
    getConsent: (params, options) => provider.getConsent?.(params, options) ?? lacks('getConsent'),
    continueSca: (input, options) => provider.continueSca?.(input, options) ?? lacks('continueSca'),
    renewConsent: (params, options) => provider.renewConsent?.(params, options) ?? lacks('renewConsent'),
    revokeConsent: (params, options) => provider.revokeConsent?.(params, options) ?? lacks('revokeConsent'),
    syncTransactions: (params, options) => provider.syncTransactions?.(params, options) ?? lacks('syncTransactions'),
    refresh: (params, options) => provider.refresh?.(params, options) ?? lacks('refresh'),
    getAccountOwners: (params, options) => provider.getAccountOwners?.(params, options) ?? lacks('getAccountOwners'),
    listStandingOrders: (params, options) =>
      provider.listStandingOrders?.(params, options) ?? lacks('listStandingOrders'),
    verifyWebhook: (request) => provider.verifyWebhook?.(request) ?? lacks('verifyWebhook'),
    parseWebhook: (request) => provider.parseWebhook?.(request) ?? lacks('parseWebhook'),
    parseWebhookAll: (request) =>
      provider.parseWebhookAll?.(request) ??
      provider.parseWebhook?.(request).then((event) => [event]) ??
      lacks('parseWebhook'),
  };
}

function lacks(method: OptionalMethod): Promise<never> {
  return Promise.reject(
    new IntegrationError({
      code: 'unsupported',
      message: `This open-banking provider has no method "${method}"; look at its capabilities first`,
    }),
  );
}
