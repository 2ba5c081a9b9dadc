import { cacheSecrets, SecretProviderManager } from '@mortise/secrets';
import { EnvSecretProvider } from '@mortise/secrets-env';
import { type Benchmark, medianNs } from './benchmark.ts';

const REFERENCE = 'env://BENCH_API_KEY';
const env = { BENCH_API_KEY: 'bench-secret-value-0123456789' };

export const benchmark: Benchmark = {
  title: 'Reading one secret',
  async run() {
    const backend = new EnvSecretProvider({ env });
    const manager = new SecretProviderManager().register(backend);
    const cached = cacheSecrets(manager);
    await cached.getSecret(REFERENCE);
    const bytes = new TextEncoder().encode(env.BENCH_API_KEY);
    return [
      { subject: 'cache hit', value: await medianNs(() => cached.getSecret(REFERENCE)), unit: 'ns', budget: 1000 },
      { subject: 'manager, no cache', value: await medianNs(() => manager.getSecret(REFERENCE)), unit: 'ns' },
      { subject: 'env backend alone', value: await medianNs(() => backend.getSecret(REFERENCE)), unit: 'ns' },
      {
        subject: 'bare: a promise of copied bytes',
        value: await medianNs(() => Promise.resolve(bytes.slice())),
        unit: 'ns',
      },
    ];
  },
};
