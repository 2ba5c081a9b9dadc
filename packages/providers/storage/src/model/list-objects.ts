import type { ResultMeta } from '@mortise/core';
import type { StorageObjectMetadata } from './object-metadata.ts';

/** Which objects to list, in the order of the UTF-8 bytes of their keys. */
export interface ListObjectsQuery {
  bucket: string;
  /** Only keys that begin so. */
  prefix?: string;
  /** Most entries of a page, objects and prefixes together; the provider may give fewer. */
  maxResults?: number;
  /** `nextPageToken` of the page before. */
  pageToken?: string;
  /** Keys that go on after this text behind the prefix are folded into `prefixes`. Usually `/`. */
  delimiter?: string;
  /** Only keys after this one. */
  startAfter?: string;
  /** Gives labels too, which costs more with some providers. Default false. */
  includeMetadata?: boolean;
}

/** A page of objects. */
export interface ListObjectsResult extends ResultMeta {
  objects: StorageObjectMetadata[];
  /** Absent on the last page. */
  nextPageToken?: string;
  /** What stands for folded keys, delimiter included. Each comes once over all pages. */
  prefixes?: string[];
}
