import type { DecimalString } from '@mortise/core';
import type { OpenBankingConsent, OpenBankingScaApproach } from '../model/consent.ts';

/** An account at the bank. What is absent, the bank does not say. */
export interface BankAccountData {
  readonly id: string;
  readonly displayName: string;
  readonly currency?: string;
  /** A member of `OpenBankingAccountStatus`, or a word that is none. */
  readonly status?: string;
  readonly iban?: string;
  readonly balances?: readonly BankBalanceData[];
}

export interface BankBalanceData {
  /** A member of `OpenBankingBalanceType`. Absent: the bank names none. */
  readonly type?: string;
  readonly isoType?: string;
  /** Negative is owed. */
  readonly amount: DecimalString;
  readonly creditLimitIncluded?: boolean;
  readonly referenceDate?: string;
  /** ISO 8601 instant. */
  readonly statedAt: string;
}

/** A transaction at the bank. */
export interface BankTransactionData {
  readonly id: string;
  readonly accountId: string;
  /** Negative where money leaves the account, on accounts of every kind. */
  readonly amount: DecimalString;
  readonly currency?: string;
  /** A member of `OpenBankingTransactionStatus`, or a word that is none. */
  readonly status?: string;
  readonly bookingDate?: string;
  readonly valueDate?: string;
  readonly transactionDate?: string;
  readonly description?: string;
  readonly counterpartyName?: string;
  /** Pending transaction that this booked one replaces. */
  readonly pendingId?: string;
}

/** What a bank holds at first. */
export interface BankData {
  readonly accounts: readonly BankAccountData[];
  readonly transactions?: readonly BankTransactionData[];
  /** Changes to the consent of the connection, which is valid and unlimited by default. */
  readonly consent?: Partial<OpenBankingConsent>;
  /** How users authenticate for new consents. Default `redirect`. */
  readonly scaApproach?: OpenBankingScaApproach;
}

/** A request as it reached the bank. */
export interface BankRequest {
  readonly method: string;
  readonly credential: string;
}

/** The other side of the provider: what happens at the bank while it is used. */
export interface BankControls {
  add(transaction: BankTransactionData): void;
  /** Replaces a pending transaction by a booked one of another id. */
  book(pendingId: string, booked: BankTransactionData): void;
  /** Changes a transaction that keeps its id. */
  change(id: string, change: Partial<BankTransactionData>): void;
  remove(id: string): void;
  setConsent(change: Partial<OpenBankingConsent>): void;
  /** What the user does with an authentication that was started: confirm it, or let it fail. */
  authenticate(consentId: string, succeeds: boolean): void;
  /** The answer that embedded authentication wants. */
  readonly scaAnswer: string;
  /** Lets the next request wait for ever. */
  hangNext(): void;
  requests(): readonly BankRequest[];
  /** Requests that wait for their answer. */
  openRequests(): number;
}
