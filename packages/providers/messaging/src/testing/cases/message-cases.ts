import type { ConformanceCase } from '@mortise/testing';
import type { MessagingSendInput } from '../../model/send-input.ts';
import { decodeMessageRef, type MessageRef } from '../../model/message-ref.ts';
import { deepFreeze, rejectionOf, rejectsWith } from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import { type MessagingConformanceTarget, type MessagingSubject, withSubject } from '../conformance-target.ts';
import { CHANNEL, effects, send } from './sample-calls.ts';

const HOSTILE =
  'Hi @channel @here @everyone <!here> <!channel> <@ada> *b* _i_ ~s~ `c` <x> & </b> [l](https://example.com)';
const STRANGE = ['👩‍👩‍👧‍👦 🏳️‍🌈', 'שלום עולם', 'Ze\u0301ro', 'a\u0000b', '\uFEFFbom'];
const CARD = {
  title: 'Deploy?',
  elements: [
    { type: 'text', text: 'Version 2 is ready' },
    {
      type: 'actions',
      actions: [{ type: 'button', id: 'approve', label: 'Approve it', value: 'v2' }],
    },
  ],
} as const;

const last = ({ service }: MessagingSubject) => service.messages().at(-1) ?? fail('nothing stands in the channel');
const sameRef = (one: MessageRef, other: MessageRef): boolean =>
  one.channelId === other.channelId && one.messageId === other.messageId;

