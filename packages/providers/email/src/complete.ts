import { type BatchEntry, type BatchResult, type CallOptions, IntegrationError } from '@mortise/core';
import type { EmailInboundProvider } from './email-inbound-provider.ts';
import type { EmailOutboundProvider } from './email-outbound-provider.ts';
import type { EmailDrafts } from './model/mailbox.ts';
import type { EmailOutboundMessage } from './model/outbound-message.ts';
import type { EmailOutboundResult } from './model/outbound-result.ts';

type WithEvery<Provider> = Required<Omit<Provider, 'capabilities'>> & Pick<Provider, 'capabilities' & keyof Provider>;

/** An outbound provider with every optional method in place. */
export type CompleteEmailOutboundProvider = WithEvery<EmailOutboundProvider>;

/** An inbound provider with every optional method in place. */
export type CompleteEmailInboundProvider = WithEvery<EmailInboundProvider>;

/**
 * Fills in what an outbound provider lacks: `sendBatch` from single calls, one after another (`timeoutMs` then counts for
 * each mail, and a key gets the mail's number), and each other method as
 * one that rejects with `unsupported`. Methods that the provider has are used as they are.
 */
export function completeOutbound(provider: EmailOutboundProvider): CompleteEmailOutboundProvider {
  const { capabilities } = provider;
  return {
    ...(capabilities === undefined ? {} : { capabilities }),
    sendEmail: (message, options) => provider.sendEmail(message, options),
    sendBatch: (messages, options) =>
      provider.sendBatch?.(messages, options) ?? sendOneByOne(provider, messages, options),
    cancelScheduled: (id, options) => provider.cancelScheduled?.(id, options) ?? unsupported('cancelScheduled'),
    reschedule: (id, at, options) => provider.reschedule?.(id, at, options) ?? unsupported('reschedule'),
    getDelivery: (id, options) => provider.getDelivery?.(id, options) ?? unsupported('getDelivery'),
    listSuppressions: (options) => provider.listSuppressions?.(options) ?? unsupported('listSuppressions'),
    addSuppression: (email, options) => provider.addSuppression?.(email, options) ?? unsupported('addSuppression'),
    removeSuppression: (email, options) =>
      provider.removeSuppression?.(email, options) ?? unsupported('removeSuppression'),
    verifySender: (email, options) => provider.verifySender?.(email, options) ?? unsupported('verifySender'),
    verifyWebhook: (request) => provider.verifyWebhook?.(request) ?? unsupported('verifyWebhook'),
    parseWebhook: (request) => provider.parseWebhook?.(request) ?? unsupported('parseWebhook'),
    parseWebhookAll: async (request) => {
      if (provider.parseWebhookAll !== undefined) return provider.parseWebhookAll(request);
      return [await (provider.parseWebhook?.(request) ?? unsupported('parseWebhookAll'))];
    },
  };
}

/**
 * Fills in what an inbound provider lacks: each optional method as one that rejects with `unsupported`, since none of
 * them can be made truthfully from the required ones. Methods that the provider has are used as they are.
 */
export function completeInbound(provider: EmailInboundProvider): CompleteEmailInboundProvider {
  const { capabilities } = provider;
  return {
    ...(capabilities === undefined ? {} : { capabilities }),
    listThreads: (query, options) => provider.listThreads(query, options),
    getThread: (threadId, options) => provider.getThread(threadId, options),
    listMessagesSince: (query, options) => provider.listMessagesSince(query, options),
    listThreadsPage: (query, options) => provider.listThreadsPage?.(query, options) ?? unsupported('listThreadsPage'),
    getMessage: (id, options) => provider.getMessage?.(id, options) ?? unsupported('getMessage'),
    listMessages: (search, options) => provider.listMessages?.(search, options) ?? unsupported('listMessages'),
    updateMessage: (id, update, options) =>
      provider.updateMessage?.(id, update, options) ?? unsupported('updateMessage'),
    listFolders: (options) => provider.listFolders?.(options) ?? unsupported('listFolders'),
    getAttachment: (messageId, attachmentId, options) =>
      provider.getAttachment?.(messageId, attachmentId, options) ?? unsupported('getAttachment'),
    getRawMime: (id, options) => provider.getRawMime?.(id, options) ?? unsupported('getRawMime'),
    drafts: provider.drafts ?? NO_DRAFTS,
    listChanges: (cursor, options) => provider.listChanges?.(cursor, options) ?? unsupported('listChanges'),
    watch: (input, options) => provider.watch?.(input, options) ?? unsupported('watch'),
    renewWatch: (watch, options) => provider.renewWatch?.(watch, options) ?? unsupported('renewWatch'),
    stopWatch: (watch, options) => provider.stopWatch?.(watch, options) ?? unsupported('stopWatch'),
  };
}

/** Both halves of a provider that sends and reads, such as a mailbox, with every optional method in place. */
export function complete(
  provider: EmailOutboundProvider & EmailInboundProvider,
): CompleteEmailOutboundProvider & CompleteEmailInboundProvider {
  return { ...completeOutbound(provider), ...completeInbound(provider) };
}

const NO_DRAFTS: EmailDrafts = {
  create: () => unsupported('drafts.create'),
  update: () => unsupported('drafts.update'),
  send: () => unsupported('drafts.send'),
  delete: () => unsupported('drafts.delete'),
};

/** One key for each mail: the same key for all of them would make a provider drop all but the first. */
async function sendOneByOne(
  provider: EmailOutboundProvider,
  messages: readonly EmailOutboundMessage[],
  options: CallOptions = {},
): Promise<BatchResult<EmailOutboundResult>> {
  const { idempotencyKey } = options;
  const results: BatchEntry<EmailOutboundResult>[] = [];
  for (const [index, message] of messages.entries()) {
    const own = idempotencyKey === undefined ? options : { ...options, idempotencyKey: `${idempotencyKey}.${index}` };
    try {
      results.push({ index, ok: true, value: await provider.sendEmail(message, own) });
    } catch (error) {
      if (!IntegrationError.is(error) || error.code === 'aborted') throw error;
      results.push({ index, ok: false, error });
    }
  }
  return { results };
}

function unsupported(method: string): Promise<never> {
  return Promise.reject(
    new IntegrationError({ code: 'unsupported', message: `This e-mail provider has no method "${method}"` }),
  );
}
