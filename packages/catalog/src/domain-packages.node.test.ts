import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { integrationSpecs } from './integration-specs.ts';

const providers = path.resolve(import.meta.dirname, '../../providers');

it('takes in every domain package that ships specs', () => {
  const manifests = globSync('*/package.json', { cwd: providers }).map((file) => {
    const manifest: { name: string; exports: Record<string, unknown> } = JSON.parse(
      readFileSync(path.join(providers, file), 'utf8'),
    );
    return manifest;
  });
  const shipping = manifests.filter(({ exports }) => './specs' in exports).map(({ name }) => `${name}/specs`);
  const sources = ['integration-specs.ts', 'find/domain-loaders.ts'];
  for (const source of sources) {
    const text = readFileSync(path.join(import.meta.dirname, source), 'utf8');
    const imported = [...text.matchAll(/'(@mortise\/provider-[\w-]+\/specs)'/g)].map(([, specifier]) => specifier);
    expect([source, [...new Set(imported)].toSorted()]).toEqual([source, shipping.toSorted()]);
  }
});

it('has a spec for each file of their folders', () => {
  const files = globSync('*/src/specs/*.ts', { cwd: providers }).filter((file) => {
    const text = readFileSync(path.join(providers, file), 'utf8');
    return !file.endsWith('.test.ts') && /^export const \w+IntegrationSpec\b/m.test(text);
  });
  expect(integrationSpecs).toHaveLength(files.length);
});
