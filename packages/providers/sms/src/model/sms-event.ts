import type { SmsMessage } from './sms-message.ts';
import type { SmsFailureReason, SmsStatus } from './sms-status.ts';

interface EventBase {
  /** The provider's id of the event, the same over repeated deliveries. */
  readonly providerEventId: string;
  readonly at: Date;
}

/** Something that happened to messages or numbers. Keep a default branch: kinds are added. */
export type SmsEvent =
  | (EventBase & {
      readonly type: 'status';
      readonly messageId: string;
      /** Callbacks come in any order; fold them with `laterSmsStatus`. */
      readonly status: SmsStatus;
      readonly rawStatus?: string;
      readonly failureReason?: SmsFailureReason;
    })
  | (EventBase & { readonly type: 'inbound'; readonly message: SmsMessage })
  /** Somebody does not want messages from us any more, or does again. `message` is what they wrote. */
  | (EventBase & {
      readonly type: 'opt_out' | 'opt_in';
      /** E.164. */
      readonly number: string;
      readonly message?: SmsMessage;
    })
  | (EventBase & { readonly type: 'unknown'; readonly rawType: string });
