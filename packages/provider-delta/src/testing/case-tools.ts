import type { DeltaSourceRef } from '../source-ref.ts';
import type { ReceivedEvent } from '../store/commit.ts';
import type { DeltaStore } from '../store/delta-store.ts';
import type { DeltaLease } from '../store/lease.ts';
import { type DeltaProgress, INITIAL_PROGRESS } from '../store/progress.ts';
import type { DeltaSourceState } from '../store/source-state.ts';
import type { DeltaRecordMark } from '../rules/record-rules.ts';
import { requireThat } from './assertions.ts';

/** Long enough that nothing runs out by chance, short enough for a store that really waits. */
export const TTL_MS = 400;
const LONG_MS = 60_000;

export const REF: DeltaSourceRef = { tenantId: 'acme', connectionId: 'c1', stream: 'messages' };
export const OTHER: DeltaSourceRef = { tenantId: 'globex', connectionId: 'c1', stream: 'messages' };

export async function take<Tx>(
  store: DeltaStore<Tx>,
  ref = REF,
  { holder = 'worker-1', ttlMs = LONG_MS } = {},
): Promise<{ lease: DeltaLease; state: DeltaSourceState }> {
  const answer = await store.acquire(ref, { holder, ttlMs });
  requireThat(answer.isAcquired, `acquire: expected the lease for "${holder}", and it is held`);
  return answer;
}

export const progressAt = (cursor: string, more: Partial<DeltaProgress> = {}): DeltaProgress => ({
  ...INITIAL_PROGRESS,
  cursor: { cursor },
  ...more,
});

export const mark = (sourceId: string, more: Partial<DeltaRecordMark> = {}): DeltaRecordMark => ({
  sourceId,
  generation: 1,
  ...more,
});

export const event = (id: string, payload = id): ReceivedEvent => ({
  id,
  receivedAt: '2026-01-01T00:00:00.000Z',
  envelope: { providerKey: 'email.example', sourceId: `record-${id}`, payload, delta: {} },
});
