import type { WebhookRequest } from '@mortise/core';
import type { HealthEntityType } from './entity.ts';

/** An inbound call with its body as text. Providers also take core's `WebhookRequest`, whose body may be bytes. */
export interface HealthWebhookRequest extends WebhookRequest {
  rawBody: string;
}

/** What an event is about. `connection`: consent was given or withdrawn. Keep a default branch: there may be more. */
export type HealthWebhookEntityType = HealthEntityType | 'menstrual_cycle' | 'series' | 'connection';

/** One thing that a call tells. Most vendors send no data but the id of what to fetch. */
export interface HealthWebhookEvent {
  providerKey: string;
  /** The vendor's name of the event. */
  eventType?: string;
  /** The vendor's id of the record. */
  externalEntityId?: string;
  /** Absent: none of these. The vendor's word is in `eventType`. */
  entityType?: HealthWebhookEntityType;
  /** Instant at which the call came in. */
  receivedAt?: string;
  /** Whether the signature held. Absent: nobody looked. */
  verified?: boolean;
  /** The vendor's body, or its part about this event. Personal data: not for telemetry. */
  payload?: unknown;
  metadata?: Record<string, unknown>;

  /** The vendor's id of the person. */
  externalUserId?: string;
  /** What identifies the event over its repetitions. */
  eventId?: string;
  /** Instant at which it happened. */
  occurredAt?: string;
  change?: 'created' | 'updated' | 'deleted';
}
