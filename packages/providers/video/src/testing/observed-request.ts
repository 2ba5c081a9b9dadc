/** What reached the service behind a provider, in terms that every wire can be read into. */
export interface VideoObservedRequest {
  /** Everything that was sent besides files, as text, for searches. */
  readonly text: string;
  /** The credential that came with the request. */
  readonly credential?: string;
}

/** How the service behind the provider behaves. */
export type VideoServer =
  | 'answers'
  /** Takes requests and never answers. */
  | 'hangs'
  /** Refuses with an HTTP status. */
  | { readonly status: number; readonly retryAfterSeconds?: number };
