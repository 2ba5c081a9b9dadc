import { defineIntegration, filterByTransport, type IntegrationSpec, IntegrationSpecRegistry } from '@mortise/core';
import { type Benchmark, heapInUseMb, type Measurement, medianNs } from './benchmark.ts';

const COUNT = 10_000;
const MCP = { type: 'mcp', transport: 'http', url: 'https://mcp.example.com' } as const;
const REST = { type: 'rest', baseUrl: 'https://api.example.com' } as const;
const CATEGORIES = ['ai-llm', 'email', 'storage', 'database', 'payments'];

export const benchmark: Benchmark = {
  title: `Registry of ${COUNT.toLocaleString('en-US')} specs`,
  async run() {
    const before = heapInUseMb();
    const started = performance.now();
    const registry = new IntegrationSpecRegistry(makeSpecs());
    const buildMs = performance.now() - started;
    const rows: Measurement[] = [
      { subject: 'define, check and register all', value: buildMs, unit: 'ms', budget: 5000 },
      { subject: 'heap kept by all', value: heapInUseMb() - before, unit: 'MB' },
    ];
    const specs = registry.list();
    const plain = new Map(specs.map((spec) => [spec.meta.key, spec]));
    const keys = specs.map(({ meta }) => meta.key);
    let index = 0;
    const nextKey = (): string => keys[(index = (index + 7919) % COUNT)] ?? '';
    rows.push(
      {
        subject: 'get by key, newest version',
        value: await medianNs(() => registry.get(nextKey())),
        unit: 'ns',
        budget: 1000,
      },
      {
        subject: 'get by key and version',
        value: await medianNs(() => registry.get(nextKey(), '1.0.0')),
        unit: 'ns',
        budget: 1000,
      },
      { subject: 'plain Map.get', value: await medianNs(() => plain.get(nextKey())), unit: 'ns' },
      {
        subject: 'by category',
        value: (await medianNs(() => registry.getByCategory('email'))) / 1e6,
        unit: 'ms',
        budget: 5,
      },
      {
        subject: 'filter by transport',
        value: (await medianNs(() => filterByTransport(specs, 'mcp'))) / 1e6,
        unit: 'ms',
        budget: 5,
      },
      {
        subject: 'plain Array.filter',
        value: (await medianNs(() => specs.filter(({ meta }) => meta.category === 'email'))) / 1e6,
        unit: 'ms',
      },
    );
    return rows;
  },
};

function* makeSpecs(): Generator<IntegrationSpec> {
  for (let index = 0; index < COUNT; index += 1) {
    const category = CATEGORIES[index % CATEGORIES.length] ?? 'custom';
    yield defineIntegration({
      meta: {
        key: `${category}.vendor${index}`,
        version: '1.0.0',
        title: `Vendor ${index}`,
        description: 'A spec of ordinary size',
        domain: 'integration',
        owners: ['@team.integrations'],
        tags: ['bench'],
        stability: 'stable',
        category,
      },
      supportedModes: ['managed', 'byok'],
      capabilities: { provides: [{ key: `${category}.default`, version: '1.0.0' }] },
      configSchema: {
        schema: { type: 'object', properties: { region: { type: 'string' } }, additionalProperties: false },
      },
      secretSchema: { schema: { type: 'object', properties: { apiKey: { type: 'string' } }, required: ['apiKey'] } },
      transports: [index % 3 === 0 ? MCP : REST],
    });
  }
}
