/** Where the content of a file comes from. */
export type FileContent =
  | { readonly bytes: Uint8Array }
  | { readonly stream: AsyncIterable<Uint8Array> | ReadableStream<Uint8Array> }
  | { readonly url: string }
  | { readonly base64: string }
  /** Ids of files that were uploaded before, by provider key. */
  | { readonly reference: Readonly<Record<string, string>> };

/** A file that is handed to a provider. */
export type FileInput = FileContent & {
  /** Such as `image/png`. */
  readonly mediaType: string;
  readonly filename?: string;
};
