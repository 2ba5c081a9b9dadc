import { type CallOptions, IntegrationError, type Page, type WebhookRequest } from '@mortise/core';
import type { ListMessagesQuery, MessagingStreamOptions } from '../../messaging-provider.ts';
import type { MessagingEvent } from '../../model/event.ts';
import type { MessageAddress } from '../../model/message-ref.ts';
import type { MessagingMessage } from '../../model/message.ts';
import type { MessagingSendInput, MessagingTarget } from '../../model/send-input.ts';
import type { MessagingSendResult } from '../../model/send-result.ts';
import type { MessagingConformanceTarget } from '../conformance-target.ts';
import { InMemoryMessagingProvider, type InMemoryMessagingProviderOptions } from '../in-memory-messaging-provider.ts';
import { inMemoryTarget } from '../in-memory-target.ts';

/** A provider that does one thing wrong. */
interface BrokenProvider {
  /** The only check that it may fail. */
  readonly fails: string;
  readonly mistake: string;
  readonly target: MessagingConformanceTarget;
}

type Options = InMemoryMessagingProviderOptions;

function broken(
  fails: string,
  mistake: string,
  create: (options: Options) => InMemoryMessagingProvider,
  options: Parameters<typeof inMemoryTarget>[0] = {},
): BrokenProvider {
  return { fails, mistake, target: inMemoryTarget(options, create) };
}

class ForgetsTheEdit extends InMemoryMessagingProvider {
  override async updateMessage(...call: Parameters<InMemoryMessagingProvider['updateMessage']>) {
    return { ...(await super.updateMessage(...call)), id: 'edited' };
  }
}

class AnswersOutsideTheThread extends InMemoryMessagingProvider {
  override async reply(messageId: MessageAddress, input: MessagingSendInput, options?: CallOptions) {
    const { threadId: _, ...rest } = input;
    return this.sendMessage({ ...rest, channelId: 'general', replyTo: messageId }, options);
  }
}

class CallsEverybody extends InMemoryMessagingProvider {
  override sendMessage(input: MessagingSendInput, options?: CallOptions): Promise<MessagingSendResult> {
    return super.sendMessage({ ...input, allowMassMentions: true }, options);
  }
}

class CutsLongTexts extends InMemoryMessagingProvider {
  override sendMessage(input: MessagingSendInput, options?: CallOptions): Promise<MessagingSendResult> {
    const isText = /^[👋`]/u.test(input.text);
    const text = isText ? input.text.slice(0, this.capabilities.maxTextLength) : input.text;
    return super.sendMessage({ ...input, text }, options);
  }
}

class DropsCards extends InMemoryMessagingProvider {
  override sendMessage(input: MessagingSendInput, options?: CallOptions): Promise<MessagingSendResult> {
    if (input.content === undefined || !('card' in input.content)) return super.sendMessage(input, options);
    const { content: _, ...rest } = input;
    return super.sendMessage(rest, options);
  }
}

class EditsForEachPiece extends InMemoryMessagingProvider {
  override stream(target: MessagingTarget, text: AsyncIterable<string>, options: MessagingStreamOptions = {}) {
    return super.stream(target, text, { ...options, minIntervalMs: 0 });
  }
}

class TakesEveryAnswerForSuccess extends InMemoryMessagingProvider {
  override async sendMessage(input: MessagingSendInput, options?: CallOptions): Promise<MessagingSendResult> {
    try {
      return await super.sendMessage(input, options);
    } catch (error) {
      if (IntegrationError.is(error) && error.providerCode !== undefined)
        return { id: 'msg:general::m0', status: 'sent' };
      throw error;
    }
  }
}

class TakesItselfForAnother extends InMemoryMessagingProvider {
  override async parseWebhook(request: WebhookRequest): Promise<MessagingEvent> {
    const event = await super.parseWebhook(request);
    return { ...event, author: { ...event.author, isSelf: false } };
  }
}

class CountsDeliveries extends InMemoryMessagingProvider {
  #deliveries = 0;
  override async parseWebhook(request: WebhookRequest): Promise<MessagingEvent> {
    this.#deliveries += 1;
    return { ...(await super.parseWebhook(request)), providerEventId: `delivery-${this.#deliveries}` };
  }
}

class CountsInsteadOfPointing extends InMemoryMessagingProvider {
  override async listMessages(query: ListMessagesQuery, options?: CallOptions): Promise<Page<MessagingMessage>> {
    const { cursor, pageSize = 50, ...rest } = query;
    const skip = cursor === undefined ? 0 : Number(cursor);
    if (!Number.isInteger(skip)) return super.listMessages(query, options);
    const { items } = await super.listMessages({ ...rest, pageSize: 1000 }, options);
    const hasMore = items.length > skip + pageSize;
    const page = items.slice(skip, skip + pageSize);
    return { items: page, hasMore, ...(hasMore ? { nextCursor: String(skip + pageSize) } : {}) };
  }
}

class LosesTheValue extends InMemoryMessagingProvider {
  override async parseWebhook(request: WebhookRequest): Promise<MessagingEvent> {
    const event = await super.parseWebhook(request);
    if (event.type !== 'action') return event;
    const { value: _, ...rest } = event;
    return rest;
  }
}

class QuotesTheChallenge extends InMemoryMessagingProvider {
  override async handleHandshake(request: WebhookRequest) {
    const answer = await super.handleHandshake(request);
    return answer === undefined || answer.body === '' ? answer : { ...answer, body: JSON.stringify(answer.body) };
  }
}

class HoldsTheWholeFile extends InMemoryMessagingProvider {
  override async sendMessage(input: MessagingSendInput, options?: CallOptions): Promise<MessagingSendResult> {
    const attachments = [];
    for (const file of input.attachments ?? []) {
      if (!('stream' in file)) return super.sendMessage(input, options);
      const chunks: Uint8Array[] = [];
      for await (const chunk of file.stream) chunks.push(chunk);
      const { stream: _, ...rest } = file;
      attachments.push({ ...rest, bytes: new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0)) });
    }
    return super.sendMessage(attachments.length === 0 ? input : { ...input, attachments }, options);
  }
}

