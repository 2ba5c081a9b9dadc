/** An instant: ISO 8601 text with an offset, or a `Date`. */
export type ProviderDeltaInstant = string | Date;

/** Exclusive right of one worker to sync a source, for a while. */
export interface ProviderDeltaLease {
  /** Who holds it, such as the name of a worker. */
  readonly holder: string;
  readonly acquiredAt?: ProviderDeltaInstant;
  /** First instant at which it no longer holds. */
  readonly expiresAt: ProviderDeltaInstant;
  /** Milliseconds before `expiresAt` from which on the holder renews it. */
  readonly renewalWindowMs: number;
}

/** How far a sync got. */
export interface ProviderDeltaCursor {
  /** Name of the mark, where a source has several. */
  readonly cursorId?: string;
  /** The provider's own cursor, opaque. */
  readonly cursor?: string;
  /** Highest change seen, where the provider has no cursor; such as the newest change time. */
  readonly watermark?: string;
  /** Scheme of `cursor` and `watermark`; marks of another scheme are not comparable. */
  readonly watermarkVersion?: string;
}

/** A push subscription at the provider. */
export interface ProviderDeltaWebhookChannel {
  readonly channelId: string;
  readonly resourceId?: string;
  readonly resourceUri?: string;
  /** When the provider stops sending unless the channel is renewed. */
  readonly expiresAt: ProviderDeltaInstant;
}

/** A point from which changes can be played again. */
export interface ProviderDeltaReplayCheckpoint {
  readonly checkpointId: string;
  readonly sequence?: string | number;
  readonly createdAt?: ProviderDeltaInstant;
}

/** The mark of a record that the provider deleted: skip it, and take it out of what was derived from it. */
export interface ProviderDeltaTombstone {
  readonly deletedAt: ProviderDeltaInstant;
  readonly reason?: string;
  /** The provider's revision of the record at its deletion. */
  readonly providerRevision?: string;
}

/** All that one sync has to remember. Every part is absent until it is known. */
export interface ProviderDeltaSyncState {
  readonly lease?: ProviderDeltaLease;
  readonly cursor?: ProviderDeltaCursor;
  readonly webhookChannel?: ProviderDeltaWebhookChannel;
  /** Id of the event at the provider. */
  readonly providerEventId?: string;
  /** Key against taking one change in twice, such as `<provider>:<event>`. */
  readonly dedupeKey?: string;
  /** Key against having one effect twice, such as `<tenant>:<provider>:<event>`. */
  readonly idempotencyKey?: string;
  readonly replayCheckpoint?: ProviderDeltaReplayCheckpoint;
  /** The provider's revision of the record: an etag, a sequence, the instant of its change. Absent: it has none. */
  readonly providerRevision?: string;
  readonly tombstone?: ProviderDeltaTombstone;
}

/** A record with the state of its sync. */
export interface ProviderDeltaEnvelope<TPayload = unknown> {
  /** Key of the integration, such as `email.gmail`. */
  readonly providerKey: string;
  /** Id of the record at the provider. */
  readonly sourceId: string;
  readonly payload: TPayload;
  readonly delta: ProviderDeltaSyncState;
}

/** Whether the state says that the record was deleted. No state: not deleted. */
export function isProviderDeltaTombstoned(delta: ProviderDeltaSyncState | undefined): boolean {
  return delta?.tombstone !== undefined;
}
