import type { MessageRef } from './message-ref.ts';

/** Who wrote or did something. */
export interface MessagingAuthor {
  readonly id: string;
  readonly name?: string;
  readonly isBot: boolean;
  /** True for the connection's own bot: ignore such events, or loops arise. */
  readonly isSelf: boolean;
}

/** A file of a message; fetched with the connection's credential where `url` asks for one. */
export interface MessagingFile {
  readonly id: string;
  readonly name?: string;
  readonly mediaType?: string;
  readonly sizeBytes?: number;
  readonly url?: string;
}

/** A message as it is in its channel. */
export interface MessagingMessage {
  /** `encodeMessageRef(ref)`. */
  readonly id: string;
  readonly ref: MessageRef;
  readonly author: MessagingAuthor;
  /** As people read it, without formatting. */
  readonly text: string;
  readonly sentAt: Date;
  /** Absent: never edited. */
  readonly editedAt?: Date;
  readonly files?: readonly MessagingFile[];
}

/** A place where messages go. */
export interface MessagingChannel {
  readonly id: string;
  readonly name?: string;
  readonly kind: 'public' | 'private' | 'direct' | 'group' | 'unknown';
  /** Absent: not told. */
  readonly isArchived?: boolean;
}

export interface MessagingUser {
  readonly id: string;
  readonly name?: string;
  readonly email?: string;
  readonly isBot: boolean;
}
