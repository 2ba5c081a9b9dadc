import type { ResultMeta } from '@mortise/core';
import type { StorageChecksum } from './checksum.ts';
import type { StorageObjectBody } from './object-body.ts';

/** Who may read an object: everybody who knows its address, or nobody without permission. */
export type StorageVisibility = 'private' | 'public';

/** Part of an object that was read, both ends included, counted from 0. */
export interface StorageContentRange {
  readonly start: number;
  readonly end: number;
  /** Size of the whole object. */
  readonly sizeBytes: number;
}

/** What is known of an object besides its content. A fact that the provider did not give is absent. */
export interface StorageObjectMetadata extends ResultMeta {
  bucket: string;
  key: string;
  /** Of the whole object, also where a part was read. */
  sizeBytes?: number;
  contentType?: string;
  /** Changes with every write. As the provider writes it; goes into `ifMatch` unchanged. */
  etag?: string;
  /** Checksum in the provider's own form; `checksums` says which. */
  checksum?: string;
  checksums?: readonly StorageChecksum[];
  lastModified?: Date;
  /** The writer's own labels. */
  metadata?: Record<string, string>;
  versionId?: string;
  /** True on a version that stands for a deletion. */
  isDeleteMarker?: boolean;
  /** Present where a part of the object was read. */
  contentRange?: StorageContentRange;
  cacheControl?: string;
  contentDisposition?: string;
  contentEncoding?: string;
  contentLanguage?: string;
  visibility?: StorageVisibility;
  storageClass?: string;
  /** When the provider deletes the object by itself. */
  expiresAt?: Date;
  tags?: Record<string, string>;
}

/** An object with its content. */
export type GetObjectResult = StorageObjectMetadata & StorageObjectBody;
