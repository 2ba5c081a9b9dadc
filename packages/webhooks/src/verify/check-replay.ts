import type { CompiledContract } from '../contract/compile-contract.ts';
import type { ReplayStore } from '../replay/replay-store.ts';
import type { RequestView } from '../request/request-view.ts';
import type { Proof, Prover } from './proof.ts';
import type { Verified, VerifiedWebhook } from './verified-webhook.ts';
import { failure, type WebhookFailure } from './webhook-failure.ts';

export interface ReplayOptions {
  readonly store: ReplayStore;
  /** How long a delivery is remembered. Default 7 days, which is longer than any vendor known to us tries again. */
  readonly ttlMs?: number;
  /**
   * What tells a repetition. `event`: the event id. `content`: what was signed. `both`: either. Default `event` where the
   * signature covers the id, else `both`: whoever replays a delivery could give it another id.
   */
  readonly by?: 'event' | 'content' | 'both';
}

const DEFAULT_TTL_MS = 7 * 86_400_000;

/** A delivery that was proven. */
export interface Accepted {
  readonly compiled: CompiledContract;
  readonly view: RequestView;
  readonly prover: Pick<Prover, 'scheme' | 'covers'>;
  readonly proof: Proof;
}

/** Whether the delivery is new, after it was proven. */
export async function checkReplay(
  verified: Verified,
  { compiled, prover }: Accepted,
  options: ReplayOptions,
): Promise<VerifiedWebhook | WebhookFailure> {
  const { store, ttlMs = DEFAULT_TTL_MS, by = isIdCovered(compiled, prover) ? 'event' : 'both' } = options;
  const { dedupeKey } = verified;
  const contract = compiled.key;
  const noted: string[] = [];
  const release = async (): Promise<void> => {
    for (const key of noted.splice(0)) await store.forget(key);
  };
  try {
    for (const key of replayKeys(verified, prover.scheme, by)) {
      if (await store.remember(key, ttlMs)) noted.push(key);
      else {
        await release();
        return failure('replayed', 'The delivery was seen before', { contract, dedupeKey });
      }
    }
    verified.whenReleased(release);
    return verified;
  } catch {
    await release().catch(() => undefined);
    return failure('replay_store_failed', 'The replay store did not answer; try again later', { contract });
  }
}

/** Where nothing is signed there is no content to tell a repetition by: whoever can repeat can also change it. */
function replayKeys(
  { dedupeKey, contentKey }: Verified,
  scheme: VerifiedWebhook['scheme'],
  by: NonNullable<ReplayOptions['by']>,
): Set<string> {
  if (by === 'event' || scheme !== 'signature') return new Set([dedupeKey]);
  return new Set(by === 'content' ? [contentKey] : [dedupeKey, contentKey]);
}

function isIdCovered({ eventId }: CompiledContract, { covers }: Pick<Prover, 'covers'>): boolean {
  return eventId.every(({ value }) => {
    if ('header' in value) return covers(value);
    return covers('query' in value ? 'url' : 'body');
  });
}
