import type { DeltaClock } from '../delta-clock.ts';
import type { MemoryDeltaStore, MemoryTransaction } from '../memory/memory-delta-store.ts';
import type { DeltaStore } from '../store/delta-store.ts';

/** What happens to a worker. */
export interface WorkerFate {
  /** Nothing it asks for happens any more, and nothing ends. */
  isDead: boolean;
  /** Its requests to the store fail until then, in monotonic milliseconds. */
  cutOffUntilMs: number;
  /** It stands still until then. */
  frozenUntilMs: number;
}

type AnyMethod = (...parameters: never[]) => Promise<unknown>;

/**
 * The store as one worker reaches it: every call can meet the worker's death, a cut connection, or a long stop, before the
 * store acts and after it.
 */
export function storeOfWorker(
  store: MemoryDeltaStore,
  { fate, clock, random, trouble }: { fate: WorkerFate; clock: DeltaClock; random: () => number; trouble: number },
): DeltaStore<MemoryTransaction> {
  const step = async (): Promise<void> => {
    if (random() < trouble / 40) fate.isDead = true;
    if (random() < trouble / 40) fate.frozenUntilMs = clock.monotonicMs() + random() * 90_000;
    if (random() < trouble / 30) fate.cutOffUntilMs = clock.monotonicMs() + random() * 60_000;
    await standStill(fate, clock);
    if (clock.monotonicMs() < fate.cutOffUntilMs) throw new TypeError('connection lost');
  };
  return new Proxy(store, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function' || name === 'close') return method;
      const call: AnyMethod = async (...parameters) => {
        await step();
        // oxlint-disable-next-line typescript/no-unsafe-assignment
        const answer: unknown = await Reflect.apply(method, target, parameters);
        // The store acted; the answer may be lost.
        await step();
        return answer;
      };
      return call;
    },
  });
}

/** A dead worker waits for ever, a frozen one for a while. */
export async function standStill(fate: WorkerFate, clock: DeltaClock): Promise<void> {
  if (fate.isDead) await new Promise(() => {});
  const leftMs = fate.frozenUntilMs - clock.monotonicMs();
  if (leftMs > 0) await clock.sleep(leftMs);
  if (fate.isDead) await new Promise(() => {});
}
