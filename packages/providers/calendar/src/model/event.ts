import type { DateOnly, ResultMeta, ZoneId } from '@mortise/core';
import type { CalendarAttendee, CalendarPerson, CalendarReminder } from './attendee.ts';

export type CalendarEventStatus = 'confirmed' | 'tentative' | 'cancelled';
export type CalendarVisibility = 'default' | 'public' | 'private' | 'confidential';

/** Where people meet online. */
export interface CalendarConferenceDetails {
  /** Such as `google_meet`. */
  provider: string;
  url?: string;
  meetingId?: string;
  /** E.164. */
  phones?: string[];
  pin?: string;
}

/** A file that belongs to an event; it is stored elsewhere. */
export interface CalendarAttachment {
  url: string;
  title?: string;
  mimeType?: string;
}

/**
 * When an event is. For a whole-day event the dates are the truth, and `start` and `end` are those dates at 00:00 UTC: never
 * show them as times. For any other event `start` and `end` are the truth, and the zones say in which wall time they were meant.
 */
export interface CalendarEventTimes {
  start: Date;
  end: Date;
  allDay?: boolean;
  /** Zone of the start. A series keeps its wall time in it. */
  startZone?: ZoneId;
  /** Zone of the end, where it is another one. */
  endZone?: ZoneId;
  /** First day of a whole-day event. */
  startDate?: DateOnly;
  /** Day after the last day of a whole-day event. */
  endDate?: DateOnly;
}

/** What both an event and the input for one can say besides the first fields. */
export interface CalendarEventDetails {
  /** Lines of RFC 5545: `RRULE:…`, `EXDATE…:…`, `RDATE…:…`. */
  recurrence?: string[];
  /** The same for all copies of an event, whichever the calendar (RFC 5545 UID). */
  iCalUid?: string;
  status?: CalendarEventStatus;
  visibility?: CalendarVisibility;
  /** Whether the time counts as taken. Absent: the provider's default, which is `busy`. */
  transparency?: 'busy' | 'free';
  attachments?: CalendarAttachment[];
  /** In the provider's own terms. */
  color?: string;
  /** Such as `outOfOffice`, in the provider's own terms. */
  eventType?: string;
}

/** An event of a calendar: one that stands alone, a series, or an instance of a series. */
export interface CalendarEvent extends CalendarEventTimes, CalendarEventDetails, ResultMeta {
  id: string;
  calendarId: string;
  title: string;
  description?: string;
  location?: string;
  /** Address of the online meeting. */
  conferenceLink?: string;
  attendees?: CalendarAttendee[];
  reminders?: CalendarReminder[];
  metadata?: Record<string, string>;
  createdAt?: Date;
  updatedAt?: Date;
  /** On an instance: id of its series. */
  recurringEventId?: string;
  /** On an instance: when it would be if it had not been moved. For whole-day events the day at 00:00 UTC. */
  originalStart?: Date;
  /** Rises with changes that attendees have to answer anew. */
  sequence?: number;
  /** Changes with every write; goes into `ifMatch` unchanged. */
  etag?: string;
  organizer?: CalendarPerson;
  creator?: CalendarPerson;
  htmlLink?: string;
  conference?: CalendarConferenceDetails;
}
