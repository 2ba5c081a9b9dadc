import type { IntegrationError } from '@mortise/core';

/** Whose time to look at. */
export interface CalendarFreeBusyQuery {
  /** Ids of calendars. */
  readonly calendars?: readonly string[];
  /** Addresses of people, where the provider looks up their calendars. */
  readonly emails?: readonly string[];
  /** The window is half-open. */
  readonly from: Date;
  readonly to: Date;
}

/** A time that is taken, from `start` until before `end`. */
export interface CalendarBusyTime {
  readonly start: Date;
  readonly end: Date;
  /** `tentative` where nothing that is certain falls into it. */
  readonly status: 'busy' | 'tentative';
}

/** What is known of one calendar or person. */
export interface CalendarFreeBusy {
  /** As it was asked for: an id or an address. */
  readonly email: string;
  /** In order, without overlaps. Empty where `error` is set, which does not mean free. */
  readonly busy: readonly CalendarBusyTime[];
  /** Why nothing is known. */
  readonly error?: IntegrationError<string>;
}

/** Times at which all are free. */
export interface CalendarFindSlotsQuery extends CalendarFreeBusyQuery {
  readonly durationMinutes: number;
  /** Distance of possible starts, counted from `from`. Default 30. */
  readonly stepMinutes?: number;
  /** Whether a tentative time counts as taken. Default true. */
  readonly countsTentative?: boolean;
  /** Default 50. */
  readonly maxResults?: number;
}

export interface CalendarSlot {
  readonly start: Date;
  readonly end: Date;
}
