import { IntegrationError, type Page } from '@mortise/core';
import type { ListMessagesQuery } from '../messaging-provider.ts';
import { encodeMessageRef, type MessageRef } from '../model/message-ref.ts';
import type { MessagingAuthor, MessagingMessage } from '../model/message.ts';
import type { ServiceMessage } from './messaging-service.ts';

/** A message on the board. */
export interface Posting extends Omit<ServiceMessage, 'ref'> {
  readonly author: MessagingAuthor;
  readonly sentAtMs: number;
  readonly editedAtMs?: number;
}

interface Entry {
  readonly sequence: number;
  readonly ref: MessageRef;
  posting: Posting;
  isDeleted: boolean;
  readonly reactions: Set<string>;
}

const DEFAULT_PAGE_SIZE = 50;

/** The channels of the in-memory platform and what stands in them. */
export class MessageBoard {
  readonly #entries: Entry[] = [];
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  post(channelId: string, threadId: string | undefined, posting: Posting): MessageRef {
    const sequence = this.#entries.length + 1;
    const ref = { channelId, messageId: `m${sequence}`, ...(threadId === undefined ? {} : { threadId }) };
    this.#entries.push({ sequence, ref, posting, isDeleted: false, reactions: new Set() });
    return ref;
  }

  /** @throws {IntegrationError} `not_found` */
  find(ref: MessageRef): Entry {
    const entry = this.#entries.find((one) => one.ref.messageId === ref.messageId && !one.isDeleted);
    if (entry?.ref.channelId !== ref.channelId || entry.ref.threadId !== ref.threadId) {
      throw new IntegrationError({ code: 'not_found', message: 'There is no such message' });
    }
    return entry;
  }

  /** Also one that was deleted, for events that speak of it. */
  recall(ref: MessageRef): Entry | undefined {
    return this.#entries.find((one) => one.ref.messageId === ref.messageId);
  }

  /** What is there to be seen, in order. */
  visible(channelId: string): readonly Entry[] {
    return this.#entries.filter(
      (entry) => entry.ref.channelId === channelId && !entry.isDeleted && entry.posting.sentAtMs <= this.#now(),
    );
  }

  list({ channelId, threadId, direction, cursor, pageSize }: ListMessagesQuery): Page<MessagingMessage> {
    const size = pageSize ?? DEFAULT_PAGE_SIZE;
    if (!(size >= 1)) throw invalid('pageSize', `expected at least 1, got ${size}`);
    const scope = `${direction}|${channelId}|${threadId ?? ''}|`;
    const after = cursor === undefined ? undefined : readCursor(cursor, scope);
    const inPlace = this.visible(channelId).filter(
      (entry) => threadId === undefined || entry.ref.threadId === threadId,
    );
    const ordered = direction === 'forward' ? inPlace : inPlace.toReversed();
    // By the place in the whole, not by a count: what comes in or goes away moves nothing.
    const rest = ordered.filter(
      ({ sequence }) => after === undefined || (direction === 'forward' ? sequence > after : sequence < after),
    );
    const items = rest.slice(0, size);
    const last = items.at(-1);
    const hasMore = rest.length > items.length;
    return {
      items: items.map(toMessage),
      hasMore,
      ...(hasMore && last !== undefined ? { nextCursor: btoa(encodeURIComponent(`${scope}${last.sequence}`)) } : {}),
    };
  }
}

export function toMessage({ ref, posting }: { readonly ref: MessageRef; readonly posting: Posting }): MessagingMessage {
  const { author, text, files, sentAtMs, editedAtMs } = posting;
  return {
    id: encodeMessageRef(ref),
    ref,
    author,
    text,
    sentAt: new Date(sentAtMs),
    ...(editedAtMs === undefined ? {} : { editedAt: new Date(editedAtMs) }),
    ...(files.length === 0
      ? {}
      : { files: files.map((file, index) => ({ id: `${ref.messageId}-f${index}`, ...file })) }),
  };
}

function readCursor(cursor: string, scope: string): number {
  let text = '';
  try {
    text = decodeURIComponent(atob(cursor));
  } catch {
    // Told below.
  }
  const sequence = text.startsWith(scope) ? Number(text.slice(scope.length)) : Number.NaN;
  if (Number.isInteger(sequence)) return sequence;
  throw invalid('cursor', 'expected a nextCursor of the same list');
}

export function invalid(field: string, fault: string): IntegrationError {
  return new IntegrationError({ code: 'invalid_request', field, message: `${field}: ${fault}` });
}
