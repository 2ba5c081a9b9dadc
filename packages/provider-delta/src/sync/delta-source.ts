import type { JsonValue } from '@mortise/core';
import type { DeltaOrder } from '../rules/order.ts';
import type { ProviderDeltaCursor, ProviderDeltaEnvelope } from '../sync-state.ts';

/** What an adapter gets for one page. */
export interface PullRequest {
  /** The last complete position. Absent: the provider's own beginning. */
  readonly cursor?: ProviderDeltaCursor;
  /** `nextPageCursor` of the page before. Absent: the first page. */
  readonly pageCursor?: string;
  readonly signal: AbortSignal;
}

export interface ScanRequest {
  readonly pageCursor?: string;
  readonly signal: AbortSignal;
}

/** Some changes, in the provider's order. */
export interface DeltaPage<TPayload> {
  readonly changes: readonly ProviderDeltaEnvelope<TPayload>[];
  /** Where the next page is. Exactly one of this and `nextCursor`. */
  readonly nextPageCursor?: string;
  /** The new complete position; only with the last page. */
  readonly nextCursor?: ProviderDeltaCursor;
}

/** Some of all records. */
export interface ScanPage<TPayload> {
  readonly records: readonly ProviderDeltaEnvelope<TPayload>[];
  /** Absent: this was the last page. */
  readonly nextPageCursor?: string;
}

/**
 * A provider's changes, as an adapter reads them. Methods reject with core's `IntegrationError`, whose code says what
 * follows: `cursor_expired` a sync from the beginning, `unauthenticated` and `consent_required` a stop until somebody
 * authorises again, what is retryable a later attempt.
 */
export interface DeltaSource<TPayload = unknown> {
  /** Key of the integration, such as `email.gmail`. */
  readonly providerKey: string;
  /** How revisions of one record compare. Default `none`. */
  readonly revisionOrder?: DeltaOrder;
  /** How complete positions compare. Default `none`: opaque. */
  readonly cursorOrder?: DeltaOrder;
  /** One page of changes. */
  pull(request: PullRequest): Promise<DeltaPage<TPayload>>;
  /**
   * One page of everything there is. Absent: `pull` without a cursor gives everything, and records that went unseen
   * meanwhile cannot be told from others.
   */
  scan?(request: ScanRequest): Promise<ScanPage<TPayload>>;
  /** The position of now, asked for before a scan begins. Required with `scan`. */
  currentCursor?(request: { readonly signal: AbortSignal }): Promise<ProviderDeltaCursor>;
  /**
   * The record in the payload of an event that came in by itself, or `undefined` where it only says that there is something
   * to pull. Absent: all events are such.
   */
  fromEvent?(payload: JsonValue): TPayload | undefined;
}
