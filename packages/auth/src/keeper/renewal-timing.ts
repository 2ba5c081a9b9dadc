import type { OAuth2RefreshPolicy } from '@mortise/core';
import type { StoredGrant } from './token-store.ts';

const MIN_LEAD_MS = 60_000;
const LEAD_SHARE = 0.1;
/** How much of the lead chance takes away, so that processes do not all renew in the same instant. */
const JITTER_SHARE = 0.2;
const DAY_MS = 86_400_000;

/**
 * When a token is renewed: 60 s or a tenth of its life before its end, whichever is earlier, though never in the first half
 * of its life; for grants that die of idleness, also after half of that time, and after a day at the latest.
 *
 * @param draw From [0, 1), the same for one token.
 * @returns Epoch milliseconds; `Infinity` where nothing says when: then a refusal does.
 */
export function renewalDueMs(grant: StoredGrant, policy: OAuth2RefreshPolicy | undefined, draw: number): number {
  return Math.min(expiryDueMs(grant, draw), idleDueMs(grant, policy));
}

/** Epoch milliseconds; `Infinity` where nobody said. A date that cannot be read is over. */
export function expiresAtMs({ token }: StoredGrant): number {
  if (token?.expiresAt === undefined) return Infinity;
  const atMs = Date.parse(token.expiresAt);
  return Number.isNaN(atMs) ? 0 : atMs;
}

function expiryDueMs(grant: StoredGrant, draw: number): number {
  const endMs = expiresAtMs(grant);
  const startMs = Date.parse(grant.obtainedAt ?? '');
  const lifeMs = endMs - startMs;
  const lead = lifeMs > 0 ? Math.min(Math.max(MIN_LEAD_MS, lifeMs * LEAD_SHARE), lifeMs / 2) : MIN_LEAD_MS;
  // Without an end, the lead of an endless life is endless, too.
  return endMs === Infinity ? Infinity : endMs - lead * (1 - JITTER_SHARE * draw);
}

function idleDueMs({ obtainedAt, token }: StoredGrant, policy: OAuth2RefreshPolicy | undefined): number {
  const idleMs = policy?.idleLifetimeMs;
  const startMs = Date.parse(obtainedAt ?? '');
  if (idleMs === undefined || Number.isNaN(startMs) || token?.refreshToken === undefined) return Infinity;
  return startMs + Math.min(DAY_MS, idleMs / 2);
}
