import type { CallOptions, JsonValue } from '@mortise/core';
import type { StorageObjectMetadata } from './object-metadata.ts';
import type { PutObjectInput } from './put-object-input.ts';

/** What an upload in pieces will become. Conditions and checksum are looked at when it is completed. */
export type StartUploadInput = Omit<PutObjectInput, 'data' | 'multipart' | 'onProgress'>;

/**
 * An upload in pieces. To pause it is to write nothing; another process goes on with the token. What is neither
 * completed nor aborted may be billed until the provider gives it up.
 */
export interface UploadSession {
  /** Plain JSON, to be kept. Pass it to `resumeUpload`. Whoever has it can write the object. */
  readonly resumeToken: JsonValue;
  /** Bytes that the provider has for good: go on from there. */
  readonly bytesConfirmed: number;
  /** Pieces must be this long, but for the last. Absent: any length. */
  readonly partSizeBytes?: number;
  /** Sends the next piece. Resolves when the provider has it. */
  write(piece: Uint8Array, options?: CallOptions): Promise<void>;
  /** Makes the object of all pieces. Until then there is none. */
  complete(options?: CallOptions): Promise<StorageObjectMetadata>;
  /** Gives up, and lets the provider drop the pieces. Calling it again changes nothing. */
  abort(options?: CallOptions): Promise<void>;
}
