import { validateAgainstSchema } from '@mortise/core/schema';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EmailMessage } from '../model/message.ts';
import { EmailEventSchema } from './event-schema.ts';
import { EmailMessageSchema, type PortableEmailMessage } from './message-schema.ts';
import { reviveEmailMessage } from './revive-message.ts';

const MESSAGE: EmailMessage = {
  id: 'm1',
  threadId: 't1',
  subject: 'Hi',
  from: { email: 'a@example.com', name: 'Ann' },
  to: [{ email: 'b@example.com' }],
  sentAt: new Date('2026-03-29T01:30:00.123Z'),
  receivedAt: new Date('2026-03-29T01:30:01Z'),
  attachments: [{ id: 'x', filename: 'a.pdf', contentType: 'application/pdf', sizeBytes: 3 }],
  headerList: [
    { name: 'Received', value: 'one' },
    { name: 'Received', value: 'two' },
  ],
  flags: { read: true, starred: false, draft: false, answered: false },
  warnings: [{ type: 'other', field: 'sentAt', message: 'no date' }],
};

function portable(message: EmailMessage): PortableEmailMessage {
  const text: unknown = JSON.parse(JSON.stringify(message));
  const result = validateAgainstSchema(EmailMessageSchema, text);
  if (!result.valid) expect.fail(JSON.stringify(result.problems));
  return result.value;
}

const problemsOf = (schema: unknown, value: unknown) =>
  validateAgainstSchema<unknown>(schema, value).problems.map(({ path }) => path);

describe('a message that crosses a process', () => {
  it('comes back as it was, dates included', () => {
    expect(reviveEmailMessage(portable(MESSAGE))).toEqual(MESSAGE);
  });

  it('keeps any instant to the millisecond', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }), (sentAt) => {
        expect(reviveEmailMessage(portable({ ...MESSAGE, sentAt })).sentAt).toEqual(sentAt);
      }),
    );
  });

  it.each<[string, object, string]>([
    ['no date', { sentAt: 'yesterday' }, '/sentAt'],
    ['no address', { from: { email: 'Ann' } }, '/from/email'],
    ['half a byte', { sizeBytes: 0.5 }, '/sizeBytes'],
    ['flags that do not say all', { flags: { read: true } }, '/flags/answered'],
  ])('is refused with %s, by its place', (_what, fields, path) => {
    const text: unknown = JSON.parse(JSON.stringify({ ...MESSAGE, ...fields }));
    expect(problemsOf(EmailMessageSchema, text).some((found) => found.startsWith(path.slice(0, 6)))).toBe(true);
  });
});

describe('an event', () => {
  const event = { type: 'bounced', messageId: 'm', at: '2026-01-01T00:00:00Z', providerEventId: 'e' };

  it('is taken with its bounce', () => {
    expect(problemsOf(EmailEventSchema, { ...event, bounce: { kind: 'soft', code: '4.2.2' } })).toEqual([]);
  });

  it('is refused without its time, and with a kind that is none', () => {
    const { at: _at, ...undated } = event;
    expect(problemsOf(EmailEventSchema, undated)).toHaveLength(1);
    expect(problemsOf(EmailEventSchema, { ...event, type: 'exploded' })).toHaveLength(1);
  });
});
