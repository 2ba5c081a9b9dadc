import type { Operation, Page, WebhookProvider } from '@mortise/core';
import type { OpenBankingAccountDetails } from './model/account.ts';
import type { OpenBankingAccountBalance } from './model/balance.ts';
import type { OpenBankingCallOptions } from './model/call-options.ts';
import type { OpenBankingCapabilities } from './model/capabilities.ts';
import type { OpenBankingConnectionStatus } from './model/connection-status.ts';
import type {
  OpenBankingConsent,
  OpenBankingConsentParams,
  OpenBankingContinueScaInput,
  OpenBankingCreateConsentInput,
} from './model/consent.ts';
import type { OpenBankingEvent } from './model/event.ts';
import type { OpenBankingInstitution, OpenBankingListInstitutionsParams } from './model/institution.ts';
import type {
  OpenBankingGetAccountDetailsParams,
  OpenBankingGetBalancesParams,
  OpenBankingGetConnectionStatusParams,
  OpenBankingListAccountsParams,
  OpenBankingListAccountsResult,
  OpenBankingListTransactionsParams,
  OpenBankingListTransactionsResult,
  OpenBankingScope,
  OpenBankingSyncTransactionsParams,
  OpenBankingTransactionChanges,
} from './model/params.ts';
import type { OpenBankingParty } from './model/party.ts';
import type { OpenBankingStandingOrder } from './model/standing-order.ts';

/**
 * Reads accounts of banks that a user consented to. Five methods are required; `complete(provider)` adds the others.
 * Failures reject with core's `IntegrationError`: `consent_required` (a `ConsentRequiredError`, which says what the user
 * must do), `not_found` for an account or connection that is not the tenant's, `rate_limited` for one unattended call too
 * many, `invalid_request` for a cursor of another list.
 */
export interface OpenBankingProvider extends Partial<WebhookProvider<OpenBankingEvent>> {
  /** What works. Absent: unknown, and only trying tells. */
  readonly capabilities?: OpenBankingCapabilities;

  /** One page of accounts. */
  listAccounts(
    params: OpenBankingListAccountsParams,
    options?: OpenBankingCallOptions,
  ): Promise<OpenBankingListAccountsResult>;

  /** One account in full. */
  getAccountDetails(
    params: OpenBankingGetAccountDetailsParams,
    options?: OpenBankingCallOptions,
  ): Promise<OpenBankingAccountDetails>;

  /** One page of transactions. A page never repeats or skips what was there when the first page was read. */
  listTransactions(
    params: OpenBankingListTransactionsParams,
    options?: OpenBankingCallOptions,
  ): Promise<OpenBankingListTransactionsResult>;

  /** The balances of an account, of the wanted types. */
  getBalances(
    params: OpenBankingGetBalancesParams,
    options?: OpenBankingCallOptions,
  ): Promise<OpenBankingAccountBalance[]>;

  /** Whether data still comes. Answers also where consent is missing. */
  getConnectionStatus(
    params: OpenBankingGetConnectionStatusParams,
    options?: OpenBankingCallOptions,
  ): Promise<OpenBankingConnectionStatus>;

  /** Banks that can be connected. */
  listInstitutions?(
    params: OpenBankingListInstitutionsParams,
    options?: OpenBankingCallOptions,
  ): Promise<Page<OpenBankingInstitution>>;

  /** Asks for consent. The user then goes to `sca.url`, or does what `sca.approach` says. */
  createConsent?(input: OpenBankingCreateConsentInput, options?: OpenBankingCallOptions): Promise<OpenBankingConsent>;

  getConsent?(params: OpenBankingConsentParams, options?: OpenBankingCallOptions): Promise<OpenBankingConsent>;

  /** Takes the next step of strong customer authentication. Any process may take it: the state is at the provider. */
  continueSca?(input: OpenBankingContinueScaInput, options?: OpenBankingCallOptions): Promise<OpenBankingConsent>;

  /** Starts a renewal; the consent keeps its id where the provider can. */
  renewConsent?(params: OpenBankingConsentParams, options?: OpenBankingCallOptions): Promise<OpenBankingConsent>;

  /** Ends a consent. One that has ended already stays as it is. */
  revokeConsent?(params: OpenBankingConsentParams, options?: OpenBankingCallOptions): Promise<OpenBankingConsent>;

  /**
   * What changed since a cursor, page by page. On `conflict` the data changed between two pages: start the run again
   * from its first cursor, as `collectTransactionChanges` does.
   */
  syncTransactions?(
    params: OpenBankingSyncTransactionsParams,
    options?: OpenBankingCallOptions,
  ): Promise<OpenBankingTransactionChanges>;

  /** Asks the provider to read from the bank now. Meant for a user who is there. */
  refresh?(params: OpenBankingScope, options?: OpenBankingCallOptions): Promise<Operation<OpenBankingConnectionStatus>>;

  /** Who holds an account. */
  getAccountOwners?(
    params: OpenBankingGetAccountDetailsParams,
    options?: OpenBankingCallOptions,
  ): Promise<OpenBankingParty[]>;

  listStandingOrders?(
    params: OpenBankingGetAccountDetailsParams,
    options?: OpenBankingCallOptions,
  ): Promise<OpenBankingStandingOrder[]>;
}
