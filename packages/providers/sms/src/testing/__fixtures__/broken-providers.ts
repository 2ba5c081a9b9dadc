import { type CallOptions, IntegrationError, type Page, type WebhookRequest } from '@mortise/core';
import type { SendSmsInput } from '../../model/send-sms-input.ts';
import type { SmsEvent } from '../../model/sms-event.ts';
import type { SmsDeliveryStatus, SmsMessage } from '../../model/sms-message.ts';
import type { ListSmsQuery } from '../../sms-provider.ts';
import type { SmsConformanceTarget } from '../conformance-target.ts';
import { InMemorySmsProvider, type InMemorySmsProviderOptions } from '../in-memory-sms-provider.ts';
import { inMemoryTarget } from '../in-memory-target.ts';

/** A provider that does one thing wrong. */
interface BrokenProvider {
  /** The only check that it may fail. */
  readonly fails: string;
  readonly mistake: string;
  readonly target: SmsConformanceTarget;
}

type Options = InMemorySmsProviderOptions;

function broken(fails: string, mistake: string, create: (options: Options) => InMemorySmsProvider): BrokenProvider {
  return { fails, mistake, target: inMemoryTarget(create) };
}

/** What the first interface had, and nothing else. */
export const firstInterfaceTarget: SmsConformanceTarget = {
  open: async (setup) => {
    const subject = await inMemoryTarget().open(setup);
    const { provider } = subject;
    return {
      ...subject,
      provider: {
        sendSms: (input, options) => provider.sendSms(input, options),
        getDeliveryStatus: (id, options) => provider.getDeliveryStatus(id, options),
      },
    };
  },
};

class GuessesTheCountry extends InMemorySmsProvider {
  override sendSms(input: SendSmsInput, options?: CallOptions): Promise<SmsMessage> {
    const to = input.to === '07700900001' ? '+447700900001' : input.to;
    return super.sendSms({ ...input, to }, options);
  }
}

class CountsCharacters extends InMemorySmsProvider {
  override async sendSms(input: SendSmsInput, options?: CallOptions): Promise<SmsMessage> {
    const message = await super.sendSms(input, options);
    return { ...message, segments: Math.ceil(input.body.length / 160) };
  }
}

class CallsTheUnknownQueued extends InMemorySmsProvider {
  override async getDeliveryStatus(messageId: string, options?: CallOptions): Promise<SmsDeliveryStatus> {
    const status = await super.getDeliveryStatus(messageId, options);
    return status.status === 'unknown' ? { ...status, status: 'queued' } : status;
  }
}

class MixesUpCallbacks extends InMemorySmsProvider {
  override async parseWebhook(request: WebhookRequest): Promise<SmsEvent> {
    const event = await super.parseWebhook(request);
    return event.type === 'status' && event.status === 'sending' ? { ...event, status: 'failed' } : event;
  }
}

class CountsDeliveries extends InMemorySmsProvider {
  #deliveries = 0;
  override async parseWebhook(request: WebhookRequest): Promise<SmsEvent> {
    this.#deliveries += 1;
    return { ...(await super.parseWebhook(request)), providerEventId: `delivery-${this.#deliveries}` };
  }
}

class KeepsOnePicture extends InMemorySmsProvider {
  override async parseWebhook(request: WebhookRequest): Promise<SmsEvent> {
    const event = await super.parseWebhook(request);
    if (event.type !== 'inbound') return event;
    return { ...event, message: { ...event.message, mediaUrls: event.message.mediaUrls?.slice(0, 1) ?? [] } };
  }
}

class KnowsEnglishAlone extends InMemorySmsProvider {
  override async parseWebhook(request: WebhookRequest): Promise<SmsEvent> {
    const event = await super.parseWebhook(request);
    if (event.type !== 'opt_out' || event.message?.body !== 'SAIR') return event;
    const { providerEventId, at, message } = event;
    return { type: 'inbound', providerEventId, at, message };
  }
}

class CancelsInWordsOnly extends InMemorySmsProvider {
  override async cancelScheduled(messageId: string, options?: CallOptions): Promise<SmsMessage> {
    const message = await this.getMessage(messageId, options);
    if (message.status !== 'scheduled') return super.cancelScheduled(messageId, options);
    return { ...message, status: 'canceled' };
  }
}

