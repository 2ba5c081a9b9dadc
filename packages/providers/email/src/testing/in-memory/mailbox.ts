import { type Changes, IntegrationError, type Page } from '@mortise/core';
import type { EmailAddress } from '../../model/address.ts';
import type { EmailFolder, EmailFolderRole } from '../../model/mailbox.ts';
import type { EmailMessagesSincePage, EmailMessagesSinceQuery, EmailSearch } from '../../model/message-query.ts';
import type { EmailMessage, EmailMessageUpdate } from '../../model/message.ts';
import type { EmailThread, EmailThreadListQuery, EmailThreadPage } from '../../model/thread.ts';
import { pageSizeOf, readCursor, writeCursor } from './cursor.ts';
import { matchesSearch } from './match-search.ts';
import { lastHeaders } from './outgoing-mail.ts';

interface Stored {
  readonly order: number;
  message: EmailMessage;
}

interface Thread {
  readonly id: string;
  /** Of its first mail. It never changes, so that pages stay put while mail arrives. */
  readonly order: number;
  readonly messageIds: Set<string>;
}

interface Change {
  readonly order: number;
  readonly id: string;
  readonly deletedAt?: string;
}

const ROLES: readonly EmailFolderRole[] = ['inbox', 'sent', 'drafts', 'archive', 'trash', 'spam'];
const HIDDEN = new Set(['archive', 'trash', 'spam']);
const SNIPPET_LENGTH = 80;

/** Mails of one mailbox: threads, folders, labels and the log of their changes. */
export class Mailbox {
  readonly address: string;
  readonly #messages = new Map<string, Stored>();
  readonly #threads = new Map<string, Thread>();
  readonly #customFolders = new Set<string>();
  #changes: Change[] = [];
  #forgottenUpTo = 0;
  #lastOrder = 0;

  constructor(address: string) {
    this.address = address;
  }

