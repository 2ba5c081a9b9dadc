/** A time window. Which end is included is the same everywhere: `from` is, `to` is not. */
export interface DateRangeInput {
  /** Instant (ISO 8601 with offset), calendar day or local time in `timezone`, a `Date`, or the vendor's relative form. */
  readonly from?: string | Date;
  readonly to?: string | Date;
  /** IANA zone of times without an offset. Default UTC. */
  readonly timezone?: string;
}

/** Offset paging: simple, and unstable where items come in between. `iterateEvents` is stable. */
export interface PaginationInput {
  /** Most items per page; the provider may give fewer. */
  readonly limit?: number;
  /** Items to skip. */
  readonly offset?: number;
  /** `nextCursor` of the page before, where the provider has cursors. Wins over `offset`. */
  readonly cursor?: string;
}

/** A page of a list. */
export interface PaginatedResponse<T> {
  /** Items on all pages. */
  count: number;
  /** Addresses of the neighbour pages as the vendor gives them; `null` at an end. */
  next?: string | null;
  previous?: string | null;
  results: T[];
  /** Position of the next page, to be passed as `cursor`. Absent on the last page. */
  nextCursor?: string;
  /** False: `count` is an estimate, or only what was seen so far. Absent: not known. */
  countIsExact?: boolean;
}
