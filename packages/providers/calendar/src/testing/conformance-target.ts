import type { CalendarProvider } from '../calendar-provider.ts';

/** How a subject is to be opened. */
export interface CalendarSubjectSetup {
  /** Credential that the provider shows to the service. */
  readonly credential: string;
  /** True: the service refuses the credential. Default false. */
  readonly isRefused?: boolean;
}

/** A provider under test, and the world around it. */
export interface CalendarSubject {
  readonly provider: CalendarProvider;
  /** An empty calendar. */
  readonly calendarId: string;
  /** Another one of the same connection. Absent: moving is not checked. */
  readonly otherCalendarId?: string;
  /** Address of the owner of the first. */
  readonly owner: string;
  /** Mails to attendees that the service wrote so far. Absent: `notify` is not checked. */
  readonly notices?: () => Promise<readonly { readonly to: string }[]>;
  /** Makes the service forget its changes, so that cursors given out before expire. Absent: that is not checked. */
  readonly forgetChanges?: () => Promise<void>;
  /** From now on the service gives no answer. */
  readonly stall: () => void;
  readonly close: () => Promise<void>;
}

/** An implementation that the kit can test. */
export interface CalendarConformanceTarget {
  /** A fresh provider before an empty calendar. */
  readonly open: (setup: CalendarSubjectSetup) => Promise<CalendarSubject>;
}
