import {
  type CallOptions,
  IntegrationError,
  type IntegrationWarning,
  type Page,
  type Sleep,
  sleep,
  type WebhookRequest,
} from '@mortise/core';
import type { SmsCapabilities } from '../model/capabilities.ts';
import type { SendSmsInput } from '../model/send-sms-input.ts';
import { checkSmsAddresses, isE164 } from '../model/sms-address.ts';
import { SmsError } from '../model/sms-error.ts';
import type { SmsEvent } from '../model/sms-event.ts';
import type { SmsDeliveryStatus, SmsMessage } from '../model/sms-message.ts';
import type { ListSmsQuery, PhoneNumberLookup, SmsProvider } from '../sms-provider.ts';
import { estimateSegments } from '../text/estimate-segments.ts';
import { readOptKeyword } from '../text/opt-keyword.ts';
import { readSmsDelivery } from './read-sms-delivery.ts';
import { type Memory, ServiceGate } from './service-gate.ts';
import { isGenuine, signDelivery } from './signed-delivery.ts';
import { SMS_NUMBERS, type SmsService } from './sms-service.ts';
import { codeOf, reasonOf, SMS_STATUS_WORDS, statusOf } from './status-words.ts';

export interface InMemorySmsProviderOptions {
  /** Stands for the credential that a real provider would send. */
  readonly credential?: string;
  /** Secrets by which deliveries are known. Default none: then none is genuine. */
  readonly webhookSecrets?: readonly string[];
  /** Sender for messages that name none. Default `+447700900100`. */
  readonly from?: string;
  /** Epoch milliseconds. Default `Date.now`. */
  readonly now?: () => number;
  /** Waits for time limits. Default core's `sleep`. */
  readonly sleep?: Sleep;
}

const MAX_SEGMENTS = 10;
/** Input fields that this service has nothing for. */
const UNSUPPORTED = ['category', 'templateId', 'variables', 'smartEncoding', 'maxPrice', 'statusCallbackUrl'] as const;
const DEFAULT_PAGE_SIZE = 50;

/**
 * A text-message service in memory that keeps every rule of `SmsProvider`: the reference against which the kit itself is
 * tested, and a double for the tests of applications. What becomes of a message depends on its number (`SMS_NUMBERS`).
 */
export class InMemorySmsProvider implements SmsProvider {
  readonly capabilities: SmsCapabilities = {
    features: ['media', 'schedule', 'validity', 'events', 'opt-outs'],
    idempotency: { supported: 'native', onMismatch: 'error' },
    maxSegments: MAX_SEGMENTS,
  };
  /** The service's side. */
  readonly service: SmsService;
  readonly #options: InMemorySmsProviderOptions;
  readonly #now: () => number;
  readonly #gate: ServiceGate;
  readonly #sent: Memory<SmsMessage> = new Map();
  readonly #messages: SmsMessage[] = [];
  readonly #due = new Map<string, number>();
  readonly #optedOut = new Set<string>();
  #events = 0;

