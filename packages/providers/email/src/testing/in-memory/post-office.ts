import { IntegrationError, type Sleep, type WebhookRequest } from '@mortise/core';
import type { EmailDelivery, EmailDeliveryStatus, EmailRecipientDelivery } from '../../model/delivery.ts';
import type { EmailBounce, EmailEvent, EmailEventType } from '../../model/event.ts';
import type { EmailHeader, EmailMessage } from '../../model/message.ts';
import type { EmailOutboundMessage } from '../../model/outbound-message.ts';
import type { EmailOutboundResult } from '../../model/outbound-result.ts';
import type { EmailSuppression, EmailSuppressionReason } from '../../model/suppression.ts';
import { signEvents } from './event-signature.ts';
import { Mailbox, notFound } from './mailbox.ts';
import { type InMemoryTemplate, type OutgoingMail, prepareMail } from './outgoing-mail.ts';

export interface InMemoryPostOfficeOptions {
  /** Epoch milliseconds. Default: the real time. */
  readonly now?: () => number;
  /** Waits for time limits of calls that hang. Default: real timers. */
  readonly sleep?: Sleep;
  /** Addresses that do not work, and how. */
  readonly bounces?: Readonly<Record<string, EmailBounce['kind']>>;
  /** Addresses whose owners complain about every mail. */
  readonly complaints?: readonly string[];
  readonly templates?: Readonly<Record<string, InMemoryTemplate>>;
}

/** A mail from outside, as it arrives. Without `sentAt` it has no `Date` header. */
export interface ArrivingMail extends Pick<
  EmailMessage,
  'from' | 'to' | 'cc' | 'subject' | 'textBody' | 'htmlBody' | 'attachments' | 'inReplyTo' | 'references'
> {
  readonly sentAt?: Date;
  readonly messageIdHeader?: string;
  readonly headerList?: readonly EmailHeader[];
}

interface Sending {
  readonly id: string;
  readonly from: Mailbox;
  readonly mail: OutgoingMail;
  readonly message: EmailOutboundMessage;
  dueAtMs: number;
  isCanceled: boolean;
  isSent: boolean;
  readonly recipients: Map<string, EmailRecipientDelivery>;
}

/** Carries mail between mailboxes: delivers, bounces, suppresses, keeps scheduled mail, tells of events. */
export class InMemoryPostOffice {
  readonly now: () => number;
  readonly sleep: Sleep | undefined;
  readonly #options: InMemoryPostOfficeOptions;
  readonly #mailboxes = new Map<string, Mailbox>();
  readonly #outside = new Map<string, Mailbox>();
  readonly #sendings = new Map<string, Sending>();
  readonly #suppressions = new Map<string, EmailSuppression>();
  readonly #events: EmailEvent[] = [];
  #count = 0;

  constructor(options: InMemoryPostOfficeOptions = {}) {
    this.#options = options;
    this.now = options.now ?? Date.now;
    this.sleep = options.sleep;
  }

