import { IntegrationCallGuard } from '@mortise/runtime';
import {
  bulkhead,
  circuitBreaker,
  ConsecutiveBreaker,
  handleAll,
  retry,
  timeout,
  TimeoutStrategy,
  wrap,
} from 'cockatiel';
import { type Benchmark, heapInUseMb } from './benchmark.ts';
import { applicationOf, environmentSecrets } from './fixtures/guarded-application.ts';

const CALLS = 100_000;
const CONNECTIONS = 1_000;

/** Heap that one call holds while its executor has not answered, at 100,000 of them, in bytes. */
async function heapPerCall(start: (index: number, executor: () => Promise<void>) => Promise<unknown>): Promise<number> {
  let release: () => void = () => undefined;
  const answer = new Promise<void>((resolve) => {
    release = resolve;
  });
  let running = 0;
  const executor = async (): Promise<void> => {
    running += 1;
    await answer;
  };
  const calls: Promise<unknown>[] = [];
  const before = heapInUseMb();
  for (let index = 0; index < CALLS; index += 1) calls.push(start(index, executor));
  // The secret is read before the executor starts.
  for (;;) {
    if (running === CALLS) break;
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  const heldMb = heapInUseMb() - before;
  release();
  await Promise.all(calls);
  return (heldMb * 1e6) / CALLS;
}

export const benchmark: Benchmark = {
  title: `Memory of one call in flight, at ${CALLS.toLocaleString('en')} calls`,
  run: async () => {
    const configs = Array.from({ length: CONNECTIONS }, (_, index) => applicationOf(`c${index}`));
    const policy = { bulkhead: { limit: CALLS, queue: 0 }, totalTimeoutMs: 600_000, attemptTimeoutMs: 600_000 };
    const guard = new IntegrationCallGuard(environmentSecrets(), { policy });
    const [first] = configs;
    if (first === undefined) throw new Error('No connection to measure with');
    const cockatiel = wrap(
      retry(handleAll, { maxAttempts: 3 }),
      circuitBreaker(handleAll, { halfOpenAfter: 30_000, breaker: new ConsecutiveBreaker(10) }),
      bulkhead(CALLS, 0),
      timeout(600_000, TimeoutStrategy.Aggressive),
    );
    return [
      { subject: 'bare call', value: await heapPerCall((_, executor) => executor()), unit: 'B' },
      {
        subject: 'mortise: env secret, walls, all policies',
        value: await heapPerCall((index, executor) =>
          guard.executeWithGuards('llm', 'chat', {}, configs[index % CONNECTIONS] ?? first, executor),
        ),
        unit: 'B',
      },
      {
        subject: 'cockatiel: retry, breaker, bulkhead, timeout',
        value: await heapPerCall((_, executor) => cockatiel.execute(executor)),
        unit: 'B',
      },
    ];
  },
};
