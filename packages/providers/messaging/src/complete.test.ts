import { describe, expect, it } from 'vitest';
import { complete } from './complete.ts';
import type { MessagingProvider } from './messaging-provider.ts';
import type { MessagingSendInput } from './model/send-input.ts';
import { InMemoryMessagingProvider } from './testing/in-memory-messaging-provider.ts';

/** A provider of the first interface, that notes what it is asked to send. */
function bareProvider(): { provider: MessagingProvider; sent: MessagingSendInput[] } {
  const sent: MessagingSendInput[] = [];
  const provider: MessagingProvider = {
    sendMessage: async (input) => {
      sent.push(input);
      return { id: 'msg:C1::M1', status: 'sent' };
    },
  };
  return { provider, sent };
}

const request = { headers: {}, rawBody: '{}' };

describe('a completed provider', () => {
  it('answers in the thread of a message, which it starts where there is none', async () => {
    const { provider, sent } = bareProvider();
    await complete(provider).reply('msg:C1::M1', { text: 'yes' });
    await complete(provider).reply('msg:C1:T1:M2', { text: 'no' });
    expect(sent).toEqual([
      { text: 'yes', channelId: 'C1', threadId: 'M1', replyTo: 'msg:C1::M1' },
      { text: 'no', channelId: 'C1', threadId: 'T1', replyTo: 'msg:C1:T1:M2' },
    ]);
  });

  it('rejects an answer to what is no reference', async () => {
    await expect(complete(bareProvider().provider).reply('M1', { text: 'yes' })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });

  it('sends a file as a message with an attachment, and later as a message with a time', async () => {
    const { provider, sent } = bareProvider();
    const file = { bytes: new Uint8Array(1), mediaType: 'text/plain' };
    await complete(provider).uploadFile({ channelId: 'C1' }, file);
    const sendAt = new Date('2026-12-01T09:00:00Z');
    await complete(provider).schedule({ channelId: 'C1', text: 'later', sendAt });
    expect(sent).toEqual([
      { channelId: 'C1', text: '', attachments: [file] },
      { channelId: 'C1', text: 'later', sendAt },
    ]);
  });

  it.each([
    'updateMessage',
    'deleteMessage',
    'getMessage',
    'addReaction',
    'removeReaction',
    'startTyping',
    'stream',
    'cancelScheduled',
    'openDirectMessage',
    'listMessages',
    'listChannels',
    'getChannel',
    'getUser',
    'findUserByEmail',
    'openModal',
    'parseWebhook',
    'parseWebhookAll',
  ] as const)('rejects %s with "unsupported", since it is missing', async (method) => {
    const whole: object = complete(bareProvider().provider);
    const call: unknown = Reflect.get(whole, method);
    if (typeof call !== 'function') throw new TypeError(`${method} is no function`);
    const empty = (async function* none(): AsyncGenerator<string, void> {})();
    await expect(Reflect.apply(call, whole, ['msg:C1::M1', empty])).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('takes nothing for genuine where there is nothing to check it by', async () => {
    const whole = complete(bareProvider().provider);
    expect(await whole.verifyWebhook(request)).toBe(false);
    expect(await whole.handleHandshake(request)).toBeUndefined();
    await expect(whole.close()).resolves.toBeUndefined();
  });

  it('uses the methods that are there, on the provider itself', async () => {
    const provider = new InMemoryMessagingProvider();
    const whole = complete(provider);
    const { id } = await whole.sendMessage({ channelId: 'general', text: 'hello' });
    await whole.updateMessage(id, { text: 'changed' });
    expect((await whole.getMessage(id)).text).toBe('changed');
    expect((await whole.listMessages({ channelId: 'general', direction: 'backward' })).items).toHaveLength(1);
    expect(whole.capabilities).toBe(provider.capabilities);
    await whole.close();
    await expect(provider.getMessage(id)).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('gives the one event that a request carries as a list', async () => {
    const provider = new InMemoryMessagingProvider({ webhookSecrets: ['s'] });
    const delivery = await provider.service.deliver(
      { type: 'message', ref: provider.service.write('hi') },
      { secret: 's' },
    );
    const onlyOne: MessagingProvider = {
      sendMessage: (input) => provider.sendMessage(input),
      parseWebhook: (given) => provider.parseWebhook(given),
    };
    expect(await complete(onlyOne).parseWebhookAll(delivery)).toEqual([await provider.parseWebhook(delivery)]);
  });
});
