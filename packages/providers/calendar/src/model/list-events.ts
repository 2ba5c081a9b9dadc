import type { ResultMeta, ZoneId } from '@mortise/core';
import type { CalendarEvent } from './event.ts';

/** Which events to list. */
export interface CalendarListEventsQuery {
  calendarId: string;
  /** The window is half-open: events that end after `timeMin` and begin before `timeMax`. */
  timeMin?: Date;
  timeMax?: Date;
  /** Most events of a page; the provider may give fewer. */
  maxResults?: number;
  /** `nextPageToken` of the page before. */
  pageToken?: string;
  /** Default false. */
  includeCancelled?: boolean;
  /** Default true: instances in place of series. */
  expandRecurrences?: boolean;
  /** Zone in which the provider answers. Absent: that of the calendar. */
  timeZone?: ZoneId;
  /** Words to search for, in the provider's own way. */
  query?: string;
  /** Changed at or after this time. */
  updatedSince?: Date;
  iCalUid?: string;
  /** Default `start`. */
  order?: 'start' | 'updated';
}

/** A page of events. */
export interface CalendarListEventsResult extends ResultMeta {
  events: CalendarEvent[];
  /** Absent on the last page. */
  nextPageToken?: string;
}

/** Which instances of a series to list. */
export interface CalendarListInstancesQuery {
  readonly from?: Date;
  readonly to?: Date;
  readonly pageSize?: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string;
}
