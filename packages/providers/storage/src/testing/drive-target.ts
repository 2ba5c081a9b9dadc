import type { GoogleDriveProvider } from '../drive/google-drive-provider.ts';
import type { StorageSubjectSetup } from './storage-target.ts';

/** A Drive provider under test, and the world around it. */
export interface DriveSubject {
  readonly drive: GoogleDriveProvider;
  /** Puts a text file there by another way than the provider. Gives its id. */
  readonly addFile: (name: string, data: string) => Promise<string>;
  /** A document of Google's own editors, with what it can be exported to: text by media type. */
  readonly addDocument: (name: string, exports: Readonly<Record<string, string>>) => Promise<string>;
  /** Deletes a file for good by another way than the provider. */
  readonly removeFile: (id: string) => Promise<void>;
  /** Notices that were sent to the receiver so far. Absent: channels are not checked. */
  readonly notices?: () => Promise<readonly { readonly channelId: string; readonly token?: string }[]>;
  /** Makes cursors that were given out before expire. Absent: that is not checked. */
  readonly forgetChanges?: () => Promise<void>;
  /** From now on the service gives no answer. */
  readonly stall: () => void;
  readonly close: () => Promise<void>;
}

/** An implementation that the kit can test. */
export interface DriveConformanceTarget {
  /** A fresh provider before an empty Drive. */
  readonly open: (setup: StorageSubjectSetup) => Promise<DriveSubject>;
}
