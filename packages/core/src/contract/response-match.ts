/** A plain JSON value that can be compared. */
export type ComparableJson = string | number | boolean | null;

/**
 * A condition on one place of a JSON body. Exactly one of `equals`, `oneOf`, `startsWith` and `exists` says which; without
 * any, the place must hold something other than null.
 */
export interface BodyMatch {
  /** JSON Pointer (RFC 6901), such as `/error/code`. A segment `*` stands for any item of a list. */
  readonly pointer: string;
  readonly equals?: ComparableJson;
  readonly oneOf?: readonly ComparableJson[];
  readonly startsWith?: string;
  /** False: there must be nothing there, or null. */
  readonly exists?: boolean;
}

/** A condition on a header of a response. Without `equals` the header must be there. Compared without regard to case. */
export interface HeaderMatch {
  readonly name: string;
  readonly equals?: string;
}

/** A condition on a response: everything that is given must hold. */
export interface ResponseMatch {
  /** HTTP status, or any of several. */
  readonly status?: number | readonly number[];
  readonly header?: HeaderMatch;
  /** All of them must hold. A body that is no JSON fulfils none. */
  readonly body?: readonly BodyMatch[];
}

/** Where a response says something: in a header, or in its JSON body. */
export type ResponseValue = { readonly header: string } | { readonly pointer: string };

/** What an answer that is no success says about the caller. */
export type ResponseMeaning =
  /** The credential is unknown, expired or revoked. */
  | 'bad_credential'
  /** The credential is good and may not do this. */
  | 'missing_scope'
  | 'throttled'
  /** Paid-for or allotted use is used up; waiting for a moment does not help. */
  | 'quota_exhausted'
  /** The connection's configuration names something that does not exist or does not fit. */
  | 'misconfigured'
  | 'not_found'
  | 'invalid_request'
  /** Another request changed it, or the same one is still running. */
  | 'conflict'
  | 'unavailable';

/** What an answer means that fits. */
export interface ResponseRule {
  readonly when: ResponseMatch;
  readonly means: ResponseMeaning;
  /** Overrides what follows from the meaning. */
  readonly retryable?: boolean;
}
