import { validateAgainstSchema } from '@mortise/core/schema';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { MessagingCard } from '../model/card.ts';
import type { MessagingEvent } from '../model/event.ts';
import type { MessagingMessage } from '../model/message.ts';
import {
  fromPortableEvent,
  MessageRefSchema,
  MessagingCardSchema,
  MessagingEventSchema,
  type PortableMessagingCard,
  toPortableEvent,
} from './index.ts';

const author = { id: 'U1', name: 'Ada', isBot: false, isSelf: false };
const ref = { channelId: 'C1', threadId: 'T1', messageId: 'M1' };
const message: MessagingMessage = {
  id: 'msg:C1:T1:M1',
  ref,
  author,
  text: 'héllo 👋',
  sentAt: new Date('2026-11-25T10:00:00.123Z'),
  editedAt: new Date('2026-11-25T10:01:00Z'),
  files: [{ id: 'F1', name: 'a.png', mediaType: 'image/png', sizeBytes: 3 }],
};
const base = { providerEventId: 'E1', author, at: new Date('2026-11-25T10:02:00Z'), ref };

const EVENTS: readonly MessagingEvent[] = [
  { ...base, type: 'message', message },
  { ...base, type: 'bot_mentioned', message },
  { ...base, type: 'message_updated', message, previous: 'hello' },
  { ...base, type: 'message_deleted' },
  { ...base, type: 'reaction_added', emoji: 'thumbsup' },
  { ...base, type: 'reaction_removed', emoji: '👍' },
  { ...base, type: 'action', actionId: 'approve', value: '42', triggerId: 't' },
  { ...base, type: 'command', command: '/deploy', text: 'now' },
  { ...base, type: 'modal_submitted', modalId: 'form', values: { reason: 'none' } },
  { ...base, type: 'member_joined' },
  { ...base, type: 'unknown', rawType: 'pin_added' },
];

describe('an event', () => {
  it.each(EVENTS.map((event) => [event.type, event] as const))('%s comes through JSON unchanged', (_type, event) => {
    const sent: unknown = JSON.parse(JSON.stringify(toPortableEvent(event)));
    const received = validateAgainstSchema(MessagingEventSchema, sent);
    expect(received.problems).toEqual([]);
    if (received.valid) expect(fromPortableEvent(received.value)).toEqual(event);
  });

  it.each([
    [{ ...toPortableEvent({ ...base, type: 'member_joined' }), at: 'yesterday' }],
    [{ ...toPortableEvent({ ...base, type: 'member_joined' }), providerEventId: '' }],
    [{ ...toPortableEvent({ ...base, type: 'message_deleted' }), ref: { channelId: 'C1' } }],
    [{ ...toPortableEvent({ ...base, type: 'member_joined' }), type: 'member_left' }],
  ])('is refused: %#', (event) => {
    expect(validateAgainstSchema<unknown>(MessagingEventSchema, event).valid).toBe(false);
  });
});

describe('a card', () => {
  const card: MessagingCard = {
    title: 'Deploy?',
    elements: [
      { type: 'text', text: 'Version 2' },
      { type: 'fields', fields: [{ label: 'Owner', value: 'Ada' }] },
      { type: 'image', url: 'https://example.com/a.png', alt: 'a chart' },
      { type: 'divider' },
      {
        type: 'actions',
        actions: [
          { type: 'button', id: 'go', label: 'Go', value: '2', style: 'primary' },
          { type: 'select', id: 'env', label: 'Where', options: [{ label: 'Test', value: 't' }] },
        ],
      },
      { type: 'context', text: 'asked by CI' },
    ],
  };

  it('with every element is accepted', () => {
    expect(validateAgainstSchema<unknown>(MessagingCardSchema, card).problems).toEqual([]);
  });

  it.each([
    [{ elements: [{ type: 'video' }] }],
    [{ elements: [{ type: 'actions', actions: [{ type: 'button', id: '', label: 'x' }] }] }],
    [{ elements: [{ type: 'actions', actions: [{ type: 'select', id: 'x', label: 'x', options: [] }] }] }],
    [{ title: 'no elements' }],
  ])('is refused: %j', (broken) => {
    expect(validateAgainstSchema<unknown>(MessagingCardSchema, broken).valid).toBe(false);
  });

  it('is the type that the interface takes', () => {
    expectTypeOf<PortableMessagingCard>().toExtend<MessagingCard>();
  });
});

it('refuses a reference without a message', () => {
  expect(validateAgainstSchema<unknown>(MessageRefSchema, { channelId: 'C1' }).valid).toBe(false);
  expect(validateAgainstSchema<unknown>(MessageRefSchema, ref).valid).toBe(true);
});
