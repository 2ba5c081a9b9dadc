import type { OAuth2TokenState } from '@mortise/core';

/**
 * Whether a token ends within `bufferMs` from now. One without an end never does; one whose end cannot be read has ended.
 *
 * @param bufferMs Milliseconds. Default 60,000.
 */
export function isOAuth2TokenExpired(state: OAuth2TokenState, bufferMs = 60_000): boolean {
  if (state.expiresAt === undefined || state.expiresAt === '') return false;
  const endMs = Date.parse(state.expiresAt);
  return Number.isNaN(endMs) || endMs - bufferMs <= Date.now();
}
