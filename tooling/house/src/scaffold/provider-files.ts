import type { PackageFiles, Subject } from './kinds.ts';
import { starterFiles } from './starter-files.ts';

/** The three entries of a domain: its interface, its shipped specs (none yet) and its conformance kit. */
export function providerFiles(subject: Subject): PackageFiles {
  const { name, packageName, pascal, camel } = subject;
  const starter = starterFiles(subject);
  return {
    ...starter,
    'src/index.ts': `${starter['src/index.ts']}export type { ${pascal}Provider } from './${name}-provider.ts';
`,
    [`src/${name}-provider.ts`]: `import type { CallOptions } from '@mortise/core';

/** What every ${name} provider can do. A new method or field is optional; anything else is a new interface. */
export interface ${pascal}Provider {
  /** Reaches the provider and back without changing anything there. Rejects when it cannot. */
  ping(options?: CallOptions): Promise<void>;
}
`,
    'src/specs/index.ts': `export { ${camel}Specs } from './${name}-specs.ts';
`,
    [`src/specs/${name}-specs.ts`]: `import type { IntegrationSpec } from '@mortise/core';

/** Every ${name} spec that ships, one file per provider beside this one. */
export const ${camel}Specs: readonly IntegrationSpec[] = [];
`,
    [`src/specs/${name}-specs.test.ts`]: `import { IntegrationSpecRegistry } from '@mortise/core';
import { expect, it } from 'vitest';
import { ${camel}Specs } from './${name}-specs.ts';

it('ships specs that hold together, each under a key of its own', () => {
  const registry = new IntegrationSpecRegistry(${camel}Specs);
  expect(registry.list()).toHaveLength(${camel}Specs.length);
});
`,
    'src/testing/index.ts': `export { ${camel}Cases } from './${name}-cases.ts';
`,
    [`src/testing/${name}-cases.ts`]: `import type { ConformanceCase } from '@mortise/testing';
import type { ${pascal}Provider } from '../${name}-provider.ts';

/** What holds for every implementation of \`${pascal}Provider\`. */
export const ${camel}Cases: readonly ConformanceCase<{ readonly provider: ${pascal}Provider }>[] = [
  {
    id: '${name}.ping',
    title: 'answers a ping',
    run: ({ provider }) => provider.ping(),
  },
];
`,
    [`src/testing/${name}-cases.test.ts`]: `import { runConformance } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import type { ${pascal}Provider } from '../${name}-provider.ts';
import { ${camel}Cases } from './${name}-cases.ts';

const statusesOf = async (provider: ${pascal}Provider): Promise<string[]> => {
  const outcomes = await runConformance({ cases: ${camel}Cases, createContext: () => Promise.resolve({ provider }) });
  return outcomes.map(({ id, status }) => \`\${id} \${status}\`);
};

describe('the conformance kit', () => {
  it('passes a provider that answers', async () => {
    expect(await statusesOf({ ping: () => Promise.resolve() })).toEqual(['${name}.ping passed']);
  });

  it('fails a provider that does not', async () => {
    expect(await statusesOf({ ping: () => Promise.reject(new TypeError('down')) })).toEqual(['${name}.ping failed']);
  });
});
`,
    'example.ts': `import { runConformance } from '@mortise/testing';
import type { ${pascal}Provider } from '${packageName}';
import { ${camel}Specs } from '${packageName}/specs';
import { ${camel}Cases } from '${packageName}/testing';

const provider: ${pascal}Provider = {
  ping: () => Promise.resolve(),
};

const outcomes = await runConformance({
  cases: ${camel}Cases,
  createContext: () => Promise.resolve({ provider }),
});
console.log(outcomes.map(({ id, status }) => \`\${id}: \${status}\`));
console.log(\`\${${camel}Specs.length} specs ship with this package\`);
`,
  };
}
