import type { ResultMeta } from '@mortise/core';
import type { ProviderDeltaSyncState } from '@mortise/provider-delta';
import type { EmailAddress } from './address.ts';
import type { EmailMessage } from './message.ts';

/** A conversation. */
export interface EmailThread extends ResultMeta {
  id: string;
  /** Subject of the first mail. */
  subject?: string;
  snippet?: string;
  /** Everybody who wrote or was written to, each once. */
  participants: EmailAddress[];
  /** Oldest first. */
  messages: EmailMessage[];
  /** Time of the latest mail. */
  updatedAt: Date;
  /** Ids of the folders and labels of its mails. */
  labels?: string[];
  metadata?: Record<string, string>;
  delta?: ProviderDeltaSyncState;
}

/** Which threads to list. */
export interface EmailThreadListQuery {
  /** Id of a folder or label that a mail of the thread must have. */
  label?: string;
  /** Search in the provider's own syntax. */
  query?: string;
  /** Most threads of a page; the provider may give fewer. */
  pageSize?: number;
  /** `nextPageToken` of the page before. */
  pageToken?: string;
  /** Default false: threads that are all in the archive or the bin are left out. */
  includeArchived?: boolean;
  /** Threads with a mail at or after this time. */
  updatedSince?: Date;
  /** Sync state to go on from. */
  delta?: ProviderDeltaSyncState;
}

/** A page of threads. */
export interface EmailThreadPage extends ResultMeta {
  readonly threads: EmailThread[];
  /** Absent on the last page. */
  readonly nextPageToken?: string;
  /** State to keep for the next incremental read, also where the page is empty. */
  readonly delta?: ProviderDeltaSyncState;
}
