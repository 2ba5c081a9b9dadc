import { IntegrationError, type Operation, type Sleep, type WebhookRequest } from '@mortise/core';
import { Type, validateAgainstSchema } from '@mortise/core/schema';
import { effectiveConsentStatus, requiredActionFor } from '../consent/required-action.ts';
import { ConsentRequiredError } from '../errors/consent-required-error.ts';
import type { OpenBankingAccountDetails } from '../model/account.ts';
import type { OpenBankingAccountBalance } from '../model/balance.ts';
import type { OpenBankingCallOptions } from '../model/call-options.ts';
import type { OpenBankingCapabilities } from '../model/capabilities.ts';
import type { OpenBankingConnectionStatus } from '../model/connection-status.ts';
import type {
  OpenBankingConsent,
  OpenBankingConsentParams,
  OpenBankingContinueScaInput,
  OpenBankingCreateConsentInput,
} from '../model/consent.ts';
import type { OpenBankingEvent } from '../model/event.ts';
import type {
  OpenBankingGetAccountDetailsParams,
  OpenBankingGetBalancesParams,
  OpenBankingListAccountsParams,
  OpenBankingListAccountsResult,
  OpenBankingListTransactionsParams,
  OpenBankingListTransactionsResult,
  OpenBankingScope,
  OpenBankingSyncTransactionsParams,
  OpenBankingTransactionChanges,
} from '../model/params.ts';
import type { OpenBankingProvider } from '../open-banking-provider.ts';
import type { BankAccountData } from './bank-data.ts';
import { openCallScope } from './call-scope.ts';
import { readCursor, writeCursor } from './cursor-text.ts';
import { toAccount, toBalances } from './from-bank-data.ts';
import type { InMemoryBank } from './in-memory-bank.ts';
import { listTransactions, syncTransactions } from './list-transactions.ts';
import { UnattendedCalls } from './unattended-calls.ts';
import { isSigned } from './webhook-signature.ts';

export interface InMemoryOpenBankingProviderOptions {
  /** Where everything is read; several providers may read the same. */
  readonly bank: InMemoryBank;
  /** The one connection that exists. */
  readonly scope: OpenBankingScope;
  /** Stands for the credential that a real provider would send. */
  readonly credential?: string;
  /** Secret of webhooks. Absent: every delivery is refused. */
  readonly webhookSecret?: string;
  /** Epoch milliseconds. Default the real clock. */
  readonly now?: () => number;
  /** Waits for time limits. Default core's `sleep`. */
  readonly sleep?: Sleep;
}

const AccountPosition = Type.Object({ accounts: Type.String(), after: Type.String() });
const EventBody = Type.Object({
  id: Type.String(),
  type: Type.Enum(['connection.synced', 'connection.deleted', 'transactions.changed', 'consent.changed']),
  connectionId: Type.String(),
});

/**
 * Reads an `InMemoryBank` and keeps every rule of `OpenBankingProvider`: the reference against which the kit itself is
 * tested, and a double for the tests of applications. Unattended calls are counted in this instance only.
 */
export class InMemoryOpenBankingProvider implements OpenBankingProvider {
  readonly capabilities: OpenBankingCapabilities = {
    methods: {
      createConsent: 'native',
      getConsent: 'native',
      continueSca: 'native',
      renewConsent: 'native',
      revokeConsent: 'native',
      syncTransactions: 'native',
      refresh: 'native',
      listInstitutions: 'none',
      getAccountOwners: 'none',
      listStandingOrders: 'none',
      verifyWebhook: 'native',
      parseWebhook: 'native',
    },
    features: ['pending', 'unattended-limit', 'history-limit'],
  };
  readonly #options: InMemoryOpenBankingProviderOptions;
  readonly #unattended = new UnattendedCalls();

  constructor(options: InMemoryOpenBankingProviderOptions) {
    this.#options = options;
  }

  /** What it sends to the bank. */
  get credential(): string {
    return this.#options.credential ?? '';
  }