  constructor(options: InMemorySmsProviderOptions = {}) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#gate = new ServiceGate({ credential: options.credential ?? 'in-memory', sleep: options.sleep ?? sleep });
    this.service = this.#createService();
  }

  async sendSms(input: SendSmsInput, options: CallOptions = {}): Promise<SmsMessage> {
    checkSmsAddresses(input);
    return this.#gate.pass({ options, writes: { body: input, memory: this.#sent } }, () => this.#send(input));
  }

  async getDeliveryStatus(messageId: string, options: CallOptions = {}): Promise<SmsDeliveryStatus> {
    return this.#gate.pass({ options }, () => {
      const { status, rawStatus, errorCode, failureReason, updatedAt } = this.#find(messageId);
      return {
        status,
        updatedAt: updatedAt ?? new Date(this.#now()),
        ...(rawStatus === undefined ? {} : { rawStatus }),
        ...(errorCode === undefined ? {} : { errorCode }),
        ...(failureReason === undefined ? {} : { failureReason }),
      };
    });
  }

  async getMessage(messageId: string, options: CallOptions = {}): Promise<SmsMessage> {
    return this.#gate.pass({ options }, () => ({ ...this.#find(messageId) }));
  }

  async listMessages(query: ListSmsQuery = {}, options: CallOptions = {}): Promise<Page<SmsMessage>> {
    return this.#gate.pass({ options }, () => this.#list(query));
  }

  async cancelScheduled(messageId: string, options: CallOptions = {}): Promise<SmsMessage> {
    return this.#gate.pass({ options }, () => {
      if (this.#find(messageId).status !== 'scheduled') {
        throw new IntegrationError({ code: 'conflict', message: 'The message was sent already' });
      }
      this.#due.delete(messageId);
      return this.#change(messageId, { status: 'canceled', rawStatus: 'canceled' });
    });
  }

  async lookupNumber(number: string, options: CallOptions = {}): Promise<PhoneNumberLookup> {
    return this.#gate.pass({ options }, () => {
      if (!isE164(number)) return { valid: false };
      return { valid: true, type: number === SMS_NUMBERS.landline ? 'landline' : 'mobile' };
    });
  }

  async getOptOut(number: string, options: CallOptions = {}): Promise<boolean> {
    return this.#gate.pass({ options }, () => this.#optedOut.has(number));
  }

  async setOptOut(number: string, isOptedOut: boolean, options: CallOptions = {}): Promise<void> {
    return this.#gate.pass({ options }, () => this.#setOptOut(number, isOptedOut));
  }

  async verifyWebhook(request: WebhookRequest): Promise<boolean> {
    return isGenuine(request, this.#options.webhookSecrets ?? [], this.#now());
  }

  async parseWebhook(request: WebhookRequest): Promise<SmsEvent> {
    return readSmsDelivery(request);
  }

  async close(): Promise<void> {
    this.#gate.close();
  }

  #send(input: SendSmsInput): SmsMessage {
    const { to, body, sendAt, metadata, reference, mediaUrls } = input;
    if (this.#optedOut.has(to)) {
      const message = 'to: the recipient does not want messages from this sender';
      throw new SmsError({ code: 'recipient_opted_out', field: 'to', message });
    }
    const { encoding, segments } = estimateSegments(body);
    if (segments > MAX_SEGMENTS) throw invalid('body', `expected at most ${MAX_SEGMENTS} segments, got ${segments}`);
    const now = this.#now();
    const isLater = sendAt !== undefined && sendAt.getTime() > now;
    const message: SmsMessage = {
      id: `sm${this.#messages.length + 1}`,
      to,
      from: input.senderPoolId ?? input.from ?? this.#options.from ?? '+447700900100',
      body,
      status: isLater ? 'scheduled' : 'queued',
      rawStatus: isLater ? 'scheduled' : 'queued',
      direction: 'outbound',
      encoding,
      segments,
      createdAt: new Date(now),
      updatedAt: new Date(now),
      ...(mediaUrls === undefined ? {} : { mediaUrls: [...mediaUrls] }),
      ...(metadata === undefined ? {} : { metadata: { ...metadata } }),
      ...(reference === undefined ? {} : { reference }),
    };
    this.#messages.push(message);
    this.#due.set(message.id, isLater ? sendAt.getTime() : now);
    const warnings = warningsOf(input);
    return warnings.length === 0 ? { ...message } : { ...message, warnings };
  }

  #carryOut(): void {
    const now = this.#now();
    for (const { id, to } of this.#messages) {
      const due = this.#due.get(id);
      if (due === undefined || due > now) continue;
      this.#due.delete(id);
      const reason = FAILING.find((failing) => SMS_NUMBERS[failing] === to);
      if (reason === undefined) {
        const at = new Date(now);
        this.#change(id, { status: 'delivered', rawStatus: 'delivered', sentAt: at, deliveredAt: at });
      } else {
        const errorCode = codeOf(reason);
        const failureReason = reasonOf(errorCode);
        this.#change(id, { status: 'undelivered', rawStatus: 'undelivered', errorCode, failureReason });
      }
    }
  }

  #list({ to, from, sentSince, sentBefore, cursor, pageSize = DEFAULT_PAGE_SIZE }: ListSmsQuery): Page<SmsMessage> {
    if (!(pageSize >= 1)) throw invalid('pageSize', `expected at least 1, got ${pageSize}`);
    const before = cursor === undefined ? undefined : this.#messages.findIndex(({ id }) => `before-${id}` === cursor);
    if (before === -1) throw invalid('cursor', 'expected a nextCursor of the same list');
    const rest = this.#messages
      .slice(0, before)
      .toReversed()
      .filter((message) => to === undefined || message.to === to)
      .filter((message) => from === undefined || message.from === from)
      .filter(({ sentAt }) => sentSince === undefined || (sentAt !== undefined && sentAt >= sentSince))
      .filter(({ sentAt }) => sentBefore === undefined || (sentAt !== undefined && sentAt < sentBefore));
    const items = rest.slice(0, pageSize);
    const hasMore = rest.length > items.length;
    return { items, hasMore, ...(hasMore ? { nextCursor: `before-${items.at(-1)?.id}` } : {}) };
  }

  #find(messageId: string): SmsMessage {
    const message = this.#messages.find(({ id }) => id === messageId);
    if (message !== undefined) return message;
    throw new IntegrationError({ code: 'not_found', field: 'messageId', message: 'There is no such message' });
  }

  #change(messageId: string, facts: Partial<SmsMessage>): SmsMessage {
    const index = this.#messages.indexOf(this.#find(messageId));
    const changed = { ...this.#find(messageId), ...facts, updatedAt: new Date(this.#now()) };
    this.#messages[index] = changed;
    return { ...changed };
  }

  #setOptOut(number: string, isOptedOut: boolean): void {
    if (isOptedOut) this.#optedOut.add(number);
    else this.#optedOut.delete(number);
  }

  #createService(): SmsService {
    return {
      statusWords: SMS_STATUS_WORDS,
      requests: () => this.#gate.credentials.length,
      openRequests: () => this.#gate.open,
      credentials: () => this.#gate.credentials,
      messages: () => this.#messages,
      delivered: () => this.#messages.filter(({ status }) => status === 'delivered'),
      carryOut: () => this.#carryOut(),
      setStatus: (id, word) => void this.#change(id, { status: statusOf(word), rawStatus: word }),
      setPrice: (id, priceDecimal, priceCurrency) =>
        void this.#change(id, { priceDecimal, price: Number(priceDecimal), priceCurrency }),
      failNext: (fault) => this.#gate.failNext(fault),
      deliver: (delivery, { secret, ageMs = 0, eventId }) => {
        const at = this.#now() - ageMs;
        this.#events += 1;
        const type = delivery.type === 'novel' ? delivery.name : delivery.type;
        if (delivery.type === 'inbound') {
          const keyword = readOptKeyword(delivery.body);
          if (keyword !== undefined) this.#setOptOut(delivery.from, keyword === 'opt_out');
        }
        const body = { to: '+447700900100', ...delivery, type, eventId: eventId ?? `e${this.#events}`, at };
        return signDelivery(JSON.stringify(body), secret, at);
      },
    };
  }
}

const FAILING = ['landline', 'unreachable', 'blocked', 'spam_filtered', 'expired'] as const;

function warningsOf(input: SendSmsInput): IntegrationWarning[] {
  return UNSUPPORTED.filter((field) => input[field] !== undefined).map((field) => ({
    type: 'unsupported',
    field,
    message: `This service has nothing for ${field}`,
  }));
}

function invalid(field: string, fault: string): IntegrationError {
  return new IntegrationError({ code: 'invalid_request', field, message: `${field}: ${fault}` });
}
