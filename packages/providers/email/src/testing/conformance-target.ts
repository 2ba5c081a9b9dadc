import type { WebhookRequest } from '@mortise/core';
import type { EmailInboundProvider } from '../email-inbound-provider.ts';
import type { EmailOutboundProvider } from '../email-outbound-provider.ts';
import type { EmailAddress } from '../model/address.ts';
import type { EmailMessage } from '../model/message.ts';
import type { ArrivingMail } from './in-memory/post-office.ts';

/** How a subject is to be opened. */
export interface EmailSubjectSetup {
  /** Credential that the provider shows to the service. */
  readonly credential: string;
  /** True: the service refuses the credential. Default false. */
  readonly isRefused?: boolean;
  /** Secrets with which webhooks are checked. Default: the one with which the service signs. Empty: none is configured. */
  readonly webhookSecrets?: 'current' | 'none' | 'rotating';
}

/** Addresses that behave in a known way. */
export interface EmailSubjectAddresses {
  /** Of the mailbox under test, from which mail is sent. */
  readonly own: EmailAddress;
  /** Take whatever comes. */
  readonly peers: readonly [string, string, string];
  readonly hardBounce: string;
  readonly softBounce: string;
  readonly complaining: string;
}

/** A provider under test, and the world around it. */
export interface EmailSubject {
  readonly outbound: EmailOutboundProvider;
  /** Absent: the provider only sends. */
  readonly inbound?: EmailInboundProvider;
  readonly addresses: EmailSubjectAddresses;
  /** Mail as the receiver's server got it, oldest first. */
  readonly receivedBy: (address: string) => Promise<EmailMessage[]>;
  /** Lets a mail arrive in the mailbox under test. Gives its id. */
  readonly arrive?: (mail: ArrivingMail) => Promise<string>;
  /** Takes a mail out of the mailbox for good, by another way than the provider. */
  readonly remove?: (messageId: string) => Promise<void>;
  /** Makes the service forget its changes, so that cursors given out before expire. */
  readonly forgetChanges?: () => Promise<void>;
  /** A genuine delivery with all events so far. */
  readonly deliver?: () => Promise<WebhookRequest>;
  /** Lets time pass at the service. */
  readonly advance?: (ms: number) => Promise<void>;
  /** Current time of the service, in epoch milliseconds. */
  readonly now: () => number;
  /** From now on the service gives no answer. */
  readonly stall: () => void;
  readonly close: () => Promise<void>;
}

/** An implementation that the kit can test. */
export interface EmailConformanceTarget {
  /** A fresh provider with an empty mailbox. */
  readonly open: (setup: EmailSubjectSetup) => Promise<EmailSubject>;
}
