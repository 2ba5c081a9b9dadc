import { type FileInput, IntegrationError, type IntegrationWarning, type JsonValue } from '@mortise/core';
import type { EmailAddress } from '../../model/address.ts';
import type { EmailAttachment } from '../../model/attachment.ts';
import type { EmailHeader, EmailMessage } from '../../model/message.ts';
import type { EmailOutboundMessage } from '../../model/outbound-message.ts';

/** A template of the post office: `{{name}}` stands for a value of `templateData`. */
export interface InMemoryTemplate {
  readonly subject?: string;
  readonly textBody?: string;
  readonly htmlBody?: string;
}

/** A mail that is ready to go. */
export interface OutgoingMail {
  readonly content: Omit<EmailMessage, 'id' | 'threadId'>;
  /** Every receiver, those in bcc included. */
  readonly recipients: readonly string[];
  readonly warnings: readonly IntegrationWarning[];
}

const ADDRESS = /^[^\s@<>",;:\\]+@[^\s@<>",;:\\]+$/u;
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
// oxlint-disable-next-line no-control-regex
const LINE_BREAK = /[\r\n\u0000]/;
/** Fields that have a place of their own in a mail; given as a header they would stand there twice. */
const OWN_FIELDS = new Set(['from', 'to', 'cc', 'bcc', 'subject', 'date', 'message-id', 'reply-to', 'sender']);

/**
 * Checks a mail and puts it into the form in which receivers get it.
 *
 * @throws {IntegrationError} `invalid_request` with the field, `not_found` for a template, `unsupported`
 */
export async function prepareMail(
  message: EmailOutboundMessage,
  stamp: { readonly messageIdHeader: string; readonly sentAt: Date },
  templates: Readonly<Record<string, InMemoryTemplate>>,
): Promise<OutgoingMail> {
  const { to, cc = [], bcc = [] } = message;
  const body = bodiesOf(message, templates);
  const replyToList = message.replyToList ?? (message.replyTo === undefined ? [] : [message.replyTo]);
  checkAddresses('from', [message.from]);
  checkAddresses('to', to);
  checkAddresses('cc', cc);
  checkAddresses('bcc', bcc);
  checkAddresses('replyTo', replyToList);
  if (message.sender !== undefined) checkAddresses('sender', [message.sender]);
  if (to.length + cc.length + bcc.length === 0) throw refused('to', 'expected at least one receiver, got none');
  const headerList = headersOf({ ...message, subject: body.subject }, replyToList, stamp);
  const attachments = await Promise.all((message.attachments ?? []).map(loadAttachment));
  const sizeBytes = attachments.reduce((sum, { sizeBytes: size = 0 }) => sum + size, 0);
  const content: OutgoingMail['content'] = {
    ...body,
    from: { ...message.from },
    to: to.map((address) => ({ ...address })),
    ...(cc.length === 0 ? {} : { cc: cc.map((address) => ({ ...address })) }),
    ...(replyToList[0] === undefined ? {} : { replyTo: { ...replyToList[0] } }),
    ...(replyToList.length < 2 ? {} : { replyToList: replyToList.map((address) => ({ ...address })) }),
    sentAt: stamp.sentAt,
    messageIdHeader: stamp.messageIdHeader,
    ...(message.inReplyTo === undefined ? {} : { inReplyTo: message.inReplyTo }),
    ...(message.references === undefined ? {} : { references: [...message.references] }),
    ...(attachments.length === 0 ? {} : { attachments }),
    headerList,
    sizeBytes: sizeBytes + new TextEncoder().encode(`${body.textBody ?? ''}${body.htmlBody ?? ''}`).length,
    ...(headerList.some(isAutoSubmitted) ? { autoSubmitted: true } : {}),
  };
  const recipients = [...new Set([...to, ...cc, ...bcc].map(({ email }) => email))];
  return { content, recipients, warnings: warningsFor(message) };
}

/** The last of repeated fields, by name. */
export function lastHeaders(headerList: readonly EmailHeader[]): Record<string, string> {
  return Object.fromEntries(headerList.map(({ name, value }) => [name, value]));
}

function isAutoSubmitted({ name, value }: EmailHeader): boolean {
  return name.toLowerCase() === 'auto-submitted' && value.toLowerCase() !== 'no';
}