  /** The mailbox of an address of this office, made when it is first asked for. */
  mailbox(address: string): Mailbox {
    return open(this.#mailboxes, address);
  }

  /** Mail as the receiver's server got it, oldest first; also of addresses that have no mailbox here. */
  receivedBy(address: string): EmailMessage[] {
    this.sendDue();
    const mailbox = this.#mailboxes.get(address.toLowerCase()) ?? open(this.#outside, address);
    return mailbox.messagesSince({ label: 'inbox', pageSize: 10_000 }).messages;
  }

  /** A mail from outside for one of the mailboxes. Gives its id there. */
  deliver(address: string, mail: ArrivingMail): string {
    const receivedAt = new Date(this.now());
    const { sentAt, headerList = [], messageIdHeader = `<${this.#nextId()}@outside.example>`, ...rest } = mail;
    const date = sentAt === undefined ? [] : [{ name: 'Date', value: sentAt.toUTCString() }];
    const warning = { type: 'other', field: 'sentAt', message: 'The mail has no Date; this is when it came' } as const;
    const { id } = this.mailbox(address).add(
      {
        ...structuredClone(rest),
        messageIdHeader,
        receivedAt,
        sentAt: sentAt ?? receivedAt,
        headerList: [...traceOf(receivedAt), ...headerList, ...date],
        ...(sentAt === undefined ? { warnings: [warning] } : {}),
      },
      'inbox',
    );
    return id;
  }

  /** Takes a mail. It goes out at once, or when its time has come; not at all where the signal aborts before. */
  async post(from: Mailbox, message: EmailOutboundMessage, signal?: AbortSignal): Promise<EmailOutboundResult> {
    const id = `out${this.#nextId()}`;
    const messageIdHeader = `<${id}@${message.from.email.split('@').at(-1) ?? 'office.example'}>`;
    const dueAtMs = Math.max(message.sendAt?.getTime() ?? 0, this.now());
    const stamp = { messageIdHeader, sentAt: new Date(dueAtMs) };
    const mail = await prepareMail(message, stamp, this.#options.templates ?? {});
    signal?.throwIfAborted();
    const isDue = dueAtMs <= this.now();
    const recipients = mail.recipients.map((email) => {
      const isSuppressed = this.#suppressions.has(email.toLowerCase());
      return { email, accepted: !isSuppressed, ...(isSuppressed ? { reason: 'suppressed' } : {}) };
    });
    const isRejected = recipients.every(({ accepted }) => !accepted);
    const sending: Sending = {
      id,
      from,
      mail,
      message,
      dueAtMs,
      isCanceled: false,
      isSent: false,
      recipients: new Map(
        recipients.map(({ email, accepted }) => [email, { email, status: accepted ? 'scheduled' : 'suppressed' }]),
      ),
    };
    if (message.threadId !== undefined && from.thread(message.threadId) === null) throw notFound('thread');
    this.#sendings.set(id, sending);
    for (const { email } of recipients.filter(({ accepted }) => !accepted)) this.#tell('rejected', id, email);
    const threadId = isDue && !isRejected ? this.#sendNow(sending) : undefined;
    return {
      id,
      providerMessageId: id,
      queuedAt: new Date(this.now()),
      messageIdHeader,
      ...(threadId === undefined ? {} : { threadId }),
      status: isRejected ? 'rejected' : isDue ? 'sent' : 'scheduled',
      recipients,
      ...(mail.warnings.length === 0 ? {} : { warnings: mail.warnings }),
    };
  }

  /** Sends everything whose time has come. Runs before every call, so that no timer is needed. */
  sendDue(): void {
    for (const sending of this.#sendings.values()) {
      if (!sending.isSent && !sending.isCanceled && sending.dueAtMs <= this.now()) this.#sendNow(sending);
    }
  }

  /** @throws {IntegrationError} `not_found`, `conflict` */
  cancel(from: Mailbox, id: string): void {
    const sending = this.#scheduled(from, id);
    sending.isCanceled = true;
    for (const [email, recipient] of sending.recipients) {
      if (recipient.status === 'scheduled') sending.recipients.set(email, { email, status: 'canceled' });
    }
  }

  /** @throws {IntegrationError} `not_found`, `conflict` */
  reschedule(from: Mailbox, id: string, at: Date): EmailOutboundResult {
    const sending = this.#scheduled(from, id);
    if (sending.isCanceled) throw tooLate('was taken back');
    sending.dueAtMs = at.getTime();
    this.sendDue();
    return {
      id,
      providerMessageId: id,
      status: sending.isSent ? 'sent' : 'scheduled',
    };
  }

  /** @throws {IntegrationError} `not_found` */
  delivery(from: Mailbox, id: string): EmailDelivery {
    const sending = this.#sendings.get(id);
    if (sending === undefined || sending.from !== from) throw notFound('sent mail');
    const { message, recipients, isCanceled, isSent } = sending;
    const states = [...recipients.values()];
    const only = states.every(({ status }) => status === states[0]?.status) ? states[0]?.status : undefined;
    const status: EmailDeliveryStatus = isCanceled ? 'canceled' : (only ?? (isSent ? 'sent' : 'scheduled'));
    return {
      id,
      status,
      ...(status === 'scheduled' ? { scheduledAt: new Date(sending.dueAtMs).toISOString() } : {}),
      recipients: states.map((one) => ({ ...one })),
      ...(message.tags === undefined ? {} : { tags: [...message.tags] }),
      ...(message.metadata === undefined ? {} : { metadata: { ...message.metadata } }),
    };
  }

  suppressions(): EmailSuppression[] {
    return [...this.#suppressions.values()];
  }

  suppress(email: string, reason: EmailSuppressionReason): EmailSuppression {
    const known = this.#suppressions.get(email.toLowerCase());
    if (known !== undefined) return known;
    const suppression = { email: email.toLowerCase(), reason, createdAt: new Date(this.now()).toISOString() };
    this.#suppressions.set(suppression.email, suppression);
    return suppression;
  }

  unsuppress(email: string): void {
    this.#suppressions.delete(email.toLowerCase());
  }

  /** What happened so far, as one signed delivery. Asked again it holds the same events under the same ids. */
  async signedEvents(secret: string): Promise<WebhookRequest> {
    this.sendDue();
    return signEvents(this.#events, secret, this.now());
  }

  #sendNow(sending: Sending): string {
    const { mail, from, message, id } = sending;
    sending.isSent = true;
    const bcc = message.bcc === undefined ? {} : { bcc: message.bcc.map((address) => ({ ...address })) };
    const sentCopy = from.add({ ...structuredClone(mail.content), ...bcc }, 'sent', message.threadId);
    this.#tell('sent', id);
    for (const [email, { status }] of sending.recipients) {
      if (status === 'scheduled') sending.recipients.set(email, this.#carry(email, sending));
    }
    return sentCopy.threadId;
  }

  #carry(email: string, { id, mail }: Sending): EmailRecipientDelivery {
    const at = new Date(this.now()).toISOString();
    const kind = this.#options.bounces?.[email];
    if (kind !== undefined) {
      const bounce = { kind, code: kind === 'hard' ? '5.1.1' : '4.2.2', diagnostic: 'The receiving server refused' };
      if (kind === 'hard') this.suppress(email, 'bounce');
      this.#tell('bounced', id, email, { bounce });
      return { email, status: 'bounced', at, diagnostic: bounce.diagnostic };
    }
    const mailbox = this.#mailboxes.get(email.toLowerCase()) ?? open(this.#outside, email);
    const receivedAt = new Date(this.now());
    const content = structuredClone(mail.content);
    mailbox.add(
      { ...content, receivedAt, headerList: [...traceOf(receivedAt), ...(content.headerList ?? [])] },
      'inbox',
    );
    this.#tell('delivered', id, email);
    if (this.#options.complaints?.includes(email) !== true) return { email, status: 'delivered', at };
    this.suppress(email, 'complaint');
    this.#tell('complained', id, email);
    return { email, status: 'complained', at };
  }

  #scheduled(from: Mailbox, id: string): Sending {
    const sending = this.#sendings.get(id);
    if (sending === undefined || sending.from !== from) throw notFound('sent mail');
    if (sending.isSent) throw tooLate('is on its way already');
    return sending;
  }

  #tell(type: EmailEventType, messageId: string, recipient?: string, more: Partial<EmailEvent> = {}): void {
    this.#events.push({
      type,
      messageId,
      ...(recipient === undefined ? {} : { recipient }),
      ...more,
      at: new Date(this.now()).toISOString(),
      providerEventId: `event${this.#events.length + 1}`,
    });
  }

  #nextId(): number {
    return (this.#count += 1);
  }
}

function open(mailboxes: Map<string, Mailbox>, address: string): Mailbox {
  const key = address.toLowerCase();
  const mailbox = mailboxes.get(key) ?? new Mailbox(key);
  mailboxes.set(key, mailbox);
  return mailbox;
}

/** What the servers on the way add on top; two fields of one name. */
function traceOf(receivedAt: Date): EmailHeader[] {
  const stamp = receivedAt.toUTCString();
  return [
    { name: 'Received', value: `from relay.office.example by mx.office.example; ${stamp}` },
    { name: 'Received', value: `from submit.office.example by relay.office.example; ${stamp}` },
  ];
}

function tooLate(why: string): IntegrationError {
  return new IntegrationError({ code: 'conflict', message: `The mail ${why}` });
}
