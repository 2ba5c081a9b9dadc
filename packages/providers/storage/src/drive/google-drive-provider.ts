import type { CallOptions, CapabilityDescription, Changes, MethodSupport } from '@mortise/core';
import type { GoogleDriveFile, GoogleDriveFileMetadata } from './file.ts';
import type {
  GoogleDriveCreateFileInput,
  GoogleDriveGetFileOptions,
  GoogleDriveListFilesQuery,
  GoogleDriveListFilesResult,
  GoogleDriveUpdateFileInput,
  GoogleDriveWatchInput,
  GoogleDriveWatchResult,
} from './inputs.ts';

/** Methods of `GoogleDriveProvider` that not every implementation has. */
export type GoogleDriveMethod =
  | 'watchChanges'
  | 'stopWatch'
  | 'listChanges'
  | 'exportFile'
  | 'createFile'
  | 'updateFile'
  | 'deleteFile';

/** What an implementation can do: plain data, known without any call. */
export interface GoogleDriveCapabilities extends CapabilityDescription {
  readonly methods?: Readonly<Partial<Record<GoogleDriveMethod, MethodSupport>>>;
}

/**
 * Files of Google Drive. The first two methods are required; `completeGoogleDrive(provider)` adds the others. Failures
 * reject with core's `IntegrationError`.
 */
export interface GoogleDriveProvider {
  /** What works. Absent: unknown, and only trying tells. */
  readonly capabilities?: GoogleDriveCapabilities;

  /** One page of files. */
  listFiles(query?: GoogleDriveListFilesQuery, options?: CallOptions): Promise<GoogleDriveListFilesResult>;

  /**
   * A file with its content; null where there is none.
   *
   * @throws {IntegrationError} `unsupported` for a folder or a document of Google's own editors, which have no bytes: see `exportFile`
   */
  getFile(fileId: string, options?: GoogleDriveGetFileOptions): Promise<GoogleDriveFile | null>;

  /** Opens a channel for notices that something changed; what it was is read by `listChanges`. */
  watchChanges?(input: GoogleDriveWatchInput, options?: CallOptions): Promise<GoogleDriveWatchResult>;

  /** Closes a channel, given what opening it returned. One that has ended is no error. */
  stopWatch?(watch: GoogleDriveWatchResult, options?: CallOptions): Promise<void>;

  /**
   * Files that came, changed or went since a cursor was handed out. A file in the bin is a changed one. Absent: nothing but a
   * cursor for now.
   *
   * @throws {IntegrationError} `cursor_expired`: list everything again.
   */
  listChanges?(cursor?: string, options?: CallOptions): Promise<Changes<GoogleDriveFileMetadata>>;

  /**
   * A document of Google's own editors in another format; null where there is none.
   *
   * @throws {IntegrationError} `unsupported` for a format that it cannot have
   */
  exportFile?(fileId: string, mediaType: string, options?: CallOptions): Promise<GoogleDriveFile | null>;

  createFile?(input: GoogleDriveCreateFileInput, options?: CallOptions): Promise<GoogleDriveFileMetadata>;

  /** @throws {IntegrationError} `not_found` */
  updateFile?(
    fileId: string,
    input: GoogleDriveUpdateFileInput,
    options?: CallOptions,
  ): Promise<GoogleDriveFileMetadata>;

  /** Deletes a file for good, without the bin. One that is not there is no error. */
  deleteFile?(fileId: string, options?: CallOptions): Promise<void>;
}
