/** What an invited person answered. */
export type CalendarResponseStatus = 'needsAction' | 'declined' | 'tentative' | 'accepted';

/** An invited person. */
export interface CalendarAttendee {
  email: string;
  name?: string;
  /** Whether the event goes without the person too. Default false. */
  optional?: boolean;
  /** Absent: the provider said nothing, or something that is none of these; see `rawResponseStatus`. */
  responseStatus?: CalendarResponseStatus;
  /** The provider's own word, where it is none of the known ones. */
  rawResponseStatus?: string;
}

/** Somebody who has to do with an event. */
export interface CalendarPerson {
  email: string;
  name?: string;
}

/** An alert before the event. */
export interface CalendarReminder {
  method: 'email' | 'popup';
  /** Whole minutes before the start. */
  minutesBeforeStart: number;
}
