import type { EmailAddress } from '../../model/address.ts';
import type { EmailSearch } from '../../model/message-query.ts';
import type { EmailMessage } from '../../model/message.ts';

/** Whether a mail fulfils all that a search asks for. */
export function matchesSearch(message: EmailMessage, search: EmailSearch): boolean {
  const { from, to, anyAddress, subject, text, after, before, unread, starred, hasAttachment, folder, native } = search;
  const receivers = [...message.to, ...(message.cc ?? []), ...(message.bcc ?? [])];
  const at = message.receivedAt ?? message.sentAt;
  const words = [message.subject, message.textBody, message.htmlBody];
  return (
    (from === undefined || anyHas([message.from], from)) &&
    (to === undefined || anyHas(receivers, to)) &&
    (anyAddress === undefined || anyHas([message.from, ...receivers], anyAddress)) &&
    (subject === undefined || has(message.subject, subject)) &&
    (text === undefined || words.some((one) => has(one, text))) &&
    (native === undefined || words.some((one) => has(one, native))) &&
    (after === undefined || at >= after) &&
    (before === undefined || at < before) &&
    (unread === undefined || message.flags?.read !== unread) &&
    (starred === undefined || message.flags?.starred === starred) &&
    (hasAttachment === undefined || (message.attachments ?? []).length > 0 === hasAttachment) &&
    (folder === undefined || message.folders?.includes(folder) === true)
  );
}

function anyHas(addresses: readonly EmailAddress[], part: string): boolean {
  return addresses.some(({ email, name }) => has(email, part) || has(name, part));
}

function has(text: string | undefined, part: string): boolean {
  return text?.toLowerCase().includes(part.toLowerCase()) === true;
}