  /** Puts a mail in. Replies go to the thread of what they answer, others begin one. */
  add(content: Omit<EmailMessage, 'id' | 'threadId'>, folder: string, threadId?: string): EmailMessage {
    const order = (this.#lastOrder += 1);
    const id = `m${order}`;
    const thread = this.#threadFor(content, threadId, order);
    thread.messageIds.add(id);
    const headerList = content.headerList ?? [];
    const message: EmailMessage = {
      ...content,
      id,
      threadId: thread.id,
      headers: lastHeaders(headerList),
      folders: [folder],
      flags: { read: folder !== 'inbox', starred: false, draft: folder === 'drafts', answered: false },
      ...(content.textBody === undefined ? {} : { snippet: content.textBody.slice(0, SNIPPET_LENGTH) }),
    };
    this.#messages.set(id, { order, message });
    this.#changes.push({ order, id });
    if (folder === 'sent') this.#markAnswered(content.inReplyTo);
    return structuredClone(message);
  }

  get(id: string): EmailMessage | undefined {
    const stored = this.#messages.get(id);
    return stored && structuredClone(stored.message);
  }

  /** @throws {IntegrationError} `not_found` */
  update(id: string, update: EmailMessageUpdate): EmailMessage {
    const stored = this.#messages.get(id);
    if (stored === undefined) throw notFound('mail');
    const { message } = stored;
    const flags = message.flags ?? { read: false, starred: false, draft: false, answered: false };
    const labels = new Set(message.labels);
    for (const label of update.addLabels ?? []) labels.add(label);
    for (const label of update.removeLabels ?? []) labels.delete(label);
    if (update.folder !== undefined && !ROLES.some((role) => role === update.folder)) {
      this.#customFolders.add(update.folder);
    }
    stored.message = {
      ...message,
      flags: { ...flags, read: update.read ?? flags.read, starred: update.starred ?? flags.starred },
      folders: update.folder === undefined ? (message.folders ?? []) : [update.folder],
      labels: [...labels],
    };
    this.#logChange(id);
    return structuredClone(stored.message);
  }

  /** Takes a mail out for good. */
  remove(id: string, deletedAt: string): void {
    const stored = this.#messages.get(id);
    if (stored === undefined) return;
    this.#messages.delete(id);
    const thread = this.#threads.get(stored.message.threadId);
    thread?.messageIds.delete(id);
    if (thread?.messageIds.size === 0) this.#threads.delete(thread.id);
    this.#logChange(id, deletedAt);
  }

  thread(id: string): EmailThread | null {
    const thread = this.#threads.get(id);
    return thread === undefined ? null : this.#describe(thread);
  }

  threadsPage(query: EmailThreadListQuery = {}): EmailThreadPage {
    const size = pageSizeOf(query.pageSize);
    const before = query.pageToken === undefined ? Infinity : readCursor('threads', this.address, query.pageToken);
    const left = [...this.#threads.values()]
      .filter(({ order }) => order < before)
      .sort((a, b) => b.order - a.order)
      .map((thread) => ({ order: thread.order, thread: this.#describe(thread) }))
      .filter(({ thread }) => isWanted(thread, query));
    const page = left.slice(0, size);
    const last = page.at(-1);
    return {
      threads: page.map(({ thread }) => thread),
      ...(left.length > size && last !== undefined
        ? { nextPageToken: writeCursor('threads', this.address, last.order) }
        : {}),
      delta: { cursor: { cursor: this.cursor() } },
    };
  }

  messagesSince(query: EmailMessagesSinceQuery): EmailMessagesSincePage {
    const size = pageSizeOf(query.pageSize);
    const after = query.pageToken === undefined ? 0 : readCursor('since', this.address, query.pageToken);
    const sinceMs = query.since?.getTime() ?? -Infinity;
    const left = this.#list(1).filter(
      ({ order, message }) =>
        order > after &&
        (message.receivedAt ?? message.sentAt).getTime() >= sinceMs &&
        (query.label === undefined || labelsOf(message).includes(query.label)),
    );
    const page = left.slice(0, size);
    const last = page.at(-1);
    return {
      messages: page.map(({ message }) => structuredClone(message)),
      ...(left.length > size && last !== undefined
        ? { nextPageToken: writeCursor('since', this.address, last.order) }
        : {}),
      delta: { cursor: { cursor: this.cursor() } },
    };
  }

  search(search: EmailSearch): Page<EmailMessage> {
    const size = pageSizeOf(search.pageSize);
    const before = search.cursor === undefined ? Infinity : readCursor('messages', this.address, search.cursor);
    const left = this.#list(-1).filter(({ order, message }) => order < before && matchesSearch(message, search));
    const page = left.slice(0, size);
    const last = page.at(-1);
    const items = page.map(({ message }) => structuredClone(message));
    return left.length > size && last !== undefined
      ? { items, hasMore: true, nextCursor: writeCursor('messages', this.address, last.order) }
      : { items, hasMore: false };
  }

  folders(): EmailFolder[] {
    const named = [
      ...ROLES.map((role) => ({ id: role, name: role, role })),
      ...[...this.#customFolders].map((id) => ({ id, name: id })),
    ];
    const messages = this.#list(1).map(({ message }) => message);
    return named.map((folder) => {
      const inside = messages.filter(({ folders }) => folders?.includes(folder.id));
      const unreadCount = inside.filter(({ flags }) => flags?.read === false).length;
      return { ...folder, messageCount: inside.length, unreadCount };
    });
  }

  /** Position of what happens next. */
  cursor(): string {
    return writeCursor('changes', this.address, this.#lastOrder);
  }

  /** @throws {IntegrationError} `cursor_expired`, `invalid_request` */
  changesSince(cursor: string | undefined, limit: number): Changes<EmailMessage> {
    if (cursor === undefined) return { upserted: [], removed: [], nextCursor: this.cursor(), hasMore: false };
    const from = readCursor('changes', this.address, cursor);
    if (from < this.#forgottenUpTo) {
      throw new IntegrationError({
        code: 'cursor_expired',
        message: 'The mailbox forgot what happened since this cursor; read everything again',
      });
    }
    const later = this.#changes.filter(({ order }) => order > from);
    const taken = later.slice(0, limit);
    const latest = new Map(taken.map((change) => [change.id, change]));
    const upserted: EmailMessage[] = [];
    const removed: { id: string; deletedAt?: string }[] = [];
    for (const { id, deletedAt } of latest.values()) {
      const message = this.get(id);
      if (message !== undefined) upserted.push(message);
      else removed.push({ id, ...(deletedAt === undefined ? {} : { deletedAt }) });
    }
    const hasMore = later.length > taken.length;
    const last = taken.at(-1);
    const nextCursor = last === undefined ? this.cursor() : writeCursor('changes', this.address, last.order);
    return { upserted, removed, nextCursor, hasMore };
  }

  /** Forgets all changes up to now, as providers do after a while. */
  forgetChanges(): void {
    this.#changes = [];
    this.#lastOrder += 1;
    this.#forgottenUpTo = this.#lastOrder;
  }

  #list(direction: 1 | -1): Stored[] {
    return [...this.#messages.values()].sort((a, b) => (a.order - b.order) * direction);
  }

  #logChange(id: string, deletedAt?: string): void {
    this.#changes.push({ order: (this.#lastOrder += 1), id, ...(deletedAt === undefined ? {} : { deletedAt }) });
  }

  #threadFor(content: Omit<EmailMessage, 'id' | 'threadId'>, threadId: string | undefined, order: number): Thread {
    const known = threadId === undefined ? this.#threadOfReferences(content) : this.#threads.get(threadId);
    if (threadId !== undefined && known === undefined) throw notFound('thread');
    if (known !== undefined) return known;
    const thread: Thread = { id: `t${order}`, order, messageIds: new Set() };
    this.#threads.set(thread.id, thread);
    return thread;
  }

  #threadOfReferences({ inReplyTo, references = [] }: Omit<EmailMessage, 'id' | 'threadId'>): Thread | undefined {
    const answered = new Set([...references, ...(inReplyTo === undefined ? [] : [inReplyTo])]);
    const stored = this.#list(-1).find(({ message }) => answered.has(message.messageIdHeader ?? ''));
    return stored && this.#threads.get(stored.message.threadId);
  }

  #markAnswered(inReplyTo: string | undefined): void {
    if (inReplyTo === undefined) return;
    for (const stored of this.#messages.values()) {
      const { message } = stored;
      if (message.messageIdHeader !== inReplyTo || message.flags === undefined) continue;
      stored.message = { ...message, flags: { ...message.flags, answered: true } };
      this.#logChange(message.id);
    }
  }

  #describe(thread: Thread): EmailThread {
    const messages = this.#list(1)
      .map(({ message }) => message)
      .filter(({ id }) => thread.messageIds.has(id));
    const first = messages[0];
    const last = messages.at(-1);
    const times = messages.map(({ receivedAt, sentAt }) => (receivedAt ?? sentAt).getTime());
    return structuredClone({
      id: thread.id,
      ...(first?.subject === undefined ? {} : { subject: first.subject }),
      ...(last?.snippet === undefined ? {} : { snippet: last.snippet }),
      participants: participantsOf(messages),
      messages,
      updatedAt: new Date(Math.max(...times)),
      labels: [...new Set(messages.flatMap(labelsOf))],
      delta: { cursor: { cursor: this.cursor() } },
    });
  }
}

function labelsOf({ folders = [], labels = [] }: EmailMessage): string[] {
  return [...folders, ...labels];
}

function isWanted(thread: EmailThread, query: EmailThreadListQuery): boolean {
  const { label, query: text, includeArchived = false, updatedSince } = query;
  if (updatedSince !== undefined && thread.updatedAt < updatedSince) return false;
  if (label !== undefined && thread.labels?.includes(label) !== true) return false;
  if (text !== undefined && !thread.messages.some((message) => matchesSearch(message, { text }))) return false;
  const isHidden = thread.messages.every(({ folders = [] }) => folders.every((folder) => HIDDEN.has(folder)));
  return includeArchived || !isHidden || (label !== undefined && HIDDEN.has(label));
}

function participantsOf(messages: readonly EmailMessage[]): EmailAddress[] {
  const byAddress = new Map<string, EmailAddress>();
  for (const { from, to, cc = [] } of messages) {
    for (const address of [from, ...to, ...cc]) {
      const key = address.email.toLowerCase();
      if (byAddress.get(key)?.name === undefined) byAddress.set(key, address);
    }
  }
  return [...byAddress.values()];
}

export function notFound(what: string): IntegrationError {
  return new IntegrationError({ code: 'not_found', message: `There is no such ${what}` });
}
