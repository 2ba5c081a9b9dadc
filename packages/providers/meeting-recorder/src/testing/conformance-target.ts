import type { MeetingRecorderProvider } from '../meeting-recorder-provider.ts';
import type { MeetingRecorderWebhookRequest } from '../webhook-requests.ts';
import type { ScriptedMeeting } from './scripted-meeting.ts';

/** How a check wants its provider. */
export interface MeetingRecorderSubjectSetup {
  /** Tenant that the connection belongs to. */
  readonly tenantId: string;
  readonly connectionId: string;
  /** What the service knows. */
  readonly meetings: readonly ScriptedMeeting[];
  /** Credential that the provider sends. */
  readonly credential: string;
  /** False: the connection has no signing secret. Default true. */
  readonly withWebhookSecret?: boolean;
}

/** How a delivery of the service is to be. */
export interface DeliveryWish {
  readonly meetingId: string;
  /** Milliseconds ago that it was signed. Default 0. */
  readonly ageMs?: number;
  /** True: signed with another secret. Default false. */
  readonly isForged?: boolean;
}

/** A provider under test, and what can be seen and done on the other side of it. */
export interface MeetingRecorderSubject {
  readonly provider: MeetingRecorderProvider;
  /** Requests that reached the service so far. */
  readonly requests: () => number;
  /** Requests whose answer is under way. */
  readonly openRequests: () => number;
  /** From now on the service takes requests and never answers. */
  readonly hold: () => void;
  /** The next request is answered with this HTTP status. */
  readonly answerNextWith: (status: number) => void;
  /** Adds or replaces a meeting, as somebody else would. */
  readonly put: (meeting: ScriptedMeeting) => void;
  readonly remove: (meetingId: string) => void;
  /** A delivery about a meeting as the service sends it. Absent: the service has no webhooks. */
  readonly deliver?: (wish: DeliveryWish) => Promise<MeetingRecorderWebhookRequest & { readonly rawBody: string }>;
  /** Moves the provider's clock, where it has one of its own; absent, the checks wait in real time. */
  readonly advance?: (ms: number) => Promise<void>;
  /** Releases everything, the provider included. */
  readonly close: () => Promise<void>;
}

/** An implementation that the kit can test. */
export interface MeetingRecorderConformanceTarget {
  readonly open: (setup: MeetingRecorderSubjectSetup) => Promise<MeetingRecorderSubject>;
}
