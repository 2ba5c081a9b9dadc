import type { CapabilityDescription, MethodSupport } from '@mortise/core';
import type { StorageChecksumAlgorithm } from './checksum.ts';

/** Methods of `ObjectStorageProvider` that not every implementation has. */
export type StorageMethod =
  | 'generateSignedUrl'
  | 'headObject'
  | 'copyObject'
  | 'moveObject'
  | 'deleteObjects'
  | 'deletePrefix'
  | 'presignUpload'
  | 'getPublicUrl'
  | 'setVisibility'
  | 'listVersions'
  | 'startUpload'
  | 'resumeUpload'
  | 'watch';

export type StorageFeature =
  /** Honours `range`. */
  | 'ranges'
  /** Honours `ifMatch` and `ifNoneMatch` of writes and reads. */
  | 'conditions'
  /** Uploads streams without holding all of them. */
  | 'stream-upload'
  /** Keeps labels. */
  | 'metadata'
  /** Folds keys by a delimiter. */
  | 'delimiter'
  /** Keeps former versions. */
  | 'versions';

/** What an implementation can do: plain data, known without any call. */
export interface StorageCapabilities extends CapabilityDescription {
  readonly methods?: Readonly<Partial<Record<StorageMethod, MethodSupport>>>;
  readonly features: readonly StorageFeature[];
  /** Checksums that the provider compares. */
  readonly checksumAlgorithms?: readonly StorageChecksumAlgorithm[];
  /** Longest life of a signed link, in seconds. Absent: not known. */
  readonly maxSignedUrlSeconds?: number;
}
