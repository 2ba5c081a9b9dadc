import type { WebhookRequest } from '@mortise/core';
import type { HealthProvider } from '../health-provider.ts';
import type { HealthEntity, HealthEntityType } from '../model/entity.ts';
import type { VendorEvent } from './in-memory-webhooks.ts';

/** How a check wants its provider. */
export interface HealthSubjectSetup {
  /** What the vendor holds at first. */
  readonly records: readonly HealthEntity[];
  /** Credential that the provider sends. */
  readonly credential: string;
  /** Signing secrets of deliveries, the current one first. Absent or empty: none is configured. */
  readonly webhookSecrets?: readonly string[];
  /** Kinds of records that the vendor is not to have, where the target can do that. */
  readonly without?: readonly HealthEntityType[];
}

/** The vendor on the other side of the wire, as the checks see and move it. */
export interface HealthVendorControl {
  put(entity: HealthEntity): void;
  remove(entity: HealthEntity): void;
  /** From now on requests are taken and never answered, or answered again. */
  hang(isHanging: boolean): void;
  /** The request of this number from now on, counted from 1, and all later ones answer 503; undefined: none does. */
  failFrom(request: number | undefined): void;
  /** Requests that came in so far. */
  readonly requests: number;
  /** Requests that have not been answered or let go yet. */
  readonly openRequests: number;
}

/** A provider under test, and what can be seen of it from outside. */
export interface HealthSubject {
  readonly provider: HealthProvider;
  readonly vendor: HealthVendorControl;
  /** What its syncs stored, in order, repetitions included. */
  readonly stored: () => readonly HealthEntity[];
  /** A delivery of the vendor, signed with the given secret as of the subject's clock, or as of a while before. */
  readonly deliver: (
    events: readonly VendorEvent[],
    secret: string,
    ageMs?: number,
  ) => Promise<WebhookRequest & { readonly rawBody: string }>;
  /** Moves the provider's clock, where it has one of its own; absent, the checks wait in real time. */
  readonly advance?: (ms: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** An implementation that the kit can test. */
export interface HealthConformanceTarget {
  /** A fresh provider in front of a vendor that holds what it is told. */
  readonly open: (setup: HealthSubjectSetup) => Promise<HealthSubject>;
}
