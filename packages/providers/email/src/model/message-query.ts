import type { ResultMeta } from '@mortise/core';
import type { ProviderDeltaSyncState } from '@mortise/provider-delta';
import type { EmailMessage } from './message.ts';

/** Which mails to fetch, oldest first. */
export interface EmailMessagesSinceQuery {
  /** Id of a folder or label. */
  label?: string;
  /** Received at or after this time. Providers may round it down to a second. Absent: from the beginning. */
  since?: Date;
  /** Most mails of a page; the provider may give fewer. */
  pageSize?: number;
  /** `nextPageToken` of the page before. */
  pageToken?: string;
  delta?: ProviderDeltaSyncState;
}

/** A page of mails. */
export interface EmailMessagesSincePage extends ResultMeta {
  messages: EmailMessage[];
  /** Absent on the last page. */
  nextPageToken?: string;
  /** State to keep for the next read, also where the page is empty. */
  delta?: ProviderDeltaSyncState;
}

/** A search that every provider understands; all that is given must hold. Texts are compared without regard to case. */
export interface EmailSearch {
  readonly from?: string;
  readonly to?: string;
  /** In any address field. */
  readonly anyAddress?: string;
  readonly subject?: string;
  /** In subject or body. */
  readonly text?: string;
  /** Received at or after this time. */
  readonly after?: Date;
  /** Received before this time. */
  readonly before?: Date;
  readonly unread?: boolean;
  readonly starred?: boolean;
  readonly hasAttachment?: boolean;
  /** Id of a folder. */
  readonly folder?: string;
  /** Search in the provider's own syntax, besides the others. */
  readonly native?: string;
  readonly pageSize?: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string;
}
