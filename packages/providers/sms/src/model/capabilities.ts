import type { CapabilityDescription, MethodSupport } from '@mortise/core';

/** Methods of `SmsProvider` that not every implementation has. */
export type SmsMethod =
  | 'getMessage'
  | 'listMessages'
  | 'cancelScheduled'
  | 'lookupNumber'
  | 'getOptOut'
  | 'setOptOut'
  | 'verifyWebhook'
  | 'parseWebhook';

export type SmsFeature = 'media' | 'schedule' | 'validity' | 'events' | 'opt-outs';

/** What an implementation can do: plain data, known without any call. */
export interface SmsCapabilities extends CapabilityDescription {
  /** A method that is not listed is supported when it is there. */
  readonly methods?: Readonly<Partial<Record<SmsMethod, MethodSupport>>>;
  /** A feature that is not listed makes the input that needs it a warning or a refusal. */
  readonly features: readonly SmsFeature[];
  /** Most segments of one message. Absent: not known. */
  readonly maxSegments?: number;
}
