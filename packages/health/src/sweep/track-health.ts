import type { ConnectionCheck } from '../check/connection-check.ts';
import type { HealthStatus } from '../health-status.ts';

/** What is remembered of a connection between checks. Plain data, to be stored beside it. */
export interface TrackedHealth {
  /** The status that holds. */
  readonly status: HealthStatus;
  /** Instant (ISO 8601) since which it holds. */
  readonly since: string;
  /** Checks in a row that spoke against it. */
  readonly against: number;
}

export interface TrackHealthOptions {
  /** Bad checks in a row until a good connection counts as bad. Default 2. */
  readonly badAfter?: number;
  /** Good checks in a row until a bad connection counts as good. Default 2. */
  readonly goodAfter?: number;
}

type Side = 'good' | 'bad' | 'neither';

const SIDES: Readonly<Record<HealthStatus, Side>> = {
  connected: 'good',
  degraded: 'good',
  // It answered, and nothing more is known: what held before still does.
  rate_limited: 'neither',
  unknown: 'neither',
  auth_required: 'bad',
  misconfigured: 'bad',
  unreachable: 'bad',
};

/**
 * Takes a check into account without believing the first one that differs: a good connection turns bad after two bad checks
 * in a row, and a bad one good after two good ones. Which kind of good or bad it is, is taken over at once.
 */
export function trackHealth(
  previous: TrackedHealth | undefined,
  check: Pick<ConnectionCheck, 'status' | 'checkedAt'>,
  { badAfter = 2, goodAfter = 2 }: TrackHealthOptions = {},
): TrackedHealth {
  const turned: TrackedHealth = { status: check.status, since: check.checkedAt, against: 0 };
  if (previous === undefined) return turned;
  const now = SIDES[check.status];
  const before = SIDES[previous.status];
  if (now === 'neither' && before !== 'neither') return previous;
  if (now === before || before === 'neither') {
    return check.status === previous.status ? { ...previous, against: 0 } : turned;
  }
  const against = previous.against + 1;
  return against >= (now === 'bad' ? badAfter : goodAfter) ? turned : { ...previous, against };
}