class HasOneReason extends InMemorySmsProvider {
  override async getDeliveryStatus(messageId: string, options?: CallOptions): Promise<SmsDeliveryStatus> {
    const status = await super.getDeliveryStatus(messageId, options);
    return status.failureReason === undefined ? status : { ...status, failureReason: 'unreachable' };
  }
}

class SendsTheCodeTwice extends InMemorySmsProvider {
  override sendSms(input: SendSmsInput, options: CallOptions = {}): Promise<SmsMessage> {
    if (options.idempotencyKey !== 'otp-1') return super.sendSms(input, options);
    const { idempotencyKey: _, ...rest } = options;
    return super.sendSms(input, rest);
  }
}

class QuotesTheText extends InMemorySmsProvider {
  override async sendSms(input: SendSmsInput, options?: CallOptions): Promise<SmsMessage> {
    try {
      return await super.sendSms(input, options);
    } catch (error) {
      if (!IntegrationError.is(error) || error.httpStatus !== 404) throw error;
      throw new IntegrationError({ code: 'not_found', httpStatus: 404, message: `Not sent: ${input.body}` });
    }
  }
}

class TakesNoPriceForFree extends InMemorySmsProvider {
  override async sendSms(input: SendSmsInput, options?: CallOptions): Promise<SmsMessage> {
    return { price: 0, ...(await super.sendSms(input, options)) };
  }
}

class DropsTheReference extends InMemorySmsProvider {
  override sendSms({ reference: _, ...input }: SendSmsInput, options?: CallOptions): Promise<SmsMessage> {
    return super.sendSms(input, options);
  }
}

class TakesCreationForSending extends InMemorySmsProvider {
  override async sendSms(input: SendSmsInput, options?: CallOptions): Promise<SmsMessage> {
    const message = await super.sendSms(input, options);
    return { ...message, ...(message.createdAt === undefined ? {} : { sentAt: message.createdAt }) };
  }
}

class ChangesItsInput extends InMemorySmsProvider {
  override sendSms(input: SendSmsInput, options?: CallOptions): Promise<SmsMessage> {
    if (input.metadata !== undefined) input.metadata['sentBy'] = 'adapter';
    return super.sendSms(input, options);
  }
}

class NormalisesText extends InMemorySmsProvider {
  override sendSms(input: SendSmsInput, options?: CallOptions): Promise<SmsMessage> {
    return super.sendSms({ ...input, body: input.body.normalize('NFC') }, options);
  }
}

class CountsInsteadOfPointing extends InMemorySmsProvider {
  override async listMessages(query: ListSmsQuery = {}, options?: CallOptions): Promise<Page<SmsMessage>> {
    const { cursor, pageSize = 50, ...rest } = query;
    const skip = cursor === undefined ? 0 : Number(cursor);
    if (!Number.isInteger(skip)) return super.listMessages(query, options);
    const { items } = await super.listMessages({ ...rest, pageSize: 1000 }, options);
    const hasMore = items.length > skip + pageSize;
    const page = items.slice(skip, skip + pageSize);
    return { items: page, hasMore, ...(hasMore ? { nextCursor: String(skip + pageSize) } : {}) };
  }
}

class ReadsNovelties extends InMemorySmsProvider {
  override async parseWebhook(request: WebhookRequest): Promise<SmsEvent> {
    const event = await super.parseWebhook(request);
    return event.type === 'status' && event.status === 'unknown' ? { ...event, status: 'delivered' } : event;
  }
}

class TrustsWithoutSecret extends InMemorySmsProvider {
  readonly #isTrusting: boolean;
  constructor(options: Options) {
    super(options);
    this.#isTrusting = (options.webhookSecrets ?? []).length === 0;
  }
  override async verifyWebhook(request: WebhookRequest): Promise<boolean> {
    return this.#isTrusting || super.verifyWebhook(request);
  }
}

class Boasts extends InMemorySmsProvider {
  override async lookupNumber(): Promise<never> {
    throw new IntegrationError({ code: 'unsupported', message: 'No look-ups here' });
  }
}

class LooksAfterwards extends InMemorySmsProvider {
  override async sendSms(input: SendSmsInput, options: CallOptions = {}): Promise<SmsMessage> {
    if (options.signal?.aborted !== true) return super.sendSms(input, options);
    await super.sendSms(input);
    return super.sendSms(input, options);
  }
}

