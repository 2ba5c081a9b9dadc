/** What became of what was queued. Counts since the queue was made, but for `pending`. */
export interface AnalyticsDeliveryReport {
  /** Messages that the service took. */
  readonly sent: number;
  /** Messages that were given up: the queue was full, or the service refused them. */
  readonly dropped: number;
  /** Messages that still wait. Not zero after `close` only where its time was over. */
  readonly pending: number;
}
