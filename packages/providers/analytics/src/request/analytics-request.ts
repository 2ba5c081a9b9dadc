export type AnalyticsRequestMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A raw call of the vendor's API. */
export interface AnalyticsRequest {
  readonly method: AnalyticsRequestMethod;
  /** Below the host of the connection, beginning with `/`. Anything that could lead elsewhere is refused. */
  readonly path: string;
  /** Undefined values are left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A raw answer. A status that is no success rejects instead, with the error that it means. */
export interface AnalyticsResponse<T = unknown> {
  status: number;
  data: T;
  headers?: Record<string, string>;
}