function bodiesOf(
  message: EmailOutboundMessage,
  templates: Readonly<Record<string, InMemoryTemplate>>,
): { subject: string; textBody?: string; htmlBody?: string } {
  const { textBody, htmlBody, templateId, templateData = {} } = message;
  if (templateId === undefined) {
    if (textBody === undefined && htmlBody === undefined)
      throw refused('textBody', 'expected a body or a template, got neither');
    return {
      subject: message.subject,
      ...(textBody === undefined ? {} : { textBody }),
      ...(htmlBody === undefined ? {} : { htmlBody }),
    };
  }
  const template = Object.hasOwn(templates, templateId) ? templates[templateId] : undefined;
  if (template === undefined) {
    throw new IntegrationError({ code: 'not_found', field: 'templateId', message: 'There is no such template' });
  }
  const fill = (text: string): string =>
    text.replaceAll(/\{\{\s*([\w-]+)\s*\}\}/g, (_place, name: string) => textOfValue(templateData[name]));
  return {
    subject: fill(template.subject ?? message.subject),
    ...(template.textBody === undefined ? {} : { textBody: fill(template.textBody) }),
    ...(template.htmlBody === undefined ? {} : { htmlBody: fill(template.htmlBody) }),
  };
}

function textOfValue(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function headersOf(
  message: EmailOutboundMessage,
  replyTo: readonly EmailAddress[],
  stamp: { readonly messageIdHeader: string; readonly sentAt: Date },
): EmailHeader[] {
  const { unsubscribe } = message;
  const ways = [
    ...(unsubscribe?.url === undefined ? [] : [`<${unsubscribe.url}>`]),
    ...(unsubscribe?.mailto === undefined ? [] : [`<mailto:${unsubscribe.mailto}>`]),
  ];
  const list: (readonly [name: string, value: string, field: string])[] = [
    ['From', written([message.from]), 'from'],
    ['To', written(message.to), 'to'],
    ['Cc', written(message.cc ?? []), 'cc'],
    ['Reply-To', written(replyTo), 'replyTo'],
    ['Sender', written(message.sender === undefined ? [] : [message.sender]), 'sender'],
    ['Subject', message.subject, 'subject'],
    ['Date', stamp.sentAt.toUTCString(), 'sendAt'],
    ['Message-ID', stamp.messageIdHeader, 'headers'],
    ['In-Reply-To', message.inReplyTo ?? '', 'inReplyTo'],
    ['References', (message.references ?? []).join(' '), 'references'],
    ['List-Unsubscribe', ways.join(', '), 'unsubscribe'],
    ['List-Unsubscribe-Post', unsubscribe?.oneClick === true ? 'List-Unsubscribe=One-Click' : '', 'unsubscribe'],
    ...Object.entries(message.headers ?? {}).map(([name, value]) => [name, value, 'headers'] as const),
  ];
  for (const name of Object.keys(message.headers ?? {})) {
    if (!HEADER_NAME.test(name)) throw refused('headers', 'expected a header name of letters, digits and dashes');
    if (OWN_FIELDS.has(name.toLowerCase())) throw refused('headers', `"${name}" has a field of its own`);
  }
  const broken = list.find(([, value]) => LINE_BREAK.test(value));
  if (broken !== undefined) throw refused(broken[2], 'expected one line, got a line break');
  return list.filter(([, value]) => value !== '').map(([name, value]) => ({ name, value }));
}

function written(addresses: readonly EmailAddress[]): string {
  return addresses
    .map(({ email, name }) =>
      name === undefined ? email : `"${name.replaceAll(/["\\]/g, String.raw`\$&`)}" <${email}>`,
    )
    .join(', ');
}

function checkAddresses(field: string, addresses: readonly EmailAddress[]): void {
  for (const { email } of addresses) {
    if (!ADDRESS.test(email)) throw refused(field, 'expected an address such as "ann@example.com", got another text');
  }
}

async function loadAttachment(attachment: EmailAttachment): Promise<EmailAttachment> {
  const { file, data = file === undefined ? undefined : await bytesOf(file), ...rest } = attachment;
  if (data === undefined) throw refused('attachments', 'expected content in "data" or "file", got neither');
  if (LINE_BREAK.test(rest.filename)) throw refused('attachments', 'expected a file name of one line');
  return { ...rest, data: data.slice(), sizeBytes: data.length };
}

async function bytesOf(file: FileInput): Promise<Uint8Array> {
  if ('bytes' in file) return file.bytes;
  if ('base64' in file) return Uint8Array.from(atob(file.base64), (char) => char.codePointAt(0) ?? 0);
  if ('stream' in file) return new Uint8Array(await new Response(toWebStream(file.stream)).arrayBuffer());
  throw new IntegrationError({
    code: 'unsupported',
    field: 'attachments',
    message: 'The post office takes attachments as bytes, base64 or stream',
  });
}

function toWebStream(source: AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  if (source instanceof ReadableStream) return source;
  const items = source[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await items.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
  });
}

function warningsFor(message: EmailOutboundMessage): IntegrationWarning[] {
  const fields = (['ampBody', 'tracking', 'stream'] as const).filter((field) => message[field] !== undefined);
  return fields.map((field) => ({ type: 'unsupported', field, message: 'The post office does not know this' }));
}

function refused(field: string, message: string): IntegrationError {
  return new IntegrationError({ code: 'invalid_request', field, message: `${field}: ${message}` });
}
