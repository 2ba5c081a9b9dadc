import type { ProviderDeltaInstant, ProviderDeltaWebhookChannel } from '../sync-state.ts';
import { instantMs } from './instant.ts';

/** What to do about a push channel. */
export type ChannelDecision =
  | { readonly kind: 'keep'; readonly renewAtMs: number }
  | { readonly kind: 'renew' }
  /** Renewal has failed for so long that somebody should know: a missed renewal means missed changes. */
  | { readonly kind: 'alarm' }
  /** It sends no more: make another one, and pull, since changes may have been missed. */
  | { readonly kind: 'expired' };

/**
 * A channel is renewed at half its life, a little earlier or later so that those made together do not come back together;
 * at four fifths somebody is told.
 *
 * @param draw From [0, 1), the same for one channel.
 */
export function decideChannel(
  channel: ProviderDeltaWebhookChannel,
  createdAt: ProviderDeltaInstant,
  { nowMs, draw = 0.5 }: { readonly nowMs: number; readonly draw?: number },
): ChannelDecision {
  const startMs = instantMs(createdAt, 'createdAt');
  const endMs = instantMs(channel.expiresAt, 'expiresAt');
  if (nowMs >= endMs) return { kind: 'expired' };
  const lifeMs = Math.max(0, endMs - startMs);
  const renewAtMs = startMs + lifeMs * (0.45 + draw * 0.1);
  if (nowMs >= startMs + lifeMs * 0.8) return { kind: 'alarm' };
  return nowMs >= renewAtMs ? { kind: 'renew' } : { kind: 'keep', renewAtMs };
}

/**
 * The channels to keep while a new one takes over: the old one is stopped only once the new one sends, so that for a while
 * both do and no change falls between them. Their events are told apart by the dedupe keys.
 */
export function channelsToStop<Channel extends ProviderDeltaWebhookChannel>(
  channels: readonly Channel[],
  confirmedChannelId: string | undefined,
): readonly Channel[] {
  if (confirmedChannelId === undefined) return [];
  return channels.filter(({ channelId }) => channelId !== confirmedChannelId);
}
