/** Answer to a ping. */
export interface DatabasePing {
  /** Round trip in milliseconds, the wait for a free connection included. */
  readonly latencyMs: number;
  /** As the server words it. */
  readonly serverVersion?: string;
}
