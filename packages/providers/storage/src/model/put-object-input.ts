import type { StorageChecksum } from './checksum.ts';
import type { StorageUploadData } from './object-body.ts';
import type { StorageVisibility } from './object-metadata.ts';

/** An upload of bytes that are in memory. What a provider cannot honour it names in `warnings`, or refuses. */
export interface PutObjectInput {
  bucket: string;
  key: string;
  data: Uint8Array | ArrayBuffer;
  contentType?: string;
  /** Labels; names are compared without regard to case by some providers. */
  metadata?: Record<string, string>;
  /** The same as `visibility: 'public'`. */
  makePublic?: boolean;
  visibility?: StorageVisibility;
  /** Bytes of a stream, where they are known beforehand; an upload of another size is refused. */
  sizeBytes?: number;
  cacheControl?: string;
  contentDisposition?: string;
  contentEncoding?: string;
  contentLanguage?: string;
  /** Writes only where there is no object. */
  ifNoneMatch?: '*';
  /** Writes only where the object is still the one with this etag. */
  ifMatch?: string;
  /** Compared by the provider with what arrived. */
  checksum?: StorageChecksum;
  storageClass?: string;
  tags?: Record<string, string>;
  /** How a large upload is cut. Absent: as the adapter thinks best. */
  multipart?: { readonly partSizeBytes?: number; readonly concurrency?: number };
  /** Told after each piece how many bytes the provider has. */
  onProgress?: (bytesSent: number) => void;
}

/** `PutObjectInput` from any source of bytes. */
export interface PutObjectUploadInput extends Omit<PutObjectInput, 'data'> {
  data: StorageUploadData;
}
