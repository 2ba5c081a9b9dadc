import type { FileInput } from '@mortise/core';

/** A file of a mail, in both directions. */
export interface EmailAttachment {
  /** The provider's id, fit for `getAttachment`. In a mail to send any name that is unique among its attachments. */
  id: string;
  filename: string;
  /** Media type, such as `application/pdf`. */
  contentType: string;
  sizeBytes?: number;
  /** Content in memory. */
  data?: Uint8Array;
  /** Where the content can be fetched, where the provider gives such an address. */
  downloadUrl?: string;
  /** Id under which an HTML body shows the file (`cid:…`), without angle brackets. */
  contentId?: string;
  /** `inline` for what the body shows, `attachment` (default) for what is listed beside it. */
  disposition?: 'inline' | 'attachment';
  /** Content to send, where it is not in `data`. */
  file?: FileInput;
}

/** Content of an attachment as it comes from the provider, in pieces. */
export interface EmailAttachmentContent {
  readonly stream: AsyncIterable<Uint8Array>;
  readonly contentType: string;
  readonly sizeBytes?: number;
}