class HasNoTimeLimit extends InMemorySmsProvider {
  override sendSms(input: SendSmsInput, { timeoutMs: _, ...options }: CallOptions = {}): Promise<SmsMessage> {
    return super.sendSms(input, options);
  }
}

class ForgetsKeys extends InMemorySmsProvider {
  override sendSms(input: SendSmsInput, options: CallOptions = {}): Promise<SmsMessage> {
    if (options.idempotencyKey !== 'key-1') return super.sendSms(input, options);
    const { idempotencyKey: _, ...rest } = options;
    return super.sendSms(input, rest);
  }
}

class HidesTheDoubt extends InMemorySmsProvider {
  override async sendSms(input: SendSmsInput, options?: CallOptions): Promise<SmsMessage> {
    try {
      return await super.sendSms(input, options);
    } catch (error) {
      if (!IntegrationError.is(error) || error.code !== 'outcome_unknown') throw error;
      throw new IntegrationError({ code: 'unavailable', retry: 'transient', message: 'The connection broke' });
    }
  }
}

class ShowsItsCredential extends InMemorySmsProvider {
  readonly #credential: string;
  constructor(options: Options) {
    super(options);
    this.#credential = options.credential ?? '';
  }
  override async sendSms(input: SendSmsInput, options?: CallOptions): Promise<SmsMessage> {
    const message = await super.sendSms(input, options);
    return { ...message, providerMetadata: { service: { sentBy: btoa(this.#credential) } } };
  }
}

class NeverCloses extends InMemorySmsProvider {
  override async close(): Promise<void> {}
}

/** One for each of the checks that a single mistake can be made for. */
export const brokenProviders: readonly BrokenProvider[] = [
  broken('sms.1', 'guesses the country of a local number', (options) => new GuessesTheCountry(options)),
  broken('sms.2', 'counts characters instead of segments', (options) => new CountsCharacters(options)),
  broken('sms.3', 'calls an unknown status queued', (options) => new CallsTheUnknownQueued(options)),
  broken('sms.4', 'reads one status as a failure', (options) => new MixesUpCallbacks(options)),
  broken('sms.5', 'makes an id for each delivery', (options) => new CountsDeliveries(options)),
  broken('sms.6', 'keeps one picture of several', (options) => new KeepsOnePicture(options)),
  broken('sms.7', 'does not know STOP in Portuguese', (options) => new KnowsEnglishAlone(options)),
  broken('sms.8', 'cancels in words only', (options) => new CancelsInWordsOnly(options)),
  broken('sms.9', 'has one reason for every failure', (options) => new HasOneReason(options)),
  broken('sms.10', 'sends the code twice', (options) => new SendsTheCodeTwice(options)),
  broken('sms.11', 'quotes the text in an error', (options) => new QuotesTheText(options)),
  broken('sms.12', 'takes no price for free', (options) => new TakesNoPriceForFree(options)),
  broken('X1', 'sends first and looks at the signal afterwards', (options) => new LooksAfterwards(options)),
  broken('X3', 'has no time limit', (options) => new HasNoTimeLimit(options)),
  broken('X5', 'drops the reference without a word', (options) => new DropsTheReference(options)),
  broken('X6', 'takes creation for sending', (options) => new TakesCreationForSending(options)),
  broken('X8', 'writes into the input', (options) => new ChangesItsInput(options)),
  broken('X9', 'counts instead of pointing', (options) => new CountsInsteadOfPointing(options)),
  broken('X10', 'forgets idempotency keys', (options) => new ForgetsKeys(options)),
  broken('X12', 'calls a lost answer a broken connection', (options) => new HidesTheDoubt(options)),
  broken('X13', 'puts the credential into a result', (options) => new ShowsItsCredential(options)),
  broken('X16', 'goes on after it was closed', (options) => new NeverCloses(options)),
  broken('X17', 'takes an unknown status for delivery', (options) => new ReadsNovelties(options)),
  broken('X18', 'normalises text', (options) => new NormalisesText(options)),
  broken('X19', 'trusts everything where no secret is set', (options) => new TrustsWithoutSecret(options)),
  broken('X20', 'has a method that it refuses to do', (options) => new Boasts(options)),
];
