import type { StorageVisibility } from './object-metadata.ts';

/** Where an object is. */
export interface DeleteObjectInput {
  bucket: string;
  /** At most 1,024 bytes in UTF-8 with most providers. Slashes are part of the name; there are no folders. */
  key: string;
  /** Absent: the current version. */
  versionId?: string;
}

/** What to read of an object, and under which condition. */
export interface GetObjectInput extends DeleteObjectInput {
  /** Both ends included, counted from 0. An absent or too large `end` means the end of the object. */
  range?: { readonly start: number; readonly end?: number };
  /** Reads only where the object is no longer the one with this etag. */
  ifNoneMatch?: string;
  /** Reads only where the object is still the one with this etag. */
  ifMatch?: string;
  /** How the content is wanted. Absent: as the provider thinks best. */
  as?: 'bytes' | 'stream';
  /** Compares what arrived with the checksum that the provider keeps. Default: as the adapter thinks best. */
  verifyChecksum?: boolean;
}

/** A copy at the provider: nothing is downloaded. Content type, labels and headers come along. */
export interface CopyObjectInput {
  readonly source: DeleteObjectInput;
  readonly destination: { readonly bucket: string; readonly key: string };
  /** In place of those of the source. */
  readonly metadata?: Readonly<Record<string, string>>;
  readonly contentType?: string;
  /** Copies only where there is nothing at the destination. */
  readonly ifNoneMatch?: '*';
}

export interface DeleteObjectsInput {
  readonly bucket: string;
  readonly keys: readonly string[];
}

export interface DeletePrefixInput {
  readonly bucket: string;
  /** Not empty: a bucket is not emptied by mistake. */
  readonly prefix: string;
}

export interface SetVisibilityInput extends DeleteObjectInput {
  visibility: StorageVisibility;
}
