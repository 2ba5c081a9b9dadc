import { IntegrationError } from '@mortise/core';
import type { MessagingProvider } from './messaging-provider.ts';
import { toMessageRef } from './model/message-ref.ts';
import { streamMessage } from './stream-message.ts';

/** A provider with every optional method in place. */
export type CompleteMessagingProvider = Required<Omit<MessagingProvider, 'capabilities'>> &
  Pick<MessagingProvider, 'capabilities'>;

/**
 * Fills in what a provider lacks: `reply` from `sendMessage`, `stream` from `sendMessage` and `updateMessage`,
 * `uploadFile` as a message with an attachment, `schedule` as a message with `sendAt`, `parseWebhookAll` from
 * `parseWebhook`, `close` as nothing to do. Without `verifyWebhook` nothing is genuine, and without `handleHandshake`
 * nothing is a handshake. All other methods that are missing reject with `unsupported`.
 */
export function complete(provider: MessagingProvider): CompleteMessagingProvider {
  const p = provider;
  return {
    ...(p.capabilities === undefined ? {} : { capabilities: p.capabilities }),
    sendMessage: (input, options) => p.sendMessage(input, options),
    updateMessage: (id, input, options) => p.updateMessage?.(id, input, options) ?? missing('updateMessage'),
    deleteMessage: (id, options) => p.deleteMessage?.(id, options) ?? missing('deleteMessage'),
    getMessage: (id, options) => p.getMessage?.(id, options) ?? missing('getMessage'),
    reply: async (id, input, options) => p.reply?.(id, input, options) ?? replyBySending(p, id, input, options),
    addReaction: (id, emoji, options) => p.addReaction?.(id, emoji, options) ?? missing('addReaction'),
    removeReaction: (id, emoji, options) => p.removeReaction?.(id, emoji, options) ?? missing('removeReaction'),
    startTyping: (target, options) => p.startTyping?.(target, options) ?? missing('startTyping'),
    stream: (target, text, options) => p.stream?.(target, text, options) ?? streamMessage(p, target, text, options),
    schedule: (input, options) => p.schedule?.(input, options) ?? p.sendMessage(input, options),
    cancelScheduled: (id, options) => p.cancelScheduled?.(id, options) ?? missing('cancelScheduled'),
    openDirectMessage: (userId, options) => p.openDirectMessage?.(userId, options) ?? missing('openDirectMessage'),
    listMessages: (query, options) => p.listMessages?.(query, options) ?? missing('listMessages'),
    listChannels: (query, options) => p.listChannels?.(query, options) ?? missing('listChannels'),
    getChannel: (channelId, options) => p.getChannel?.(channelId, options) ?? missing('getChannel'),
    getUser: (userId, options) => p.getUser?.(userId, options) ?? missing('getUser'),
    findUserByEmail: (email, options) => p.findUserByEmail?.(email, options) ?? missing('findUserByEmail'),
    uploadFile: (target, file, options) =>
      p.uploadFile?.(target, file, options) ?? p.sendMessage({ ...target, text: '', attachments: [file] }, options),
    openModal: (triggerId, modal, options) => p.openModal?.(triggerId, modal, options) ?? missing('openModal'),
    verifyWebhook: (request) => p.verifyWebhook?.(request) ?? Promise.resolve(false),
    parseWebhook: (request) => p.parseWebhook?.(request) ?? missing('parseWebhook'),
    parseWebhookAll: async (request) =>
      p.parseWebhookAll?.(request) ?? [await (p.parseWebhook?.(request) ?? missing('parseWebhookAll'))],
    handleHandshake: (request) => p.handleHandshake?.(request) ?? Promise.resolve(undefined),
    close: () => p.close?.() ?? Promise.resolve(),
  };
}

function replyBySending(
  provider: MessagingProvider,
  ...[messageId, input, options]: Parameters<NonNullable<MessagingProvider['reply']>>
): ReturnType<MessagingProvider['sendMessage']> {
  const { channelId, threadId, messageId: rootId } = toMessageRef(messageId);
  const thread = { channelId, threadId: threadId ?? rootId, replyTo: messageId };
  return provider.sendMessage({ ...input, ...thread }, options);
}

function missing(method: string): Promise<never> {
  const message = `This messaging provider has no method ${method}`;
  return Promise.reject(new IntegrationError({ code: 'unsupported', message }));
}
