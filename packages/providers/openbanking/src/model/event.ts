/** What a provider reports on its own. An open set: keep a default branch. */
export type OpenBankingEventType =
  | 'connection.synced'
  | 'connection.action_required'
  | 'connection.deleted'
  | 'account.found'
  | 'account.updated'
  | 'account.disabled'
  | 'transactions.changed'
  | 'consent.changed'
  | 'user.created'
  | 'user.deleted'
  | 'unknown';

/** An event as a hint: what it speaks of is to be fetched. */
export interface OpenBankingEvent {
  /** Same id, same event: providers repeat themselves. Absent where the provider sends none. */
  readonly id?: string;
  readonly type: OpenBankingEventType;
  /** The type in the words of the provider. */
  readonly rawType?: string;
  /** Connection that it is about; one that the receiver does not know is to be refused, never stored. */
  readonly connectionId?: string;
  readonly accountId?: string;
  /** User at the provider. */
  readonly userId?: string;
  /** ISO 8601 instant. */
  readonly occurredAt?: string;
}
