import type { ConformanceCase } from '@mortise/testing';
import type { EmailOutboundMessage } from '../../model/outbound-message.ts';
import { deepFreeze, rejectionOf } from '../case-tools.ts';
import { check, checkEqual } from '../conformance-failure.ts';
import type { EmailConformanceTarget } from '../conformance-target.ts';
import { headerOf, mailFrom, onlyMailOf, withSubject } from '../with-subject.ts';

const EVIL = 'Hi\r\nBcc: victim@example.com';
const PICTURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 255);
const UNUSUAL = 'Zoë 👩‍👩‍👧 שלום é ｆｕｌｌ';

/** What a receiver gets: `email.2` to `email.5`, `X5`, `X8`, `X18`. */
export const sendingCases: readonly ConformanceCase<EmailConformanceTarget>[] = [
  {
    id: 'email.2',
    title: 'a line break in subject, name or header cannot add a header',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { own, peers } = subject.addresses;
        const attempts: Partial<EmailOutboundMessage>[] = [
          { subject: EVIL },
          { from: { ...own, name: EVIL } },
          { to: [{ email: peers[0], name: EVIL }] },
          { headers: { 'X-Note': EVIL } },
          { headers: { 'X-Note: a\r\nBcc': 'victim@example.com' } },
          { inReplyTo: `<a@b>\r\nBcc: victim@example.com` },
        ];
        for (const fields of attempts) {
          const error = await subject.outbound.sendEmail(mailFrom(subject, fields)).then(
            () => undefined,
            (reason: unknown) => reason,
          );
          // Refused is fine, and so is a mail in which the break is gone.
          if (error !== undefined) await rejectionOf(Promise.reject(error), 'a mail with a line break in a header');
        }
        for (const mail of await subject.receivedBy(peers[0])) {
          check(headerOf(mail, 'Bcc') === undefined, 'a line break in a field became a Bcc header');
          const broken = mail.headerList?.find(({ name, value }) => /[\r\n]/.test(name + value));
          check(broken === undefined, `header ${broken?.name}: its value holds a line break`);
        }
      }),
  },
  {
    id: 'email.3',
    title: 'a receiver in bcc gets the mail, and nobody reads so',
    run: (target) =>
      withSubject(target, async (subject) => {
        const [visible, other, hidden] = subject.addresses.peers;
        const message = mailFrom(subject, { cc: [{ email: other }], bcc: [{ email: hidden }] });
        await subject.outbound.sendEmail(message);
        for (const address of [visible, other, hidden]) {
          const mail = await onlyMailOf(subject, address);
          const { to, cc, bcc, headerList, headers } = mail;
          const shown = JSON.stringify({
            to,
            cc,
            bcc,
            headerList: withoutTrace(headerList),
            headers: { ...headers, Received: '' },
          });
          check(!shown.includes(hidden), `the mail for ${address} names the receiver in bcc`);
          checkEqual(to, [{ email: visible }], `receivers that ${address} reads`);
        }
      }),
  },
  {
    id: 'email.4',
    title: 'an inline image keeps its content id, type and bytes',
    requires: 'inline-attachments',
    run: (target) =>
      withSubject(target, async (subject) => {
        const attachments = [
          {
            id: 'a',
            filename: 'logo.png',
            contentType: 'image/png',
            data: PICTURE,
            contentId: 'logo',
            disposition: 'inline' as const,
          },
          {
            id: 'b',
            filename: 'ünïcode.txt',
            contentType: 'text/plain',
            file: { base64: 'aGk=', mediaType: 'text/plain' },
          },
        ];
        await subject.outbound.sendEmail(mailFrom(subject, { htmlBody: '<img src="cid:logo">', attachments }));
        const { attachments: got = [] } = await onlyMailOf(subject, subject.addresses.peers[0]);
        checkEqual(
          got.map(({ filename, contentType, contentId, disposition, data }) => [
            filename,
            contentType,
            contentId ?? null,
            disposition ?? 'attachment',
            [...(data ?? [])],
          ]),
          [
            ['logo.png', 'image/png', 'logo', 'inline', [...PICTURE]],
            ['ünïcode.txt', 'text/plain', null, 'attachment', [0x68, 0x69]],
          ],
          'attachments',
        );
      }),
  },
  {
    id: 'X5',
    title: 'each field of a mail arrives, or a warning names it, or the mail is refused',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { peers } = subject.addresses;
        const inReplyTo = '<first@example.com>';
        const fields: Required<Pick<EmailOutboundMessage, (typeof CARRIED)[number][0]>> = {
          htmlBody: '<p>Hello</p>',
          cc: [{ email: peers[1], name: 'Two' }],
          replyToList: [{ email: peers[1] }, { email: peers[2] }],
          sender: { email: peers[2] },
          headers: { 'X-Note': 'kept' },
          inReplyTo,
          references: [inReplyTo],
          unsubscribe: { url: 'https://example.com/u', oneClick: true },
          ampBody: '<html ⚡4email></html>',
          tracking: { opens: true },
          stream: 'broadcast',
        };
        for (const [field, arrives] of CARRIED) {
          const before = (await subject.receivedBy(peers[0])).length;
          const message = mailFrom(subject, { [field]: fields[field] });
          const result = await subject.outbound.sendEmail(message).catch((error: unknown) => ({ error }));
          if ('error' in result) {
            const { code } = await rejectionOf(Promise.reject(result.error), `a mail with ${field}`);
            check(code === 'unsupported' || code === 'invalid_request', `${field}: refused with code "${code}"`);
            continue;
          }
          const mail = (await subject.receivedBy(peers[0]))[before];
          check(mail !== undefined, `a mail with ${field} did not arrive`);
          const isNamed = result.warnings?.some((warning) => warning.field === field) === true;
          check(isNamed || arrives(mail), `"${field}" neither arrived nor is it named by a warning`);
        }
      }),
  },
  {
    id: 'X8',
    title: 'input is not changed: a frozen mail can be sent',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { peers } = subject.addresses;
        const message = mailFrom(subject, {
          cc: [{ email: peers[1] }],
          headers: { 'X-Note': 'a' },
          bcc: [{ email: peers[2] }],
        });
        const before = JSON.stringify(message);
        deepFreeze(message);
        await subject.outbound.sendEmail(message);
        checkEqual(JSON.stringify(message), before, 'the mail after it was sent');
      }),
  },
  {
    id: 'X18',
    title: 'emoji, right-to-left text and combining marks arrive unchanged, also in 200,000 characters',
    run: (target) =>
      withSubject(target, async (subject) => {
        const textBody = UNUSUAL.repeat(200_000 / UNUSUAL.length);
        await subject.outbound.sendEmail(
          mailFrom(subject, { subject: UNUSUAL, from: { ...subject.addresses.own, name: UNUSUAL }, textBody }),
        );
        const mail = await onlyMailOf(subject, subject.addresses.peers[0]);
        checkEqual(mail.subject, UNUSUAL, 'subject');
        checkEqual(mail.from.name, UNUSUAL, 'name of the sender');
        check(mail.textBody?.trimEnd() === textBody.trimEnd(), 'the body arrived changed');
      }),
  },
];

