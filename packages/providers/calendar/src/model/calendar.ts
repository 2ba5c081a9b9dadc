import type { ZoneId } from '@mortise/core';
import type { ProviderDeltaSyncState } from '@mortise/provider-delta';
import type { CalendarResponseStatus } from './attendee.ts';

/** A calendar that the connection can see. */
export interface Calendar {
  readonly id: string;
  readonly title: string;
  readonly timeZone?: ZoneId;
  readonly isPrimary?: boolean;
  /** What the connection may do. Absent: unknown. */
  readonly access?: 'free-busy' | 'read' | 'write' | 'own';
}

/** An answer to an invitation. */
export interface CalendarResponse {
  readonly status: Exclude<CalendarResponseStatus, 'needsAction'>;
  readonly comment?: string;
}

/** Request for notices of changes in a calendar. */
export interface CalendarWatchInput {
  readonly calendarId: string;
  /** Made by the caller, unique for each channel. */
  readonly channelId: string;
  /** Https address to which notices go. */
  readonly webhookUrl: string;
  /** Comes back with each notice; compare it. */
  readonly token?: string;
  readonly expiresAt?: Date;
}

/** A running watch: its channel, and the cursor from which changes are to be read, are in `delta`. */
export interface CalendarWatch {
  readonly calendarId: string;
  readonly delta: ProviderDeltaSyncState;
}
