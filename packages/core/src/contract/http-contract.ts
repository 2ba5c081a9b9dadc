import type { ResponseMatch, ResponseRule, ResponseValue } from './response-match.ts';

/** How a wait or a moment is written. A `delta` counts from the response, an `epoch` from 1970. */
export type ResetFormat =
  | 'delta-seconds'
  | 'delta-ms'
  | 'delta-minutes'
  | 'epoch-seconds'
  | 'epoch-ms'
  | 'iso'
  /** Such as `1s`, `6m0s`, `13.5s`. */
  | 'duration'
  | 'http-date';

/** One limit that a provider reports in headers. Numbers may stand in a list, one for each of its windows. */
export interface RateLimitReading {
  /** What is limited, such as `requests` or `tokens`. Default `requests`. */
  readonly name?: string;
  /** Header names, as are the next three. */
  readonly limit?: string;
  readonly remaining?: string;
  readonly used?: string;
  readonly reset?: string;
  /** Required beside `reset`. */
  readonly resetFormat?: ResetFormat;
}

/** Where a refusal says how long to wait. The standard `Retry-After` is always read and need not be listed. */
export type RetryAfterReading = ResponseValue & { readonly format: ResetFormat };

/** How a provider says that a request failed. */
export interface ErrorContract {
  /** Answers with a success status that are failures all the same, such as `ok: false` or a list of `errors`. */
  readonly failures?: readonly ResponseMatch[];
  /** Where the provider's own code stands; the first that holds something counts, as with the next two. */
  readonly code?: readonly ResponseValue[];
  readonly message?: readonly ResponseValue[];
  readonly requestId?: readonly ResponseValue[];
  /** The first that fits decides. Absent or none: the status alone decides. */
  readonly rules?: readonly ResponseRule[];
}

/** The header that makes a request safe to repeat. */
export interface IdempotencyContract {
  readonly header: string;
  /** Methods that take it. Default `POST`. */
  readonly methods?: readonly string[];
  /** True: the value is a quoted structured-field string. Default false. */
  readonly quoted?: boolean;
  /** Characters. Default 255. */
  readonly maxLength?: number;
  /** How long the provider remembers a key. */
  readonly lifetimeMs?: number;
}

interface PageShape {
  /** JSON Pointer to the list of items; `''` where the body is the list. */
  readonly items: string;
  /** Request parameter for the size of a page. */
  readonly sizeParam?: string;
  readonly maxSize?: number;
}

/** How a list goes on after its first page. */
export type PaginationContract =
  /** The response names a cursor for the next request. An absent, null or empty cursor ends the list. */
  | (PageShape & {
      readonly style: 'cursor';
      /** Request parameter that carries the cursor. */
      readonly param: string;
      readonly cursor: ResponseValue;
      /** Default `query`. */
      readonly in?: 'query' | 'body';
      /** JSON Pointer to a boolean; false ends the list. */
      readonly hasMore?: string;
    })
  /** The last item's id is the cursor for the next request. */
  | (PageShape & {
      readonly style: 'last-item';
      readonly param: string;
      /** JSON Pointer to the id, within an item. */
      readonly id: string;
      readonly hasMore?: string;
    })
  /** Pages are numbered. An empty page ends the list, or `hasMore`. */
  | (PageShape & {
      readonly style: 'page';
      readonly param: string;
      /** Number of the first page. Default 1. */
      readonly first?: number;
      readonly hasMore?: string;
    })
  /** The request says how many items to skip. An empty page ends the list, or `hasMore`. */
  | (PageShape & { readonly style: 'offset'; readonly param: string; readonly hasMore?: string })
  /** `Link: <…>; rel="next"` (RFC 8288). */
  | (PageShape & { readonly style: 'link' })
  /** The body holds the address of the next page. */
  | (PageShape & { readonly style: 'next-url'; readonly url: string });
