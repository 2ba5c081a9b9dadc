import type { CapabilityDescription, MethodSupport } from '@mortise/core';

/** Methods that not every implementation has. */
export type CalendarMethod =
  | 'getEvent'
  | 'listCalendars'
  | 'listChanges'
  | 'queryFreeBusy'
  | 'findSlots'
  | 'respondToEvent'
  | 'moveEvent'
  | 'listInstances'
  | 'watch'
  | 'importEvent'
  | 'exportEvent';

export type CalendarFeature =
  /** Keeps zones and recurrence rules. */
  | 'recurrence'
  /** Changes one instance, or it and all later ones. */
  | 'instance-scope'
  /** Honours `ifMatch`. */
  | 'conditions'
  /** Honours `eventId`. */
  | 'caller-ids'
  /** Honours `notify`. */
  | 'notify';

/** What an implementation can do: plain data, known without any call. */
export interface CalendarCapabilities extends CapabilityDescription {
  readonly methods?: Readonly<Partial<Record<CalendarMethod, MethodSupport>>>;
  readonly features: readonly CalendarFeature[];
}
