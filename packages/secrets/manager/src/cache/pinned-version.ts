/** Names that backends give to whichever version is current; the value behind them changes. */
const MOVING_NAMES = new Set(['current', 'latest', 'latest_enabled', 'awscurrent', 'awspending', 'awsprevious']);

/**
 * Whether a value can never change: the version asked for is the concrete one that was read. An alias never is, because
 * a backend answers with the version that the alias stood for.
 */
export function isPinnedVersion(asked: string | undefined, read: string | undefined): boolean {
  return asked !== undefined && asked === read && !MOVING_NAMES.has(asked.toLowerCase());
}
