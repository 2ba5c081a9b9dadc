/** Content of an object: all bytes, or a stream of them that can be read once. Exactly one of the two. */
export type StorageObjectBody =
  | { data: Uint8Array; stream?: never }
  | { data?: never; stream: AsyncIterable<Uint8Array> };

/** Content to upload. Text is sent in UTF-8; a stream is read once, so that a call with one cannot simply be repeated. */
export type StorageUploadData =
  | Uint8Array
  | ArrayBuffer
  | Blob
  | string
  | AsyncIterable<Uint8Array>
  | ReadableStream<Uint8Array>;
