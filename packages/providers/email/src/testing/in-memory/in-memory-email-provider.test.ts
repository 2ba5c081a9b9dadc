import { describe, expect, it } from 'vitest';
import type { EmailOutboundMessage } from '../../model/outbound-message.ts';
import { InMemoryEmailProvider } from './in-memory-email-provider.ts';
import { InMemoryPostOffice, type InMemoryPostOfficeOptions } from './post-office.ts';

const ANN = 'ann@office.example';
const BOB = 'bob@office.example';

function office(options: InMemoryPostOfficeOptions = {}) {
  let nowMs = Date.UTC(2026, 0, 5);
  const post = new InMemoryPostOffice({ now: () => nowMs, ...options });
  return {
    post,
    ann: new InMemoryEmailProvider(post, { address: ANN }),
    bob: new InMemoryEmailProvider(post, { address: BOB }),
    pass: (ms: number) => void (nowMs += ms),
  };
}

const toBob = (fields: Partial<EmailOutboundMessage> = {}): EmailOutboundMessage => ({
  from: { email: ANN, name: 'Ann' },
  to: [{ email: BOB }],
  subject: 'Lunch',
  textBody: 'Today?',
  ...fields,
});

describe('two mailboxes of one office', () => {
  it('hold one conversation each, whoever answers', async () => {
    const { ann, bob } = office();
    const sent = await ann.sendEmail(toBob());
    const [question] = (await bob.listMessagesSince({})).messages;
    const references = [question?.messageIdHeader ?? ''];
    await bob.sendEmail({
      from: { email: BOB },
      to: [{ email: ANN }],
      subject: 'Re: Lunch',
      textBody: 'Yes',
      inReplyTo: references[0] ?? '',
      references,
      threadId: question?.threadId ?? '',
    });
    for (const mailbox of [ann, bob]) {
      const threads = await mailbox.listThreads();
      expect(threads.map(({ messages, subject }) => [subject, messages.length])).toEqual([['Lunch', 2]]);
      expect(threads[0]?.participants.map(({ email }) => email).sort()).toEqual([ANN, BOB]);
    }
    expect((await bob.getMessage(question?.id ?? ''))?.flags?.answered).toBe(true);
    expect(sent.threadId).toBe((await ann.listThreads())[0]?.id);
  });

  it('gives out copies: changing one changes nothing in the mailbox', async () => {
    const { ann, bob } = office();
    await ann.sendEmail(toBob());
    const [message] = (await bob.listMessagesSince({})).messages;
    message?.to.push({ email: 'evil@example.com' });
    expect((await bob.listMessagesSince({})).messages[0]?.to).toEqual([{ email: BOB }]);
  });
});

