import { type Static, Type } from '@mortise/core/schema';

const identifier = Type.Union([Type.String(), Type.Number()]);

/** An event as it was recorded. */
export const AnalyticsEvent = Type.Object(
  {
    id: Type.Optional(identifier),
    event: Type.String({ description: 'Name of the event' }),
    distinctId: Type.String({ description: 'Person or anonymous visitor' }),
    timestamp: Type.String({ description: 'When it happened, ISO 8601 with offset' }),
    properties: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    messageId: Type.Optional(Type.String({ description: 'Id that the sender gave it' })),
    groups: Type.Optional(Type.Record(Type.String(), Type.String())),
  },
  { title: 'AnalyticsEvent' },
);
export type AnalyticsEvent = Static<typeof AnalyticsEvent>;

/** Circumstances of an event. `ip` and `userAgent` are personal data: send them only where that is agreed. */
export interface AnalyticsContext {
  readonly ip?: string;
  readonly userAgent?: string;
  /** BCP 47. */
  readonly locale?: string;
  readonly page?: { readonly url?: string; readonly title?: string; readonly referrer?: string };
  readonly app?: { readonly name?: string; readonly version?: string };
  readonly library?: { readonly name: string; readonly version?: string };
}

/** What tells one message from another and whose it is. */
export interface AnalyticsMessage {
  /** Makes a repeat harmless: the same id is recorded once. Absent: one is made before the first attempt. */
  readonly messageId?: string;
  readonly anonymousId?: string;
  readonly sessionId?: string;
  readonly context?: AnalyticsContext;
  /** When it left the sender, to correct a clock that is wrong. */
  readonly sentAt?: Date;
}

/** An event to record. */
export interface AnalyticsEventInput extends AnalyticsMessage {
  readonly distinctId: string;
  readonly event: string;
  /** Plain JSON data. Cycles, functions and more than a megabyte are refused. */
  readonly properties?: Readonly<Record<string, unknown>>;
  /** Absent: now. A time in the future is kept as it is. */
  readonly timestamp?: Date;
  /** Group key by group type, such as `{ company: 'acme' }`. */
  readonly groups?: Readonly<Record<string, string>>;
  /** False: the event makes no person profile. Absent: as the provider is set up. */
  readonly personProfile?: boolean;
}

/** A page view. */
export interface AnalyticsPageInput extends Omit<AnalyticsEventInput, 'event'> {
  readonly name?: string;
  /** Address of the page. */
  readonly url: string;
}

/** A failure that is to be counted and looked at. */
export interface AnalyticsExceptionInput extends Omit<AnalyticsEventInput, 'event'> {
  readonly error: unknown;
}
