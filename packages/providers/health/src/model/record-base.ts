import type { DateOnly, Offset, ZoneId } from '@mortise/core';

/** What measured or wrote a record. A field that the vendor does not tell is absent. */
export interface HealthOrigin {
  /** App that wrote the record, such as a bundle id. */
  app?: string;
  /** Vendor or person that wrote it, where that is not the provider itself. */
  writer?: string;
  device?: HealthDevice;
  /** `manual`: typed in by a person. `derived`: computed from other records. */
  method: 'automatic' | 'manual' | 'derived' | 'unknown';
}

export interface HealthDevice {
  /** The vendor's id, where records of two devices of one model are to be told apart. */
  id?: string;
  manufacturer?: string;
  model?: string;
  type: 'watch' | 'ring' | 'phone' | 'scale' | 'strap' | 'other';
}

/** `preliminary`: the vendor may still change it, such as a score that is being computed. */
export type HealthRecordStatus = 'preliminary' | 'final' | 'corrected' | 'deleted';

/**
 * What a figure stands for. A `daily_total` already holds the samples and intervals of its day: the two are never
 * added.
 */
export type HealthGrain = 'sample' | 'interval' | 'daily_total';

/**
 * What all health records have in common. Instants are ISO 8601 text with an offset; a vendor's local offset is kept in
 * the text, so that the local time of the person can be read from it. Absent means unknown, never 0.
 *
 * A record with the same `externalId` on the same connection replaces the earlier one.
 */
export interface HealthRecordBase {
  /** Id of this record here; unique with `tenantId`. */
  id: string;
  /** The vendor's id. */
  externalId: string;
  tenantId: string;
  connectionId: string;
  /** Key of the integration, such as `health.whoop`. */
  providerKey: string;
  /** User of the host's application that the record is about. */
  userId?: string;
  /** What the vendor tells beyond these fields, in its own words and units. */
  metadata?: Record<string, unknown>;

  /** Local offset at the start of the record, such as `+02:00`, where its instants are written in UTC. */
  zoneOffset?: Offset;
  /** Zone in which the person was, where the vendor tells it. */
  timeZone?: ZoneId;
  /** Day of the person's calendar that the vendor files the record under. Never computed by an adapter. */
  localDate?: DateOnly;
  origin?: HealthOrigin;
  /** Absent: the vendor makes no difference. */
  status?: HealthRecordStatus;
  /** Grows with each change of the same `externalId`: a number as text, or the vendor's own mark. */
  revision?: string;
  /** Instant of the vendor's last change. */
  updatedAt?: string;
}
