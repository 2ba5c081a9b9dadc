import { IntegrationCallGuard } from '@mortise/runtime';
import {
  bulkhead,
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleAll,
  retry,
  timeout,
  TimeoutStrategy,
  wrap,
} from 'cockatiel';
import CircuitBreaker from 'opossum';
import pRetry from 'p-retry';
import { type Benchmark, medianNs } from './benchmark.ts';
import { applicationOf, environmentSecrets } from './fixtures/guarded-application.ts';

const work = async (): Promise<number> => 1;

/** One call that succeeds, by ours with everything on and by peers with the part of it that they have. */
export const benchmark: Benchmark = {
  title: 'Guarded call that succeeds',
  run: async () => {
    const config = applicationOf('c1');
    const sink = { record: () => undefined, recordCall: () => undefined };
    const guard = new IntegrationCallGuard(environmentSecrets(), { telemetry: sink });
    const guarded = () => guard.executeWithGuards('llm', 'chat', {}, config, work);
    const first = await guarded();
    if (!first.success) throw new Error(`The measured call fails: ${first.error.message}`);

    const cockatiel = wrap(
      retry(handleAll, { maxAttempts: 3, backoff: new ExponentialBackoff() }),
      circuitBreaker(handleAll, { halfOpenAfter: 30_000, breaker: new ConsecutiveBreaker(10) }),
      bulkhead(25, 50),
      timeout(10_000, TimeoutStrategy.Aggressive),
    );
    const opossum = new CircuitBreaker(work, { timeout: 10_000, capacity: 25 });
    try {
      return [
        { subject: 'bare call', value: await medianNs(work), unit: 'ns' },
        {
          subject: 'mortise: env secret, walls, all policies, telemetry',
          value: await medianNs(guarded),
          unit: 'ns',
          budget: 3_000,
        },
        {
          subject: 'cockatiel: retry, breaker, bulkhead, timeout',
          value: await medianNs(() => cockatiel.execute(work)),
          unit: 'ns',
        },
        { subject: 'p-retry: retry', value: await medianNs(() => pRetry(work, { retries: 2 })), unit: 'ns' },
        { subject: 'opossum: breaker, bulkhead, timeout', value: await medianNs(() => opossum.fire()), unit: 'ns' },
      ];
    } finally {
      opossum.shutdown();
    }
  },
};