class DropsMetadata extends InMemoryMessagingProvider {
  override sendMessage({ metadata: _, ...input }: MessagingSendInput, options?: CallOptions) {
    return super.sendMessage(input, options);
  }
}

class InventsTheDelivery extends InMemoryMessagingProvider {
  override async sendMessage(input: MessagingSendInput, options?: CallOptions): Promise<MessagingSendResult> {
    const result = await super.sendMessage(input, options);
    return { ...result, ...(result.sentAt === undefined ? {} : { deliveredAt: result.sentAt }) };
  }
}

class ChangesItsInput extends InMemoryMessagingProvider {
  override sendMessage(input: MessagingSendInput, options?: CallOptions): Promise<MessagingSendResult> {
    if (input.metadata !== undefined) input.metadata['sentBy'] = 'adapter';
    return super.sendMessage(input, options);
  }
}

class NormalisesText extends InMemoryMessagingProvider {
  override sendMessage(input: MessagingSendInput, options?: CallOptions): Promise<MessagingSendResult> {
    return super.sendMessage({ ...input, text: input.text.normalize('NFC') }, options);
  }
}

class TakesAnyCursor extends InMemoryMessagingProvider {
  override async listMessages(query: ListMessagesQuery, options?: CallOptions): Promise<Page<MessagingMessage>> {
    try {
      return await super.listMessages(query, options);
    } catch {
      const { cursor: _, ...rest } = query;
      return super.listMessages(rest, options);
    }
  }
}

class ReadsNovelties extends InMemoryMessagingProvider {
  override async parseWebhook(request: WebhookRequest): Promise<MessagingEvent> {
    const event = await super.parseWebhook(request);
    const { providerEventId, author, at, ref } = event;
    return event.type === 'unknown' ? { type: 'member_joined', providerEventId, author, at, ref } : event;
  }
}

class TrustsWithoutSecret extends InMemoryMessagingProvider {
  readonly #isTrusting: boolean;
  constructor(options: Options) {
    super(options);
    this.#isTrusting = (options.webhookSecrets ?? []).length === 0;
  }
  override async verifyWebhook(request: WebhookRequest): Promise<boolean> {
    return this.#isTrusting || super.verifyWebhook(request);
  }
}

class Boasts extends InMemoryMessagingProvider {
  override async getUser(): Promise<never> {
    throw new IntegrationError({ code: 'unsupported', message: 'No users here' });
  }
}

class LooksAfterwards extends InMemoryMessagingProvider {
  override async sendMessage(input: MessagingSendInput, options: CallOptions = {}): Promise<MessagingSendResult> {
    if (options.signal?.aborted !== true) return super.sendMessage(input, options);
    await super.sendMessage(input);
    return super.sendMessage(input, options);
  }
}

class HasNoTimeLimit extends InMemoryMessagingProvider {
  override sendMessage(input: MessagingSendInput, { timeoutMs: _, ...options }: CallOptions = {}) {
    return super.sendMessage(input, options);
  }
}