/** What becomes of messages: `messaging.1` to `messaging.5`, `messaging.14`, and `X5`, `X6`, `X8`, `X18`. */
export const messageCases: readonly ConformanceCase<MessagingConformanceTarget>[] = [
  {
    id: 'messaging.1',
    title: 'a message is edited, read and deleted by the id that sending it gave',
    requires: 'edit',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider, service } = subject;
        const { id } = await send(provider, {});
        check(
          sameRef(decodeMessageRef(id), last(subject).ref),
          'the id is no reference to the message that stands there',
        );
        const edited = await provider.updateMessage?.(id, { text: 'changed' });
        checkEqual([edited?.id, last(subject).text], [id, 'changed'], 'id and text after the edit');
        await provider.updateMessage?.(decodeMessageRef(id), { text: 'again' });
        checkEqual(last(subject).text, 'again', 'text after an edit by the parts of the reference');
        if (provider.getMessage !== undefined) checkEqual((await provider.getMessage(id)).id, id, 'id of what is read');
        if (provider.deleteMessage === undefined) return;
        await provider.deleteMessage(id);
        checkEqual(service.messages().length, 0, 'messages after the deletion');
        if (provider.getMessage !== undefined) await rejectsWith(provider.getMessage(id), 'not_found', 'reading it');
      }),
  },
  {
    id: 'messaging.2',
    title: 'replies stay in the thread, also replies to replies',
    requires: 'threads',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider } = subject;
        const root = await send(provider, {}, 'root');
        const first = await provider.reply?.(root.id, { text: 'one' });
        if (first === undefined) return;
        const threadId = last(subject).ref.threadId;
        check(threadId !== undefined, 'the reply stands outside of any thread');
        await provider.reply?.(first.id, { text: 'two' });
        checkEqual(last(subject).ref.threadId, threadId, 'thread of the reply to the reply');
        await provider.sendMessage({ channelId: CHANNEL, threadId, text: 'three' });
        checkEqual(last(subject).ref.threadId, threadId, 'thread of a message with threadId');
      }),
  },
  {
    id: 'messaging.3',
    title: 'nothing in the text of a message fires or is formatted, unless it was asked for',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider, service } = subject;
        await send(provider, {}, HOSTILE);
        checkEqual(last(subject).notified, [], 'who was notified by the text');
        checkEqual(last(subject).text, HOSTILE, 'text as people read it');
        await provider.sendMessage({ channelId: CHANNEL, text: 'look', mentions: [{ userId: service.userId }] });
        checkEqual(last(subject).notified, [service.userId], 'who was notified by a mention');
      }),
  },
  {
    id: 'messaging.4',
    title: 'a text that is too long is split or refused as declared, never cut, and no code block is broken',
    run: (target) =>
      withSubject(target, async ({ provider, service }) => {
        const { maxTextLength, overlongText } = provider.capabilities ?? fail('the provider declares no capabilities');
        const emoji = '👋'.repeat(maxTextLength);
        if (overlongText === 'refuse') {
          await rejectsWith(send(provider, {}, emoji), 'invalid_request', 'a text that is too long');
          checkEqual(service.messages().length, 0, 'messages after the refusal');
          return;
        }
        const { id, continuedIn = [] } = await send(provider, {}, emoji);
        const texts = service.messages().map(({ text }) => text);
        check(texts.join('') === emoji, 'the pieces together are not the text');
        checkEqual(continuedIn.length + 1, texts.length, 'references given for the pieces');
        check(new Set([id, ...continuedIn]).size === texts.length, 'the pieces share a reference');
        const code = `\`\`\`\n${'let it = be;\n'.repeat(Math.ceil(maxTextLength / 8))}\`\`\``;
        await send(provider, {}, code);
        for (const { text } of service.messages().slice(texts.length)) {
          check((text.match(/^```/gm) ?? []).length % 2 === 0, 'a piece has a code block that does not end');
        }
      }),
  },
  {
    id: 'messaging.5',
    title: 'a card can be read everywhere, and where it is only text a warning says so',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider } = subject;
        const result = await provider.sendMessage({ channelId: CHANNEL, text: 'fallback', content: { card: CARD } });
        const { text, buttons } = last(subject);
        const isCard = provider.capabilities?.features.includes('cards') === true;
        if (isCard) checkEqual(buttons, [{ id: 'approve', label: 'Approve it', value: 'v2' }], 'buttons of the card');
        else {
          for (const part of ['Deploy?', 'Version 2 is ready', 'Approve it']) {
            check(text.includes(part), `the text lacks "${part}" of the card`);
          }
          check(warns(result.warnings, 'content'), 'no warning tells that the card became text');
        }
      }),
  },
  {
    id: 'messaging.14',
    title: 'a large attachment is passed on while it comes',
    requires: 'files',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider, service } = subject;
        const chunk = new Uint8Array(1024 * 1024);
        let receivedBeforeEnd = 0;
        async function* chunks(): AsyncGenerator<Uint8Array, void> {
          for (let index = 0; index < 10; index += 1) {
            yield chunk;
            receivedBeforeEnd = service.receivedBytes();
          }
        }
        const file = { stream: chunks(), mediaType: 'application/zip', filename: 'large.zip' };
        await provider.sendMessage({ channelId: CHANNEL, text: 'a file', attachments: [file] });
        checkEqual(
          last(subject).files.map(({ name, sizeBytes }) => [name, sizeBytes]),
          [['large.zip', 10 * chunk.length]],
          'file that stands in the channel',
        );
        check(receivedBeforeEnd > 0, 'nothing was sent before the whole file was there');
      }),
  },
  {
    id: 'X5',
    title: 'each field of the input is seen on the platform, or named by a warning, or refused',
    run: async (target) => {
      for (const [field, input, isSeen] of FIELDS) {
        await withSubject(target, async (subject) => {
          const outcome = await subject.provider.sendMessage({ channelId: CHANNEL, text: 'hello', ...input }).then(
            ({ warnings, status }) => warns(warnings, field) || status === 'scheduled',
            (error: unknown) => rejectionOf(Promise.reject(error), field).then(() => true),
          );
          check(outcome || isSeen(subject), `${field} was dropped without a word`);
        });
      }
    },
  },
  {
    id: 'X6',
    title: 'nothing is told that the platform did not say: no delivery, no error, no edit',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const result = await send(provider, {});
        checkEqual(
          [result.deliveredAt, result.errorCode, result.errorMessage],
          [undefined, undefined, undefined],
          'delivery and error of a message that was only sent',
        );
        const read = await provider.getMessage?.(result.id);
        checkEqual(read?.editedAt, undefined, 'time of an edit that never was');
      }),
  },
  {
    id: 'X8',
    title: 'the input is not changed',
    run: (target) =>
      withSubject(target, async (subject) => {
        const input: MessagingSendInput = deepFreeze({
          channelId: CHANNEL,
          text: 'hello',
          metadata: { order: '1' },
          mentions: [{ userId: subject.service.userId }],
          content: { card: CARD },
        });
        await subject.provider.sendMessage(input);
        checkEqual(subject.service.messages().length, 1, 'messages sent from a frozen input');
      }),
  },
  {
    id: 'X18',
    title: 'emoji, right-to-left text, combining marks and NUL come through unchanged or are refused; so is a megabyte',
    run: (target) =>
      withSubject(target, async (subject) => {
        for (const text of [...STRANGE, 'x'.repeat(1024 * 1024)]) {
          const before = effects(subject.service);
          const outcome = await send(subject.provider, {}, text).then(
            () => 'sent' as const,
            (error: unknown) => rejectionOf(Promise.reject(error), 'strange text').then(({ code }) => code),
          );
          if (outcome !== 'sent') checkEqual(outcome, 'invalid_request', 'code of the refusal');
          else {
            const texts = subject.service.messages().slice(before);
            check(texts.map((message) => message.text).join('') === text, `a text of ${text.length} units was changed`);
          }
        }
      }),
  },
];

const FIELDS: readonly (readonly [
  keyof MessagingSendInput,
  Partial<MessagingSendInput>,
  (subject: MessagingSubject) => boolean,
])[] = [
  ['threadId', { threadId: 't1' }, (subject) => last(subject).ref.threadId === 't1'],
  ['metadata', { metadata: { order: '1' } }, (subject) => last(subject).metadata?.['order'] === '1'],
  ['mentions', { mentions: [{ userId: 'ada' }] }, (subject) => last(subject).notified.includes('ada')],
  [
    'allowMassMentions',
    { text: '@channel look', allowMassMentions: true },
    (subject) => last(subject).notified.includes('@channel'),
  ],
  [
    'attachments',
    { attachments: [{ bytes: new Uint8Array(3), mediaType: 'text/plain' }] },
    (subject) => last(subject).files.length === 1,
  ],
  ['replyTo', { replyTo: { channelId: CHANNEL, messageId: 'm1' } }, (subject) => last(subject).replyTo !== undefined],
  ['content', { content: { markdown: '**rich**' } }, (subject) => last(subject).text.includes('rich')],
  ['markdown', { text: '**rich**', markdown: true }, (subject) => last(subject).text === 'rich'],
  ['linkPreviews', { linkPreviews: false }, () => false],
  ['template', { template: { name: 'welcome', language: 'en', variables: {} } }, () => false],
  ['fallbackText', { fallbackText: 'short' }, () => false],
  ['ephemeralTo', { ephemeralTo: 'ada' }, (subject) => last(subject).visibleTo === 'ada'],
  ['sendAt', { sendAt: new Date('2100-01-01T00:00:00Z') }, ({ service }) => service.messages().length === 0],
];

function warns(warnings: readonly { readonly field?: string }[] | undefined, field: string): boolean {
  return warnings?.some((warning) => warning.field === field) === true;
}
