import type { BatchResult, CallOptions, JsonValue, Page } from '@mortise/core';
import type { StorageCapabilities } from './model/capabilities.ts';
import type { ListObjectsQuery, ListObjectsResult } from './model/list-objects.ts';
import type {
  CopyObjectInput,
  DeleteObjectInput,
  DeleteObjectsInput,
  DeletePrefixInput,
  GetObjectInput,
  SetVisibilityInput,
} from './model/object-inputs.ts';
import type { GetObjectResult, StorageObjectMetadata } from './model/object-metadata.ts';
import type { PutObjectUploadInput } from './model/put-object-input.ts';
import type { PresignedUpload, PresignUploadInput, SignedUrlOptions } from './model/signed-url.ts';
import type { StartUploadInput, UploadSession } from './model/upload-session.ts';
import type { StorageChange, WatchObjectsInput } from './model/watch.ts';

/**
 * An object store. The first five methods are required; `complete(provider)` adds the others. Failures reject with core's
 * `IntegrationError`: `precondition_failed` for a condition that does not hold, with nothing changed; `not_found` for a
 * bucket that is not there. That an object is missing is no failure where null can say so.
 */
export interface ObjectStorageProvider {
  /** What works. Absent: unknown, and only trying tells. */
  readonly capabilities?: StorageCapabilities;

  /**
   * Writes an object, whole or not at all.
   *
   * @throws {IntegrationError} `precondition_failed`; `invalid_request` for a checksum or size that does not fit
   */
  putObject(input: PutObjectUploadInput, options?: CallOptions): Promise<StorageObjectMetadata>;

  /**
   * An object with its content; null where there is none.
   *
   * @throws {IntegrationError} `precondition_failed`, with status 304 where `ifNoneMatch` still fits; `invalid_request` for a
   *   range that begins past the end
   */
  getObject(input: GetObjectInput, options?: CallOptions): Promise<GetObjectResult | null>;

  /** Deletes an object. One that is not there is no error. */
  deleteObject(input: DeleteObjectInput, options?: CallOptions): Promise<void>;

  /** A link for one object. Whether the object is there is not looked at. */
  generateSignedUrl(options: SignedUrlOptions, call?: CallOptions): Promise<{ url: string; expiresAt: Date }>;

  /** One page of objects. */
  listObjects(query: ListObjectsQuery, options?: CallOptions): Promise<ListObjectsResult>;

  /** What is known of an object, without its content; null where there is none. */
  headObject?(input: DeleteObjectInput, options?: CallOptions): Promise<StorageObjectMetadata | null>;

  /** @throws {IntegrationError} `not_found` where there is no source; `precondition_failed` */
  copyObject?(input: CopyObjectInput, options?: CallOptions): Promise<StorageObjectMetadata>;

  /** Copies, then deletes the source. After a failure between the two there are both. */
  moveObject?(input: CopyObjectInput, options?: CallOptions): Promise<StorageObjectMetadata>;

  /** Deletes many objects. One entry for each key, in order. */
  deleteObjects?(input: DeleteObjectsInput, options?: CallOptions): Promise<BatchResult<{ readonly key: string }>>;

  /** Deletes every object whose key begins so. @throws {IntegrationError} `invalid_request` for an empty prefix */
  deletePrefix?(input: DeletePrefixInput, options?: CallOptions): Promise<{ readonly deletedCount: number }>;

  presignUpload?(input: PresignUploadInput, options?: CallOptions): Promise<PresignedUpload>;

  /** Address at which everybody can read the object. @throws {IntegrationError} `forbidden` where it is private */
  getPublicUrl?(input: DeleteObjectInput, options?: CallOptions): Promise<string>;

  setVisibility?(input: SetVisibilityInput, options?: CallOptions): Promise<StorageObjectMetadata>;

  /** Versions of the objects under a prefix, by key, and the newest of a key first. */
  listVersions?(query: ListObjectsQuery, options?: CallOptions): Promise<Page<StorageObjectMetadata>>;

  /** Begins an upload in pieces. */
  startUpload?(input: StartUploadInput, options?: CallOptions): Promise<UploadSession>;

  /** Goes on with an upload, also in another process. @throws {IntegrationError} `not_found` once it is over */
  resumeUpload?(resumeToken: JsonValue, options?: CallOptions): Promise<UploadSession>;

  /** Changes as they happen, until the loop is left or the signal aborts. */
  watch?(input: WatchObjectsInput, options?: CallOptions): AsyncIterable<StorageChange>;
}
