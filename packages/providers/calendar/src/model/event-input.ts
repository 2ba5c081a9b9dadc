import type { CallOptions } from '@mortise/core';
import type { CalendarAttendee, CalendarReminder } from './attendee.ts';
import type { CalendarEventDetails, CalendarEventTimes } from './event.ts';

export type CalendarConferenceType = 'google_meet' | 'zoom' | 'custom';

/**
 * An event to create. A whole-day event takes `startDate` and `endDate`, or `start` and `end` at 00:00 UTC of those days; a
 * time of day in them is refused, since nobody could say which day was meant.
 */
export interface CalendarEventInput extends CalendarEventTimes, CalendarEventDetails {
  calendarId: string;
  title: string;
  description?: string;
  location?: string;
  attendees?: CalendarAttendee[];
  reminders?: CalendarReminder[];
  /** `create: true` asks for an online meeting. False, or absent: none. */
  conference?: { create: boolean; type?: CalendarConferenceType };
  metadata?: Record<string, string>;
}

type Clearable<Fields> = { [Name in keyof Fields]?: NonNullable<Fields[Name]> | null };

/** What changes. What is absent stays as it is; null clears. */
export interface CalendarEventUpdateInput
  extends
    Partial<CalendarEventTimes>,
    Clearable<Pick<CalendarEventDetails, 'recurrence' | 'visibility' | 'transparency' | 'attachments' | 'color'>> {
  title?: string;
  status?: CalendarEventDetails['status'];
  description?: string | null;
  location?: string | null;
  /** Put among those that are there: one with the same address is replaced. See `replaceAttendees`. */
  attendees?: CalendarAttendee[] | null;
  /** True: `attendees` are all of them. Default false. */
  replaceAttendees?: boolean;
  /** All of them. */
  reminders?: CalendarReminder[] | null;
  conference?: { create?: boolean; type?: CalendarConferenceType };
  /** All of them. */
  metadata?: Record<string, string> | null;
}

/** Who is written to about a change. `external`: those of other organisations. */
export type CalendarNotify = 'all' | 'external' | 'none';

/** Which events of a series are meant: the instance, it and all later ones, or all. */
export type CalendarScope = 'this' | 'following' | 'all';

/** How a change is made. */
export interface CalendarMutationOptions extends CallOptions {
  /** Default `none`: a program that writes mail to people says so. */
  readonly notify?: CalendarNotify;
  /** Default `this` for the id of an instance and `all` for that of a series. */
  readonly scope?: CalendarScope;
  /** Changes only what still has this etag. */
  readonly ifMatch?: string;
}

export interface CalendarCreateOptions extends CalendarMutationOptions {
  /** Id of the caller's own making: a second event with it is refused. Which characters it may have is the provider's. */
  readonly eventId?: string;
}
