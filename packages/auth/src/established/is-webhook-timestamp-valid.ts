/**
 * Whether a webhook's timestamp is close to now, in the past or in the future. Numbers below 10^12 are seconds, others
 * milliseconds.
 *
 * Kept as it always was, and not safe: no timestamp counts as a valid one, and nothing says that it was signed. Use
 * `verifyWebhook` of `@mortise/webhooks`.
 *
 * @param toleranceMs Milliseconds. Default 300,000.
 */
export function isWebhookTimestampValid(timestampHeader: string | undefined, toleranceMs = 300_000): boolean {
  if (timestampHeader === undefined || timestampHeader === '') return true;
  const value = Number(timestampHeader);
  if (!Number.isFinite(value)) return false;
  const atMs = value < 1e12 ? value * 1_000 : value;
  return Math.abs(Date.now() - atMs) <= toleranceMs;
}
