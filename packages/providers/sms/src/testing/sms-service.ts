import type { WebhookRequest } from '@mortise/core';
import type { SmsMessage } from '../model/sms-message.ts';
import type { SmsStatus } from '../model/sms-status.ts';
import type { ServiceFault } from './service-gate.ts';

/** Something that the service tells its subscribers. */
export type SmsDelivery =
  /** What became of a message, in the service's own word. */
  | { readonly type: 'status'; readonly messageId: string; readonly status: string }
  /** Somebody writes to us. A keyword that ends or renews a subscription does so. */
  | { readonly type: 'inbound'; readonly from: string; readonly body: string; readonly mediaUrls?: readonly string[] }
  /** A kind that nobody has heard of. */
  | { readonly type: 'novel'; readonly name: string };

export interface DeliverOptions {
  /** What the service signs with. */
  readonly secret: string;
  /** How long ago it was signed, in milliseconds. Default 0. */
  readonly ageMs?: number;
  /** Id of the event. Default a new one. */
  readonly eventId?: string;
}

/** Numbers that every target has; all of them are set aside for tests and fiction. */
export const SMS_NUMBERS = {
  /** Takes every message. */
  mobile: '+447700900001',
  landline: '+442079460000',
  unreachable: '+447700900002',
  blocked: '+447700900003',
  spam_filtered: '+447700900004',
  expired: '+447700900005',
} as const;

/** The text-message service behind a provider under test: what is seen of it and done to it from the other side. */
export interface SmsService {
  /** Every word that the service has for a status, with what it means. */
  readonly statusWords: readonly (readonly [word: string, status: SmsStatus])[];
  readonly requests: () => number;
  readonly openRequests: () => number;
  readonly credentials: () => readonly string[];
  /** What was handed in so far, in order. */
  readonly messages: () => readonly SmsMessage[];
  /** What reached its recipient. */
  readonly delivered: () => readonly SmsMessage[];
  /** Carries out what is due: messages arrive, or fail for the reason that their number stands for. */
  readonly carryOut: () => void;
  /** The service gives a message a status, in a word of its own. */
  readonly setStatus: (messageId: string, word: string) => void;
  /** The service learns what a message cost. */
  readonly setPrice: (messageId: string, decimal: string, currency: string) => void;
  /** The next request fails this way. */
  readonly failNext: (fault: ServiceFault) => void;
  /** A delivery as the service sends it, signed now or earlier. */
  readonly deliver: (delivery: SmsDelivery, options: DeliverOptions) => Promise<WebhookRequest>;
}
