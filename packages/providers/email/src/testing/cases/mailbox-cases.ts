import type { ConformanceCase } from '@mortise/testing';
import type { EmailMessage } from '../../model/message.ts';
import { rejectsWith } from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { EmailConformanceTarget } from '../conformance-target.ts';
import { arrive, headerOf, inboundOf, mailFrom, onlyMailOf, withSubject } from '../with-subject.ts';

const PAGE = 3;
const MAILS = 10;

/** Reading a mailbox: `email.5`, `email.8`, `email.9`, `email.11` to `email.13`, `email.15` to `email.18`, `X7`. */
export const mailboxCases: readonly ConformanceCase<EmailConformanceTarget>[] = [
  {
    id: 'email.5',
    title: 'a reply names what it answers and lands in its thread, on both sides',
    requires: 'inbound',
    run: (target) =>
      withSubject(target, async (subject) => {
        const inbound = inboundOf(subject);
        const messageIdHeader = '<question@example.com>';
        const id = await arrive(subject, { messageIdHeader });
        const { messages } = await inbound.listMessagesSince({});
        const question = messages.find((message) => message.id === id) ?? fail('the mail that arrived is not listed');
        await subject.outbound.sendEmail(
          mailFrom(subject, { inReplyTo: messageIdHeader, references: [messageIdHeader], threadId: question.threadId }),
        );
        const received = await onlyMailOf(subject, subject.addresses.peers[0]);
        checkEqual(headerOf(received, 'In-Reply-To'), messageIdHeader, 'In-Reply-To');
        check(
          headerOf(received, 'References')?.includes(messageIdHeader) === true,
          'References do not name the question',
        );
        const thread = await inbound.getThread(question.threadId);
        checkEqual(thread?.messages.length, 2, 'mails in the thread');
        const answerTo = received.messageIdHeader ?? fail('the reply has no Message-ID');
        await arrive(subject, { inReplyTo: answerTo, references: [messageIdHeader, answerTo] });
        checkEqual((await inbound.getThread(question.threadId))?.messages.length, 3, 'mails after the answer');
      }),
  },
  {
    id: 'email.8',
    title: 'pages of threads neither repeat nor lose one while mail arrives',
    requires: 'listThreadsPage',
    run: (target) =>
      withSubject(target, async (subject) => {
        const inbound = inboundOf(subject);
        const list = inbound.listThreadsPage?.bind(inbound) ?? fail('there is no listThreadsPage');
        const firsts: EmailMessage[] = [];
        for (let n = 0; n < MAILS; n += 1) await arrive(subject, { messageIdHeader: `<n${n}@example.com>` });
        firsts.push(...(await inbound.listMessagesSince({})).messages);
        const seen: string[] = [];
        let pageToken: string | undefined;
        let round = 0;
        do {
          const page = await list({ pageSize: PAGE, ...(pageToken === undefined ? {} : { pageToken }) });
          check(page.threads.length <= PAGE, `page ${round}: ${page.threads.length} threads of at most ${PAGE}`);
          seen.push(...page.threads.map(({ id }) => id));
          pageToken = page.nextPageToken;
          // A new thread, and an answer that brings an old one up.
          await arrive(subject, { subject: 'meanwhile' });
          await arrive(subject, { inReplyTo: `<n${round}@example.com>` });
          round += 1;
        } while (pageToken !== undefined && round <= MAILS);
        checkEqual(new Set(seen).size, seen.length, 'different threads');
        const lost = firsts.filter(({ threadId }) => !seen.includes(threadId));
        checkEqual(lost.length, 0, 'threads that are on no page');
        await rejectsWith(list({ pageToken: 'foreign' }), 'invalid_request', 'a foreign page token');
      }),
  },
  {
    id: 'email.9',
    title: 'the change feed tells of new, relabelled and deleted mail, and of nothing twice',
    requires: 'listChanges',
    run: (target) =>
      withSubject(target, async (subject) => {
        const inbound = inboundOf(subject);
        const changes = inbound.listChanges?.bind(inbound) ?? fail('there is no listChanges');
        const [kept, relabelled, deleted] = [await arrive(subject), await arrive(subject), await arrive(subject)];
        const { nextCursor } = await changes();
        const added = await arrive(subject);
        await inbound.updateMessage?.(relabelled, { addLabels: ['important'] });
        await (subject.remove?.(deleted) ?? fail('the target removes no mail'));
        const later = await changes(nextCursor);
        checkEqual(later.upserted.map(({ id }) => id).sort(), [added, relabelled].sort(), 'new and changed mail');
        const labels = later.upserted.find(({ id }) => id === relabelled)?.labels;
        checkEqual(labels, ['important'], 'labels of the changed mail');
        checkEqual(
          later.removed.map(({ id }) => id),
          [deleted],
          'removed mail',
        );
        check(!later.upserted.some(({ id }) => id === kept), 'a mail that nobody touched is told of');
        const idle = await changes(later.nextCursor);
        checkEqual([idle.upserted.length, idle.removed.length, idle.hasMore], [0, 0, false], 'changes after that');
        await rejectsWith(changes('foreign'), 'invalid_request', 'a foreign cursor');
      }),
  },
  {
    id: 'email.15',
    title: 'a cursor that is too old is cursor_expired, never an empty answer',
    requires: 'listChanges',
    run: (target) =>
      withSubject(target, async (subject) => {
        const inbound = inboundOf(subject);
        const changes = inbound.listChanges?.bind(inbound) ?? fail('there is no listChanges');
        await arrive(subject);
        const { nextCursor } = await changes();
        await arrive(subject);
        await (subject.forgetChanges?.() ?? fail('the target forgets nothing'));
        await rejectsWith(changes(nextCursor), 'cursor_expired', 'a cursor that was forgotten');
        const fresh = await changes();
        checkEqual((await changes(fresh.nextCursor)).hasMore, false, 'more changes after a fresh cursor');
      }),
  },
  {
    id: 'email.11',
    title: 'a mail without a date gets the time of receipt, and a warning says so',
    requires: 'inbound',
    run: (target) =>
      withSubject(target, async (subject) => {
        const inbound = inboundOf(subject);
        const dated = new Date(subject.now() - 86_400_000);
        const { own, peers } = subject.addresses;
        const undatedId = await subject.arrive?.({ from: { email: peers[0] }, to: [own], subject: 'undated' });
        const datedId = await arrive(subject, { sentAt: dated });
        const { messages } = await inbound.listMessagesSince({});
        const find = (id: string | undefined) =>
          messages.find((message) => message.id === id) ?? fail('a mail that arrived is not listed');
        const undated = find(undatedId);
        checkEqual(undated.sentAt, undated.receivedAt ?? 'no time of receipt', 'sentAt of a mail without a date');
        check(undated.warnings?.some(({ field }) => field === 'sentAt') === true, 'no warning names sentAt');
        checkEqual(find(datedId).sentAt, dated, 'sentAt of a mail with a date');
        check(find(datedId).warnings === undefined, 'a mail with a date has a warning');
        check(!('textBody' in undated) || undated.textBody === undefined, 'a body that the mail lacks was made up');
      }),
  },
  {
    id: 'email.12',
    title: 'repeated headers survive in order',
    requires: 'inbound',
    run: (target) =>
      withSubject(target, async (subject) => {
        const headerList = ['one', 'two', 'three'].map((value) => ({ name: 'X-Hop', value }));
        const id = await arrive(subject, { headerList });
        const { messages } = await inboundOf(subject).listMessagesSince({});
        const got = messages.find((message) => message.id === id)?.headerList?.filter(({ name }) => name === 'X-Hop');
        checkEqual(got, headerList, 'the repeated header');
      }),
  },
  {
    id: 'email.13',
    title: 'an attachment streams in pieces that make up its size and content',
    requires: 'getAttachment',
    run: (target) =>
      withSubject(target, async (subject) => {
        const inbound = inboundOf(subject);
        const data = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251);
        const id = await arrive(subject, {
          attachments: [{ id: 'a', filename: 'a.bin', contentType: 'application/octet-stream', data }],
        });
        const { messages } = await inbound.listMessagesSince({});
        const [attachment] = messages.find((message) => message.id === id)?.attachments ?? [];
        const content = await inbound.getAttachment?.(id, attachment?.id ?? fail('the attachment is not listed'));
        let size = 0;
        let pieces = 0;
        for await (const piece of content?.stream ?? fail('there is no getAttachment')) {
          check(
            piece.every((byte, index) => byte === (size + index) % 251),
            `wrong bytes after ${size}`,
          );
          size += piece.length;
          pieces += 1;
        }
        checkEqual(size, data.length, 'bytes');
        check(pieces > 1, 'the attachment came as one piece');
        checkEqual(content?.contentType, 'application/octet-stream', 'media type');
        await rejectsWith(
          inbound.getAttachment?.(id, 'none') ?? fail('there is no getAttachment'),
          'not_found',
          'an unknown attachment',
        );
      }),
  },
  {
    id: 'email.16',
    title: 'a search finds what fulfils every condition',
    requires: 'listMessages',
    run: (target) =>
      withSubject(target, async (subject) => {
        const inbound = inboundOf(subject);
        const [first, second] = subject.addresses.peers;
        const wanted = await arrive(subject, { from: { email: first }, subject: 'Invoice 7', textBody: 'Please pay' });
        await arrive(subject, { from: { email: second }, subject: 'Invoice 8' });
        const read = await arrive(subject, { from: { email: first }, subject: 'Invoice 9' });
        await inbound.updateMessage?.(read, { read: true });
        const find = async (search: Parameters<NonNullable<typeof inbound.listMessages>>[0]) =>
          (await inbound.listMessages?.(search))?.items.map(({ id }) => id);
        checkEqual(
          await find({ from: first, subject: 'invoice', unread: true }),
          [wanted],
          'search by three conditions',
        );
        checkEqual(await find({ text: 'please PAY' }), [wanted], 'search by words of the body');
        checkEqual(await find({ hasAttachment: true }), [], 'search for attachments');
        checkEqual(await find({ before: new Date(0) }), [], 'search before the epoch');
      }),
  },
  {
    id: 'email.17',
    title: 'updatedSince and includeArchived decide which threads are listed',
    requires: 'updateMessage',
    run: (target) =>
      withSubject(target, async (subject) => {
        const inbound = inboundOf(subject);
        const archived = await arrive(subject, { subject: 'old' });
        await inbound.updateMessage?.(archived, { folder: 'archive' });
        await (subject.advance?.(60_000) ?? Promise.resolve());
        const since = new Date(subject.now());
        await arrive(subject, { subject: 'new' });
        const subjects = async (query: Parameters<typeof inbound.listThreads>[0]) =>
          (await inbound.listThreads(query)).map((thread) => thread.subject ?? '').sort();
        checkEqual(await subjects({}), ['new'], 'threads without the archive');
        checkEqual(await subjects({ includeArchived: true }), ['new', 'old'], 'threads with the archive');
        if (subject.advance !== undefined) {
          checkEqual(await subjects({ includeArchived: true, updatedSince: since }), ['new'], 'threads since a time');
        }
      }),
  },
  {
    id: 'email.18',
    title: 'a draft is written, replaced and sent once, and is gone then',
    requires: 'drafts',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { drafts } = inboundOf(subject);
        if (drafts === undefined) fail('there are no drafts');
        const { id } = await drafts.create(mailFrom(subject, { subject: 'first' }));
        await drafts.update(id, mailFrom(subject, { subject: 'second' }));
        checkEqual((await subject.receivedBy(subject.addresses.peers[0])).length, 0, 'mails before sending');
        await drafts.send(id);
        checkEqual((await onlyMailOf(subject, subject.addresses.peers[0])).subject, 'second', 'subject');
        await rejectsWith(drafts.send(id), 'not_found', 'sending the draft again');
        await drafts.delete(id);
      }),
  },
  {
    id: 'X7',
    title: 'ids that one method gives are taken by the others, and unknown ids are null',
    requires: 'getMessage',
    run: (target) =>
      withSubject(target, async (subject) => {
        const inbound = inboundOf(subject);
        const id = await arrive(subject);
        const message = await inbound.getMessage?.(id);
        checkEqual(message?.id, id, 'id of the mail');
        const thread = await inbound.getThread(message?.threadId ?? fail('the mail has no thread'));
        checkEqual(
          thread?.messages.map((one) => one.id),
          [id],
          'mails of its thread',
        );
        checkEqual((await inbound.updateMessage?.(id, { starred: true }))?.flags?.starred, true, 'star');
        checkEqual((await inbound.getMessage?.(id))?.flags?.starred, true, 'star when it is read again');
        checkEqual(await inbound.getMessage?.('none'), null, 'an unknown mail');
        checkEqual(await inbound.getThread('none'), null, 'an unknown thread');
        const sent = await subject.outbound.sendEmail(mailFrom(subject));
        if (subject.outbound.getDelivery !== undefined) {
          checkEqual((await subject.outbound.getDelivery(sent.id)).id, sent.id, 'id of the delivery');
        }
      }),
  },
];
