import type { ResultMeta } from '@mortise/core';
import type { StorageChecksum } from './checksum.ts';

/** A link that lets whoever has it read or write one object for a while. */
export interface SignedUrlOptions {
  bucket: string;
  key: string;
  /** Seconds from now. Most providers allow seven days at most. */
  expiresInSeconds: number;
  /** Default `GET`. */
  method?: 'GET' | 'PUT';
  /** Type that an upload must have. */
  contentType?: string;
}

/** An upload that a browser or another program may make. */
export interface PresignUploadInput {
  readonly bucket: string;
  readonly key: string;
  readonly expiresInSeconds: number;
  readonly contentType?: string;
  /** Fewest and most bytes, both allowed. Only a form (`POST`) can enforce them; a PUT link comes with a warning. */
  readonly minBytes?: number;
  readonly maxBytes?: number;
  readonly checksum?: StorageChecksum;
}

/** How to make the upload: send the file with `PUT` and `headers`, or as the last field `file` of a form with `fields`. */
export interface PresignedUpload extends ResultMeta {
  readonly method: 'PUT' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly fields?: Readonly<Record<string, string>>;
  readonly expiresAt: Date;
}
