import type { WebhookRequest } from '@mortise/core';
import type { OpenBankingScope } from '../model/params.ts';
import type { OpenBankingProvider } from '../open-banking-provider.ts';
import type { BankControls, BankData } from './bank-data.ts';

/** How a check wants its bank and its provider. */
export interface OpenBankingSubjectSetup {
  readonly bank: BankData;
  /** Credential that the provider sends. */
  readonly credential: string;
  /** Secret with which deliveries are signed. */
  readonly webhookSecret: string;
}

/** An event that the other side delivers. */
export interface OpenBankingDelivery {
  readonly type: 'connection.synced' | 'transactions.changed';
  readonly connectionId: string;
}

/** A provider under test in front of a bank that does as told. */
export interface OpenBankingSubject {
  readonly provider: OpenBankingProvider;
  /** The one connection, for every call. */
  readonly scope: OpenBankingScope & { readonly userId?: string };
  readonly bank: BankControls;
  /** Another instance for the same connection, as after a restart: nothing is left of the first one's memory. */
  readonly reopen: () => Promise<OpenBankingProvider>;
  /** A delivery as the provider's service signs it, with the given secret. */
  readonly deliver?: (event: OpenBankingDelivery, secret: string) => Promise<WebhookRequest>;
  /** Moves the provider's clock, where it has one of its own; absent, the checks wait in real time. */
  readonly advance?: (ms: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** An implementation that the kit can test. */
export interface OpenBankingConformanceTarget {
  readonly open: (setup: OpenBankingSubjectSetup) => Promise<OpenBankingSubject>;
}