  listAccounts(
    params: OpenBankingListAccountsParams,
    options: OpenBankingCallOptions = {},
  ): Promise<OpenBankingListAccountsResult> {
    return this.#read('listAccounts', params, options, () => {
      const { cursor, pageSize = 100, includeBalances = false } = params;
      const name = `${params.tenantId} ${params.connectionId}`;
      const { after } =
        cursor === undefined
          ? { after: '' }
          : readCursor(AccountPosition, cursor, (position) => position.accounts === name);
      const rest = [...this.#options.bank.accounts]
        .sort((one, other) => (one.id < other.id ? -1 : 1))
        .filter(({ id }) => id > after);
      const page = rest.slice(0, pageSize);
      const last = page.at(-1);
      const hasMore = rest.length > page.length;
      return {
        accounts: page.map((account) => ({
          ...toAccount(account, params),
          ...(includeBalances ? { balances: toBalances(account, params) } : {}),
        })),
        hasMore,
        ...(hasMore && last !== undefined ? { nextCursor: writeCursor({ accounts: name, after: last.id }) } : {}),
      };
    });
  }

  getAccountDetails(
    params: OpenBankingGetAccountDetailsParams,
    options: OpenBankingCallOptions = {},
  ): Promise<OpenBankingAccountDetails> {
    return this.#read('getAccountDetails', params, options, () => {
      const account = this.#findAccount(params.accountId);
      return {
        ...toAccount(account, params),
        ...(params.includeBalances === true ? { balances: toBalances(account, params) } : {}),
      };
    });
  }

  listTransactions(
    params: OpenBankingListTransactionsParams,
    options: OpenBankingCallOptions = {},
  ): Promise<OpenBankingListTransactionsResult> {
    return this.#read('listTransactions', params, options, (consent) => {
      this.#findAccount(params.accountId);
      return listTransactions(this.#options.bank, params, consent);
    });
  }

  getBalances(
    params: OpenBankingGetBalancesParams,
    options: OpenBankingCallOptions = {},
  ): Promise<OpenBankingAccountBalance[]> {
    return this.#read('getBalances', params, options, () =>
      toBalances(this.#findAccount(params.accountId), params).filter(
        ({ type }) => params.balanceTypes === undefined || params.balanceTypes.includes(type),
      ),
    );
  }

  getConnectionStatus(
    params: OpenBankingScope,
    options: OpenBankingCallOptions = {},
  ): Promise<OpenBankingConnectionStatus> {
    return this.#call('getConnectionStatus', params, options, () => this.#status());
  }

  syncTransactions(
    params: OpenBankingSyncTransactionsParams,
    options: OpenBankingCallOptions = {},
  ): Promise<OpenBankingTransactionChanges> {
    return this.#read('syncTransactions', params, options, () => {
      if (params.accountId !== undefined) this.#findAccount(params.accountId);
      return syncTransactions(this.#options.bank, params);
    });
  }

  refresh(
    params: OpenBankingScope,
    options: OpenBankingCallOptions = {},
  ): Promise<Operation<OpenBankingConnectionStatus>> {
    return this.#read('refresh', params, options, () => ({
      id: 'refresh',
      resumeToken: 'refresh',
      status: 'succeeded',
      result: this.#status(),
    }));
  }

  createConsent(
    input: OpenBankingCreateConsentInput,
    options: OpenBankingCallOptions = {},
  ): Promise<OpenBankingConsent> {
    return this.#call('createConsent', input, options, () => {
      const { bank } = this.#options;
      const { permissions, recurring = true, validUntil, historyFrom } = input;
      const consent = this.#started({
        id: bank.nextConsentId(),
        connectionId: input.connectionId,
        status: 'pending',
        permissions: [...permissions],
        createdAt: new Date(this.#now()).toISOString(),
        recurring,
        ...(validUntil === undefined ? {} : { validUntil }),
        ...(historyFrom === undefined ? {} : { historyFrom }),
      });
      bank.putConsent(consent);
      return consent;
    });
  }

  getConsent(params: OpenBankingConsentParams, options: OpenBankingCallOptions = {}): Promise<OpenBankingConsent> {
    return this.#call('getConsent', params, options, () => this.#findConsent(params.consentId));
  }

  continueSca(input: OpenBankingContinueScaInput, options: OpenBankingCallOptions = {}): Promise<OpenBankingConsent> {
    return this.#call('continueSca', input, options, () => {
      const { bank } = this.#options;
      const consent = this.#findConsent(input.consentId);
      if (consent.sca?.approach === 'embedded' && consent.sca.status === 'started' && input.response !== undefined) {
        bank.authenticate(consent.id, input.response === bank.scaAnswer);
      }
      return this.#findConsent(input.consentId);
    });
  }

  renewConsent(params: OpenBankingConsentParams, options: OpenBankingCallOptions = {}): Promise<OpenBankingConsent> {
    return this.#call('renewConsent', params, options, () => {
      const { validUntil: _ended, ...consent } = this.#findConsent(params.consentId);
      const renewed = this.#started({ ...consent, status: 'pending' });
      this.#options.bank.putConsent(renewed);
      return renewed;
    });
  }

  revokeConsent(params: OpenBankingConsentParams, options: OpenBankingCallOptions = {}): Promise<OpenBankingConsent> {
    return this.#call('revokeConsent', params, options, () => {
      const consent = this.#findConsent(params.consentId);
      const hasEnded = ['expired', 'revoked', 'rejected', 'terminated'].includes(consent.status);
      const revoked: OpenBankingConsent = hasEnded ? consent : { ...consent, status: 'revoked' };
      this.#options.bank.putConsent(revoked);
      return revoked;
    });
  }

  async verifyWebhook(request: WebhookRequest): Promise<boolean> {
    const { webhookSecret } = this.#options;
    return webhookSecret !== undefined && isSigned(request, webhookSecret);
  }

  async parseWebhook(request: WebhookRequest): Promise<OpenBankingEvent> {
    if (!(await this.verifyWebhook(request))) {
      throw new IntegrationError({ code: 'unauthenticated', message: 'The delivery is not signed with the secret' });
    }
    const { rawBody } = request;
    const text = typeof rawBody === 'string' ? rawBody : new TextDecoder().decode(rawBody);
    const result = validateAgainstSchema(EventBody, parseJson(text));
    if (!result.valid) throw new IntegrationError({ code: 'invalid_request', message: 'The delivery holds no event' });
    if (result.value.connectionId !== this.#options.scope.connectionId) {
      throw new IntegrationError({ code: 'not_found', message: 'The event is about a connection that is not known' });
    }
    return { ...result.value, rawType: result.value.type };
  }

  /** A call that hands over bank data: only under a consent that is valid now, and not too often. */
  async #read<Result>(
    method: string,
    scope: OpenBankingScope & { readonly accountId?: string },
    options: OpenBankingCallOptions,
    answer: (consent: OpenBankingConsent) => Result,
  ): Promise<Result> {
    const { consent } = this.#options.bank;
    if (consent !== undefined && options.signal?.aborted !== true) {
      this.#unattended.count(consent, `${method} ${scope.accountId ?? ''}`, options, this.#now());
    }
    return this.#call(method, scope, options, () => answer(this.#requireConsent()));
  }

  async #call<Result>(
    method: string,
    { tenantId, connectionId }: OpenBankingScope,
    options: OpenBankingCallOptions,
    answer: () => Result,
  ): Promise<Result> {
    const { bank, scope, sleep } = this.#options;
    const call = openCallScope(options, sleep);
    try {
      if (tenantId !== scope.tenantId || connectionId !== scope.connectionId) {
        throw new IntegrationError({ code: 'not_found', message: 'The tenant has no such connection' });
      }
      await call.race(bank.receive({ method, credential: this.credential }, call.signal));
      call.throwIfEnded();
      return answer();
    } catch (error) {
      throw call.explain(error);
    } finally {
      call.close();
    }
  }

  #requireConsent(): OpenBankingConsent {
    const { bank, scope } = this.#options;
    const { consent } = bank;
    const requiredAction = requiredActionFor(consent, this.#now(), this.#userUrl());
    if (consent !== undefined && requiredAction === undefined) return consent;
    throw new ConsentRequiredError({
      connectionId: scope.connectionId,
      requiredAction: requiredAction ?? { kind: 'renew_consent' },
      ...(consent === undefined ? {} : { consentStatus: effectiveConsentStatus(consent, this.#now()) }),
    });
  }

  #status(): OpenBankingConnectionStatus {
    const { bank, scope } = this.#options;
    const requiredAction = requiredActionFor(bank.consent, this.#now(), this.#userUrl());
    return {
      ...scope,
      status: requiredAction === undefined ? 'healthy' : 'error',
      lastCheckedAt: new Date(this.#now()).toISOString(),
      ...(bank.consent === undefined ? {} : { consent: bank.consent }),
      ...(requiredAction === undefined ? {} : { requiredAction }),
    };
  }

  #started(consent: OpenBankingConsent): OpenBankingConsent {
    const { scaApproach } = this.#options.bank;
    return {
      ...consent,
      sca: {
        status: 'started',
        approach: scaApproach,
        ...(scaApproach === 'redirect' ? { url: `https://bank.example/authenticate/${consent.id}` } : {}),
      },
    };
  }

  #findAccount(id: string): BankAccountData {
    const account = this.#options.bank.accounts.find((one) => one.id === id);
    if (account !== undefined) return account;
    throw new IntegrationError({ code: 'not_found', message: 'The connection has no such account' });
  }

  #findConsent(id: string): OpenBankingConsent {
    const consent = this.#options.bank.findConsent(id);
    if (consent !== undefined) return consent;
    throw new IntegrationError({ code: 'not_found', message: 'The connection has no such consent' });
  }

  #userUrl(): string {
    return `https://bank.example/connect/${this.#options.scope.connectionId}`;
  }

  #now(): number {
    return this.#options.now?.() ?? Date.now();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
