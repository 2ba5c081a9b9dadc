import type { CallOptions } from '@mortise/core';
import type { ProviderDeltaSyncState } from '@mortise/provider-delta';
import type { EmailMessage } from './message.ts';
import type { EmailOutboundMessage } from './outbound-message.ts';
import type { EmailOutboundResult } from './outbound-result.ts';

/** What a folder is for. */
export type EmailFolderRole = 'inbox' | 'sent' | 'drafts' | 'archive' | 'trash' | 'spam';

/** A folder or label of a mailbox. */
export interface EmailFolder {
  readonly id: string;
  readonly name: string;
  /** Absent: a folder of the user's own. */
  readonly role?: EmailFolderRole;
  /** Mails that it holds, where the provider counts. */
  readonly messageCount?: number;
  readonly unreadCount?: number;
}

/** A mail that is still being written. */
export interface EmailDraft {
  readonly id: string;
  readonly message: EmailMessage;
}

/** Unsent mails in the mailbox. */
export interface EmailDrafts {
  create(message: EmailOutboundMessage, options?: CallOptions): Promise<EmailDraft>;
  /** Replaces the whole draft. */
  update(draftId: string, message: EmailOutboundMessage, options?: CallOptions): Promise<EmailDraft>;
  /** Sends the draft, which is then none any more. */
  send(draftId: string, options?: CallOptions): Promise<EmailOutboundResult>;
  /** A draft that is not there is no error. */
  delete(draftId: string, options?: CallOptions): Promise<void>;
}

/** Request for notices of changes in the mailbox. */
export interface EmailWatchInput {
  /** Where notices go: an https address, or a topic such as `projects/…/topics/…`. */
  readonly target: string;
  /** Folders or labels to watch. Absent: all. */
  readonly labels?: readonly string[];
  readonly delta?: ProviderDeltaSyncState;
}

/** A running watch. Its channel and the cursor from which changes are to be read are in `delta`. */
export interface EmailWatch {
  readonly delta: ProviderDeltaSyncState;
}
