import { IntegrationError } from '@mortise/core';
import type { OpenBankingConsent, OpenBankingScaApproach } from '../model/consent.ts';
import type { BankAccountData, BankControls, BankData, BankRequest, BankTransactionData } from './bank-data.ts';

/** One state of a transaction, and the versions of the bank between which it held. */
interface Row {
  readonly data: BankTransactionData;
  readonly since: number;
  until?: number;
}

/** A bank in memory, which remembers every state that it was ever in, so that a list can be read as of one moment. */
export class InMemoryBank implements BankControls {
  readonly accounts: readonly BankAccountData[];
  readonly scaAnswer = '314159';
  readonly scaApproach: OpenBankingScaApproach;
  readonly #rows: Row[] = [];
  readonly #requests: BankRequest[] = [];
  readonly #consents = new Map<string, OpenBankingConsent>();
  #current: string;
  #version = 0;
  #hangs = 0;
  #open = 0;

  constructor({ accounts, transactions = [], consent = {}, scaApproach = 'redirect' }: BankData, connectionId: string) {
    this.accounts = accounts;
    this.scaApproach = scaApproach;
    const first: OpenBankingConsent = {
      id: 'consent-1',
      connectionId,
      status: 'valid',
      permissions: ['accounts', 'balances', 'transactions'],
      createdAt: '2026-01-01T00:00:00.000Z',
      recurring: true,
      ...consent,
    };
    this.#current = first.id;
    this.#consents.set(first.id, first);
    for (const transaction of transactions) this.add(transaction);
  }

  /** Grows with every change to the transactions. */
  get version(): number {
    return this.#version;
  }

  get consent(): OpenBankingConsent | undefined {
    return this.#consents.get(this.#current);
  }

  findConsent(id: string): OpenBankingConsent | undefined {
    return this.#consents.get(id);
  }

  putConsent(consent: OpenBankingConsent): void {
    this.#consents.set(consent.id, consent);
    this.#current = consent.id;
  }

  nextConsentId(): string {
    return `consent-${this.#consents.size + 1}`;
  }

  /** The transactions as they were at a version. */
  transactionsAt(version: number): BankTransactionData[] {
    return this.#rows
      .filter(({ since, until }) => since <= version && (until === undefined || until > version))
      .map(({ data }) => data);
  }

  /** Takes a request: notes it down, and waits for ever where it was told to. */
  async receive(request: BankRequest, signal: AbortSignal): Promise<void> {
    this.#requests.push(request);
    this.#open += 1;
    try {
      // A turn of the event loop, as any network takes, so that calls in parallel do overlap.
      await Promise.resolve();
      if (this.#hangs > 0) {
        this.#hangs -= 1;
        await aborted(signal);
      }
    } finally {
      this.#open -= 1;
    }
  }

  add(transaction: BankTransactionData): void {
    this.#version += 1;
    this.#rows.push({ data: transaction, since: this.#version });
  }

  book(pendingId: string, booked: BankTransactionData): void {
    this.#version += 1;
    this.#rowOf(pendingId).until = this.#version;
    this.#rows.push({ data: { ...booked, status: 'booked', pendingId }, since: this.#version });
  }

  change(id: string, change: Partial<BankTransactionData>): void {
    this.#version += 1;
    const row = this.#rowOf(id);
    row.until = this.#version;
    this.#rows.push({ data: { ...row.data, ...change }, since: this.#version });
  }

  remove(id: string): void {
    this.#version += 1;
    this.#rowOf(id).until = this.#version;
  }

  setConsent(change: Partial<OpenBankingConsent>): void {
    const { consent } = this;
    if (consent !== undefined) this.#consents.set(consent.id, { ...consent, ...change });
  }

  authenticate(consentId: string, succeeds: boolean): void {
    const consent = this.#consents.get(consentId);
    if (consent?.sca === undefined) throw notThere('consent', consentId);
    this.#consents.set(consentId, {
      ...consent,
      status: succeeds ? 'valid' : 'rejected',
      sca: { ...consent.sca, status: succeeds ? 'finalised' : 'failed' },
    });
  }

  hangNext(): void {
    this.#hangs += 1;
  }

  requests(): readonly BankRequest[] {
    return this.#requests;
  }

  openRequests(): number {
    return this.#open;
  }

  #rowOf(id: string): Row {
    const row = this.#rows.find(({ data, until }) => data.id === id && until === undefined);
    if (row === undefined) throw notThere('transaction', id);
    return row;
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const onAbort = (): void => reject(new IntegrationError({ code: 'aborted', message: 'The request was aborted' }));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}

function notThere(what: string, id: string): IntegrationError {
  return new IntegrationError({ code: 'not_found', message: `The bank has no ${what} "${id}"` });
}
