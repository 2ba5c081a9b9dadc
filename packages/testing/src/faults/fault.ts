/** Answers late, then as usual. */
export interface LatencyFault {
  readonly kind: 'latency';
  readonly delayMs: number;
}

/** Answers with this status instead of the real answer: `{ kind: 'status', status: 429, headers: { 'retry-after': '1' } }`. */
export interface StatusFault {
  readonly kind: 'status';
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: a JSON object with an `error` member. */
  readonly body?: string;
}

/** Takes the request and never answers; the connection stays open until one side closes it. */
export interface HangFault {
  readonly kind: 'hang';
}

/** Ends the connection with a TCP reset. */
export interface ResetFault {
  readonly kind: 'reset';
  /** Bytes of the body that go out first. Absent: not even the status line does. */
  readonly afterBytes?: number;
}

/** Ends the connection in good order, but before the body is complete. */
export interface TruncateFault {
  readonly kind: 'truncate';
  readonly afterBytes: number;
}

/** Sends the whole body in pieces that are cut at these byte positions, also in the middle of a character or a line. */
export interface SplitFault {
  readonly kind: 'split';
  /** Ascending, counted from the start of the body; those beyond its end do nothing. */
  readonly at: readonly number[];
  /** Between two pieces, so that they arrive as separate reads. Default 5. */
  readonly gapMs?: number;
}

/** Status 200 and a body that is not what it should be: JSON that breaks off, or a proxy's HTML page. */
export interface MalformedFault {
  readonly kind: 'malformed';
  readonly as: 'json' | 'html';
}

/** What can go wrong on the wire. */
export type Fault = LatencyFault | StatusFault | HangFault | ResetFault | TruncateFault | SplitFault | MalformedFault;