describe('sending', () => {
  it.each<[string, Partial<EmailOutboundMessage>, string]>([
    ['no body and no template', { textBody: '' }, 'textBody'],
    ['no receiver', { to: [] }, 'to'],
    ['a receiver that is no address', { cc: [{ email: 'Bob <bob@office.example>' }] }, 'cc'],
    ['a header that is a field of its own', { headers: { Subject: 'other' } }, 'headers'],
    ['a header name with a blank', { headers: { 'X Note': 'a' } }, 'headers'],
    ['an attachment without content', { attachments: [{ id: 'a', filename: 'a', contentType: 'a/b' }] }, 'attachments'],
  ])('refuses a mail with %s by the name of the field', async (_what, fields, field) => {
    const { ann, post } = office();
    const { textBody: _body, ...withoutBody } = toBob();
    const message = field === 'textBody' ? withoutBody : toBob(fields);
    await expect(ann.sendEmail(message)).rejects.toMatchObject({ code: 'invalid_request', field });
    expect(post.receivedBy(BOB)).toEqual([]);
  });

  it('fills a template, and refuses one that is not there', async () => {
    const { ann, bob } = office({
      templates: { hi: { subject: 'Hi {{ name }}', textBody: '{{count}} new {{nothing}}' } },
    });
    const { textBody: _body, ...message } = toBob({ templateId: 'hi', templateData: { name: 'Bob', count: 2 } });
    await ann.sendEmail(message);
    const [got] = (await bob.listMessagesSince({})).messages;
    expect([got?.subject, got?.textBody]).toEqual(['Hi Bob', '2 new ']);
    await expect(ann.sendEmail({ ...message, templateId: 'toString' })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('takes attachments from a stream', async () => {
    const { ann, bob } = office();
    async function* stream() {
      yield Uint8Array.of(1);
      yield Uint8Array.of(2, 3);
    }
    const file = { stream: stream(), mediaType: 'a/b' };
    await ann.sendEmail(toBob({ attachments: [{ id: 'a', filename: 'a', contentType: 'a/b', file }] }));
    const [got] = (await bob.listMessagesSince({})).messages;
    expect(got?.attachments?.[0]?.data).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('moves a scheduled mail to another time', async () => {
    const { ann, post, pass } = office();
    const { id } = await ann.sendEmail(toBob({ sendAt: new Date(post.now() + 1_000) }));
    await ann.reschedule(id, new Date(post.now() + 5_000));
    pass(2_000);
    expect(post.receivedBy(BOB)).toEqual([]);
    expect(await ann.getDelivery(id)).toMatchObject({ status: 'scheduled', scheduledAt: '2026-01-05T00:00:05.000Z' });
    pass(3_000);
    expect(post.receivedBy(BOB)).toHaveLength(1);
    expect((await ann.getDelivery(id)).status).toBe('delivered');
  });

  it('rejects a mail whose receivers are all suppressed, and says so', async () => {
    const { ann } = office({ bounces: { [BOB]: 'hard' } });
    await ann.sendEmail(toBob());
    const again = await ann.sendEmail(toBob());
    expect(again).toMatchObject({
      status: 'rejected',
      recipients: [{ email: BOB, accepted: false, reason: 'suppressed' }],
    });
    expect((await ann.getDelivery(again.id)).status).toBe('suppressed');
  });

  it('keeps tags and labels for the sender', async () => {
    const { ann, bob } = office();
    const { id } = await ann.sendEmail(toBob({ tags: ['lunch'], metadata: { order: '7' } }));
    expect(await ann.getDelivery(id)).toMatchObject({ tags: ['lunch'], metadata: { order: '7' } });
    expect(JSON.stringify((await bob.listMessagesSince({})).messages)).not.toContain('"order"');
  });

  it('knows the mail of its own mailbox only', async () => {
    const { ann, bob } = office();
    const { id } = await ann.sendEmail(toBob());
    await expect(bob.getDelivery(id)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('lists', () => {
  it('go on where a page ended, oldest mail first', async () => {
    const { ann, bob } = office();
    for (const subject of ['a', 'b', 'c']) await ann.sendEmail(toBob({ subject }));
    const first = await bob.listMessagesSince({ pageSize: 2 });
    const second = await bob.listMessagesSince({ pageSize: 2, pageToken: first.nextPageToken ?? '' });
    expect([...first.messages, ...second.messages].map(({ subject }) => subject)).toEqual(['a', 'b', 'c']);
    expect(second.nextPageToken).toBeUndefined();
  });

  it('refuse cursors of another mailbox or another list, and page sizes that are none', async () => {
    const { ann, bob } = office();
    for (const subject of ['a', 'b']) await ann.sendEmail(toBob({ subject }));
    const { nextCursor: cursor = '' } = await bob.listMessages({ pageSize: 1 });
    await expect(ann.listMessages({ cursor })).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(bob.listThreadsPage({ pageToken: cursor })).rejects.toMatchObject({ code: 'invalid_request' });
    for (const pageSize of [0, -1, 1.5, Number.NaN]) {
      await expect(bob.listMessages({ pageSize })).rejects.toMatchObject({
        code: 'invalid_request',
        field: 'pageSize',
      });
    }
  });

  it('give suppressed addresses page by page', async () => {
    const { ann } = office();
    for (const name of ['a', 'b', 'c']) await ann.addSuppression(`${name}@x.example`);
    const first = await ann.listSuppressions({ pageSize: 2 });
    const second = await ann.listSuppressions({ cursor: first.nextCursor ?? '' });
    expect([...first.items, ...second.items].map(({ email }) => email[0])).toEqual(['a', 'b', 'c']);
  });
});

describe('a call that ends early', () => {
  it('sends nothing when it is aborted while an attachment is still being read', async () => {
    const { ann, post } = office();
    const controller = new AbortController();
    async function* stream() {
      yield Uint8Array.of(1);
      controller.abort();
      yield Uint8Array.of(2);
    }
    const file = { stream: stream(), mediaType: 'a/b' };
    const message = toBob({ attachments: [{ id: 'a', filename: 'a', contentType: 'a/b', file }] });
    const sent = ann.sendEmail(message, { signal: controller.signal, idempotencyKey: 'k' });
    await expect(sent).rejects.toMatchObject({ code: 'aborted' });
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
    expect(post.receivedBy(BOB)).toEqual([]);
    const again = await ann.sendEmail(toBob(), { idempotencyKey: 'k' });
    expect(again.status).toBe('sent');
  });
});