class SendsTwice extends InMemoryMessagingProvider {
  override sendMessage(input: MessagingSendInput, options: CallOptions = {}): Promise<MessagingSendResult> {
    if (options.idempotencyKey !== 'key-1') return super.sendMessage(input, options);
    const { idempotencyKey: _, ...rest } = options;
    return super.sendMessage(input, rest);
  }
}

class HidesTheDoubt extends InMemoryMessagingProvider {
  override async sendMessage(input: MessagingSendInput, options?: CallOptions): Promise<MessagingSendResult> {
    try {
      return await super.sendMessage(input, options);
    } catch (error) {
      if (!IntegrationError.is(error) || error.code !== 'outcome_unknown') throw error;
      throw new IntegrationError({ code: 'unavailable', retry: 'transient', message: 'The connection broke' });
    }
  }
}

class ShowsItsCredential extends InMemoryMessagingProvider {
  readonly #credential: string;
  constructor(options: Options) {
    super(options);
    this.#credential = options.credential ?? '';
  }
  override async sendMessage(input: MessagingSendInput, options?: CallOptions): Promise<MessagingSendResult> {
    try {
      return await super.sendMessage(input, options);
    } catch (error) {
      if (!IntegrationError.is(error) || error.httpStatus !== 500) throw error;
      const message = `The service failed for ${btoa(this.#credential)}`;
      throw new IntegrationError({ code: 'provider_error', message });
    }
  }
}

class NeverCloses extends InMemoryMessagingProvider {
  override async close(): Promise<void> {}
}

/** One for each of the checks that a single mistake can be made for. */
export const brokenProviders: readonly BrokenProvider[] = [
  broken('messaging.1', 'gives an edited message another id', (options) => new ForgetsTheEdit(options)),
  broken('messaging.2', 'answers outside of the thread', (options) => new AnswersOutsideTheThread(options)),
  broken('messaging.3', 'lets the text call everybody', (options) => new CallsEverybody(options)),
  broken('messaging.4', 'cuts a text that is too long', (options) => new CutsLongTexts(options)),
  broken('messaging.5', 'sends the fallback for a card, without a word', (options) => new DropsCards(options), {
    features: ['threads', 'files', 'history', 'events', 'ephemeral', 'schedule'],
  }),
  broken('messaging.6', 'edits for each piece of a stream', (options) => new EditsForEachPiece(options)),
  broken('messaging.7', 'takes an error in a 200 for success', (options) => new TakesEveryAnswerForSuccess(options)),
  broken('messaging.9', 'does not know its own messages', (options) => new TakesItselfForAnother(options)),
  broken('messaging.10', 'makes an id for each delivery', (options) => new CountsDeliveries(options)),
  broken('messaging.11', 'counts instead of pointing', (options) => new CountsInsteadOfPointing(options)),
  broken('messaging.12', 'loses the value of a button', (options) => new LosesTheValue(options)),
  broken('messaging.14', 'holds the whole file before it sends', (options) => new HoldsTheWholeFile(options)),
  broken('messaging.15', 'answers the challenge in quotes', (options) => new QuotesTheChallenge(options)),
  broken('X1', 'sends first and looks at the signal afterwards', (options) => new LooksAfterwards(options)),
  broken('X3', 'has no time limit', (options) => new HasNoTimeLimit(options)),
  broken('X5', 'drops metadata without a word', (options) => new DropsMetadata(options)),
  broken('X6', 'takes sending for delivery', (options) => new InventsTheDelivery(options)),
  broken('X8', 'writes into the input', (options) => new ChangesItsInput(options)),
  broken('X9', 'reads from the start under any cursor', (options) => new TakesAnyCursor(options)),
  broken('X10', 'forgets idempotency keys', (options) => new SendsTwice(options)),
  broken('X12', 'calls a lost answer a broken connection', (options) => new HidesTheDoubt(options)),
  broken('X13', 'puts the credential into an error', (options) => new ShowsItsCredential(options)),
  broken('X16', 'goes on after it was closed', (options) => new NeverCloses(options)),
  broken('X17', 'reads what it does not know as something else', (options) => new ReadsNovelties(options)),
  broken('X18', 'normalises text', (options) => new NormalisesText(options)),
  broken('X19', 'trusts everything where no secret is set', (options) => new TrustsWithoutSecret(options)),
  broken('X20', 'has a method that it refuses to do', (options) => new Boasts(options)),
];
