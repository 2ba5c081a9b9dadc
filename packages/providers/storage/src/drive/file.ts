import type { ResultMeta } from '@mortise/core';
import type { ProviderDeltaSyncState } from '@mortise/provider-delta';

/** Content of a file: all bytes, or a stream of them that can be read once. Exactly one of the two. */
export type GoogleDriveFileBody =
  | { data: Uint8Array; stream?: never }
  | { data?: never; stream: AsyncIterable<Uint8Array> };

/** What is known of a file or folder besides its content. */
export interface GoogleDriveFileMetadata extends ResultMeta {
  id: string;
  name: string;
  /** Documents of Google's own editors begin with `application/vnd.google-apps.` and have no bytes. */
  mimeType: string;
  modifiedTime?: string | Date;
  /** Absent on documents of Google's own editors and on folders. */
  sizeBytes?: number;
  md5Checksum?: string;
  webViewLink?: string;
  /** Ids of the folders that hold the file. */
  parents?: string[];
  /** In the bin. */
  trashed?: boolean;
  metadata?: Record<string, string>;
  delta?: ProviderDeltaSyncState;
  /** Id of the shared drive that holds the file. */
  driveId?: string;
  /** Rises with every change. */
  version?: string;
}

/** A file with its content. */
export type GoogleDriveFile = GoogleDriveFileMetadata & GoogleDriveFileBody;
