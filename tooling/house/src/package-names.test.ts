import { describe, expect, it } from 'vitest';
import { packageNameFor } from './package-names.ts';

describe('the name of a package', () => {
  it.each([
    ['packages/core', '@mortise/core'],
    ['packages/secrets/manager', '@mortise/secrets'],
    ['packages/secrets/aws', '@mortise/secrets-aws'],
    ['packages/providers/llm', '@mortise/provider-llm'],
    ['packages/adapters/postgres', '@mortise/adapter-postgres'],
    ['packages/delta/sqlite', '@mortise/delta-sqlite'],
    ['packages/telemetry/otel', '@mortise/otel'],
    ['packages/examples/demo', '@mortise/example-demo'],
    ['tooling/bench', '@mortise/bench'],
  ])('in %s is %s', (dir, name) => {
    expect(packageNameFor(dir)).toBe(name);
  });

  it('does not exist where no package belongs', () => {
    expect(packageNameFor('packages/providers/llm/inner')).toBeUndefined();
    expect(packageNameFor('libs/core')).toBeUndefined();
  });
});