type Mail = Awaited<ReturnType<typeof onlyMailOf>>;

/** Fields of a mail that receivers can see, and how they see them. */
const CARRIED = [
  ['htmlBody', (mail: Mail) => mail.htmlBody?.includes('<p>Hello</p>') === true],
  ['cc', (mail: Mail) => mail.cc?.[0]?.name === 'Two'],
  ['replyToList', (mail: Mail) => mail.replyToList?.length === 2],
  ['sender', (mail: Mail) => headerOf(mail, 'Sender') !== undefined],
  ['headers', (mail: Mail) => headerOf(mail, 'X-Note') === 'kept'],
  ['inReplyTo', (mail: Mail) => headerOf(mail, 'In-Reply-To') === '<first@example.com>'],
  ['references', (mail: Mail) => headerOf(mail, 'References')?.includes('<first@example.com>') === true],
  ['unsubscribe', (mail: Mail) => headerOf(mail, 'List-Unsubscribe')?.includes('https://example.com/u') === true],
  ['ampBody', () => false],
  ['tracking', () => false],
  ['stream', () => false],
] as const;

/** Servers on the way may name the receiver that they carry the mail for. */
function withoutTrace(headerList: Mail['headerList'] = []): object[] {
  return headerList.filter(({ name }) => !['received', 'delivered-to', 'x-original-to'].includes(name.toLowerCase()));
}
