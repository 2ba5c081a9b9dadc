import { SecretProviderManager } from '@mortise/secrets';
import { MemorySecretProvider } from '@mortise/secrets/testing';
import { type Benchmark, medianNs } from './benchmark.ts';

const PROVIDERS = 20;

export const benchmark: Benchmark = {
  title: `Finding the backend of a reference among ${PROVIDERS}`,
  async run() {
    const manager = new SecretProviderManager();
    const alone = new MemorySecretProvider({ id: 'alone', scheme: 'scheme-0' });
    for (let index = 0; index < PROVIDERS; index += 1) {
      manager.register(new MemorySecretProvider({ id: `backend-${index}`, scheme: `scheme-${index}` }));
    }
    const last = `scheme-${PROVIDERS - 1}://tenants/acme/key`;
    return [
      { subject: 'canHandle, the last of them', value: await medianNs(() => manager.canHandle(last)), unit: 'ns' },
      {
        subject: 'canHandle, none of them',
        value: await medianNs(() => manager.canHandle('other://tenants/acme/key')),
        unit: 'ns',
      },
      {
        subject: 'one backend alone',
        value: await medianNs(() => alone.canHandle('scheme-0://tenants/acme/key')),
        unit: 'ns',
      },
    ];
  },
};
