import type { CallOptions, ResultMeta } from '@mortise/core';
import type { ProviderDeltaSyncState } from '@mortise/provider-delta';
import type { StorageUploadData } from '../model/object-body.ts';
import type { GoogleDriveFileMetadata } from './file.ts';

/** Which files to list. */
export interface GoogleDriveListFilesQuery {
  /** Search in Drive's own syntax, such as `'<folder>' in parents and trashed = false`. */
  query?: string;
  /** Most files of a page; Drive may give fewer. */
  pageSize?: number;
  /** `nextPageToken` of the page before. */
  pageToken?: string;
  /** Id of a shared drive to look through. */
  driveId?: string;
  /** Such as `drive` or `appDataFolder`. */
  spaces?: string[];
  /** Also files of shared drives. Default false. */
  includeItemsFromAllDrives?: boolean;
  delta?: ProviderDeltaSyncState;
}

/** A page of files. */
export interface GoogleDriveListFilesResult extends ResultMeta {
  files: GoogleDriveFileMetadata[];
  /** Absent on the last page. */
  nextPageToken?: string;
  /** State to keep for the next incremental read. */
  delta?: ProviderDeltaSyncState;
}

export interface GoogleDriveGetFileOptions extends CallOptions {
  /** Both ends included, counted from 0. */
  readonly range?: { readonly start: number; readonly end?: number };
  /** How the content is wanted. Absent: as the provider thinks best. */
  readonly as?: 'bytes' | 'stream';
}

/** Request for notices of changes. */
export interface GoogleDriveWatchInput {
  /** Made by the caller, unique for each channel. */
  channelId: string;
  /** Https address to which notices go. */
  webhookUrl: string;
  /** Comes back with each notice; compare it. */
  token?: string;
  /** Wished end. Drive's own default is short: always give one. */
  expiresAt?: string | Date;
  delta?: ProviderDeltaSyncState;
}

/** An open channel, in `delta.webhookChannel`; `delta.cursor` is where its changes begin. */
export interface GoogleDriveWatchResult {
  delta: ProviderDeltaSyncState;
}

/** A file to make. */
export interface GoogleDriveCreateFileInput {
  readonly name: string;
  readonly mimeType: string;
  /** Absent: a folder, or an empty file. */
  readonly data?: StorageUploadData;
  /** Folders to put it into. Absent: the root. */
  readonly parents?: readonly string[];
  readonly metadata?: Readonly<Record<string, string>>;
}

/** What `updateFile` changes. What is absent stays as it is. */
export interface GoogleDriveUpdateFileInput {
  readonly name?: string;
  readonly mimeType?: string;
  readonly data?: StorageUploadData;
  readonly addParents?: readonly string[];
  readonly removeParents?: readonly string[];
  readonly metadata?: Readonly<Record<string, string>>;
  /** Into the bin, or out of it. */
  readonly trashed?: boolean;
}
